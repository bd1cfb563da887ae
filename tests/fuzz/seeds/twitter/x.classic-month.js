Grailbird.data.tweets_2009_04 = 
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
    "id_str": "1665952723",
    "text": "Boarding now.",
    "id": 1665952723,
    "created_at": "2009-05-01 00:00:00 +0000",
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
    "id_str": "29669278982",
    "text": "Boarding now.",
    "id": 29669278982,
    "created_at": "2010-11-04 00:00:00 +0000",
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
    "id_str": "29800000000",
    "text": "Boarding now.",
    "id": 29800000000,
    "created_at": "2010-11-04 22:53:01 +0000",
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
    "id_str": "57000000000000000",
    "text": "Boarding now.",
    "id": 57000000000000000,
    "created_at": "2011-04-10 00:00:00 +0000",
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