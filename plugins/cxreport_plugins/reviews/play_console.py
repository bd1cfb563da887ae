"""Google Play Console's monthly CSV of reviews (UTF-16, one file an app and month).

A review returns in each month in which it was edited; the newest version is kept.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

import polars as pl

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google_play.console"
SIGNATURE: Final = frozenset(("package name", "star rating", "review link"))
ALIASES: Final = {
    "product_id": ("package name",),
    "app_version": ("app version name", "app version code"),
    "language": ("reviewer language",),
    "device": ("device", "reviewer hardware model"),
    "created": ("review submit date and time",),
    "created_ms": ("review submit millis since epoch",),
    "updated": ("review last update date and time",),
    "updated_ms": ("review last update millis since epoch",),
    "rating_raw": ("star rating",),
    "title": ("review title",),
    "text": ("review text",),
    "reply": ("developer reply text",),
    "reply_created": ("developer reply date and time",),
    "reply_ms": ("developer reply millis since epoch",),
    "url": ("review link",),
}
_ID = r"[?&#:]review[Ii]d=([^&\s]+)"


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Ids from links, and the exact milliseconds where they are given."""
    exact = (("created", "created_ms"), ("updated", "updated_ms"), ("reply_created", "reply_ms"))
    return raw.with_columns(_id(raw["url"]), *(pl.coalesce(ms, name).alias(name) for name, ms in exact))


def _id(links: pl.Series) -> pl.Series:
    """`reviewId=` or the older `reviewid=`, percent-decoded: `gp%3AAOq` is `gp:AOq`."""
    ids = links.str.extract(_ID)
    decoded = pl.Series([None if found is None else unquote(found) for found in ids], dtype=pl.String)
    return decoded.alias("native_id")


_LAYOUTS: Final = {"": tables.Layout(SIGNATURE, ALIASES, _refined)}
FORMAT: Final = Format(
    SYSTEM,
    "Google Play Console (monthly CSV)",
    "google_play",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    zone="UTC",
    notes=("Ratings that were given without a text are not in this export.",),
)
