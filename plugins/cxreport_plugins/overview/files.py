"""The ledger file by file: what each was taken for and why, how it was read, and what became of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cxreport.api import Edition, Load, Words, message
from cxreport_plugins.overview.frames import held
from cxreport_plugins.overview.ledger import named

MOST = 300
"""Files told one by one; of more, those that are clean are left to `audit.json`."""
ZONES = {
    "explicit": message("each time states its own"),
    "header": message("stated by the file"),
    "spec": message("fixed by the format"),
    "assumed": message("assumed, as the configuration says"),
    "unknown": message("not stated: times are taken as UTC"),
}
ENCODED = {
    "bom": message("as its first bytes say"),
    "nul-pattern": message("recognised by its zero bytes"),
    "utf-8": message("every byte fits"),
    "detected": message("recognised by its letters"),
    "replaced": message("damaged in places"),
    "override": message("as the configuration says"),
}
DELIMITERS = {",": message("comma"), ";": message("semicolon"), "\t": message("tab"), "|": message("bar")}


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
            *_reasons(load.rejected, words.say("rejected"), words),
            *_reasons(load.skipped, words.say("left out on purpose"), words),
            *_reasons(load.warnings, words.say("kept with a warning"), words),
        ],
        "examples": list(load.examples),
        "notes": [words.retell(note).replace("`", "") for note in load.notes],
    }


def _facts(load: Load, words: Words) -> list[tuple[str, str]]:
    if load.problem:
        return [
            (words.say("Not read"), words.retell(load.problem).replace("`", "")),
            (words.say("Source"), load.source_id),
            (words.say("Digest"), _digest(load, words)),
        ]
    variant = f" ({load.format})" if load.format else ""
    return [
        (words.say("Taken for"), f"{load.system_title or load.system or words.say('unknown')}{variant}"),
        (words.say("Why"), words.retell(load.reason)),
        (words.say("Source"), _source(load, words)),
        (words.say("Rows"), _rows(load, words)),
        (words.say("Holds"), _holds(load, words)),
        (words.say("Dates"), _span(load, words)),
        (words.say("Time zone"), _zone(load, words)),
        (words.say("Written in"), _writing(load, words)),
        (words.say("Ids"), _damaged(load, words)),
        (words.say("Digest"), _digest(load, words)),
    ]


def _source(load: Load, words: Words) -> str:
    if not load.reader:
        return load.source_id
    return words.say("{source}, read by {reader}", source=load.source_id, reader=load.reader)


def _holds(load: Load, words: Words) -> str:
    holds = ", ".join(held(load, words))
    return words.say("{holds}: at most {cap}", holds=holds, cap=words.retell(load.cap)) if load.cap else holds


def _damaged(load: Load, words: Words) -> str:
    if not load.ids_damaged:
        return ""
    return words.say("{ids} rounded by a spreadsheet, not used", ids=words.number(load.ids_damaged))


def _rows(load: Load, words: Words) -> str:
    found, gave = words.plural(load.rows_read, "row", "rows"), words.plural(load.records, "record", "records")
    parts = [words.say("{rows} found, {records} kept", rows=found, records=gave)]
    if rejected := sum(load.rejected.values()):
        parts.append(words.say("{rows} rejected", rows=words.number(rejected)))
    if skipped := sum(load.skipped.values()):
        parts.append(words.say("{rows} left out on purpose", rows=words.number(skipped)))
    if load.figures:
        kept = words.plural(load.figures, "figure", "figures")
        parts.append(words.say("{figures} of the platform kept apart", figures=kept))
    if load.expected is not None:
        parts.append(_expected(load.expected, load.expected - load.rows_read, words))
    return "; ".join(parts)


def _expected(rows: int, missing: int, words: Words) -> str:
    stated = words.number(rows)
    if missing <= 0:
        return words.say("the export itself states {rows}", rows=stated)
    return words.say(
        "the export itself states {rows}, so {missing} are missing", rows=stated, missing=words.number(missing)
    )


def _span(load: Load, words: Words) -> str:
    if not (load.date_min and load.date_max):
        return words.say("undated")
    first, last = words.date(load.date_min), words.date(load.date_max)
    return first if first == last else f"{first} – {last}"


def _zone(load: Load, words: Words) -> str:
    bases = [words.say(ZONES.get(basis, basis)) for basis in (load.zone_basis or "").split(", ") if basis]
    return ": ".join(filter(None, (load.zone, "; ".join(bases))))


def _writing(load: Load, words: Words) -> str:
    how = f" ({words.say(ENCODED.get(load.encoding_how, load.encoding_how))})" if load.encoding_how else ""
    parts = [f"{load.encoding}{how}" if load.encoding else ""]
    if load.delimiter:
        sign = words.say(DELIMITERS.get(load.delimiter, repr(load.delimiter)))
        parts.append(words.say("cells parted by {sign}", sign=sign))
    if load.header_row:
        parts.append(words.say("header in row {row}", row=words.number(load.header_row)))
    return ", ".join(filter(None, parts))


def _digest(load: Load, words: Words) -> str:
    if not load.sha256:
        return ""
    return f"SHA-256 {load.sha256}, {words.plural(load.bytes, 'byte', 'bytes')}"


def _reasons(counts: Mapping[str, int], fate: str, words: Words) -> list[tuple[str, str]]:
    return [(f"{fate}: {reason.replace('_', ' ')}", words.number(n)) for reason, n in sorted(counts.items())]
