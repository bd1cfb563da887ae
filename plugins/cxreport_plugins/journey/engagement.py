"""The measure `journey.engagement`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import MOMENTS, Feedback, Measure, Method, Predicate, Result, Scope
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.eligible import ABSENCE, INPUT, NEEDS, eligible
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally


class Engagement(Measure):
    """Share of customers' public records that the brand answered, at each moment (dim `moment`)."""

    name: ClassVar[str] = "journey.engagement"
    title: ClassVar[str] = "Engagement by moment"
    question: ClassVar[str] = "Is the brand there at each moment of the journey?"
    concepts: ClassVar[tuple[str, ...]] = ("B10",)
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "moment")
    method: ClassVar[Method] = Method(
        formula="first public records of threads at a moment that the brand answered / such records",
        interval=SHARE,
        source=f"Engage at every moment of truth: Solis 2013. {SHARE_SOURCE}",
        limits="Answers in private cannot be seen. Moments come from sources and patterns, which err.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Eligible and answered records per moment and author cluster."""
        population = eligible(scope)
        if population is None:
            return {}
        return {"moments": tally(feedback.of(population), "moment", answered=nw.col("answered_by_brand"))}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each moment."""
        population = eligible(scope)
        if population is None:
            return [self.untestable(ABSENCE, INPUT)]
        return [self._rate(moment, frames["moments"], population) for moment in MOMENTS]

    def _rate(self, moment: str, rows: pl.DataFrame, population: Predicate) -> Result:
        here, there = rows.filter(pl.col("moment") == moment), population.where(("moment", "eq", moment))
        if not here.height:
            return lacking(self, {"moment": moment}, "no public record is about this moment", "public records about it")
        evidence = there.where(("answered_by_brand", "not_true", None))
        return share(self, here, "answered", dims={"moment": moment}, population=there, evidence=evidence)
