"""The source `table`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from cxreport.api import Batch, Detection, Input, Options, ReadError, ReadFacts, Source, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.table.guess import Guess, guess, scale
from cxreport_plugins.table.options import TableOptions
from cxreport_plugins.table.reader import open_table, read

SYSTEM: Final = "table"
GUESSED: Final = 0.2
"""Confidence in a table that nobody has described: inspect shows it, no build uses it."""
_SHOWN = 20
_EVEN = 0.6
_HEADER_CHARS = 80


class Table(Source):
    """Any table, through a mapping of its columns."""

    name = "table"
    title = "Any table, by mapping"
    systems: ClassVar[dict[str, str]] = {SYSTEM: "A table (CSV, TSV, XLSX, JSON lines, Parquet) read by a mapping"}
    own_ids = True
    Options: ClassVar[type[Options]] = TableOptions
    options: TableOptions

    def detect(self, data: Input) -> Detection | None:
        """Sure when the options name columns; else a guess with confidence 0.2 for whatever looks like a table."""
        if data.kind != "file":
            return None
        if self.options.headers:
            return Detection(SYSTEM, "", 1.0, "The configuration says which column is which.")
        seen = _seen(data, self.options)
        if seen is None:
            return None
        header, records = seen
        names = ", ".join(name for name in header if name)
        found = guess(header, records)
        reason = f"It is a table of unknown origin with the columns {_short(names)}."
        if found.has_content():
            reason += f" Guessed from their names: {found}."
        return Detection(SYSTEM, "", GUESSED, reason)

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Records by the mapping. Raises ReadError when there is none or the file lacks one of its columns."""
        if not self.options.headers:
            raise ReadError(
                data.path,
                "is a table that nobody has described.",
                "Which column holds what is never guessed in a build.",
                "Write `columns: {text: …, created_at: …}`; `cxreport inspect` proposes a mapping.",
                code="no_mapping",
                member=data.member,
            )
        yield from read(data, self.options, facts)

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """A mapping by the names of the columns, with scales by their values; empty when no column says anything."""
        try:
            table = open_table(data, self.options)
            first = next(table.batches(), None)
        except ReadError:
            return {}
        proposal = guess(table.header, table.preview)
        if first is None or not proposal.has_content():
            return {}
        return _options(proposal, first)


def _options(proposal: Guess, first: reading.TableBatch) -> dict[str, Any]:
    out: dict[str, Any] = {"columns": dict(proposal.columns)}
    main = scale(proposal.rating, first.frame[proposal.rating]) if proposal.rating else None
    if main is not None:
        out["rating"] = main
    scales = [scale(name, first.frame[name]) for name in proposal.answers]
    answers = [_answer(found) for found in scales if found is not None]
    if answers:
        out["answers"] = answers
    return out


def _answer(found: dict[str, Any]) -> dict[str, Any]:
    """The scale of a sub-rating: as of a rating, without its metric, both ends written."""
    usual = {"stars": (1, 5), "nps": (0, 10)}.get(found["metric"], (0, 1))
    return {"column": found["column"], "min": found.get("min", usual[0]), "max": found.get("max", usual[1])}


def _seen(data: Input, options: TableOptions) -> tuple[Sequence[str], Sequence[Sequence[str]]] | None:
    """Header and first records of what looks like a table; None for anything else. Never raises."""
    look = Look(data)
    if look.is_json:
        value = look.value
        is_list = look.text.startswith("[") or "\n{" in look.text
        return (list(value), [[str(cell) for cell in value.values()]]) if _is_flat(value) and is_list else None
    try:
        table = open_table(data, options)
    except ReadError:
        return None
    body = table.preview[1:] if table.format != "parquet" else table.preview
    return (table.header, body) if _is_table(table, body) else None


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and len(value) > 1 and not any(isinstance(v, list) for v in value.values())


def _is_table(table: reading.Table, body: Sequence[Sequence[str]]) -> bool:
    """At least two short, different names over rows that are mostly as wide."""
    names = [name for name in table.header if name]
    widths = Counter(len(record) for record in body)
    is_even = widths[len(table.header)] >= _EVEN * len(body)
    return len(names) > 1 and is_even and bool(body) and all(len(name) <= _HEADER_CHARS for name in names)


def _short(names: str) -> str:
    parts = names.split(", ")
    return ", ".join(parts[:_SHOWN]) + (f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else "")
