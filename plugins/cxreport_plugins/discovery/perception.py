"""The measure `discovery.perception`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import MOMENTS, Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.people import bucket

SEED: Final = 20_266
COLUMNS: Final = {"channels": "channel", "moments": "moment"}
FEW: Final = {
    "channels": message("too few records tell of channels"), "moments": message("too few records tell of moments"),
}  # fmt: skip


class Perception(Measure):
    """How far what the company believes lies from the data (dims `question`, `who`), 0 to 1.

    A role's beliefs about the shares of channels or moments against those that are observed; 0 where they agree,
    1 where they share nothing. The rows hold each item with `believed` and `observed`.
    """

    name: ClassVar[str] = "discovery.perception"
    title: ClassVar[str] = "Perception gap"
    question: ClassVar[str] = "How far is management's picture of its customers from the data?"
    concepts: ClassVar[tuple[str, ...]] = ("A04",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("channel", "moment")
    method: ClassVar[Method] = Method(
        formula="total variation distance TV = ½ Σ |believed share − observed share|",
        interval="95% by resampling author clusters, 2,000 draws, of what is observed",
        source="Levin, Peres & Wilmer 2009, §4.1; Efron & Tibshirani 1993",
        limits=(
            "Observed is what was exported: a channel that nobody exported counts as never used. A distance is never "
            "below zero, so it is biased upwards on small bases."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records per item and author cluster, for each question."""
        return {
            question: feedback.of(_population(question, scope))
            .with_columns(bucket().alias("bucket"), item=nw.col(column))
            .group_by("bucket", "item")
            .agg(n=nw.len())
            for question, column in COLUMNS.items()
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """One distance a question and role."""
        told = [belief for belief in self.context.facts.beliefs or () if belief.question in COLUMNS]
        if not told:
            return [self.untestable("no beliefs about channels or moments are given", "context.beliefs")]
        sides = sorted({(belief.question, belief.who) for belief in told})
        return [
            self._gap(question, who, {b.item: b.value for b in told if (b.question, b.who) == (question, who)},
                      frames[question], scope)
            for question, who in sides
        ]  # fmt: skip

    def _gap(self, question: str, who: str, believed: Mapping[str, float], rows: pl.DataFrame, scope: Scope) -> Result:
        dims = {"question": question, "who": who or message("somebody")}
        if rows["bucket"].n_unique() < 2:
            return self.untestable(FEW[question], "records of more people").model_copy(update={"dims": dims})
        items = sorted({*believed, *rows["item"]})
        table = rows.pivot(on="item", index="bucket", values="n").fill_null(0).sort("bucket")
        zero = [pl.lit(0).alias(item) for item in items if item not in table.columns]
        sums, held = table.with_columns(zero).select(items).to_numpy(), np.array([believed.get(i, 0.0) for i in items])

        def distance(drawn: Any) -> Any:
            return np.abs(drawn / drawn.sum(axis=1, keepdims=True) - held).sum(axis=1) / 2

        total = sums.sum(axis=0)
        value, observed = float(distance(total[None, :])[0]), total / total.sum()
        low, high = stats.bucket_bootstrap(sums, distance, seed=SEED)
        told = [
            {"item": i, "believed": float(b), "observed": float(o)}
            for i, b, o in zip(items, held, observed, strict=True)
        ]
        there = _population(question, scope)
        return self.based(
            int(total.sum()), value, min(low, value), max(high, value), dims=dims, rows=tuple(told), population=there
        )


def _population(question: str, scope: Scope) -> Predicate:
    if question == "moments":
        return scope.population.where(any_of("moment", MOMENTS))
    return scope.population.where(("channel", "not_null", None))
