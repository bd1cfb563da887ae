"""Header rows: where they are, and names that can be matched and told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

PREVIEW = 15
"""A header is looked for among this many records."""
_HEADER_CHARS = 200
_TEXT_CHARS = 4_000
"""A longer cell is compared by its beginning: it is no header, and there may be thousands of such cells."""


def norm(header: str) -> str:
    """A header for matching: casefolded, everything but letters, digits, `_`-less and `#`, one blank.

    Letters of every script are kept, so that `Отметка времени` still matches itself.
    """
    return _norm(header) if len(header) <= _HEADER_CHARS else _norm.__wrapped__(header[:_TEXT_CHARS])


@lru_cache(maxsize=1 << 14)
def _norm(header: str) -> str:
    """Remembered: every format that looks at a table asks for the same cells."""
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


def guess_header(records: Sequence[Sequence[str]], *, grouped: bool = False) -> int:
    """0-based index of the likely header: the first record as wide as most, so a preamble is passed over.

    A record that fills less than half of that width, or a quarter of its cells, belongs to a preamble that a
    spreadsheet has padded; unless headers are `grouped`, with the first of several rows full of gaps.
    """
    filled = [[at for at, cell in enumerate(record, 1) if cell.strip()] for record in records[:PREVIEW]]
    widths = [len(record) for record, cells in zip(records, filled, strict=False) if cells]
    usual = max(Counter(widths).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    for index, cells in enumerate(filled):
        padded = not grouped and (2 * cells[-1] <= usual or 4 * len(cells) < usual) if cells else True
        if len(records[index]) >= usual and not padded:
            return index
    return next((index for index, cells in enumerate(filled) if cells), 0)


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
