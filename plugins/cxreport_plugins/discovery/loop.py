"""The measure `discovery.loop`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message, stats
from cxreport_plugins.common.lagged import lagged
from cxreport_plugins.discovery.counting import doing

WEEK_MS: Final = 7 * 86_400_000
FEWEST: Final = 40
"""Weeks; fewer test nothing."""
LAGS: Final = 8
TELLING: Final = ("recommend", "warn", "praise", "complain", "thank")


class Loop(Measure):
    """Whether what customers share moves with how many look around weeks later (dim `lag`, 0 to 8 weeks).

    The value is a correlation of what is left of both weekly series once trend and inertia are taken out. `part=all`
    holds all lags as rows: `lag` (negative: looking around comes first), `r`, `q` (Benjamini–Hochberg over all lags).
    """

    name: ClassVar[str] = "discovery.loop"
    title: ClassVar[str] = "The closed loop"
    question: ClassVar[str] = "Does shared experience feed the next customer's decision?"
    concepts: ClassVar[tuple[str, ...]] = ("B25",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("moment", "sentiment", "shared")
    method: ClassVar[Method] = Method(
        formula=(
            "correlation of weekly log(1 + records at the zero moment of truth) with net sentiment of shared records "
            "so many weeks before; both without linear trend, filtered by the autoregression of the shared series (AIC)"
        ),
        interval="95% ±1.96/√T; all 17 lags from −8 to +8 are tested together (Benjamini–Hochberg, q < 0.10)",
        source="Prewhitened cross-correlation: Box, Jenkins & Reinsel 2008, §12.1",
        limits=(
            "An association in time, consistent with a loop at most: never a cause. Season is not taken out of "
            "less than two years. Fewer than 40 weeks are not tested."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Per week: records that look around; shared records, positive and negative."""
        dated = feedback.of(scope.population).filter(~nw.col("created_at").is_null())
        weekly = dated.with_columns(week=nw.col("created_at").dt.timestamp("ms") // WEEK_MS)
        looking = weekly.filter(nw.col("moment") == "zmot").group_by("week").agg(n=nw.len())
        public = weekly.filter(nw.col("shared") == "public").join(doing(feedback, TELLING), on="record_id", how="semi")
        signs = {s: (nw.col("sentiment") == s).cast(nw.Int64).fill_null(0) for s in ("positive", "negative", "neutral")}
        shared = public.with_columns(**signs).group_by("week").agg(**{s: nw.col(s).sum() for s in signs})
        return {"looking": looking, "shared": shared}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Lags 0 to 8 and the whole function, if there are 40 full weeks."""
        weeks = _weeks(frames["looking"], frames["shared"], scope.as_of)
        if weeks.height < FEWEST:
            why = message(
                "{weeks} full weeks hold both what is shared and who looks around; {fewest} are needed"
            ).format(weeks=weeks.height, fewest=FEWEST)
            return [self.untestable(why, "40 weeks of shared posts")]
        found = lagged(weeks["feeling"].to_numpy(), np.log1p(weeks["looking"].to_numpy()), LAGS)
        if not found:
            return [self.untestable("one of the two series does not vary", "records of more weeks")]
        q = stats.benjamini_hochberg([p for _, _, p in found])
        rows = [{"lag": lag, "r": r, "q": float(each)} for (lag, r, _), each in zip(found, q, strict=True)]
        n, half = weeks.height, 1.96 / np.sqrt(weeks.height)
        population = scope.population
        series = self.result(
            dims={"part": "all"}, kind="series", n=n, rows=tuple(rows), population=population, status="ok"
        )
        return [series, *(
            self.based(
                n, row["r"], max(-1.0, row["r"] - half), min(1.0, row["r"] + half), dims={"lag": str(row["lag"])},
                population=population,
            )
            for row in rows if row["lag"] >= 0
        )]  # fmt: skip


def _weeks(looking: pl.DataFrame, shared: pl.DataFrame, as_of: datetime | None) -> pl.DataFrame:
    """The longest run of full weeks, each with `looking` and `feeling`: net sentiment of what is shared."""
    if not looking.height or not shared.height:
        return pl.DataFrame(schema={"week": pl.Int64, "looking": pl.Int64, "feeling": pl.Float64})
    ends = pl.concat([looking["week"], shared["week"]])
    last = int(ends.max())  # type: ignore[arg-type]
    if as_of is not None:
        last = min(last, int(as_of.astimezone(UTC).timestamp() * 1000) // WEEK_MS - 1)
    every = pl.DataFrame({"week": pl.int_range(int(ends.min()) + 1, last + 1, eager=True)})  # type: ignore[arg-type]
    scored = pl.sum_horizontal("positive", "negative", "neutral")
    net = shared.filter(scored > 0).select("week", feeling=100 * (pl.col("positive") - pl.col("negative")) / scored)
    joined = every.join(looking, on="week", how="left").join(net, on="week", how="left").sort("week")
    heard = joined.select("week", pl.col("n").fill_null(0).alias("looking"), "feeling").drop_nulls()
    runs = heard.with_columns(run=pl.col("week") - pl.int_range(pl.len()))
    longest = runs.group_by("run").len().sort("len", "run", descending=[True, False])["run"].head(1)
    return runs.filter(pl.col("run").is_in(longest.implode())).drop("run")
