"""The measure `journey.phases`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.journey.profile import LIMITS, NONE, SPANNING, TELLING, softened, with_moment

PHASES: Final = ("before", "during", "after")
CARE: Final = ("ticket", "ticket_message", "dm")
"""Kinds in which a customer asks for help."""


class Phases(Measure):
    """Net sentiment before, during and after the experience (dim `phase`): the moments in three.

    Before: stimulus and zero moment of truth. During: first moment of truth, and the second as customers tell it when
    asked. After: the second moment of truth where they ask for help, or pass it on in public.
    """

    name: ClassVar[str] = "journey.phases"
    title: ClassVar[str] = "Before, during, after"
    question: ClassVar[str] = "How do before, during and after the experience compare?"
    concepts: ClassVar[tuple[str, ...]] = ("C21",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("moment", "sentiment", "shared")
    method: ClassVar[Method] = Method(
        formula=(
            f"{net.METHOD.formula}. Before: stimulus, zmot; after: smot in tickets, direct messages, effort surveys, "
            "and public smot records that recommend, warn, praise, complain or thank; during: fmot and all other smot"
        ),
        interval=net.METHOD.interval,
        source=f"Before, during and after: Solis 2013. {net.METHOD.source}",
        limits=LIMITS + net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts by sentiment per author cluster, in each phase and where nothing tells it."""
        records = with_moment(feedback.of(scope.population), "moment_rule" in scope.columns)
        told = feedback.labels.filter((nw.col("kind") == "acts") & nw.col("label").is_in(list(TELLING)))
        telling = told.select("record_id").unique().with_columns(__tells=nw.lit(1))
        phased = records.join(telling, on="record_id", how="left").with_columns(phase=_phase())
        return {"phases": net.tallies(phased, "phase", accuracy=scope.accuracy)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The three phases."""
        rows = frames["phases"].filter(pl.col("phase") != SPANNING)
        if not rows.filter(pl.col("phase") != NONE).height:
            return [self.untestable("no record tells a moment", "posts, reviews or cases of single experiences")]
        without = int(rows.filter(pl.col("phase") == NONE)["n"].sum()) / int(rows["n"].sum())
        return [softened(self._feeling(phase, rows, scope), without, scope.accuracy) for phase in PHASES]

    def _feeling(self, phase: str, rows: pl.DataFrame, scope: Scope) -> Result:
        here = rows.filter(pl.col("phase") == phase)
        if not here.height:
            return lacking(self, {"phase": phase}, "no record is of this phase", "records about it")
        return net.net_result(self, Cell({"phase": phase}, _population(phase, scope), here), scope.accuracy)


def _population(phase: str, scope: Scope) -> Predicate:
    """The records that a phase is taken from; `during` and `after` share those of the second moment of truth."""
    moments = {"before": ("stimulus", "zmot"), "during": ("fmot", "smot"), "after": ("smot",)}
    return scope.population.where(any_of("moment", moments[phase]))


def _phase() -> Any:
    """`before`, `during`, `after`, or as the moment says that there is none."""
    passed_on = (nw.col("shared") == "public").fill_null(value=False) & ~nw.col("__tells").is_null()
    asked = nw.col("kind").is_in(list(CARE)) | (nw.col("metric") == "ces").fill_null(value=False)
    after = (nw.col("moment") == "smot") & (asked | passed_on)
    moment: Any = nw.col("moment")
    settled = nw.when(moment.is_in(["fmot", "smot"])).then(nw.lit("during")).otherwise(moment)
    early = nw.when(moment.is_in(["stimulus", "zmot"])).then(nw.lit("before")).otherwise(settled)
    return nw.when(after).then(nw.lit("after")).otherwise(early)
