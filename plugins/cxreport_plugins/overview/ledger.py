"""The loads ledger: every file, what it was taken for, what was kept of it, and what its source leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from cxreport.api import Edition, Exhibit, Load, Table, Words
from cxreport_plugins.overview.frames import held

MOST_FILES = 40
"""With more files the ledger shows one row a source and system, and one for what was not read of it."""

COLUMNS = ("File", "Taken for", "Rows", "Records", "Rejected", "Dates", "Holds")


def ledger(edition: Edition, words: Words) -> Exhibit | None:
    """The table of files; of sources and systems where there are too many files."""
    if not edition.loads:
        return None
    rows = _by_source(edition.loads, words) if len(edition.loads) > MOST_FILES else _by_file(edition.loads, words)
    align: Any = ("left", "left", "right", "right", "right", "left", "left")
    return Exhibit(
        id="data.loads",
        heading="Files read",
        title=_title(edition.loads, words),
        subtitle="Every file, what it was taken for, and what became of its rows",
        table=Table(COLUMNS, tuple(rows), align=align, caption="Files read"),
        note="A row is rejected where no record can be made of it. What each file is, and why, is told below.",
        source="Rows that the files hold; versions of one record are still apart here.",
    )


def _title(loads: Sequence[Load], words: Words) -> str:
    kept, rejected = sum(load.records for load in loads), sum(sum(load.rejected.values()) for load in loads)
    files = words.plural(len(loads), "file gave", "files gave")
    if not rejected:
        return f"{files} {words.plural(kept, 'record', 'records')}, and no row was rejected"
    was = "row was" if rejected == 1 else "rows were"
    return (
        f"{files} {words.plural(kept, 'record', 'records')}; {words.number(rejected)} {was} rejected, each for a reason"
    )


def _by_file(loads: Sequence[Load], words: Words) -> list[tuple[str, ...]]:
    return [
        (named(load), *_taken(load), *_counts([load], words), _dates([load], words), _frame([load])) for load in loads
    ]


def _by_source(loads: Sequence[Load], words: Words) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for (source, _, _), group in groupby(sorted(loads, key=_kind), key=_kind):
        mine = list(group)
        name = f"{source} ({words.plural(len(mine), 'file', 'files')})"
        alike = len({load.problem for load in mine}) == 1
        taken = _taken(mine[0]) if alike else ("not read, each for a reason that is told below",)
        rows.append((name, *taken, *_counts(mine, words), _dates(mine, words), _frame(mine)))
    return rows


def _kind(load: Load) -> tuple[str, bool, str]:
    """What files of one row have in common: their source, and what they are or that they were not read."""
    return load.source_id, bool(load.problem), "" if load.problem else load.system_title or load.system or "unknown"


def named(load: Load) -> str:
    """The file, and the member of a ZIP."""
    return f"{load.file} › {load.member}" if load.member else load.file


def _taken(load: Load) -> tuple[str]:
    return (f"not read: {load.problem}",) if load.problem else (load.system_title or load.system or "unknown",)


def _counts(loads: Sequence[Load], words: Words) -> tuple[str, str, str]:
    rows, records = sum(load.rows_read for load in loads), sum(load.records for load in loads)
    rejected = sum(sum(load.rejected.values()) for load in loads)
    return words.number(rows), words.number(records), words.number(rejected)


def _dates(loads: Sequence[Load], words: Words) -> str:
    starts = [load.date_min for load in loads if load.date_min]
    ends = [load.date_max for load in loads if load.date_max]
    if not (starts and ends):
        return "undated"
    first, last = words.month(min(starts), short=True), words.month(max(ends), short=True)
    return first if first == last else f"{first} – {last}"


def _frame(loads: Sequence[Load]) -> str:
    return ", ".join(sorted({part for load in loads if not load.problem for part in held(load)})) or "–"


def licences(edition: Edition) -> list[str]:
    """The terms of each source that states some."""
    stated = sorted({(load.source_id, load.licence) for load in edition.loads if load.licence})
    return [f"“{source}” may be shown under: {licence}." for source, licence in stated]
