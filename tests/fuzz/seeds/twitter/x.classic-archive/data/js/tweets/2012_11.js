Grailbird.data.tweets_2012_11 = 
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
    "id_str": "274183827952373760",
    "text": "First",
    "id": 274183827952373760,
    "created_at": "Thu Nov 29 16:11:33 +0000 2012",
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