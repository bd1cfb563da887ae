Grailbird.data.tweets_2010_05 = 
 [
  {
    "source": "web",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "14000000001",
    "text": "Our first word here",
    "id": 14000000001,
    "created_at": "2010-05-14 00:00:00 +0000",
    "user": {
      "name": "Meridian Air",
      "screen_name": "meridianair",
      "protected": false,
      "id_str": "900000001",
      "profile_image_url_https": "https://img.example/m.png",
      "id": 900000001,
      "verified": true
    }
  }
]