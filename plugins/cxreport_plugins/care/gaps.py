"""Gaps: two groups of customers, how often each is answered and how soon."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Predicate, Result, Scope, stats
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.shares import gap, share, tallies
from cxreport_plugins.care.waits import AUTHORS, Waits, grouped, waits
from cxreport_plugins.common import eligible
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.people import people

GROUP: Final = "group"
WAITS: Final = "waits"


@dataclass(frozen=True)
class Side:
    """One of two groups: its dims, the values of `group` that belong to it, and its records."""

    dims: dict[str, str]
    groups: tuple[int, ...]
    population: Predicate


class Gap(Measure):
    """Two sides: the share of each that is answered, its median wait; the gap in points and the ratio of waits."""

    unit: ClassVar[Any] = "share"
    Options: ClassVar[type[MeasureOptions]] = ResponseRateOptions

    @abstractmethod
    def group(self) -> nw.Expr:
        """The number of a record's group; null where it has none."""

    @abstractmethod
    def sides(self, rows: pl.DataFrame, roots: Predicate) -> tuple[Side, Side] | None:
        """The two sides, from how many records (`n`) each `group` has; None where they cannot be told apart."""

    absence: ClassVar[tuple[str, str]]
    """Why there are no two sides, and what is needed."""

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answered records per group and author cluster, and waits per group."""
        roots = self._roots(scope)
        if roots is None or scope.as_of is None:
            return {}
        records = feedback.of(roots).with_columns(self.group().alias(GROUP)).filter(~nw.col(GROUP).is_null())
        return {
            "rates": tallies(records, GROUP, answered=nw.col("answered_by_brand")),
            **grouped(WAITS, waits(records, scope.as_of), GROUP),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each side's rate and wait, then how they differ."""
        roots = self._roots(scope)
        if roots is None:
            return [self.untestable(eligible.ABSENCE, eligible.INPUT)]
        counts = frames["rates"].group_by(GROUP).agg(pl.col("n").sum()).sort(GROUP)
        sides = self.sides(counts, roots)
        if sides is None:
            return [self.untestable(*self.absence)]
        return [*self._rates(frames["rates"], sides), *self._waits(frames, sides)]

    def _rates(self, rows: pl.DataFrame, sides: tuple[Side, Side]) -> Iterator[Result]:
        found = []
        for side in sides:
            mine = rows.filter(pl.col(GROUP).is_in(side.groups))
            found.append(share(mine, "answered") if mine.height else None)
            if found[-1]:
                facts: dict[str, Any] = {"n_authors": people(mine), "population": side.population}
                yield self.based(*found[-1], dims=side.dims, **facts)
        yield gap(self, found[0], found[1], {"part": "gap"}, population=sides[0].population)

    def _waits(self, frames: Mapping[str, pl.DataFrame], sides: tuple[Side, Side]) -> Iterator[Result]:
        medians = []
        for side in sides:
            rows, authors = (frames[name].filter(pl.col(GROUP).is_in(side.groups)) for name in (WAITS, WAITS + AUTHORS))
            merged = authors.drop(GROUP).group_by("bucket").sum()
            watched = Waits(rows, merged, {**side.dims, "wait": "median"}, side.population)
            found = watched.curve.quantile(0.5) if watched.n else None
            medians.append((found, watched.n))
            if found and found.reached:
                yield self.based(watched.n, found.value, found.low, found.high, unit="minutes", **watched.facts)
            else:
                yield lacking(self, watched.dims, "fewer than half were answered", "a median wait that was reached")
        yield self._ratio(medians)

    def _ratio(self, medians: Sequence[tuple[stats.Quantile | None, int]]) -> Result:
        """First wait over second; its limits are those of the one over the opposite of the other: wider than 95%."""
        (first, n), (second, m) = medians
        dims = {"part": "wait_ratio"}
        if not (first and second and first.reached and second.reached and second.low > 0):
            return lacking(self, dims, "the median wait of one side is not reached or is zero", "more answered records")
        high = first.high / second.low if math.isfinite(first.high) else None
        low = first.low / second.high if math.isfinite(second.high) else None
        return self.based(
            n + m, first.value / second.value, low, high, dims=dims, unit="ratio",
            method="Limits of the one over the opposite limits of the other: at least 95%",
        )  # fmt: skip

    def _roots(self, scope: Scope) -> Predicate | None:
        return eligible.settled(scope, self.options.window_days)
