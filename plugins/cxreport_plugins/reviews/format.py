"""What a review format is: how it is recognised and read, and what its documentation says of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from cxreport.api import Batch, Context, Detection, Input, ReadFacts
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews.options import ReviewsOptions
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import STARS, Scale
from cxreport_plugins.reviews.tables import Detector


@dataclass(frozen=True, slots=True)
class Format:
    """One format of review exports."""

    system: str
    title: str
    channel: str
    detect: Callable[[Look], Detection | None]
    reader: Callable[[Input, Detection, Reviews], Iterator[Batch]]
    zone: str | None = None
    """Zone of times without an offset; None when nothing tells it."""
    zone_source: Literal["header", "spec"] = "spec"
    scale: Scale = STARS
    frame: Literal["complete", "answered_only", "capped", "own_posts", "without_replies"] = "complete"
    cap: str = ""
    """What an export of it holds at most."""
    notes: tuple[str, ...] = ()
    """What a person should know of every file of this format."""

    @property
    def tables(self) -> tuple[frozenset[str], ...]:
        """Normalised headers of its tables."""
        layouts = self.detect.layouts.values() if isinstance(self.detect, Detector) else ()
        return tuple(layout.signature for layout in layouts)

    def read(
        self, data: Input, found: Detection, options: ReviewsOptions, facts: ReadFacts, context: Context
    ) -> Iterator[Batch]:
        """Batches of records; fills `facts`. Raises ReadError when the file cannot be read."""
        facts.frame, facts.cap = self.frame, self.cap
        facts.notes.extend(self.notes)
        reviews = Reviews(self.channel, options, facts, context, self.zone, self.zone_source, self.scale)
        yield from self.reader(data, found, reviews)
        yield from reviews.averages.batches(facts)
        reviews.finish()
