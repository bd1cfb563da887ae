"""The measure `network.potential_reach`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking, partitions, split
from cxreport_plugins.common.figures import ranged
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import ABSENCE, INPUT, REACH, Frame, authors, known

KNOWN: Final = {"part": "known"}
SEEN: Final = (
    "Followers are not viewers: a follower may never see a given record, and people who follow nobody may. Those who "
    "passed a record on are not counted with their own followers. "
)


class PotentialReach(Measure):
    """Bounds of how many accounts follow those who wrote: of everything, by sentiment, by `by`.

    `part=known` counts the records whose author's followers are known.
    """

    name: ClassVar[str] = "network.potential_reach"
    title: ClassVar[str] = "Potential reach"
    question: ClassVar[str] = "How many accounts follow the customers who wrote in public?"
    concepts: ClassVar[tuple[str, ...]] = ("C07",)
    unit: ClassVar[Any] = "people"
    needs: ClassVar[tuple[str, ...]] = ("author_followers", "sentiment")
    method: ClassVar[Method] = Method(
        formula=(
            "max R ≤ followers of all together ≤ Σ R; R = followers of an author, the most that any of their records "
            "tells, each author once"
        ),
        interval="Bounds, no estimate: how far audiences overlap is unknown. Rounded outward to two significant digits",
        source="Bounds of the union of overlapping sets",
        limits=SEEN + "Follower counts are those at the time of the export, where it does not tell earlier ones.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Largest and total reach of everything, of each sentiment, and of each cell."""
        records = feedback.of(public(scope))
        people = authors(records)
        present, _ = split(self, scope)
        return {
            "records": records.select(n=nw.len()),
            "all": _summed(people, "records"),
            **{s: _summed(people.filter(nw.col(s) > 0), s) for s in SENTIMENTS},
            **{f"by {c}": _summed(authors(records, c), "records", c) for c in present},
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Bounds of everything, how many records they rest on, and bounds of each part."""
        population = public(scope)
        total, whole = int(frames["records"]["n"].sum()), frames["all"].row(0, named=True)
        if not whole["people"]:
            return [self.untestable(ABSENCE, INPUT)]
        parts = [
            self._reach(frames[s].row(0, named=True), {"sentiment": s}, population.where(("sentiment", "eq", s)))
            for s in SENTIMENTS
        ]
        present, missing = split(self, scope)
        cut = [
            self._reach(rows.row(0, named=True), {c: str(values[c])}, population.where((c, "eq", values[c])))
            for c in present
            for values, rows in partitions(frames[f"by {c}"], c)
        ]
        counted = self.result(
            kind="count", unit="records", dims=KNOWN, value=whole["n"], n=total, level=None,
            population=population, evidence=known(population),
        )  # fmt: skip
        return [self._reach(whole, {}, population), counted, *parts, *cut, *missing]

    def _reach(self, row: dict[str, Any], dims: dict[str, str], population: Predicate) -> Result:
        if not row["people"]:
            return lacking(self, dims, message("none of its authors has a known number of followers"), INPUT)
        bounds = stats.reach_bounds(row["largest"], row["total"])
        there = known(population)
        return ranged(
            self, row["n"], *bounds, dims=dims, n_authors=row["people"], population=population, evidence=there
        )


def _summed(people: Frame, base: str, *keys: str) -> Frame:
    """Authors, their records, the largest and the total reach."""
    sums = {
        "people": nw.len(), "n": nw.col(base).sum(), "largest": nw.col(REACH).max(), "total": nw.col(REACH).sum(),
    }  # fmt: skip
    return people.group_by(*keys).agg(**sums) if keys else people.select(**sums)
