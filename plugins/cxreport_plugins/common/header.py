"""Finding the header row of a table that a format recognises by its columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from cxreport.api import reading

_CODE = re.compile(r"[{}\[\]=<>]")


Spelled = list[tuple[str, ...]]
"""Headers, each with its spellings."""


def spelled(signature: Collection[str]) -> Spelled:
    """A signature as `Source.signatures` tells it: each header with its only spelling, in alphabetical order."""
    return [(name,) for name in sorted(signature)]


def find(records: Sequence[Sequence[str]], signature: Collection[str]) -> int | None:
    """0-based index of the first record that holds all names of `signature` (normalised), else None.

    A line of a program or of its settings may list the same names; brackets around one tell it from a header.
    """
    at = reading.find_header(records, signature)
    if at is None:
        return None
    cells = [cell for cell in records[at] if reading.norm(cell) in signature]
    return None if any(_CODE.search(cell) for cell in cells) else at
