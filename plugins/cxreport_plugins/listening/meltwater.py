"""Meltwater: mentions of news and networks; of articles only what surrounds the words searched for."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.listening.vendor import Vendor


def _excerpts(raw: pl.DataFrame) -> pl.DataFrame:
    """Of a post the longer of both texts; of an article the sentence that was found, which is a part of it."""
    lengths = (pl.col(name).str.len_chars().fill_null(0) for name in ("text", "excerpt"))
    hit, opening = lengths
    is_post = pl.col("channel").is_in(("news", "web", "blog")).not_()
    text = pl.when(is_post & (opening > hit)).then("excerpt").otherwise(pl.coalesce("text", "excerpt"))
    whole = raw.with_columns(text.alias("text"))
    is_cut = ~is_post | pl.col("text").str.contains(r"(?:…|\.\.\.)\s*$") | pl.col("text").is_null()
    return whole.with_columns(is_cut.alias("is_truncated"))


MELTWATER: Final = Vendor(
    system="meltwater",
    title="Meltwater (mentions)",
    signature=frozenset(("hit sentence", "opening text", "influencer")),
    columns={
        "native_id": ("tweet id",),
        "url": ("url",),
        "page": ("source",),
        "created": ("date", "alternate date format"),
        "clock": ("time",),
        "title": ("headline",),
        "text": ("hit sentence",),
        "excerpt": ("opening text",),
        "author_id": ("twitter id",),
        "author_handle": ("twitter screen name",),
        "author_name": ("influencer",),
        "author_followers": ("twitter followers",),
        "author_following": ("twitter following",),
        "impressions": ("views",),
        "reach": ("reach",),
        "engagements": ("engagement",),
        "sentiment_vendor": ("sentiment",),
        "language": ("language",),
        "country": ("country",),
        "region": ("state", "subregion"),
        "city": ("city",),
    },
    labels=("document tags", "keywords", "input name", "hashtags", "custom categories"),
    page_is_name=True,
    refine=_excerpts,
)
