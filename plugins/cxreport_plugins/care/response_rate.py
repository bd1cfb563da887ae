"""The measure `care.response_rate`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.shares import gap, share, tested
from cxreport_plugins.common.cells import MONTH, Cell, cells, months, split, with_month
from cxreport_plugins.common.eligible import ABSENCE, INPUT, NEEDS, about, rivals, settled
from cxreport_plugins.common.people import AGGREGATES, bucket, columns, people

RIVALS = "rivals"


class ResponseRate(Measure):
    """Share of eligible records with a human public answer: whole, by `by`, by month, for rivals by channel."""

    name: ClassVar[str] = "care.response_rate"
    title: ClassVar[str] = "Answered in public"
    question: ClassVar[str] = "How many of the customers who write in public ever get an answer?"
    concepts: ClassVar[tuple[str, ...]] = ("C06", "B10", "C13")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    by: ClassVar[tuple[str, ...]] = ("channel",)
    Options: ClassVar[type[ResponseRateOptions]] = ResponseRateOptions
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ((), ("channel",))
    method: ClassVar[Method] = Method(
        formula=(
            "RR = eligible records with a human reply by the brand in their thread / eligible records; eligible: the "
            "customer's first record of a thread, public, older than the window (7 days unless set)"
        ),
        interval="95% Wilson at the effective base of author clusters (512 buckets), never narrower than Wilson",
        source="Wilson 1927; records of one author are a cluster (Korn & Graubard 1998)",
        limits=(
            "Automatic replies are not answers. Answers in private (messages, phone) cannot be seen and count as none. "
            "Replies that a platform deleted are missing. A rival's rate is comparable only where its records were "
            "collected by the same query."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Eligible and answered per author cluster: of everything, by cut, by month, by rival."""
        population = self._population(scope)
        if population is None:
            return {}
        records = with_month(feedback.of(population))
        present, _ = split(self, scope)
        return {
            "all": _tallies(records),
            **{column: _tallies(records, column) for column in (*present, MONTH)},
            RIVALS: _tallies(feedback.of(rivals(population)), "entity", "channel"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The rate of everything, then of each cell, then against rivals (`part=gap`)."""
        population = self._population(scope)
        if population is None or not frames["all"].height:
            return [self.untestable(ABSENCE, INPUT)]
        present, missing = split(self, scope)
        cut = [cell for column in present for cell in cells(frames[column], population, column)]
        named = frames[RIVALS].filter(pl.col("entity") != "unknown")
        others = [_rival(cell, population) for cell in cells(named, population, "entity", "channel")]
        whole = Cell({}, population, frames["all"])
        rates_ = [self._rate(cell) for cell in (whole, *cut, *months(frames[MONTH], population), *others)]
        return [*rates_, *self._against(cut, others), *missing]

    def _against(self, cut: Sequence[Cell], others: Sequence[Cell]) -> list[Result]:
        """The brand minus each rival on a channel, in points; tested together where both have thirty records."""
        own = {cell.dims["channel"]: cell for cell in cut if set(cell.dims) == {"channel"}}
        pairs = [(own[rival.dims["channel"]], rival) for rival in others if rival.dims["channel"] in own]
        gaps = [
            gap(
                self, share(mine.rows, "answered"), share(rival.rows, "answered"), {**rival.dims, "part": "gap"},
                population=mine.population,
            )
            for mine, rival in pairs
        ]  # fmt: skip
        able = [(found, pair) for found, pair in zip(gaps, pairs, strict=True) if found.testable]
        sides = [(mine.rows, rival.rows) for _, (mine, rival) in able]
        untested = [found for found in gaps if not found.testable]
        return [*tested([found for found, _ in able], sides, "answered"), *untested]

    def _population(self, scope: Scope) -> Predicate | None:
        return settled(scope, self.options.window_days)

    def _rate(self, cell: Cell) -> Result:
        return self.based(
            *share(cell.rows, "answered"),
            dims=cell.dims, n_authors=people(cell.rows), population=cell.population,
            evidence=cell.population.where(("answered_by_brand", "not_true", None)),
        )  # fmt: skip


def _tallies(records: nw.LazyFrame[Any], *keys: str) -> nw.LazyFrame[Any]:
    """Eligible and answered records per combination of `keys` and author cluster."""
    answered = nw.col("answered_by_brand").fill_null(value=False).cast(nw.Int64)
    everybody = ~nw.col("record_id").is_null()
    marked = records.with_columns(bucket().alias("bucket"), answered=answered, **columns(everybody))
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), answered=nw.col("answered").sum(), **AGGREGATES)


def _rival(cell: Cell, population: Predicate) -> Cell:
    """A rival on one channel: only the same channel can be compared with."""
    same = about(population, cell.dims["entity"]).where(("channel", "eq", cell.dims["channel"]))
    return Cell(cell.dims, same, cell.rows)


def rates(results: Iterable[Result], dim: str) -> list[tuple[str, Result]]:
    """The rates of one cut, by its value."""
    return [(r.dims[dim], r) for r in results if set(r.dims) == {dim}]
