"""Tables that scrapers make of Trustpilot pages, in the two layouts that were seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, reading
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "trustpilot.scrape"
FLAT: Final = frozenset(("title", "text", "rating", "author", "date", "verified", "location"))
GLUED: Final = frozenset(("company", "reviewer", "atimedatetime", "rating", "content"))
_FLAT_ALIASES: Final = {
    "title": ("title",), "text": ("text",), "rating_raw": ("rating",), "author_name": ("author",),
    "created": ("date",), "verified_purchase": ("verified",), "author_country": ("location",),
}  # fmt: skip
_GLUED_ALIASES: Final = {
    "text": ("content",), "rating_raw": ("rating",), "author_name": ("reviewer",),
    "created": ("atimedatetime", "date"), "product_name": ("company",),
}  # fmt: skip
_STATUS = "(?:Unprompted review|Verified|Invited|Redirected)"
_TAIL = rf"(?s)\s*(?:Date of experience:?.*|[A-Z][a-z]+ \d{{1,2}}, \d{{4}}\s*{_STATUS}?|{_STATUS})\s*$"


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews without ids: a review that is scraped twice can be told only by its content."""
    if found.format == "glued":
        reviews.facts.notes.append("Title, text and date stand in one cell; what could be told apart was.")
    yield from tables.read(data, _LAYOUTS[found.format], reviews)


def _flat(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """A title that ends in … only repeats the beginning of the text."""
    begins = pl.col("title").str.strip_suffix("…").str.strip_suffix("...").str.strip_chars()
    repeats = pl.col("text").str.starts_with(begins)
    title = pl.when(~repeats.fill_null(value=False)).then(reading.html_text(pl.col("title")))
    return raw.with_columns(title.alias("title"), reading.html_text(pl.col("text")).alias("text"))


def _glued(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    text = reading.html_text(pl.col("text"))
    plain = text.str.replace(_TAIL, "").str.replace(_TAIL, "").str.strip_chars()
    changed = pl.when(plain != pl.col("text")).then(pl.col("text"))
    return raw.with_columns(plain.alias("text"), changed.alias("text_original"))


_LAYOUTS: Final = {
    "flat": tables.Layout(FLAT, _FLAT_ALIASES, _flat),
    "glued": tables.Layout(GLUED, _GLUED_ALIASES, _glued),
}
FORMAT: Final = Format(
    SYSTEM, "Trustpilot scrape (CSV)", "trustpilot", tables.Detector(SYSTEM, _LAYOUTS), read, frame="without_replies",
    notes=("A scrape holds the pages somebody visited, which need not be all; it carries no ids.",),
)  # fmt: skip
