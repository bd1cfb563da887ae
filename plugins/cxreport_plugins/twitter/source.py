"""The source `twitter`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts
from cxreport_plugins.common.family import Family, named
from cxreport_plugins.twitter.formats import FORMATS
from cxreport_plugins.twitter.options import TwitterOptions


class Twitter(Family):
    """Posts of X (Twitter)."""

    name = "twitter"
    title = "X (Twitter)"
    version = "2"
    formats = FORMATS
    Options: ClassVar[type[Options]] = TwitterOptions
    options: TwitterOptions

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the format that `found` names. Raises ReadError when the file cannot be read."""
        yield from named(FORMATS, found).read(data, found, self.options, facts)
