"""The source `listening`: hands each table to the tool that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from cxreport.api import Batch, Detection, Input, Options, ReadFacts, Source
from cxreport_plugins.common import header
from cxreport_plugins.common.look import Look
from cxreport_plugins.listening import export
from cxreport_plugins.listening.options import ListeningOptions
from cxreport_plugins.listening.vendors import VENDORS


class Listening(Source):
    """Social listening and publishing tools. Their sentiment is kept apart and never used as a score."""

    name = "listening"
    title = "Social listening tools"
    systems: ClassVar[dict[str, str]] = {vendor.system: vendor.title for vendor in VENDORS}
    Options: ClassVar[type[Options]] = ListeningOptions
    options: ListeningOptions

    def detect(self, data: Input) -> Detection | None:
        """The first tool whose table `data` is; None when it is none's."""
        look = Look(data)
        return next((found for vendor in VENDORS if (found := export.detect(look, vendor)) is not None), None)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the tool that `found` names. Raises ReadError when the file cannot be read."""
        vendor = next(vendor for vendor in VENDORS if vendor.system == found.system)
        yield from export.read(data, vendor, self.options, facts)

    def signatures(self) -> Iterator[tuple[str, header.Spelled]]:
        """Those of the tools that are known by whole headers."""
        whole = (vendor for vendor in VENDORS if not vendor.is_prefix)
        yield from ((vendor.system, header.spelled(vendor.signature)) for vendor in whole)
