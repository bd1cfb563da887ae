"""Dumps of google-play-scraper, the Python package and the one of npm (JSON, CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google_play.scrape"
_PYTHON, _NPM = "Python", "npm"
_LAYOUTS: Final = {
    _PYTHON: tables.Layout(
        frozenset(("reviewid", "content", "score", "thumbsupcount")),
        {
            "native_id": ("reviewid",), "rating_raw": ("score",), "text": ("content",), "created": ("at",),
            "author_name": ("username",), "app_version": ("reviewcreatedversion", "appversion"),
            "helpful_votes": ("thumbsupcount",), "reply": ("replycontent",), "reply_created": ("repliedat",),
        },
    ),
    _NPM: tables.Layout(
        frozenset(("id", "username", "score", "scoretext", "text", "thumbsup")),
        {
            "native_id": ("id",), "rating_raw": ("score",), "title": ("title",), "text": ("text",),
            "created": ("date",), "author_name": ("username",), "app_version": ("version",),
            "helpful_votes": ("thumbsup",), "reply": ("replytext",), "reply_created": ("replydate",), "url": ("url",),
        },
    ),
}  # fmt: skip


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and developers' replies. The Python package writes the clock of the machine it ran on."""
    if found.format == _PYTHON and not reviews.options.timezone:
        reviews.facts.notes.append(
            "Its times are those of the clock of the machine that scraped, whose zone the file does not tell; "
            "set `timezone` if you know it."
        )
    yield from tables.read(data, _LAYOUTS[found.format], reviews)


FORMAT: Final = Format(
    SYSTEM, "Google Play by google-play-scraper (JSON, CSV)", "google_play", tables.Detector(SYSTEM, _LAYOUTS), read,
    notes=("A scrape holds as many reviews as were asked for, which need not be all.",),
)  # fmt: skip
