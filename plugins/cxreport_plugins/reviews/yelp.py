"""Reviews of the Yelp open data set (JSON lines)."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "yelp"
ALIASES: Final = {
    "native_id": ("review id",), "rating_raw": ("stars",), "text": ("text",), "created": ("date",),
    "author_id": ("user id",), "location_id": ("business id",), "helpful_votes": ("useful", "votes useful"),
}  # fmt: skip


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """A count of −1, which the data set holds, is none."""
    is_count = ~pl.col("helpful_votes").str.starts_with("-")
    return raw.with_columns(pl.when(is_count).then("helpful_votes").alias("helpful_votes"))


_LAYOUTS: Final = {
    "": tables.Layout(
        frozenset(("review id", "business id", "stars")), ALIASES, _refined, doubled=frozenset(("helpful_votes",))
    )
}
FORMAT: Final = Format(
    SYSTEM,
    "Yelp open data set (JSONL)",
    "yelp",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    frame="without_replies",
    notes=("Names and places of the businesses lie in another file of the data set, which is not read.",),
)
