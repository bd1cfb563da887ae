"""What charts are drawn from: plain values, already computed, in the units of `Result`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cxreport.model.result import Result, Status


@dataclass(frozen=True)
class Estimate:
    """A labelled number with its interval, base and, if it was measured before, its previous value."""

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    status: Status = "ok"
    previous: float | None = None
    changed: bool | None = None
    """Whether it clearly differs from `previous`; None where that was not tested."""
    short: str = ""
    """A shorter label for narrow drawings."""
    broken: bool = False
    """Whether something else was measured before, so that the two may not be compared."""

    @classmethod
    def of(cls, label: str, result: Result) -> Estimate:
        """The row of a result."""
        return cls(label, result.value, result.low, result.high, result.n, result.status)

    def against(self, previous: float | None, changed: bool | None) -> Estimate:
        """The same row beside its previous value."""
        return replace(self, previous=previous, changed=changed)

    def across(self, previous: float | None) -> Estimate:
        """The same row beside a previous value that it may not be compared with."""
        return replace(self, previous=previous, changed=None, broken=True)

    def name(self, narrow: bool) -> str:
        """The label that a drawing has room for."""
        return self.short if narrow and self.short else self.label

    @property
    def shown(self) -> bool:
        """Whether there is a number that may be printed."""
        return self.value is not None and self.status not in ("hidden", "not_testable")

    @property
    def bounded(self) -> bool:
        """Whether there is an interval that may be drawn."""
        return self.low is not None and self.high is not None and self.status not in ("hidden", "not_testable")

    @property
    def star(self) -> str:
        """`*` on a small base, `**` on one that only points a direction."""
        return {"small_base": "*", "directional": "**"}.get(self.status, "")

    @property
    def hollow(self) -> bool:
        """Whether it cannot be told from zero, or from what it was."""
        if self.changed is not None:
            return not self.changed
        return self.low is not None and self.high is not None and self.low <= 0 <= self.high

    @property
    def ends(self) -> tuple[float, ...]:
        """Every number of it that a scale must hold."""
        if not (self.shown or self.bounded):
            return ()
        numbers = (self.value, self.low, self.high, self.previous)
        return tuple(number for number in numbers if number is not None)


@dataclass(frozen=True)
class Cell:
    """One cell of a heatmap."""

    row: str
    column: str
    value: float | None = None
    n: int | None = None
    status: Status = "ok"

    @classmethod
    def of(cls, row: str, column: str, result: Result) -> Cell:
        """The cell of a result."""
        return cls(row, column, result.value, result.n, result.status)

    @property
    def shown(self) -> bool:
        """Whether there is a number that may be printed."""
        return self.value is not None and self.status not in ("hidden", "not_testable")

    @property
    def star(self) -> str:
        """`*` on a small base, `**` on one that only points a direction."""
        return {"small_base": "*", "directional": "**"}.get(self.status, "")


@dataclass(frozen=True)
class Instant:
    """A point of a curve over time since something happened: the share 0..1 by then, with its band."""

    minutes: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Month:
    """A point of a monthly series. `month` is `2026-03`."""

    month: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Split:
    """A bar of answers from worst to best: three or five shares that add up to 1, and the base."""

    label: str
    shares: tuple[float, ...]
    n: int | None = None


@dataclass(frozen=True)
class Amount:
    """A labelled count."""

    label: str
    count: float
    note: str = ""


def numbers(rows: Iterable[Estimate]) -> list[float]:
    """Every number of the rows that a scale must hold."""
    return [number for row in rows for number in row.ends]


def months_between(months: Sequence[str]) -> list[str]:
    """Every month from the first to the last named, the missing ones too."""
    if not months:
        return []
    first, last = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (min(months), max(months)))
    return [f"{i // 12:04d}-{i % 12 + 1:02d}" for i in range(first, last + 1)]
