"""What a written file is, and the tables that become CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
_SPECIAL = frozenset(',"\r\n')


@dataclass(frozen=True)
class Fault:
    """A planted mistake: where, what, and what an honest reader does with it."""

    where: str
    what: str
    outcome: str
    """``reject``, ``warning`` or ``reject or warning``."""


@dataclass(frozen=True)
class Said:
    """A text that people may code, and how it was meant."""

    space: str
    """What its id is unique in, as cxreport calls it."""
    native_id: str
    polarity: str
    """``pos``, ``neu``, ``neg`` or ``mixed``; empty where the generator cannot tell."""
    moment: str = "smot"
    """What it is about."""


def by_stars(stars: int) -> str:
    """How a review with so many stars is meant."""
    return ("neg", "neg", "mixed", "pos", "pos")[stars - 1]


@dataclass(frozen=True)
class Made:
    """One file: its bytes, and what it truly holds."""

    path: str
    """Relative to ``data/``."""
    content: bytes
    channel: str
    records: int
    """Sound or faulty rows of customers, each id once, rows that exporters mark as tests left out."""
    texts: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    hostile: int = 0
    said: tuple[Said, ...] = ()
    """Sound texts whose meaning is known."""


def table(rows: Iterable[Sequence[str]], newline: str = "\n") -> str:
    """Rows as CSV text: commas, quotes where needed, the same in every Python version."""
    return "".join(",".join(map(_quoted, row)) + newline for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.intersection(cell) else cell


def sound(values: Sequence[T], *faulty: int) -> list[T]:
    """The values without those at the given positions."""
    return [value for i, value in enumerate(values) if i not in faulty]


def share(part: int, whole: int) -> float:
    """A share, to four decimals."""
    return round(part / whole, 4)


def mean(values: Sequence[int]) -> float:
    """The mean, to two decimals."""
    return round(sum(values) / len(values), 2)
