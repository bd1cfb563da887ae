"""The table of Amazon reviews of Alexa devices that many courses use (TSV)."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format

SYSTEM: Final = "amazon.alexa"
_LAYOUTS: Final = {
    "": tables.Layout(
        frozenset(("rating", "variation", "verified reviews", "feedback")),
        {
            "rating_raw": ("rating",),
            "created": ("date",),
            "product_name": ("variation",),
            "text": ("verified reviews",),
        },
    )
}
FORMAT: Final = Format(
    SYSTEM,
    "Amazon Alexa reviews (TSV)",
    "amazon",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    frame="without_replies",
)
