window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
          ],
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "urls": [
          {
            "expanded_url": "https://twitter.com/ana/status/4242?s=20"
          }
        ],
        "hashtags": [
          {
            "text": "wifi"
          }
        ]
      },
      "display_text_range": [
        "0",
        "44"
      ],
      "favorite_count": "3",
      "id_str": "1724551110456246272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551110456246272",
      "created_at": "Tue Nov 14 22:13:20 +0000 2023",
      "favorited": false,
      "full_text": "RT @ana: Great crew today and a very smooth\u2026",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
          ],
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "15"
      ],
      "favorite_count": "3",
      "id_str": "1724551114650550272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551114650550272",
      "created_at": "Tue Nov 14 22:13:21 +0000 2023",
      "favorited": false,
      "full_text": "@ana Thank you!",
      "lang": "en",
      "in_reply_to_status_id_str": "41",
      "in_reply_to_screen_name": "ana"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
          ],
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "15"
      ],
      "favorite_count": "3",
      "id_str": "1724551118844854272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551118844854272",
      "created_at": "Tue Nov 14 22:13:22 +0000 2023",
      "favorited": false,
      "full_text": "@ana Thank you!",
      "lang": "en",
      "in_reply_to_user_id_str": "7",
      "in_reply_to_screen_name": "ana"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
          ],
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "urls": [
          {
            "expanded_url": "https://twitter.com/ana/status/4242?s=20"
          }
        ],
        "hashtags": [
          {
            "text": "wifi"
          }
        ]
      },
      "display_text_range": [
        "0",
        "27"
      ],
      "favorite_count": "3",
      "id_str": "1724551123039158272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551123039158272",
      "created_at": "Tue Nov 14 22:13:23 +0000 2023",
      "favorited": false,
      "full_text": "Look at this https://t.co/a",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
          ],
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "urls": [
          {
            "expanded_url": "https://twitter.com/meridianair/status/1724551127233462272/photo/1"
          }
        ]
      },
      "display_text_range": [
        "0",
        "28"
      ],
      "favorite_count": "3",
      "id_str": "1724551127233462272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551127233462272",
      "created_at": "Tue Nov 14 22:13:24 +0000 2023",
      "favorited": false,
      "full_text": "Our new cabin https://t.co/b",
      "lang": "en"
    }
  }
]