Grailbird.data.tweets_2018_10 = 
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
    "id_str": "1057811202603188230",
    "text": "Winter timetable is out",
    "id": 1057811202603188230,
    "created_at": "2018-10-31 16:56:12 +0000",
    "user": {
      "name": "Meridian Air",
      "screen_name": "meridianair",
      "protected": false,
      "id_str": "900000001",
      "profile_image_url_https": "https://img.example/m.png",
      "id": 900000001,
      "verified": true
    }
  },
  {
    "source": "web",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "1057811202603188231",
    "text": "RT @ana_example: the crew of flight 12 rebooked us before we even asked, and then they brought tea to the whole row of tired trav\u2026",
    "id": 1057811202603188231,
    "created_at": "2018-10-31 16:57:12 +0000",
    "user": {
      "name": "Meridian Air",
      "screen_name": "meridianair",
      "protected": false,
      "id_str": "900000001",
      "profile_image_url_https": "https://img.example/m.png",
      "id": 900000001,
      "verified": true
    },
    "retweeted_status": {
      "id_str": "1057000000000000001",
      "id": 1057000000000000001,
      "text": "the crew of flight 12 rebooked us before we even asked, and then they brought tea to the whole row of tired travellers",
      "created_at": "2018-10-29 11:12:13 +0000",
      "user": {
        "name": "Ana Exemplo",
        "screen_name": "ana_example",
        "id_str": "900000777",
        "id": 900000777,
        "protected": false,
        "verified": false
      }
    }
  }
]