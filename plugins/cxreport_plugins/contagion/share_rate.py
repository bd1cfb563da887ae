"""The measure `contagion.share_rate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    by_cluster,
    dominance,
    passed_on,
    posts,
    ratio,
    spread,
)

TOP: Final = 0.01


class ShareRate(Measure):
    """Reshares per public post: of all, by sentiment; `statistic` is `median` or `top`, what the top 1% of posts hold.

    `sentiment` alone is the mean of that sentiment.
    """

    name: ClassVar[str] = "contagion.share_rate"
    title: ClassVar[str] = "Reshares per post"
    question: ClassVar[str] = "How often is what customers write passed on?"
    concepts: ClassVar[tuple[str, ...]] = ("A11",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula="Σ reshares / public posts; the median of posts; reshares of the 1% of posts with most / all reshares",
        interval=(
            "Mean: 95% percentile bootstrap over 512 author buckets, 2,000 draws, fixed seed. Median: 95% by order "
            "statistics. The top share is a census"
        ),
        source="Efron & Tibshirani 1993, §13.3; David & Nagaraja 2003, §7.1",
        limits=COUNTED + "Few posts hold most reshares, so a mean is directional where one post holds over half.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums by sentiment and author cluster, and posts by number of reshares."""
        records = passed_on(feedback.of(posts(scope)))
        return {"sums": spread(records), "counts": records.group_by("reshares").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Means of all and of each sentiment, then the median and the top share."""
        rows, population = frames["sums"], posts(scope)
        if not rows.height:
            return [self.untestable(ABSENCE, INPUT)]
        felt = [
            self._mean(
                rows.filter(pl.col("sentiment") == s), population.where(("sentiment", "eq", s)), {"sentiment": s}
            )
            for s in SENTIMENTS
        ]
        facts = {"population": population, "n_authors": people(rows)}
        return [self._mean(rows, population, {}), *felt, *self._statistics(frames["counts"].sort("reshares"), facts)]

    def _mean(self, rows: pl.DataFrame, population: Predicate, dims: dict[str, str]) -> Result:
        if not rows.height:
            return lacking(self, dims, "no such post tells how often it was passed on", INPUT)
        clusters = by_cluster(rows)
        if clusters.height < 2:
            return one_author(self, dims)
        found = self.based(
            int(rows["n"].sum()), *ratio(clusters, "reshares", "n"), dims=dims, n_authors=people(rows),
            population=population, evidence=population,
        )  # fmt: skip
        doubt = dominance(rows)
        return found.model_copy(update={"status": "directional", "reason": doubt}) if doubt and found.shown else found

    def _statistics(self, counts: pl.DataFrame, facts: dict[str, Any]) -> list[Result]:
        values, times = counts["reshares"].to_numpy().astype(float), counts["n"].to_numpy()
        cumulative, n = times.cumsum(), int(times.sum())
        low, middle, high = (
            float(values[cumulative.searchsorted(rank)]) if 1 <= rank <= n else None
            for rank in (*stats.quantile_ranks(n, 0.5)[:1], (n + 1) // 2, *stats.quantile_ranks(n, 0.5)[1:])
        )
        median = self.based(n, middle or 0.0, low, high, dims={"statistic": "median"}, **facts)
        if not values.any():
            return [median]
        share = stats.top_share(values, TOP, times)
        return [median, self.based(n, share, dims={"statistic": "top"}, unit="share", level=None, **facts)]
