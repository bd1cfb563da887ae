"""Invented posts as files that platforms would export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.invented import BRAND, OWN, RIVAL

EVERY: Final = 3
"""In API files each third post is the brand's answer to the one before it."""
_SAID: Final = (1.65, 0.75)
"""How many posts one review is made of: mean and spread of the logarithm."""
_MOST: Final = 30
"""Of more posts no review is made."""


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
    """Reviews as in the research data set of 2023, one a line."""
    posts.select(
        rating=(1 + pl.col("followers") % 5).cast(pl.Float64),
        title=_title(),
        text=reviews(posts["text"]),
        images=pl.lit([], pl.List(pl.String)),
        asin=pl.format("B{}", pl.col("author") % 5_000 + 100_000_000),
        parent_asin=pl.format("B{}", pl.col("author") % 3_000 + 100_000_000),
        user_id=pl.format("AGUEST{}", "author"),
        timestamp=pl.col("at").dt.epoch("ms"),
        helpful_vote=pl.col("followers") % 7,
        verified_purchase=pl.col("followers") % 3 > 0,
    ).write_ndjson(path)


def trustpilot(posts: pl.DataFrame, path: Path) -> None:
    """Reviews as Trustpilot exports them for a company, each fourth with its answer."""
    nothing = pl.lit(None, pl.String)
    at = pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S")
    is_answered = pl.col("followers") % 4 == 0
    answer = pl.format("Dear guest{}, thank you. We are sorry that {}", "author", pl.col("text").str.slice(0, 60))
    columns: dict[str, pl.Expr | pl.Series] = {
        "Domain Url": pl.lit("example.com"),
        "Webshop Name": pl.lit(BRAND),
        "Business Unit Id": pl.lit("5a1b2c3d0000ff000a000001"),
        "Review Id": pl.format("65{}aa", "id"),
        "Review Created (UTC)": at,
        "Review Consumer User Id": pl.format("60{}bb", pl.col("author") + 10**17),
        "Review Username": pl.format("Guest {}", "author"),
        "Review User Email": nothing,
        "Review Title": _title(),
        "Review Content": reviews(posts["text"]),
        "Review Stars": 1 + pl.col("followers") % 5,
        "Source Of Review": pl.when(pl.col("followers") % 3 == 0).then(pl.lit("Organic")).otherwise(pl.lit("Invited")),
        "Reference Id": nothing,
        "Company Response": pl.when(is_answered).then(answer),
        "Company Reply Date (UTC)": pl.when(is_answered).then(at),
        "Review Language": pl.lit("en"),
        "Location Name": nothing,
    }
    posts.select(**columns).write_csv(path)


def reviews(texts: pl.Series, seed: int = 2026) -> pl.Series:
    """Texts as long as people's reviews: each put together from texts of the others, a few or many, over lines.

    Some 700 characters in the mean, a quarter under 300 and one in twenty over 1,700, made of posts of 95.
    """
    rng = np.random.default_rng(seed)
    many = pl.Series(rng.lognormal(*_SAID, len(texts)).clip(1, _MOST))
    nothing = pl.Series([None], dtype=pl.String)
    parts = [texts.gather(rng.permutation(len(texts))).zip_with(many > at, nothing) for at in range(_MOST)]
    frame = pl.DataFrame({f"{at}": part for at, part in enumerate(parts)})
    spaced = [pl.col(name) if int(name) % 5 else pl.lit("\n") + pl.col(name) for name in frame.columns[1:]]
    return frame.select(pl.concat_str("0", *spaced, separator=" ", ignore_nulls=True)).to_series()


def _title() -> pl.Expr:
    return pl.col("text").str.split(" ").list.tail(4).list.join(" ")


Write = Callable[[pl.DataFrame, Path], None]
FORMATS: dict[str, tuple[Write, str]] = {"airline": (airline, "Tweets.csv"), "api": (api, "mentions.jsonl")}
"""Kind of export → how it is written, and its file name."""
