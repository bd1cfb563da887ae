var user_details =  {
  "screen_name" : "meridianair",
  "location" : "Lyria",
  "full_name" : "Meridian Air",
  "bio" : "An invented airline.",
  "id" : "900000001",
  "created_at" : "2009-04-01 10:00:00 +0000"
}