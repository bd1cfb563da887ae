"""Header rows: where they are, and names that can be matched and told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

PREVIEW = 15
"""A header is looked for among this many records."""


def norm(header: str) -> str:
    """A header for matching: casefolded, everything but letters, digits, `_`-less and `#`, one blank.

    Letters of every script are kept, so that `Отметка времени` still matches itself.
    """
    return re.sub(r"[^\w#]+|_+", " ", header.casefold()).strip()


def find_header(records: Sequence[Sequence[str]], signature: Iterable[str]) -> int | None:
    """0-based index of the first of the first 15 records that holds all names of `signature`, else None.

    Names are compared after `norm`.
    """
    wanted = {norm(name) for name in signature}
    for index, record in enumerate(records[:PREVIEW]):
        if wanted <= {norm(cell) for cell in record}:
            return index
    return None


def guess_header(records: Sequence[Sequence[str]]) -> int:
    """0-based index of the likely header: the first record as wide as most, so a preamble is passed over."""
    widths = [len(record) if any(cell.strip() for cell in record) else 0 for record in records[:PREVIEW]]
    common = Counter(width for width in widths if width).most_common()
    if not common:
        return 0
    usual = max(width for width, times in common if times == common[0][1])
    return next(index for index, width in enumerate(widths) if width >= usual)


def unique_names(raw: Iterable[str], reserved: Iterable[str] = ()) -> list[str]:
    """The names, trimmed; one that was there before gets the suffix ` (2)`, ` (3)` …"""
    taken = set(reserved)
    names: list[str] = []
    for header in raw:
        base = header.strip()
        name, times = base, 1
        while name in taken:
            times += 1
            name = f"{base} ({times})"
        taken.add(name)
        names.append(name)
    return names
