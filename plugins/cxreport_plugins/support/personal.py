"""What is left of an item's other fields once everything personal is gone."""

from __future__ import annotations

import re
from collections.abc import Collection

from cxreport.api import reading

_NAMES = re.compile(
    r"(?:.*[ _])?(?:name|e-?mail|phone|mobile|telephone|address|ip(?:[ _]address)?|user[ _]agent|avatar|photo|signature"
    r"|recipient|from|to|ccs?|bccs?|submitter|requester|assignee|agent|author|contacts?|teammates?)",
    re.IGNORECASE,
)
"""Fields that say who somebody is. `satisfaction_name` is caught with them: better one too many."""
_ADDRESS = re.compile(r"(?<![^@\s])[^@\s]+@[^@\s]+\.[^@\s]+")
"""The look behind keeps the search of a long word from beginning again at each of its letters."""
_TELEPHONE = re.compile(r"\+[\d\s()/.-]{7,}\d")
_DEPTH = 6


def extra(item: dict[str, object], mapped: Collection[str], dropped: set[str]) -> str | None:
    """A JSON object of the fields that nothing maps, keys sorted; None when all are.

    Names of fields of personal data, and of those that hold an address or telephone number, go into `dropped`.
    """
    rest = {name: value for name, value in item.items() if name not in mapped}
    found = _sound(rest, dropped, _DEPTH)
    return reading.json_text(found) if found else None


def _sound(value: object, dropped: set[str], depth: int) -> object:
    """The value without personal and empty parts; None for what is nested too deep to look at."""
    if isinstance(value, dict):
        if not depth:
            return None
        kept = {name: _field(name, value[name], dropped, depth) for name in sorted(value)}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        parts = [_sound(part, dropped, depth - 1) for part in value if not _tells_who(part)] if depth else []
        return [part for part in parts if part not in (None, "", [], {})]
    return value


def _field(name: str, value: object, dropped: set[str], depth: int) -> object:
    if value in (None, "", [], {}):
        return None
    if _tells_who(value) or _NAMES.fullmatch(name):
        dropped.add(name)
        return None
    return _sound(value, dropped, depth - 1)


def _tells_who(value: object) -> bool:
    """Whether a text holds an address or a telephone number."""
    return isinstance(value, str) and bool(_ADDRESS.search(value) or _TELEPHONE.search(value))
