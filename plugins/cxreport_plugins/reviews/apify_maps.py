"""Google Maps reviews as the Apify actor writes them (JSON, JSONL, or CSV with `/` in its columns)."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google.apify"
ALIASES: Final = {
    "native_id": ("reviewid",),
    "url": ("reviewurl",),
    "rating_raw": ("stars",),
    "text": ("text",),
    "text_translated": ("texttranslated",),
    "language": ("originallanguage",),
    "created": ("publishedatdate",),
    "updated": ("lasteditedatdate",),
    "author_id": ("reviewerid",),
    "author_name": ("name",),
    "author_posts": ("reviewernumberofreviews",),
    "location_id": ("placeid",),
    "location_name": ("title",),
    "place_average": ("totalscore",),
    "place_ratings": ("reviewscount",),
    "lat": ("location lat",),
    "lon": ("location lng",),
    "city": ("city",),
    "country": ("countrycode",),
    "helpful_votes": ("likescount",),
    "tags": ("revieworigin",),
    "reply": ("responsefromownertext",),
    "reply_created": ("responsefromownerdate",),
}
_DETAILED = "reviewDetailedRating/"


def _question(label: str) -> str | None:
    return label[len(_DETAILED) :] if label.startswith(_DETAILED) else None


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """`stars` is the score; `rating` is empty, or of hotels a text like 4/5. Zero stars are none."""
    given = pl.col("rating_raw").str.strip_chars() != "0"
    return raw.with_columns(pl.when(given).then("rating_raw").alias("rating_raw"))


_LAYOUTS: Final = {
    "": tables.Layout(
        frozenset(("revieworigin", "publishedatdate", "stars")),
        ALIASES,
        _refined,
        _question,
        doubled=frozenset(("place_average", "place_ratings")),
    )
}
FORMAT: Final = Format(
    SYSTEM,
    "Google Maps by Apify (JSON, CSV)",
    "google",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    zone="UTC",
    notes=("A scrape holds as many reviews as were asked for, which need not be all.",),
)
