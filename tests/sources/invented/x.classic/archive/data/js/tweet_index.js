var tweet_index =  [ {
  "file_name" : "data/js/tweets/2018_10.js",
  "year" : 2018,
  "var_name" : "tweets_2018_10",
  "tweet_count" : 2,
  "month" : 10
}, {
  "file_name" : "data/js/tweets/2010_05.js",
  "year" : 2010,
  "var_name" : "tweets_2010_05",
  "tweet_count" : 1,
  "month" : 5
} ]