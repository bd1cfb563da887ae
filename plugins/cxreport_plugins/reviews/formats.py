"""The review formats that are read: one module each, with `detect` and `read`. A new format is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cxreport.api import Batch, Detection, Input, ReadFacts
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import app_store, google, play_console, trustpilot, trustpilot_scrapes
from cxreport_plugins.reviews.options import ReviewsOptions


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its system id, what it is in words, how it is recognised and read."""

    system: str
    title: str
    detect: Callable[[Look], Detection | None]
    read: Callable[[Input, Detection, ReviewsOptions, ReadFacts], Iterator[Batch]]


FORMATS = (
    Format(google.SYSTEM, "Google Business Profile (API v4, Takeout)", google.detect, google.read),
    Format(app_store.SYSTEM, "App Store (RSS feed)", app_store.detect, app_store.read),
    Format(play_console.SYSTEM, "Google Play Console (monthly CSV)", play_console.detect, play_console.read),
    Format(trustpilot.SYSTEM, "Trustpilot business export (CSV)", trustpilot.detect, trustpilot.read),
    Format(trustpilot_scrapes.SYSTEM, "Trustpilot scrape (CSV)", trustpilot_scrapes.detect, trustpilot_scrapes.read),
)
"""In the order in which they are tried; the first that recognises a file reads it."""
