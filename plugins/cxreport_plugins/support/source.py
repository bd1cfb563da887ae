"""The source `support`: hands each file to the format that recognises it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from cxreport.api import Batch, Detection, Input, ReadFacts
from cxreport_plugins.common.family import Family
from cxreport_plugins.support.formats import FORMATS, Format
from cxreport_plugins.support.raw import Records


class Support(Family):
    """Tickets and conversations: each public message a record that answers the one before it; each rating another."""

    name: ClassVar[str] = "support"
    title: ClassVar[str] = "Support systems"
    formats = FORMATS

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Messages, tickets and ratings. Raises ReadError when the file cannot be read."""
        format = _named(found)
        facts.zone = format.zone or self.options.timezone
        records = Records(self.context, self.options, facts, format.zone)
        yield from format.read(data, records)
        records.finish()

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """The time zone to fill in, where the export tells none."""
        return {} if _named(found).zone else {"timezone": self.options.timezone}


def _named(found: Detection) -> Format:
    """The format that was detected; a system may have several."""
    return next(format for format in FORMATS if (format.system, format.form) == (found.system, found.format))
