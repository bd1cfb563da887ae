"""The ledger file by file: what each was taken for and why, how it was read, and what became of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cxreport.api import Edition, Load, Words
from cxreport_plugins.overview.frames import held
from cxreport_plugins.overview.ledger import named

MOST = 300
"""Files told one by one; of more, those that are clean are left to `audit.json`."""
ZONES = {
    "explicit": "each time states its own",
    "header": "stated by the file",
    "spec": "fixed by the format",
    "assumed": "assumed, as the configuration says",
    "unknown": "not stated: times are taken as UTC",
}
ENCODED = {
    "bom": "as its first bytes say",
    "nul-pattern": "recognised by its zero bytes",
    "utf-8": "every byte fits",
    "detected": "recognised by its letters",
    "replaced": "damaged in places",
    "override": "as the configuration says",
}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def files(edition: Edition, words: Words) -> list[dict[str, Any]]:
    """Each file with its facts, the reasons of rejects and warnings, examples and notes."""
    told = edition.loads
    if len(told) > MOST:
        told = tuple(load for load in told if load.problem or load.rejected or load.warnings)[:MOST]
    return [_file(load, words) for load in told]


def _file(load: Load, words: Words) -> dict[str, Any]:
    return {
        "name": named(load),
        "facts": [(term, text) for term, text in _facts(load, words) if text],
        "reasons": [
            *_reasons(load.rejected, "rejected", words),
            *_reasons(load.skipped, "left out on purpose", words),
            *_reasons(load.warnings, "kept with a warning", words),
        ],
        "examples": list(load.examples),
        "notes": [note.replace("`", "") for note in load.notes],
    }


def _facts(load: Load, words: Words) -> list[tuple[str, str]]:
    if load.problem:
        return [
            ("Not read", load.problem.replace("`", "")),
            ("Source", load.source_id),
            ("Digest", _digest(load, words)),
        ]
    variant = f" ({load.format})" if load.format else ""
    return [
        ("Taken for", f"{load.system_title or load.system or 'unknown'}{variant}"),
        ("Why", load.reason),
        ("Source", f"{load.source_id}, read by {load.reader}" if load.reader else load.source_id),
        ("Rows", _rows(load, words)),
        ("Holds", ", ".join(held(load)) + (f": at most {load.cap}" if load.cap else "")),
        ("Dates", _span(load, words)),
        ("Time zone", _zone(load)),
        ("Written in", _writing(load, words)),
        ("Ids", f"{words.number(load.ids_damaged)} rounded by a spreadsheet, not used" if load.ids_damaged else ""),
        ("Digest", _digest(load, words)),
    ]


def _rows(load: Load, words: Words) -> str:
    gave = words.plural(load.records, "record", "records")
    parts = [f"{words.plural(load.rows_read, 'row', 'rows')} found, {gave} kept"]
    if rejected := sum(load.rejected.values()):
        parts.append(f"{words.number(rejected)} rejected")
    if skipped := sum(load.skipped.values()):
        parts.append(f"{words.number(skipped)} left out on purpose")
    if load.figures:
        parts.append(f"{words.plural(load.figures, 'figure', 'figures')} of the platform kept apart")
    if load.expected is not None:
        missing = load.expected - load.rows_read
        lack = f", so {words.number(missing)} are missing" if missing > 0 else ""
        parts.append(f"the export itself states {words.number(load.expected)}{lack}")
    return "; ".join(parts)


def _span(load: Load, words: Words) -> str:
    if not (load.date_min and load.date_max):
        return "undated"
    first, last = words.date(load.date_min), words.date(load.date_max)
    return first if first == last else f"{first} – {last}"


def _zone(load: Load) -> str:
    bases = [ZONES.get(basis, basis) for basis in (load.zone_basis or "").split(", ") if basis]
    return ": ".join(filter(None, (load.zone, "; ".join(bases))))


def _writing(load: Load, words: Words) -> str:
    how = f" ({ENCODED.get(load.encoding_how, load.encoding_how)})" if load.encoding_how else ""
    parts = [f"{load.encoding}{how}" if load.encoding else ""]
    if load.delimiter:
        parts.append(f"cells parted by {DELIMITERS.get(load.delimiter, repr(load.delimiter))}")
    if load.header_row:
        parts.append(f"header in row {words.number(load.header_row)}")
    return ", ".join(filter(None, parts))


def _digest(load: Load, words: Words) -> str:
    if not load.sha256:
        return ""
    return f"SHA-256 {load.sha256}, {words.plural(load.bytes, 'byte', 'bytes')}"


def _reasons(counts: Mapping[str, int], fate: str, words: Words) -> list[tuple[str, str]]:
    return [(f"{fate}: {reason.replace('_', ' ')}", words.number(n)) for reason, n in sorted(counts.items())]
