"""Brandwatch Consumer Research: mentions, behind a block of lines about the query."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.listening.vendor import Names, Vendor

_X: Names = {
    "author_id": ("x author id", "twitter author id"),
    "author_followers": ("x followers", "twitter followers"),
    "author_following": ("x following", "twitter following"),
    "author_posts": ("x posts", "x tweets", "twitter tweets"),
    "author_verified": ("x verified", "twitter verified"),
    "likes": ("x likes", "twitter likes"),
    "reposts": ("x reposts", "x retweets", "twitter retweets"),
    "replies": ("x replies", "x reply count", "twitter reply count"),
    "parent": ("x reply to", "twitter reply to"),
    "reposted": ("x repost of", "x retweet of", "twitter retweet of"),
}


def _network(name: str) -> Names:
    return {
        "author_id": (f"{name} author id",),
        "author_followers": (f"{name} followers",),
        "author_following": (f"{name} following",),
        "author_posts": (f"{name} posts",),
        "likes": (f"{name} likes",),
        "reposts": (f"{name} shares", f"{name} reposts"),
        "replies": (f"{name} comments", f"{name} replies"),
        "impressions": (f"{name} impressions",),
        "video_views": (f"{name} video views",),
        "engagements": (f"{name} engagement", f"{name} interactions count"),
    }


def _cut(raw: pl.DataFrame) -> pl.DataFrame:
    """The snippet where the text is withheld, as it often is for X and Reddit; a title alone is no lack."""
    is_social = pl.col("channel").is_in(("x", "reddit"))
    is_cut = pl.col("text").is_null() & (pl.col("excerpt").is_not_null() | is_social)
    return raw.with_columns(pl.coalesce("text", "excerpt").alias("text"), is_cut.alias("is_truncated"))


BRANDWATCH: Final = Vendor(
    system="brandwatch",
    title="Brandwatch Consumer Research (mentions)",
    signature=frozenset(("resource id", "page type", "thread id", "sentiment")),
    columns={
        "native_id": ("resource id",),
        "url": ("url", "original url"),
        "page": ("page type",),
        "entry": ("thread entry type",),
        "created": ("date",),
        "title": ("title",),
        "text": ("full text",),
        "excerpt": ("snippet",),
        "author_handle": ("author",),
        "author_name": ("full name",),
        "likes": ("likes",),
        "reposts": ("shares",),
        "replies": ("comments",),
        "impressions": ("impressions",),
        "reach": ("reach new", "reach"),
        "engagements": ("engagement score",),
        "parent": ("parent post id",),
        "conversation_id": ("thread id",),
        "sentiment_vendor": ("sentiment",),
        "rating_raw": ("rating",),
        "product_name": ("item review",),
        "language": ("language",),
        "country": ("country code",),
        "country_name": ("country",),
        "region": ("region",),
        "city": ("city",),
        "lat": ("latitude",),
        "lon": ("longitude",),
    },
    networks={"x": _X, **{name: _network(name) for name in ("facebook", "instagram", "linkedin", "reddit", "bluesky")}},
    labels=("category details", "categories", "tags", "hashtags"),
    refine=_cut,
)
