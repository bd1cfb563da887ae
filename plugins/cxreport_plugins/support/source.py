"""The source `support`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from cxreport.api import Batch, Detection, Input, ReadFacts, Source
from cxreport_plugins.common import header
from cxreport_plugins.common.look import Look
from cxreport_plugins.support.formats import FORMATS, SIGNATURES, SYSTEMS
from cxreport_plugins.support.raw import Records


class Support(Source):
    """Tickets and conversations: each public message a record that answers the one before it; each rating another."""

    name: ClassVar[str] = "support"
    title: ClassVar[str] = "Support systems"
    systems: ClassVar[Mapping[str, str]] = SYSTEMS

    def detect(self, data: Input) -> Detection | None:
        """The first format that recognises `data` by its content; None when none does."""
        look = Look(data)
        return next((found for format in FORMATS if (found := format.detect(look)) is not None), None)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Messages, tickets and ratings. Raises ReadError when the file cannot be read."""
        format = next(f for f in FORMATS if f.system == found.system and f.form == found.format)
        facts.zone = format.zone or self.options.timezone
        records = Records(self.context, self.options, facts, format.zone)
        yield from format.read(data, records)
        records.finish()

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """The time zone to fill in, where the export tells none."""
        format = next(f for f in FORMATS if f.system == found.system and f.form == found.format)
        return {} if format.zone else {"timezone": self.options.timezone}

    def signatures(self) -> Iterator[tuple[str, header.Spelled]]:
        """Those of the formats that are tables."""
        yield from ((system, header.spelled(signature)) for system, signature in SIGNATURES.items())
