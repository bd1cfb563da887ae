"""The source `listening`: hands each table to the tool that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts
from cxreport_plugins.common.family import Family, named
from cxreport_plugins.listening import export
from cxreport_plugins.listening.options import ListeningOptions
from cxreport_plugins.listening.vendors import VENDORS


class Listening(Family):
    """Social listening and publishing tools. Their sentiment is kept apart and never used as a score."""

    name = "listening"
    title = "Social listening tools"
    formats = VENDORS
    Options: ClassVar[type[Options]] = ListeningOptions
    options: ListeningOptions

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the tool that `found` names. Raises ReadError when the file cannot be read."""
        yield from export.read(data, named(VENDORS, found), self.options, facts)
