"""The loads ledger: every file, what it was taken for, what was kept of it, and what its source leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from cxreport.api import Edition, Exhibit, Load, Table, Words, message
from cxreport_plugins.overview.frames import held

MOST_FILES = 40
"""With more files the ledger shows one row a source and system, and one for what was not read of it."""

COLUMNS = (
    message("File"), message("Taken for"), message("Rows"), message("Records"), message("Rejected"), message("Dates"),
    message("Holds"),
)  # fmt: skip


def ledger(edition: Edition, words: Words) -> Exhibit | None:
    """The table of files; of sources and systems where there are too many files."""
    if not edition.loads:
        return None
    rows = _by_source(edition.loads, words) if len(edition.loads) > MOST_FILES else _by_file(edition.loads, words)
    align: Any = ("left", "left", "right", "right", "right", "left", "left")
    return Exhibit(
        id="data.loads",
        heading=words.say("Files read"),
        title=_title(edition.loads, words),
        subtitle=words.say("Every file, what it was taken for, and what became of its rows"),
        table=Table(tuple(map(words.say, COLUMNS)), tuple(rows), align=align, caption=words.say("Files read")),
        note=words.say(
            "A row is rejected where no record can be made of it. What each file is, and why, is told below."
        ),
        source=words.say("Rows that the files hold; versions of one record are still apart here."),
    )


def _title(loads: Sequence[Load], words: Words) -> str:
    kept, rejected = sum(load.records for load in loads), sum(sum(load.rejected.values()) for load in loads)
    records = words.plural(kept, "record", "records")
    if not rejected:
        return words.count(
            len(loads), "{n}\u00a0file gave {records}, and no row was rejected",
            "{n}\u00a0files gave {records}, and no row was rejected", records=records,
        )  # fmt: skip
    gave = words.count(len(loads), "{n}\u00a0file gave {records}", "{n}\u00a0files gave {records}", records=records)
    lost = words.count(rejected, "{n} row was rejected, for a reason", "{n} rows were rejected, each for a reason")
    return f"{gave}; {lost}"


def _by_file(loads: Sequence[Load], words: Words) -> list[tuple[str, ...]]:
    return [
        (named(load), *_taken(load, words), *_counts([load], words), _dates([load], words), _frame([load], words))
        for load in loads
    ]


def _by_source(loads: Sequence[Load], words: Words) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for (source, _, _), group in groupby(sorted(loads, key=_kind), key=_kind):
        mine = list(group)
        name = f"{source} ({words.plural(len(mine), 'file', 'files')})"
        alike = len({load.problem for load in mine}) == 1
        taken = _taken(mine[0], words) if alike else (words.say("not read, each for a reason that is told below"),)
        rows.append((name, *taken, *_counts(mine, words), _dates(mine, words), _frame(mine, words)))
    return rows


def _kind(load: Load) -> tuple[str, bool, str]:
    """What files of one row have in common: their source, and what they are or that they were not read."""
    return load.source_id, bool(load.problem), "" if load.problem else load.system_title or load.system or "unknown"


def named(load: Load) -> str:
    """The file, and the member of a ZIP."""
    return f"{load.file} › {load.member}" if load.member else load.file


def _taken(load: Load, words: Words) -> tuple[str]:
    if load.problem:
        return (words.say("not read: {problem}", problem=words.retell(load.problem)),)
    return (load.system_title or load.system or words.say("unknown"),)


def _counts(loads: Sequence[Load], words: Words) -> tuple[str, str, str]:
    rows, records = sum(load.rows_read for load in loads), sum(load.records for load in loads)
    rejected = sum(sum(load.rejected.values()) for load in loads)
    return words.number(rows), words.number(records), words.number(rejected)


def _dates(loads: Sequence[Load], words: Words) -> str:
    starts = [load.date_min for load in loads if load.date_min]
    ends = [load.date_max for load in loads if load.date_max]
    if not (starts and ends):
        return words.say("undated")
    first, last = words.month(min(starts), short=True), words.month(max(ends), short=True)
    return first if first == last else f"{first} – {last}"


def _frame(loads: Sequence[Load], words: Words) -> str:
    return ", ".join(sorted({part for load in loads if not load.problem for part in held(load, words)})) or "–"


def licences(edition: Edition, words: Words) -> list[str]:
    """The terms of each source that states some."""
    stated = sorted({(load.source_id, load.licence) for load in edition.loads if load.licence})
    return [
        words.say("“{source}” may be shown under: {licence}.", source=source, licence=licence)
        for source, licence in stated
    ]
