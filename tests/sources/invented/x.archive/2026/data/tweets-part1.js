window.YTD.tweets.part1 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029906361185206272"
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
        "295"
      ],
      "favorite_count" : "0",
      "id_str" : "2029906361185206272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029906361185206272",
      "created_at" : "Fri Mar 06 13:06:05 +0000 2026",
      "favorited" : false,
      "full_text" : "We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and h… https://t.co/NoteNoteNo",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029906612843446272"
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
        "323"
      ],
      "favorite_count" : "0",
      "id_str" : "2029906612843446272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029906612843446272",
      "created_at" : "Fri Mar 06 13:07:05 +0000 2026",
      "favorited" : false,
      "full_text" : "@a_example @b_example @c_example xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "lang" : "en"
    }
  }
]