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
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "13"
      ],
      "favorite_count": "3",
      "id_str": "1724551110456246272",
      "truncated": false,
      "retweet_count": "1",
      "id": "1724551110456246272",
      "created_at": "Tue Nov 14 22:13:20 +0000 2023",
      "favorited": false,
      "full_text": "Boarding now.",
      "lang": "en"
    }
  }
]