"""The measure `journey.needs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import MOMENTS, Feedback, Measure, Method, Predicate, Result, Scope, any_of, stats
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

SEED: Final = 20_265


class Needs(Measure):
    """Where the negative lies and where the money goes: misalignment, and by moment (dim `moment`) share and gap.

    The value is 0 where the budget follows the need and 1 where they share no moment. `moment=…` is the share of the
    negative records at it, `part=gap` the budget's share minus that, in points.
    """

    name: ClassVar[str] = "journey.needs"
    title: ClassVar[str] = "Budget and need"
    question: ClassVar[str] = "Does investment flow to where the need is?"
    concepts: ClassVar[tuple[str, ...]] = ("B11",)
    needs: ClassVar[tuple[str, ...]] = ("moment", "sentiment")
    method: ClassVar[Method] = Method(
        formula="need = negative records at a moment / negative records at any; misalignment = ½ Σ |budget − need|",
        interval=f"{SHARE}; misalignment: 95% by resampling author clusters, 2,000 draws",
        source=f"Adapt the flow of investment: Solis 2013; total variation distance. {SHARE_SOURCE}",
        limits=(
            "Need is how often the negative is told, not how grave it is. Money may also be why little is told. A "
            "distance is never below zero, so it is biased upwards where few records are negative."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Negative records per author cluster, by moment."""
        flags = {moment: nw.col("moment") == moment for moment in MOMENTS}
        return {"negative": tally(feedback.of(_population(scope)), **flags)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Misalignment, then each moment."""
        budget, rows = self.context.facts.budget, frames["negative"].sort("bucket")
        if budget is None:
            return [self.untestable("no budget is given", "context.budget")]
        if rows.height < 2:
            return [self.untestable("too few negative records tell a moment", "negative records with a moment")]
        shares: dict[str, float] = {str(moment): part for moment, part in budget.shares.items()}
        planned = np.array([shares.get(moment, 0.0) for moment in MOMENTS])
        return [self._whole(rows, planned, scope), *self._moments(rows, planned, scope)]

    def _whole(self, rows: pl.DataFrame, planned: Any, scope: Scope) -> Result:
        sums = rows.select(MOMENTS).to_numpy()

        def distance(drawn: Any) -> Any:
            return np.abs(drawn / drawn.sum(axis=1, keepdims=True) - planned).sum(axis=1) / 2

        value = float(distance(sums.sum(axis=0)[None, :])[0])
        low, high = stats.bucket_bootstrap(sums, distance, seed=SEED)
        n, there = int(rows["n"].sum()), _population(scope)
        return self.based(n, value, min(low, value), max(high, value), unit="ratio", population=there, evidence=there)

    def _moments(self, rows: pl.DataFrame, planned: Any, scope: Scope) -> Sequence[Result]:
        out = []
        for moment, budgeted in zip(MOMENTS, planned, strict=True):
            there, dims = _population(scope), {"moment": moment}
            need = share(self, rows, moment, dims=dims, population=there, evidence=there.cut(dims))
            out += [need, self._gap(need, float(budgeted))]
        return out

    def _gap(self, need: Result, budgeted: float) -> Result:
        dims = {**need.dims, "part": "gap"}
        if need.value is None or need.low is None or need.high is None:
            return need.model_copy(update={"dims": dims, "unit": "points"})
        ends = (100 * (budgeted - end) for end in (need.value, need.high, need.low))
        value, low, high = ends
        return need.model_copy(update={"dims": dims, "unit": "points", "value": value, "low": low, "high": high})


def _population(scope: Scope) -> Predicate:
    return scope.population.where(any_of("moment", MOMENTS), ("sentiment", "eq", "negative"))
