"""The measure `contagion.branching`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.net import one_author
from cxreport_plugins.common.people import people
from cxreport_plugins.contagion.passed import (
    ABSENCE,
    COUNTED,
    INPUT,
    NEEDS,
    SEED,
    by_cluster,
    dominance,
    passed_on,
    posts,
    spread,
)

FINISHED: Final = timedelta(days=7)
"""After which a cascade is taken to be over."""
MINUTE: Final = 60_000
HOUR: Final = 60
DAY: Final = 24 * HOUR


class Branching(Measure):
    """How many further posts each post of a cascade sets off, and how soon: of all, by sentiment.

    A cascade is a public post and its reshares. `statistic=half_time` is the median time from a post to a repost of
    it, over the reposts among the records.
    """

    name: ClassVar[str] = "contagion.branching"
    title: ClassVar[str] = "Branching of cascades"
    question: ClassVar[str] = "How far does what customers write spread from hand to hand?"
    concepts: ClassVar[tuple[str, ...]] = ("D19",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula=(
            "m̂ = (N − roots) / N = 1 − 1 / mean cascade size; N = posts with all their reshares, older than 7 days. "
            "Each post sets off 1 / (1 − m̂) in all, itself included. Half time: median of repost time − post time"
        ),
        interval=(
            "95% percentile bootstrap over 512 author buckets, 2,000 draws, fixed seed. Half time: 95% by order "
            "statistics"
        ),
        source="Maximum likelihood for Borel-distributed cascades; Efron & Tibshirani 1993, §13.3",
        limits=(
            "A description of finished cascades, below 1 by construction: no forecast, and no reproduction number of "
            "an outbreak. Directional where one post holds more than half of all reshares. " + COUNTED
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Posts and reshares by sentiment and author cluster; reposts by minutes since their original."""
        population = self._finished(scope)
        if population is None:
            return {}
        originals = feedback.of(population)
        return {"sums": spread(passed_on(originals)), "delays": _delays(originals, feedback.records)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """m̂ of all and of each sentiment, then the half time."""
        population = self._finished(scope)
        if population is None or not frames["sums"].height:
            return [self.untestable(ABSENCE, INPUT)]
        rows = frames["sums"]
        felt = [
            self._branching(
                rows.filter(pl.col("sentiment") == s), population.where(("sentiment", "eq", s)), {"sentiment": s}
            )
            for s in SENTIMENTS
        ]
        return [self._branching(rows, population, {}), *felt, self._half_time(frames["delays"], population)]

    def _finished(self, scope: Scope) -> Predicate | None:
        return posts(scope).where(("created_at", "lt", scope.as_of - FINISHED)) if scope.as_of else None

    def _branching(self, rows: pl.DataFrame, population: Predicate, dims: dict[str, str]) -> Result:
        if not rows.height:
            return lacking(self, dims, "no such post tells how often it was passed on", INPUT)
        clusters = by_cluster(rows)
        if clusters.height < 2:
            return one_author(self, dims)
        table = clusters.select("reshares", "n").to_numpy().astype(float)
        value = 1 - float(table[:, 1].sum() / table.sum())
        low, high = stats.bucket_bootstrap(table, lambda t: t[:, 0] / (t[:, 0] + t[:, 1]), seed=SEED)
        found = self.based(
            int(rows["n"].sum()), value, min(low, value), max(high, value), dims=dims, n_authors=people(rows),
            population=population, evidence=population,
        )  # fmt: skip
        doubt = dominance(rows)
        return found.model_copy(update={"status": "directional", "reason": doubt}) if doubt and found.shown else found

    def _half_time(self, delays: pl.DataFrame, population: Predicate) -> Result:
        dims = {"statistic": "half_time"}
        if not delays.height:
            return lacking(self, dims, "no repost among the records has a time and a known original", "reposts")
        ordered = delays.sort("minutes")
        cumulative, n = ordered["n"].cum_sum().to_numpy(), int(ordered["n"].sum())
        low, high = stats.quantile_ranks(n, 0.5)
        ranks = (low, (n + 1) // 2, high)
        least, middle, most = (
            float(ordered["minutes"][int(cumulative.searchsorted(rank))]) if 1 <= rank <= n else None for rank in ranks
        )
        return self.based(n, middle or 0.0, least, most, dims=dims, unit="minutes", population=population)


def _delays(originals: nw.LazyFrame[Any], records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Reposts by whole minutes since the original, by whole hours after a day, so that few rows are collected."""
    born = originals.select("id_space", "native_id", __born=nw.col("created_at").dt.timestamp("ms"))
    dated = records.filter((nw.col("kind") == "repost") & ~nw.col("created_at").is_null())
    passed = dated.select("id_space", "reposted_id", __at=nw.col("created_at").dt.timestamp("ms"))
    joined = passed.join(
        born, left_on=["id_space", "reposted_id"], right_on=["id_space", "native_id"], how="inner"
    )  # fmt: skip
    waited = (nw.col("__at") - nw.col("__born")) // MINUTE
    timed = joined.with_columns(minutes=nw.when(waited < DAY).then(waited).otherwise(waited // HOUR * HOUR))
    return timed.filter(nw.col("minutes") >= 0).group_by("minutes").agg(n=nw.len())
