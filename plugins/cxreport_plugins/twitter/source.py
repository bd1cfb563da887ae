"""The source `twitter`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts, Source
from cxreport_plugins.common import header
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.formats import FORMATS, SIGNATURES
from cxreport_plugins.twitter.options import TwitterOptions


class Twitter(Source):
    """Posts of X (Twitter)."""

    name = "twitter"
    title = "X (Twitter)"
    systems: ClassVar[dict[str, str]] = {format.system: format.title for format in FORMATS}
    Options: ClassVar[type[Options]] = TwitterOptions
    options: TwitterOptions

    def detect(self, data: Input) -> Detection | None:
        """The first format that recognises `data`, by content; None when none does."""
        look = Look(data)
        return next((found for format in FORMATS if (found := format.detect(look)) is not None), None)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the format that `found` names. Raises ReadError when the file cannot be read."""
        format = next(format for format in FORMATS if format.system == found.system)
        yield from format.read(data, found, self.options, facts)

    def signatures(self) -> Iterator[tuple[str, header.Spelled]]:
        """Those of the formats that are tables."""
        yield from ((system, header.spelled(signature)) for system, signature in SIGNATURES)
