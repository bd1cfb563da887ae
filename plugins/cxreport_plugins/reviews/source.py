"""The source `reviews`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts, Source
from cxreport_plugins.common import header
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import tables
from cxreport_plugins.reviews.formats import FORMATS
from cxreport_plugins.reviews.options import ReviewsOptions


class Reviews(Source):
    """Review sites and app stores. An owner's reply becomes a record of its own, linked to its review."""

    name = "reviews"
    title = "Review sites and app stores"
    version = "2"
    systems: ClassVar[dict[str, str]] = {format.system: format.title for format in FORMATS}
    Options: ClassVar[type[Options]] = ReviewsOptions
    options: ReviewsOptions

    def detect(self, data: Input) -> Detection | None:
        """The first format that recognises `data`, by content; None when none does."""
        look = Look(data)
        return next((found for format in FORMATS if (found := format.detect(look)) is not None), None)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the format that `found` names. Raises ReadError when the file cannot be read."""
        format = next(format for format in FORMATS if format.system == found.system)
        facts.zone = self.options.timezone
        yield from format.read(data, found, self.options, facts, self.context)

    def signatures(self) -> Iterator[tuple[str, header.Spelled]]:
        """Those of the formats that are tables."""
        for detector in (format.detect for format in FORMATS):
            if isinstance(detector, tables.Detector):
                yield from ((detector.system, header.spelled(each.signature)) for each in detector.layouts.values())
