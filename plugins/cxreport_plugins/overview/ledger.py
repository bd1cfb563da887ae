"""The loads ledger: every file, what it was taken for, what was kept of it, and what its source leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from cxreport.api import Edition, Exhibit, Load, Table, Words

MOST_FILES = 40
"""With more files the ledger shows one row a source."""

FRAMES = {
    "complete": "all of it",
    "answered_only": "answered items only",
    "capped": "newest items only",
    "own_posts": "own posts only",
    "without_replies": "no replies",
}
MEANING = {
    "answered_only": (
        "{source} holds only what was answered: how many customers get no answer there cannot be told.",
        "{source} exports only items that the brand answered; response rates are not computed from it.",
    ),
    "capped": (
        "{source} holds only the newest items that its interface returns: older ones are missing.",
        "{source} returns only its newest items; volumes and trends before them are incomplete.",
    ),
    "own_posts": (
        "{source} holds what the account itself wrote: what customers wrote to it is missing.",
        "{source} is an archive of the account's own posts; customers appear in it only where they are quoted.",
    ),
    "without_replies": (
        "{source} does not hold what the brand answered: who was answered there cannot be told.",
        "{source} comes without the brand's replies; response rates are not computed from it.",
    ),
}
COLUMNS = ("File", "Taken for", "Rows", "Records", "Rejected", "Dates", "Holds")


def ledger(edition: Edition, words: Words) -> Exhibit | None:
    """The table of files; of sources where there are too many files."""
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
        note="Rejected rows are no records that could be kept; each has a reason, given below.",
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
        (_name(load), *_taken(load), *_counts([load], words), _dates([load], words), _frame([load])) for load in loads
    ]


def _by_source(loads: Sequence[Load], words: Words) -> list[tuple[str, ...]]:
    found = groupby(sorted(loads, key=lambda load: load.source_id), key=lambda load: load.source_id)
    rows: list[tuple[str, ...]] = []
    for source, group in found:
        mine = list(group)
        name = f"{source} ({words.plural(len(mine), 'file', 'files')})"
        rows.append((name, *_taken(mine[0]), *_counts(mine, words), _dates(mine, words), _frame(mine)))
    return rows


def _name(load: Load) -> str:
    return f"{load.file} › {load.member}" if load.member else load.file


def _taken(load: Load) -> tuple[str]:
    if load.problem:
        return (f"not read: {load.problem}",)
    title = load.system_title or load.system or "unknown"
    return (f"{title}: {load.reason}" if load.reason else title,)


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
    return ", ".join(sorted({FRAMES.get(load.frame, load.frame) for load in loads if not load.problem})) or "–"


def incomplete(edition: Edition) -> list[tuple[str, str]]:
    """(what cannot be said, what it means) for each kind of export that is not the whole of it."""
    seen = sorted({(load.system_title or load.source_id, load.frame) for load in edition.loads if not load.problem})
    return [
        (MEANING[frame][0].format(source=f"The export “{title}”"), MEANING[frame][1].format(source=f"“{title}”"))
        for title, frame in seen
        if frame in MEANING
    ]


def licences(edition: Edition) -> list[str]:
    """The terms of each source that states some."""
    stated = sorted({(load.source_id, load.licence) for load in edition.loads if load.licence})
    return [f"“{source}” may be shown under: {licence}." for source, licence in stated]


def files(edition: Edition, words: Words) -> list[dict[str, Any]]:
    """What there is to say of single files: rows rejected, skipped or doubtful by reason, examples, notes."""
    return [
        {
            "name": _name(load),
            "reasons": [
                *_reasons(load.rejected, "rejected", words),
                *_reasons(load.skipped, "skipped", words),
                *_reasons(load.warnings, "kept with a warning", words),
            ],
            "examples": list(load.examples),
            "notes": list(load.notes),
        }
        for load in edition.loads
        if load.rejected or load.skipped or load.warnings or load.notes
    ]


def _reasons(counts: Mapping[str, int], fate: str, words: Words) -> list[tuple[str, str]]:
    return [(f"{fate}: {reason.replace('_', ' ')}", words.number(n)) for reason, n in sorted(counts.items())]
