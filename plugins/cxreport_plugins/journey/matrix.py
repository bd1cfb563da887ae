"""The measure `journey.matrix`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import MOMENTS, Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import cells, split
from cxreport_plugins.journey.profile import LIMITS, NONE, SPANNING, softened, with_moment


class Matrix(Measure):
    """Net sentiment at each moment on each channel (dims `moment` and `channel`, or the columns of `by`)."""

    name: ClassVar[str] = "journey.matrix"
    title: ClassVar[str] = "Moments by channel"
    question: ClassVar[str] = "At which moment, and where, does the experience hold or break?"
    concepts: ClassVar[tuple[str, ...]] = ("B02",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("moment", "sentiment")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula=f"{net.METHOD.formula}, for each moment on each channel",
        interval=net.METHOD.interval,
        source=f"Impressions grouped by moment and network: Solis 2013. {net.METHOD.source}",
        limits=LIMITS + net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts by sentiment per author cluster, moment and cut; one frame a cut."""
        records = with_moment(feedback.of(scope.population), "moment_rule" in scope.columns)
        present, _ = split(self, scope)
        return {"moments": net.tallies(records, "moment")} | {
            c: net.tallies(records, "moment", c, accuracy=scope.accuracy) for c in present
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The cells that hold records."""
        present, missing = split(self, scope)
        unclassified = _unclassified(frames["moments"])
        found = [
            softened(r, unclassified, scope.accuracy) for cut in present for r in self._cells(frames[cut], cut, scope)
        ]
        if not found and not missing:
            return [self.untestable("no record is about a moment", "records about single experiences")]
        return [*found, *missing]

    def _cells(self, rows: pl.DataFrame, cut: str, scope: Scope) -> Iterator[Result]:
        for moment in MOMENTS:
            there = rows.filter(pl.col("moment") == moment)
            yield from (net.net_result(self, c, scope.accuracy) for c in cells(there, scope.population, "moment", cut))


def _unclassified(rows: pl.DataFrame) -> float:
    counts = dict(rows.group_by("moment").agg(pl.col("n").sum()).iter_rows())
    asked = sum(n for moment, n in counts.items() if moment != SPANNING)
    return counts.get(NONE, 0) / asked if asked else 0.0
