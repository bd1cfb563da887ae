"""What the ledger says of a mapped file."""

from __future__ import annotations

from collections.abc import Iterable

from cxreport_plugins.table.columns import Columns
from cxreport_plugins.table.how import How
from cxreport_plugins.table.mapping import Mapping

_SHOWN = 12
_BASIS = {"docs": "the vendor's documentation", "code": "public code", "memory": "memory"}


def reason(name: str, mapping: Mapping) -> str:
    """Why a file is taken for what it is, and how sure that is."""
    how = f"confidence {mapping.sure}: its columns are known {_from(mapping)}" if mapping.sure else "the project's own"
    return f"By mapping file {name}, {how}."


def told(how: How, found: Columns) -> list[str]:
    """The mapping's own notes, what it did not find, what was not read, and what nobody mapped."""
    notes = list(how.mapping.notes) if how.mapping else []
    if how.mapping and how.mapping.sure:
        notes.append("The mapping is not verified by a true file: compare the first records with the file.")
    if found.lacking:
        notes.append(f"Columns of the mapping file that this file has not: {_listed(found.lacking)}.")
    label = found.header.label
    if found.personal:
        notes.append(f"Not read, because they hold personal data: {_listed(map(label, found.personal))}.")
    if found.pseudonyms:
        notes.append(f"Made pseudonyms and not stored: {_listed(map(label, found.pseudonyms.values()))}.")
    left = found.header.others(found.used).values()
    return [*notes, f"Not mapped, kept in `extra`: {_listed(left)}."] if left else notes


def _from(mapping: Mapping) -> str:
    words = [_BASIS[basis] for basis in mapping.rests_on]
    return f"from {' and '.join(words)}" if words else "thinly"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more
