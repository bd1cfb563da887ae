window.YTD.tweet.part0 = [
  {
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
      "23"
    ],
    "favorite_count" : "0",
    "id_str" : "1011519430456246272",
    "truncated" : false,
    "retweet_count" : "0",
    "id" : "1011519430456246272",
    "created_at" : "Tue Jun 26 08:00:00 +0000 2018",
    "favorited" : false,
    "full_text" : "Summer timetable is out",
    "lang" : "en"
  }
]