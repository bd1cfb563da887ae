"""Trustpilot's product reviews, as the business portal exports them (XLSX, CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "trustpilot.products"
LAYOUT: Final = tables.Layout(
    frozenset(("review id", "stars", "product sku", "consumer name")),
    {
        "native_id": ("review id",), "rating_raw": ("stars",), "text": ("content",), "author_name": ("consumer name",),
        "created": ("created at",), "product_name": ("product name",), "sku": ("product sku",),
    },
)  # fmt: skip


def detect(look: Look) -> Detection | None:
    """By its columns."""
    return tables.detect(look, SYSTEM, LAYOUT.signature)


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews of single products; the export has no replies."""
    yield from tables.read(data, LAYOUT, reviews)


FORMAT: Final = Format(SYSTEM, "Trustpilot product reviews (XLSX)", "trustpilot", detect, read, frame="without_replies")
