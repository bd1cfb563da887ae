window.YTD.community_tweet.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029906864501686272"
          ],
          "editableUntil" : "2026-03-06T14:02:05.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "24"
      ],
      "favorite_count" : "0",
      "id_str" : "2029906864501686272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029906864501686272",
      "created_at" : "Fri Mar 06 13:08:05 +0000 2026",
      "favorited" : false,
      "full_text" : "Welcome to our community",
      "lang" : "en",
      "community_id" : "77",
      "community_id_str" : "77",
      "scopes" : {
        "followers" : false
      }
    }
  }
]