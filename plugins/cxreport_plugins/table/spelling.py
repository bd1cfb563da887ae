"""Headers and the spellings under which a mapping knows them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from cxreport.api import reading

ANY: Final = "*"
"""At the end of a spelling: any header that begins so, such as a question that names the product."""


def normed(records: Sequence[Sequence[str]]) -> list[Set[str]]:
    """The names of each record, normalised."""
    return [frozenset(map(reading.norm, record)) for record in records]


def stands(spellings: Sequence[str], names: Set[str]) -> bool:
    """Whether one of these normalised names has one of the spellings."""
    plain = [(reading.norm(spelling), spelling.endswith(ANY)) for spelling in spellings]
    return any(name in names or (begins and any(n.startswith(name) for n in names)) for name, begins in plain)


def place(spellings: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the header stands among the names of a table: as written, else whatever its case, blanks and signs.

    The first spelling that a name has counts; None when no name has any.
    """
    known = [reading.norm(name) for name in names]
    for spelling in spellings:
        if spelling in names:
            return names.index(spelling)
        plain = reading.norm(spelling)
        if spelling.endswith(ANY) and plain:
            begins = (at for at, name in enumerate(known) if name.startswith(plain))
            if (at := next(begins, None)) is not None:
                return at
        elif plain in known:
            return known.index(plain)
    return None
