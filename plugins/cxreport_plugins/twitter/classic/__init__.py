"""Archives as Twitter handed them out from 2012 to 2019: months as JavaScript, and `tweets.csv`."""
