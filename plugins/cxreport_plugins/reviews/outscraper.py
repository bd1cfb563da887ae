"""Google Maps reviews as Outscraper exports them (CSV, XLSX, JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from cxreport.api import Batch, Detection, Input, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import loose, tables
from cxreport_plugins.reviews.answers import ANSWER, answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google.outscraper"
SIGNATURE: Final = frozenset(("review rating", "review datetime utc"))
_MONTH_FIRST = r"^(\d{2})/(\d{2})/(\d{4})"
_AUTHORS = (frozenset(("author title",)), frozenset(("autor name",)), frozenset(("autor id",)))
ALIASES: Final = {
    "native_id": ("review id",),
    "url": ("review link",),
    "rating_raw": ("review rating",),
    "text": ("review text",),
    "created_s": ("review timestamp",),
    "created": ("review datetime utc",),
    "author_id": ("author id", "autor id"),
    "author_name": ("author title", "autor name", "autor title"),
    "author_posts": ("author reviews count", "autor reviews count"),
    "location_id": ("place id", "google id"),
    "location_name": ("name",),
    "place_average": ("rating",),
    "place_ratings": ("reviews",),
    "helpful_votes": ("review likes",),
    "questions": ("review questions",),
    "reply": ("owner answer",),
    "reply_s": ("owner answer timestamp",),
    "reply_created": ("owner answer timestamp datetime utc",),
}


def detect(look: Look) -> Detection | None:
    """By its columns; the older spelling `autor_*` is known."""
    found = (tables.detect(look, SYSTEM, SIGNATURE | author) for author in _AUTHORS)
    return next((detection for detection in found if detection), None)


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and owners' answers. `rating` is the average of the place: what a customer gave is `review_rating`."""
    yield from tables.read(data, LAYOUT, reviews)


def _question(label: str) -> str | None:
    """`review_questions_Food` and, in JSON, `review_questions/Food` ask for Food."""
    return label[len("review_questions_") :] if label.startswith(("review_questions_", "review_questions/")) else None


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Seconds since 1970 where they are given, for they are exact; and questions that stand in one cell."""
    times = [
        pl.coalesce(exact, pl.col(name).str.replace(_MONTH_FIRST, "${3}-${1}-${2}")).alias(name)
        for name, exact in (("created", "created_s"), ("reply_created", "reply_s"))
    ]
    found = raw.with_columns(*times, pl.coalesce("created_s", "created").alias("created_raw"))
    if "answers" in raw.columns:
        return found
    answers = [_answers(cell, reviews) for cell in raw["questions"]]
    return found.with_columns(pl.Series("answers", answers, dtype=pl.List(ANSWER)))


def _answers(cell: str | None, reviews: Reviews) -> list[dict[str, Any]]:
    """A JSON object of questions and answers; what is none stays unread."""
    try:
        value = loose.loads(cell) if cell else None
    except ValueError:
        return []
    if not isinstance(value, dict):
        return []
    return [answer(asked, reading.json_text(given), reviews.scale) for asked, given in value.items()]


LAYOUT: Final = tables.Layout(
    SIGNATURE, ALIASES, _refined, _question, doubled=frozenset(("place_average", "place_ratings"))
)
FORMAT: Final = Format(
    SYSTEM, "Google Maps by Outscraper (CSV, XLSX, JSON)", "google", detect, read, zone="UTC",
    notes=("A scrape holds as many reviews as were asked for, which need not be all.",),
)  # fmt: skip
