"""The review formats that are read: one module each. A new format is a line here."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.reviews import app_store, google, play_console, trustpilot, trustpilot_scrapes
from cxreport_plugins.reviews.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    google.FORMAT,
    app_store.FORMAT,
    play_console.FORMAT,
    trustpilot.FORMAT,
    trustpilot_scrapes.FORMAT,
)
"""In the order in which they are tried; the first that recognises a file reads it."""
