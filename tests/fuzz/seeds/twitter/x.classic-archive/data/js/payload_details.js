var payload_details =  {
  "tweets" : 4,
  "lang" : "en"
}