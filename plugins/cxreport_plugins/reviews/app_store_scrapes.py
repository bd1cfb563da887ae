"""Dumps of the Python packages app-store-scraper and app-store-web-scraper (JSON, CSV).

app-store-scraper writes UTC without saying so, and gives no ids.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from cxreport_plugins.reviews import ids, loose, tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "app_store.scrape"
_OLD, _WEB = "app-store-scraper", "app-store-web-scraper"
_COMMON: Final = {"created": ("date",), "rating_raw": ("rating",), "title": ("title",)}


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Ids by date, user and title; responses that pandas wrote into one cell as a Python literal."""
    cells = [_literal(cell) for cell in raw["response"]]
    replies = pl.Series("cell", [cell.get("body") for cell in cells], dtype=pl.String)
    times = pl.Series("cell", [cell.get("modified") for cell in cells], dtype=pl.String)
    return raw.with_columns(
        ids.digests(raw, "created", "author_name", "title"),
        pl.coalesce("reply", replies).alias("reply"),
        pl.coalesce("reply_created", times).alias("reply_created"),
    )


def _literal(cell: str | None) -> dict[str, Any]:
    """`{'id': 1, 'body': '…', 'modified': '…'}` with its values as text; what is none stays unread."""
    try:
        value = loose.literal(cell) if cell else None
    except ValueError:
        return {}
    return {str(key): str(inner) for key, inner in value.items()} if isinstance(value, dict) else {}


_LAYOUTS: Final = {
    _OLD: tables.Layout(
        frozenset(("date", "username", "review", "rating", "isedited")),
        {
            **_COMMON, "text": ("review",), "author_name": ("username",), "response": ("developerresponse",),
            "reply": ("developerresponse body",), "reply_created": ("developerresponse modified",),
        },
        _refined,
    ),
    _WEB: tables.Layout(
        frozenset(("date", "user name", "content", "rating", "app version")),
        {
            **_COMMON, "native_id": ("id",), "text": ("content",), "author_name": ("user name",),
            "app_version": ("app version",),
        },
    ),
}  # fmt: skip
FORMAT: Final = Format(
    SYSTEM,
    "App Store by app-store-scraper (JSON, CSV)",
    "app_store",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    zone="UTC",
    notes=("A scrape holds as many reviews as were asked for, which need not be all.",),
)
