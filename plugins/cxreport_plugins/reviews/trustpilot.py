"""Trustpilot's business export of service reviews, as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.options import ReviewsOptions
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
    "tag": ("source of review",),
    "language": ("review language",),
    "product_id": ("business unit id",),
    "product_name": ("webshop name",),
    "location_name": ("location name",),
    "reply": ("company response", "company reply", "business reply"),
    "reply_created": ("company reply date utc", "business reply date utc", "company reply date"),
}
PAGE: Final = "https://www.trustpilot.com/reviews/"
_ORGANIC = "organic"


def detect(look: Look) -> Detection | None:
    """By its columns."""
    return tables.detect(look, SYSTEM, SIGNATURE, "business export")


def read(data: Input, found: Detection, options: ReviewsOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Reviews and company replies; times are UTC, as the header says. Order numbers stay out of the records."""
    reviews = Reviews("trustpilot", options, facts, zone="UTC")
    yield from tables.read(data, SIGNATURE, reviews, ALIASES, _refined)


def _refined(raw: pl.DataFrame) -> pl.DataFrame:
    """The page of each review, and whether it was invited: what the company asked for is a sample of its own."""
    url = pl.when(pl.col("native_id").str.contains(r"\S")).then(PAGE + pl.col("native_id")).alias("url")
    if "tag" not in raw.columns:
        return raw.with_columns(url)
    asked = pl.col("tag").str.strip_chars().str.to_lowercase() != _ORGANIC
    blank = pl.col("tag").str.strip_chars() == ""
    invited = pl.when(~blank).then(asked.cast(pl.String)).alias("invited")
    return raw.with_columns(url, invited)
