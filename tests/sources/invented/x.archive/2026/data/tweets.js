window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029905354552246272"
          ],
          "editableUntil" : "2026-03-06T14:02:05.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : true
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities" : {
        "hashtags" : [
          {
            "text" : "Lyria",
            "indices" : [
              "11",
              "17"
            ]
          }
        ],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : [
          {
            "url" : "https://t.co/AbCdEfGhIj",
            "expanded_url" : "https://meridianair.example/help?a=1&copy=2&para=3",
            "display_url" : "meridianair.example/help",
            "indices" : [
              "60",
              "83"
            ]
          }
        ]
      },
      "display_text_range" : [
        "0",
        "84"
      ],
      "favorite_count" : "12",
      "id_str" : "2029905354552246272",
      "truncated" : false,
      "retweet_count" : "3",
      "id" : "2029905354552246272",
      "created_at" : "Fri Mar 06 13:02:05 +0000 2026",
      "favorited" : false,
      "full_text" : "Flights to Lyria are on time again. Details &amp; rebooking: https://t.co/AbCdEfGhIj",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029905606210486272"
          ],
          "editableUntil" : "2026-03-06T14:02:05.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
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
        "60"
      ],
      "favorite_count" : "0",
      "id_str" : "2029905606210486272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029905606210486272",
      "created_at" : "Fri Mar 06 13:03:05 +0000 2026",
      "favorited" : false,
      "full_text" : "@ana_example We are sorry, Ana. Please send us your booking.",
      "lang" : "en",
      "in_reply_to_status_id" : "2029000000000000001",
      "in_reply_to_status_id_str" : "2029000000000000001",
      "in_reply_to_user_id" : "900000777",
      "in_reply_to_user_id_str" : "900000777",
      "in_reply_to_screen_name" : "ana_example"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029905857868726272"
          ],
          "editableUntil" : "2026-03-06T14:02:05.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
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
        "34"
      ],
      "favorite_count" : "0",
      "id_str" : "2029905857868726272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029905857868726272",
      "created_at" : "Fri Mar 06 13:04:05 +0000 2026",
      "favorited" : false,
      "full_text" : "@bo_example your bag is on its way",
      "lang" : "en",
      "in_reply_to_user_id" : "900000778",
      "in_reply_to_user_id_str" : "900000778",
      "in_reply_to_screen_name" : "bo_example"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "2029906109526966272"
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
        "131"
      ],
      "favorite_count" : "0",
      "id_str" : "2029906109526966272",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "2029906109526966272",
      "created_at" : "Fri Mar 06 13:05:05 +0000 2026",
      "favorited" : false,
      "full_text" : "RT @ana_example: the crew of flight 12 rebooked us before we even asked, and then they brought tea for the whole row of tired trav…",
      "lang" : "en"
    }
  }
]