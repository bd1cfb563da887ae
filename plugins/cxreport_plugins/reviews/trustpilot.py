"""Trustpilot's business export of service reviews, as CSV or XLSX.

Times are UTC, as the header says. Order numbers stay out of the records.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "trustpilot.csv"
SIGNATURE: Final = frozenset(("review id", "review stars", "review content"))
ALIASES: Final = {
    "native_id": ("review id",),
    "created": ("review created utc", "review created"),
    "author_id": ("review consumer user id",),
    "author_name": ("review username",),
    "title": ("review title",),
    "text": ("review content",),
    "rating_raw": ("review stars",),
    "tags": ("source of review",),
    "language": ("review language",),
    "product_id": ("business unit id",),
    "product_name": ("webshop name",),
    "location_name": ("location name",),
    "reply": ("company response", "company reply", "business reply"),
    "reply_created": ("company reply date utc", "business reply date utc", "company reply date"),
}
PAGE: Final = "https://www.trustpilot.com/reviews/"
_ORGANIC = "organic"


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """The page of each review, and whether it was invited: what the company asked for is a sample of its own."""
    url = (PAGE + pl.col("native_id")).alias("url")
    asked = pl.col("tags").str.strip_chars().str.to_lowercase() != _ORGANIC
    return raw.with_columns(url, asked.cast(pl.String).alias("invited"))


_LAYOUTS: Final = {"business export": tables.Layout(SIGNATURE, ALIASES, _refined)}
FORMAT: Final = Format(
    SYSTEM,
    "Trustpilot business export (CSV)",
    "trustpilot",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    zone="UTC",
    zone_source="header",
)
