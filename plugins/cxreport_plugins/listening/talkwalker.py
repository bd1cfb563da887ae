"""Talkwalker: documents, fields named by their path; those of X often without text."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.listening.vendor import Vendor

_WORLD = "extra article attributes world data"


def _withheld(raw: pl.DataFrame) -> pl.DataFrame:
    """The snippet where there is no text; documents of X may come with neither."""
    is_cut = pl.col("text").is_null() & (pl.col("excerpt").is_not_null() | (pl.col("channel") == "x"))
    return raw.with_columns(pl.coalesce("text", "excerpt").alias("text"), is_cut.alias("is_truncated"))


TALKWALKER: Final = Vendor(
    system="talkwalker",
    title="Talkwalker (documents)",
    signature=frozenset(("extra author attributes ",)),
    is_prefix=True,
    columns={
        "url": ("url",),
        "page": ("source type",),
        "entry": ("post type",),
        "created": ("published",),
        "title": ("title",),
        "text": ("content",),
        "excerpt": ("content snippet",),
        "author_id": ("extra author attributes id",),
        "author_handle": ("extra author attributes short name",),
        "author_name": ("extra author attributes name",),
        "reach": ("reach",),
        "engagements": ("engagement",),
        "parent": ("parent url",),
        "replies": ("article extended attributes num comments",),
        "conversation_id": ("root url",),
        "sentiment_vendor": ("sentiment",),
        "language": ("lang",),
        "country": (f"{_WORLD} country code",),
        "country_name": (f"{_WORLD} country",),
        "region": (f"{_WORLD} region",),
        "city": (f"{_WORLD} city",),
        "lat": (f"{_WORLD} latitude",),
        "lon": (f"{_WORLD} longitude",),
    },
    networks={
        "x": {
            "author_followers": ("source extended attributes twitter followers",),
            "likes": ("article extended attributes twitter likes",),
            "reposts": ("article extended attributes twitter retweets",),
        },
        "facebook": {
            "likes": ("article extended attributes facebook likes",),
            "reposts": ("article extended attributes facebook shares",),
        },
    },
    labels=("tags", "tags customer", "tags internal"),
    refine=_withheld,
)
