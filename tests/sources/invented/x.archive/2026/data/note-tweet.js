window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "2029906361185206281",
      "createdAt" : "2026-03-06T13:06:05.000Z",
      "updatedAt" : "2026-03-06T13:06:05.000Z",
      "lifecycle" : {
        "value" : "3",
        "name" : "Published",
        "originalName" : "Published",
        "annotations" : {}
      },
      "core" : {
        "styletags" : [],
        "urls" : [],
        "text" : "We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. We have looked at every delay of this winter, and here is what we found. ",
        "mentions" : [],
        "cashtags" : [],
        "hashtags" : []
      }
    }
  }
]