Grailbird.data.tweets_2018_10 = 
 [

  {
    "source": "<a href=\"http://twitter.com\" rel=\"nofollow\">Twitter Web Client</a>",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "1057811202603188230",
    "text": "Boarding now.",
    "id": 1057811202603188230,
    "created_at": "2018-10-31 16:56:12 +0000",
    "user": {
      "name": "Meridian Air",
      "screen_name": "meridianair",
      "protected": false,
      "id_str": "9000",
      "id": 9000,
      "verified": true
    }
  },
  {
    "source": "<a href=\"http://twitter.com\" rel=\"nofollow\">Twitter Web Client</a>",
    "entities": {
      "user_mentions": [],
      "media": [],
      "hashtags": [],
      "urls": []
    },
    "geo": {},
    "id_str": "1057811202603188231",
    "text": "Second",
    "id": 1057811202603188231,
    "created_at": "2018-10-31 16:56:12 +0000",
    "user": {
      "name": "Meridian Air",
      "screen_name": "meridianair",
      "protected": false,
      "id_str": "9000",
      "id": 9000,
      "verified": true
    }
  }
]