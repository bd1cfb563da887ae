"""Trustpilot's product reviews, as the business portal exports them (XLSX, CSV)."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format

SYSTEM: Final = "trustpilot.products"
_LAYOUTS: Final = {"": tables.Layout(
    frozenset(("review id", "stars", "product sku", "consumer name")),
    {
        "native_id": ("review id",), "rating_raw": ("stars",), "text": ("content",), "author_name": ("consumer name",),
        "created": ("created at",), "product_name": ("product name",), "sku": ("product sku",),
    },
)}  # fmt: skip


FORMAT: Final = Format(
    SYSTEM,
    "Trustpilot product reviews (XLSX)",
    "trustpilot",
    tables.Detector(SYSTEM, _LAYOUTS),
    tables.reader(_LAYOUTS),
    frame="without_replies",
)
