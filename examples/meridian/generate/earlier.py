"""The year before: what was different in it, for an earlier audit to compare with.

Fewer were answered on X, more journeys ended badly, the app was older, Trustpilot was kinder, and Google was as it is
now. There was no outage, and Tomas was still whole. Nobody kept the reviews of the App Store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from . import dice, story

ANSWERED = 0.36
"""Chance that Meridian answers an ordinary complaint."""
COUNTED = {"answered": 0.3053, "nps": 1.7, "effort": 4.01, "trustpilot": 3.28, "google": 4.16}
"""What `--earlier` writes into its truth.json, for the page of this year's example; a test holds them to it."""
_YEAR = timedelta(days=365)
_STARS = {
    "trustpilot": (30, 12, 12, 18, 28),
    "google": (6, 5, 8, 27, 54),
    "play": (40, 16, 13, 14, 17),
    "app": (40, 15, 12, 15, 18),
}


def rewind() -> None:
    """Put the story a year back. Only before other modules of the generator are imported: they copy its figures."""
    months = (replace(m, start=m.start.replace(year=m.start.year - 1), answered=ANSWERED) for m in story.MONTHS)
    figures = {
        "START": story.START - _YEAR,
        "END": story.END - _YEAR,
        "WINTER": story.END - _YEAR,
        "RECOVERY": story.END - _YEAR,
        "MONTHS": tuple(months),
        "STARS": {source: dict.fromkeys(("before", "winter", "after"), stars) for source, stars in _STARS.items()},
        "INCIDENT": {"before": 0.36, "winter": 0.36, "after": 0.36},
    }
    for name, value in figures.items():
        setattr(story, name, value)
    dice.SEED = 2025
