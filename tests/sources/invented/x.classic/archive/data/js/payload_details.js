var payload_details =  {
  "tweets" : 4,
  "created_at" : "2019-01-14 03:59:25 +0000",
  "lang" : "en"
}