"""Invented posts as files that platforms would export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.invented import BRAND, OWN, RIVAL

EVERY: Final = 3
"""In API files each third post is the brand's answer to the one before it."""


def airline(posts: pl.DataFrame, path: Path) -> None:
    """A table like `Tweets.csv`: customers' posts with the sentiment that people gave them."""
    label = pl.Series(["negative", "neutral", "positive"]).gather(posts["author"] % 3)
    nothing = pl.lit(None, pl.String)
    posts.select(
        tweet_id="id",
        airline_sentiment=label,
        airline_sentiment_confidence=pl.lit("1.0"),
        negativereason=nothing,
        airline=pl.when("rival").then(pl.lit(RIVAL)).otherwise(pl.lit(BRAND)),
        name=pl.format("guest{}", "author"),
        retweet_count=pl.col("followers") % 5,
        text="text",
        tweet_coord=nothing,
        tweet_created=pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S +0000"),
        tweet_location=nothing,
        user_timezone=nothing,
    ).write_csv(path)


def api(posts: pl.DataFrame, path: Path) -> None:
    """Flattened posts of the X API v2, one a line, with authors, counts and the brand's answers."""
    numbered = posts.with_row_index("n").with_columns(answers=pl.col("n") % EVERY == EVERY - 1)
    parent, above = pl.col("id").shift(1), pl.format("guest{}", "author").shift(1)
    who = pl.when("answers").then(pl.lit(OWN)).otherwise(pl.format("guest{}", "author"))
    text = pl.when("answers").then(pl.format("@{} We are sorry. {}", above, "text")).otherwise("text")
    rooted = numbered.with_columns(
        handle=who, text=text, root=pl.when("answers").then(parent).otherwise("id"), parent=parent
    )
    rooted.select(
        "id",
        "text",
        author_id="handle",
        created_at=pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        conversation_id="root",
        lang=pl.lit("en"),
        referenced_tweets=pl.when("answers").then(
            pl.concat_list(pl.struct(type=pl.lit("replied_to"), id=pl.col("parent")))
        ),
        public_metrics=pl.struct(
            retweet_count=pl.col("followers") % 5, reply_count=pl.lit(0), like_count=pl.col("followers") % 11,
            quote_count=pl.lit(0), impression_count=pl.col("followers") // 3,
        ),
        author=pl.struct(
            id="handle", username="handle", name="handle",
            public_metrics=pl.struct(
                followers_count=pl.col("followers"), following_count=pl.lit(100), tweet_count=pl.lit(1000)
            ),
        ),
    ).write_ndjson(path)  # fmt: skip


def amazon(posts: pl.DataFrame, path: Path) -> None:
    """Reviews as in the research data set of 2023, one a line, each about as long as three posts."""
    said = pl.col("text")
    posts.select(
        rating=(1 + pl.col("followers") % 5).cast(pl.Float64),
        title=said.str.split(" ").list.tail(4).list.join(" "),
        text=pl.concat_str(said, said.shift(1, fill_value=""), said.shift(2, fill_value=""), separator=" "),
        images=pl.lit([], pl.List(pl.String)),
        asin=pl.format("B{}", pl.col("author") % 5_000 + 100_000_000),
        parent_asin=pl.format("B{}", pl.col("author") % 3_000 + 100_000_000),
        user_id=pl.format("AGUEST{}", "author"),
        timestamp=pl.col("at").dt.epoch("ms"),
        helpful_vote=pl.col("followers") % 7,
        verified_purchase=pl.col("followers") % 3 > 0,
    ).write_ndjson(path)


Write = Callable[[pl.DataFrame, Path], None]
FORMATS: dict[str, tuple[Write, str]] = {"airline": (airline, "Tweets.csv"), "api": (api, "mentions.jsonl")}
"""Kind of export → how it is written, and its file name."""
