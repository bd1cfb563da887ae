"""The measure `discovery.openness`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope
from cxreport_plugins.common.eligible import ABSENCE, INPUT, NEEDS, eligible
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, count, share, tally
from cxreport_plugins.discovery.counting import with_question


class Openness(Measure):
    """What people ask for, pass on and get, in public (dim `part`: `asked`, `passed_on`, `answered`, `rate`)."""

    name: ClassVar[str] = "discovery.openness"
    title: ClassVar[str] = "Asked, passed on, received"
    question: ClassVar[str] = "Do people get the information they ask for, and pass it on?"
    concepts: ClassVar[tuple[str, ...]] = ("B24",)
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "text")
    method: ClassVar[Method] = Method(
        formula=(
            "asked: first public records of threads that ask; answered: those that the brand answered; rate = answered "
            "/ asked; passed on: reposts, quotes and shares that networks count for customers' public records"
        ),
        interval=SHARE,
        source=f"Openness is what people ask for, pass on and get: Solis 2013. {SHARE_SOURCE}",
        limits=(
            "A question is an act that patterns find, or a question mark, and may be rhetorical. Networks "
            "count reposts as of the export."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Questions and answered ones per author cluster; times that records were passed on."""
        population = eligible(scope)
        if population is None:
            return {}
        asked = with_question(feedback.of(population), feedback).filter(nw.col("asks"))
        passed = [nw.col(name).cast(nw.Int64).fill_null(0) for name in ("reposts", "quotes", "shares")]
        public = feedback.of(_public(scope)).select(times=sum(passed[1:], passed[0]))
        return {
            "asked": tally(asked, answered=nw.col("answered_by_brand")),
            "passed": public.select(n=nw.len(), times=nw.col("times").sum()),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Three counts and one rate."""
        population = eligible(scope)
        if population is None:
            return [self.untestable(ABSENCE, INPUT)]
        if not frames["asked"].height:
            return [self.untestable("nobody asks in public", "public posts with questions")]
        return list(self._parts(frames, population, scope))

    def _parts(self, frames: Mapping[str, pl.DataFrame], population: Predicate, scope: Scope) -> Iterator[Result]:
        rows = frames["asked"]
        answered = population.where(("answered_by_brand", "eq", True))
        waiting = population.where(("answered_by_brand", "not_true", None))
        yield count(self, int(rows["n"].sum()), dims={"part": "asked"}, population=population)
        yield count(self, int(frames["passed"]["times"].sum()), dims={"part": "passed_on"}, population=_public(scope))
        yield count(self, int(rows["answered"].sum()), dims={"part": "answered"}, population=answered)
        yield share(self, rows, "answered", dims={"part": "rate"}, population=population, evidence=waiting)


def _public(scope: Scope) -> Predicate:
    return scope.population.where(("shared", "eq", "public"))
