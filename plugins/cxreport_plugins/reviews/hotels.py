"""Guest reviews by the extranets of Booking.com and Agoda (CSV): two texts or one, and sub-scores."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport.api import reading
from cxreport_plugins.common.pseudonyms import pseudonyms
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import Scale

_ASKED = frozenset((
    "staff", "cleanliness", "location", "facilities", "comfort", "value for money", "service", "free wifi", "wifi",
))  # fmt: skip
_COMMON: Final = {
    "created": ("review date",), "author_name": ("guest name",), "native_id": ("reservation number",),
    "title": ("review title",), "rating_raw": ("review score",), "reply": ("property reply",),
}  # fmt: skip


def _refined(raw: pl.DataFrame, reviews: Reviews) -> pl.DataFrame:
    """Only who has stayed is asked. The number of a reservation is personal: a pseudonym stands for it."""
    stays = pseudonyms(raw["native_id"], reviews.context, "reservation").alias("native_id")
    return raw.with_columns(stays, pl.lit("true").alias("verified_purchase"))


def _question(label: str) -> str | None:
    return label if reading.norm(label) in _ASKED else None


_NOTES = ("Reservation numbers were made pseudonyms and are not stored.",)
_BOOKING: Final = {
    "": tables.Layout(
        frozenset(("positive review", "negative review", "review score")),
        {**_COMMON, "text_positive": ("positive review",), "text_negative": ("negative review",)},
        _refined,
        _question,
    )
}
_AGODA: Final = {
    "": tables.Layout(
        frozenset(("review score", "reservation number", "property reply", "review")),
        {**_COMMON, "text": ("review",)},
        _refined,
        _question,
    )
}
BOOKING: Final = Format(
    "booking", "Booking.com extranet (CSV)", "booking", tables.Detector("booking", _BOOKING), tables.reader(_BOOKING),
    scale=Scale(1, 10), notes=_NOTES,
)  # fmt: skip
AGODA: Final = Format(
    "agoda", "Agoda extranet (CSV)", "agoda", tables.Detector("agoda", _AGODA), tables.reader(_AGODA),
    scale=Scale(0, 10), notes=_NOTES,
)  # fmt: skip
