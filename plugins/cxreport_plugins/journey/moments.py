"""The measure `journey.moments`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import MOMENTS, Accuracy, Feedback, Measure, Method, Result, Scope, message, stats
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.common.judged import CODED, confusion
from cxreport_plugins.journey.profile import (
    LIMITS,
    NONE,
    SHARED,
    SPANNING,
    TELLING,
    judged_moments,
    softened,
    with_moment,
)


class Moments(Measure):
    """Net sentiment at each moment and of what is shared (dim `moment`), with counts and shares (dim `part`).

    `moment=none` are the records whose moment nothing tells. `moment=shared` is not a fifth moment but a view over
    public records that recommend, warn, praise, complain or thank.
    """

    name: ClassVar[str] = "journey.moments"
    title: ClassVar[str] = "Moments of truth"
    question: ClassVar[str] = "How do customers feel at each moment of their journey, and in what they share?"
    concepts: ClassVar[tuple[str, ...]] = ("B01",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("moment", "sentiment")
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("moment",),)
    method: ClassVar[Method] = Method(
        formula=(
            f"{net.METHOD.formula}, at each moment: stimulus, zero, first and second moment of truth. Share = records "
            "at a moment / records except those that are about all moments by their nature (relationship surveys). "
            "Shared: public records that recommend, warn, praise, complain or thank"
        ),
        interval=net.METHOD.interval,
        source=f"Moments of truth: Lecinski 2011, Solis 2013. {net.METHOD.source}",
        limits=LIMITS + net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts by sentiment per author cluster, at each moment, and of what is shared."""
        population = feedback.of(scope.population)
        records = with_moment(population, "moment_rule" in scope.columns)
        frames = {"moments": net.tallies(records, "moment", accuracy=scope.accuracy)}
        if judged_moments(scope.accuracy) is not None and "moment_rule" in scope.columns:
            coded = records.filter(nw.col("moment_rule") == CODED)
            frames[CODED] = coded.group_by("moment").agg(n=nw.len())
        if "shared" in scope.columns:
            told = feedback.labels.filter((nw.col("kind") == "acts") & nw.col("label").is_in(list(TELLING)))
            public = population.filter(nw.col("shared") == "public")
            passed_on = public.join(told.select("record_id").unique(), on="record_id", how="semi")
            frames[SHARED] = net.tallies(passed_on, accuracy=scope.accuracy)
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each moment, what has none, and what is shared."""
        everything = frames["moments"]
        asked = everything.filter(pl.col("moment") != SPANNING)
        if not asked.height:
            return [self.untestable("no record tells a moment", "posts, reviews or cases of single experiences")]
        by_moment = {m: asked.filter(pl.col("moment") == m) for m in (*MOMENTS, NONE)}
        unclassified = _records(by_moment[NONE]) / _records(asked)
        out: list[Result] = []
        for moment, rows in by_moment.items():
            there = scope.population.where(("moment", "is_null", None) if moment == NONE else ("moment", "eq", moment))
            cell = Cell({"moment": moment}, there, rows)
            parts = [self._count(cell), self._share(cell, asked, frames.get(CODED), scope)]
            out += (
                parts
                if moment == NONE
                else [softened(r, unclassified, scope.accuracy) for r in (self._feeling(cell, scope), *parts)]
            )
        spanning = everything.filter(pl.col("moment") == SPANNING)
        beyond = scope.population.where(("moment", "is_null", None))
        out.append(self._count(Cell({"moment": SPANNING}, beyond, spanning)))
        return [*out, *self._shared(frames.get(SHARED), scope)]

    def _feeling(self, cell: Cell, scope: Scope) -> Result:
        if cell.rows.height:
            return net.net_result(self, cell, scope.accuracy)
        return lacking(self, cell.dims, "no record is about this moment", "records about it")

    def _count(self, cell: Cell) -> Result:
        k = _records(cell.rows)
        return self.result(
            kind="count", unit="records", value=k, n=k, level=None, dims={**cell.dims, "part": "records"},
            population=cell.population, evidence=cell.population,
        )  # fmt: skip

    def _share(self, cell: Cell, asked: pl.DataFrame, coded: pl.DataFrame | None, scope: Scope) -> Result:
        k, n = _records(cell.rows), _records(asked)
        moment = pl.col("moment") == cell.dims["moment"]
        clusters = asked.group_by("bucket").agg(k=pl.col("n").filter(moment).sum(), n=pl.col("n").sum()).sort("bucket")
        ends = net.wider(stats.bucketed_proportion(clusters["k"], clusters["n"]), stats.wilson(k, n))
        found, method = (k / n, *ends), "95% Wilson at the effective base of author clusters"
        judged, doubt = judged_moments(scope.accuracy), ""
        if judged is not None and coded is not None:
            base = stats.effective_base(clusters["k"], 0, clusters["n"])
            corrected = _corrected(cell.dims["moment"], asked, coded, judged, base)
            if not math.isnan(corrected.low):
                found, method = corrected, f"95% by resampling, corrected by {judged.n:,} coded records"
                doubt = _thin(judged, cell.dims["moment"])
        told = self.based(
            n, *found, unit="share", dims={**cell.dims, "part": "share"}, method=method,
            population=scope.population, evidence=cell.population,
        )  # fmt: skip
        return told.model_copy(update={"status": "directional", "reason": doubt}) if doubt and told.shown else told

    def _shared(self, rows: pl.DataFrame | None, scope: Scope) -> Iterator[Result]:
        cell_of = partial(Cell, {"moment": SHARED}, scope.population.where(("shared", "eq", "public")))
        if rows is None:
            yield lacking(self, {"moment": SHARED}, "nothing tells who could see a record", "shared")
        elif not rows.height:
            why = message("no public record recommends, warns, praises, complains or thanks")
            yield lacking(self, {"moment": SHARED}, why, "public posts and reviews")
        else:
            yield from (net.net_result(self, cell_of(rows), scope.accuracy), self._count(cell_of(rows)))


def _thin(judged: Accuracy, moment: str) -> str:
    """Why too few coded records tell how often a moment is missed, or nothing; their effective number counts."""
    effective = sum(cell or 0.0 for cell in judged.confusion[judged.classes.index(moment)])
    if stats.may_test(int(effective)):
        return ""
    why = message("its correction rests on {records} effective coded records, {needed} are needed")
    return why.format(records=int(effective), needed=stats.TESTED_FROM)


def _corrected(moment: str, asked: pl.DataFrame, coded: pl.DataFrame, judged: Accuracy, base: float) -> stats.Estimate:
    """The share of a moment, corrected by what people coded; what they decided counts as it is."""
    classes = (*MOMENTS, NONE)
    given, known = (
        np.array([float(_records(rows.filter(pl.col("moment") == name))) for name in classes])
        for rows in (coded, asked)
    )
    counted = [stats.Counted(known - given, confusion(judged, classes)), stats.Counted(given, None)]
    effect = [float(name == moment) for name in classes]
    return stats.corrected_shares(counted, effect, base, whole=True, seed=net.SEED)


def _records(rows: pl.DataFrame) -> int:
    return int(rows["n"].sum())
