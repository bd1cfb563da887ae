"""The source `reviews`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts
from cxreport_plugins.common.family import Family, named
from cxreport_plugins.reviews.formats import FORMATS
from cxreport_plugins.reviews.options import ReviewsOptions


class Reviews(Family):
    """Review sites and app stores. An owner's reply becomes a record of its own, linked to its review."""

    name = "reviews"
    title = "Review sites and app stores"
    version = "3"
    formats = FORMATS
    Options: ClassVar[type[Options]] = ReviewsOptions
    options: ReviewsOptions

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the format that `found` names. Raises ReadError when the file cannot be read."""
        facts.zone = self.options.timezone
        yield from named(FORMATS, found).read(data, found, self.options, facts, self.context)
