"""The business clock: how long the brand's people were at work, as expressions over whole columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import add, or_
from typing import Final

import narwhals as nw

from cxreport.api import Hours

DAY_MS: Final = 86_400_000
_YEARS: Final = 15
"""How far back hours are looked up where the audit has no period."""

Stretch = tuple[int, int]
"""Start within a day (UTC) and length, in milliseconds."""


@dataclass(frozen=True)
class Clock:
    """Opening hours between two instants. Times are integer epoch milliseconds; outside of its days they are null."""

    hours: Hours
    first: datetime
    last: datetime

    def worked(self, at: nw.Expr) -> nw.Expr:
        """Open milliseconds since the first day until `at`, by the column `channel`."""
        return self._by_channel(lambda days: days.worked(at))

    def is_open(self, at: nw.Expr) -> nw.Expr:
        """Whether somebody was at work, by the column `channel`."""
        return self._by_channel(lambda days: days.is_open(at))

    def _by_channel(self, told: Callable[[Days], nw.Expr]) -> nw.Expr:
        found = told(self._days(None))
        for channel in sorted({name for schedule in self.hours.schedules for name in schedule.channels}):
            here = (nw.col("channel") == channel).fill_null(value=False)
            found = nw.when(here).then(told(self._days(channel))).otherwise(found)
        return found

    def _days(self, channel: str | None) -> Days:
        """One day more on either side: local days are not days of UTC."""
        margin = timedelta(days=2)
        openings = self.hours.openings((self.first - margin).date(), (self.last + margin).date(), channel)
        begin, end = (int(at.timestamp() * 1000) // DAY_MS for at in (self.first, self.last))
        return Days.of(openings, begin, end)


@dataclass(frozen=True)
class Days:
    """Open stretches of each day of UTC, numbered since 1970, and the open milliseconds before it."""

    number: tuple[int, ...]
    before: tuple[int, ...]
    stretches: tuple[tuple[Stretch, ...], ...]

    @classmethod
    def of(cls, openings: Sequence[tuple[int, int]], begin: int, end: int) -> Days:
        """The days from `begin` to `end`, both included, from openings in order."""
        ends = [stop for _, stop in openings]
        numbers = tuple(range(begin, end + 1))
        stretches = tuple(tuple(_within(openings, ends, day)) for day in numbers)
        before, total = [], 0
        for day in stretches:
            before.append(total)
            total += sum(length for _, length in day)
        return cls(numbers, tuple(before), stretches)

    def worked(self, at: nw.Expr) -> nw.Expr:
        """Open milliseconds since the first day until `at`; null on other days."""
        parts = [nw.min_horizontal(nw.max_horizontal(past, nw.lit(0)), length) for past, length in self._places(at)]
        return reduce(add, parts, self._told(at // DAY_MS, self.before))

    def is_open(self, at: nw.Expr) -> nw.Expr:
        """Whether `at` lies in a stretch; null on other days."""
        known = self._told(at // DAY_MS, self.before) < 0  # false on a known day, else null
        inside = [(past >= 0) & (past < length) for past, length in self._places(at)]
        return reduce(or_, inside, known)

    def _places(self, at: nw.Expr) -> Iterator[tuple[nw.Expr, nw.Expr]]:
        """Of each stretch of the day: how long ago it began (negative before), and its length."""
        day = at // DAY_MS
        for nth in range(max(map(len, self.stretches), default=0)):
            nths = [day_[nth] if nth < len(day_) else (0, 0) for day_ in self.stretches]
            start, length = (self._told(day, values) for values in zip(*nths, strict=True))
            yield at - day * DAY_MS - start, length

    def _told(self, day: nw.Expr, values: Sequence[int]) -> nw.Expr:
        return day.replace_strict(self.number, values, default=None, return_dtype=nw.Int64)


def _within(openings: Sequence[tuple[int, int]], ends: Sequence[int], day: int) -> Iterator[Stretch]:
    """The parts of openings that fall on a day."""
    begin, stop = day * DAY_MS, (day + 1) * DAY_MS
    for start, end in openings[bisect_left(ends, begin + 1) :]:
        if start >= stop:
            return
        first, last = max(start, begin), min(end, stop)
        yield first - begin, last - first


def clock(hours: Hours | None, first: datetime | None, as_of: datetime | None) -> Clock | None:
    """The clock of an audit; None where no hours are given or nothing is dated."""
    if hours is None or as_of is None:
        return None
    latest = as_of.astimezone(UTC)
    return Clock(hours, first or latest - timedelta(days=365 * _YEARS), latest)
