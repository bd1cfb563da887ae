"""The measure `experience.segments`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.differences import NEWCOMBE, NEWCOMBE_SOURCE, difference
from cxreport_plugins.common.shares import share, tally, with_hits

DAY_MS: Final = 86_400_000
HALVES: Final = ("before", "late")
SHIFT, LARGE_SHIFT = 0.1, 0.25
"""From these values of PSI on a mix is taken to have changed, and to have changed much."""


class Segments(Measure):
    """Whether the mix of customers who answer is changing: first half of the audit's days against the second.

    By source. The value is the population stability index (below 0.1 a mix is taken to be the same, from 0.25 on to be
    another); its one row holds `p` of χ² of no change. `segment` with `half` is a share; with `part=change` the
    difference of both halves in points.
    """

    name: ClassVar[str] = "experience.segments"
    title: ClassVar[str] = "Mix of customers"
    question: ClassVar[str] = "Is the mix of customers changing?"
    concepts: ClassVar[tuple[str, ...]] = ("A07",)
    unit: ClassVar[Any] = "ratio"
    by: ClassVar[tuple[str, ...]] = ("segment",)
    method: ClassVar[Method] = Method(
        formula=(
            "PSI = Σ (q − p) · ln(q / p) over segments, p and q their shares in the first and the second half of the "
            "days between the first and the last answer, ½ added to each count; only records that state a segment"
        ),
        interval=f"PSI: none, χ² of no change beside it. Changes: {NEWCOMBE}",
        source=f"Population stability index (Siddiqi 2006); Pearson 1900; {NEWCOMBE_SOURCE}",
        limits=(
            "Who answers is not who buys: a mix also changes when other people are asked. Chance alone gives a PSI of "
            "about (segments − 1) · (1/n + 1/m)."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers per source, segment, half and author cluster."""
        if self._column not in scope.columns:
            return {}
        day = nw.col("created_at").dt.timestamp("ms") // DAY_MS
        rows = feedback.of(_stated(scope, self._column)).with_columns(
            source=nw.col("source_id"), segment=nw.col(self._column).cast(nw.String), __day=day
        )
        middle = (nw.col("__day").min().over("source") + nw.col("__day").max().over("source")) / 2
        halved = rows.with_columns(half=nw.when(nw.col("__day") <= middle).then(nw.lit("before"))
                                   .otherwise(nw.lit("late")))  # fmt: skip
        return {"segments": tally(halved, "source", "segment", "half"), "halves": tally(halved, "source", "half")}

    @property
    def _column(self) -> str:
        return self.cuts[0] if self.cuts else "segment"

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each source whose records state several segments."""
        if not frames or not frames["segments"].height:
            why = message("no record states its {column}").format(column=self._column)
            needed = message("a survey or table with {column}").format(column=self._column)
            return [self.untestable(why, needed)]
        out: list[Result] = []
        for source in sorted(frames["segments"]["source"].unique()):
            mine = {name: frame.filter(pl.col("source") == source) for name, frame in frames.items()}
            out += self._source(source, mine["segments"], mine["halves"], scope)
        return out

    def _source(self, source: str, rows: pl.DataFrame, halves: pl.DataFrame, scope: Scope) -> list[Result]:
        there = _stated(scope, self._column).where(("source_id", "eq", source))
        names, dims = sorted(rows["segment"].unique()), {"source": source}
        counts = {half: [_n(rows, half, name) for name in names] for half in HALVES}
        if len(names) < 2 or not all(sum(counts[half]) >= stats.HIDDEN_BELOW for half in HALVES):
            return [
                lacking(
                    self, dims, message("too few answers, or only one segment, in either half"), message("more answers")
                )
            ]
        before, late = ([count + 0.5 for count in counts[half]] for half in HALVES)
        parts = [(b / sum(before), a / sum(late)) for b, a in zip(before, late, strict=True)]
        psi = math.fsum((q - p) * math.log(q / p) for p, q in parts)
        n = sum(map(sum, counts.values()))
        p = stats.homogeneity_p([counts[half] for half in HALVES])
        whole = self.based(n, psi, dims=dims, level=None, population=there, evidence=there, rows=({"p": p},))
        return [whole, *(r for name in names for r in self._segment(name, rows, halves, dims, there))]

    def _segment(
        self, name: str, rows: pl.DataFrame, halves: pl.DataFrame, dims: dict[str, str], there: Predicate
    ) -> Sequence[Result]:
        own = there.where((self._column, "eq", name))
        shares = {
            half: share(
                self, with_hits(halves.filter(pl.col("half") == half),
                                rows.filter((pl.col("half") == half) & (pl.col("segment") == name))),
                "k", dims={**dims, "segment": name, "half": half}, population=there, evidence=own,
            )
            for half in HALVES
        }  # fmt: skip
        changed = {**dims, "segment": name, "part": "change"}
        return [*shares.values(), difference(self, shares["late"], shares["before"], dims=changed, population=there)]


def _stated(scope: Scope, column: str) -> Predicate:
    return scope.population.where((column, "not_null", None), ("created_at", "not_null", None))


def _n(rows: pl.DataFrame, half: str, segment: str) -> int:
    return int(rows.filter((pl.col("half") == half) & (pl.col("segment") == segment))["n"].sum())
