"""The source `table`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from cxreport.api import Batch, Context, Detection, Input, Options, ReadError, ReadFacts, Source, reading
from cxreport_plugins.table import notes, proposal
from cxreport_plugins.table.guess import guess
from cxreport_plugins.table.how import How
from cxreport_plugins.table.mapping import CONFIDENCE
from cxreport_plugins.table.mapping import Mapping as MappingFile
from cxreport_plugins.table.options import TableOptions
from cxreport_plugins.table.reader import read
from cxreport_plugins.table.recognised import opened, recognised, seen
from cxreport_plugins.table.shipped import Systems, named, shipped

SYSTEM: Final = "table"
GUESSED: Final = 0.2
"""Confidence in a table that nobody has described: inspect shows it, no build uses it."""
_TITLE = "A table (CSV, TSV, XLSX, JSON lines, Parquet) read by a mapping"
_SHOWN = 20


class Table(Source):
    """Any table, through a mapping of its columns."""

    name = "table"
    title = "Any table, by mapping"
    systems: ClassVar[Mapping[str, str]] = Systems({SYSTEM: _TITLE})
    own_ids = True
    Options: ClassVar[type[Options]] = TableOptions
    options: TableOptions

    def __init__(self, options: Any, context: Context) -> None:
        """Raises ConfigError when there is no such mapping file, or with every mistake in it."""
        super().__init__(options, context)
        self.mapping: MappingFile | None = named(options.mapping, context.base) if options.mapping else None

    def detect(self, data: Input) -> Detection | None:
        """Sure when the options name columns or a mapping file, less so when a shipped mapping file fits.

        Else a guess with confidence 0.2 for whatever looks like a table.
        """
        if data.kind != "file":
            return None
        if self.mapping is not None and self.options.mapping is not None:
            said = f"The configuration names it. {notes.reason(self.options.mapping, self.mapping)}"
            return Detection(self.mapping.system, self.options.mapping, 1.0, said)
        if self.options.is_described:
            return Detection(SYSTEM, "", 1.0, "The configuration says which column is which.")
        return _looked_at(data, self.options)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the mapping. Raises ReadError when there is none or the file lacks one of its columns."""
        mapping = self.mapping or (None if self.options.is_described else shipped().get(found.format))
        if mapping is None and not self.options.is_described:
            raise ReadError(
                data.path,
                "is a table that nobody has described.",
                "Which column holds what is never guessed in a build.",
                "Write `columns: {text: …, created_at: …}`; `cxreport inspect` proposes a mapping.",
                code="no_mapping",
                member=data.member,
            )
        how = How(self.options, mapping, self.context)
        yield from read(data, how.table(data), how, facts)

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """The mapping file that fits, else a mapping by names and values; empty when no column says anything."""
        if found.format:
            return {"mapping": found.format}
        table, first = self._beginning(data)
        return proposal.options(table, first) if table else {}

    def hints(self, data: Input, found: Detection) -> tuple[str, ...]:
        """What a person needs to complete the proposed mapping of an unknown table."""
        table, first = self._beginning(data) if found.confidence <= GUESSED else (None, None)
        return tuple(proposal.hints(table, first, proposal.options(table, first))) if table else ()

    def signatures(self) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
        """Those of the shipped mapping files."""
        yield from ((mapping.system, mapping.signature) for mapping in shipped().values())

    def _beginning(self, data: Input) -> tuple[reading.Table | None, reading.TableBatch | None]:
        try:
            table = opened(data, self.options)
            return table, next(table.batches(), None)
        except ReadError:
            return None, None


def _looked_at(data: Input, options: TableOptions) -> Detection | None:
    found = seen(data, options)
    if found is None:
        return None
    known = recognised(found.records)
    if known is not None:
        name, mapping = known
        return Detection(mapping.system, name, CONFIDENCE[mapping.sure], notes.reason(name, mapping))
    names = ", ".join(name for name in found.header if name)
    reason = f"It is a table of unknown origin with the columns {_short(names)}."
    guessed = guess(found.header, found.body)
    if guessed.has_content():
        reason += f" Guessed from their names: {guessed}."
    return Detection(SYSTEM, "", GUESSED, reason)


def _short(names: str) -> str:
    parts = names.split(", ")
    return ", ".join(parts[:_SHOWN]) + (f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else "")
