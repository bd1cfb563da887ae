"""The measure `economics.linkage`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport.api import Feedback, Figure, Measure, Method, Result, Scope, message, stats
from cxreport_plugins.common.dims import plain
from cxreport_plugins.common.lagged import lagged

Floats = NDArray[np.float64]
DAY_MS: Final = 86_400_000
FEWEST: Final = 24
"""Weeks or months; fewer test nothing."""
LAGS: Final = {"week": 8, "month": 3}
"""How far after the experience a figure may follow it."""
SHORT: Final = {
    "week": message("{n} weeks hold both the figure and the score, {fewest} are needed"),
    "month": message("{n} months hold both the figure and the score, {fewest} are needed"),
}
MORE: Final = {"week": message("context.kpi for more weeks"), "month": message("context.kpi for more months")}
WEEK: Final = 7
LEAST: Final = 5
"""Records of one week or month from which a score is told."""
Q: Final = 0.10


class Linkage(Measure):
    """Whether figures of the business move with experience (dims `figure`, `with`): association only.

    `with` is `sentiment` (net sentiment) or `nps`. The value is the correlation at the lag at which it is largest, the
    figure after the experience; its row tells the `figure` as it is called, `lag`, `unit` (week or month), `q`, and
    the `slope` of the figure for ten points with limits `low` and `high`.
    """

    name: ClassVar[str] = "economics.linkage"
    title: ClassVar[str] = "Experience and business figures"
    question: ClassVar[str] = "Do the figures of the business move with experience?"
    concepts: ClassVar[tuple[str, ...]] = ("B13",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("sentiment",)
    method: ClassVar[Method] = Method(
        formula=(
            "correlation of a figure with net sentiment (NPS) so many weeks or months before, both without linear "
            "trend and filtered by the autoregression of the score (AIC); slope: least squares on the score at that "
            "lag and a linear trend"
        ),
        interval=(
            "±1.96/√T; all lags, figures and scores tested together (Benjamini–Hochberg, q < 0.10); slope: 95% by "
            "Newey–West"
        ),
        source="Prewhitened cross-correlation: Box, Jenkins & Reinsel 2008, §12.1; Newey & West 1987",
        limits=(
            "An association in time at most, never a cause; the largest of several lags flatters, which is why all are "
            f"tested together. Fewer than {FEWEST} weeks or months are not tested."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Per day: records by sentiment, and answers by NPS group."""
        if not self.context.facts.kpi:
            return {}
        dated = feedback.of(scope.population).filter(~nw.col("created_at").is_null())
        score = nw.col("nps_score")
        flags = {
            "positive": nw.col("sentiment") == "positive", "negative": nw.col("sentiment") == "negative",
            "scored": ~nw.col("sentiment").is_null(),
            "promoters": score >= 9, "detractors": score <= 6, "answers": ~score.is_null(),
        }  # fmt: skip
        daily = dated.with_columns(
            day=nw.col("created_at").dt.timestamp("ms") // DAY_MS,
            **{name: flag.cast(nw.Int64).fill_null(0) for name, flag in flags.items()},
        )
        return {"days": daily.group_by("day").agg(**{name: nw.col(name).sum() for name in flags})}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each figure with each score."""
        figures = self.context.facts.kpi
        if not figures:
            return [self.untestable("no figure of the business was given", "context.kpi")]
        pairs = list(_pairs(figures, frames["days"].sort("day"), scope.as_of))
        able = [pair for pair in pairs if len(pair.figure) >= FEWEST]
        tested = [(pair, lag, r, p) for pair in able for lag, r, p in pair.correlations]
        q = [float(each) for each in stats.benjamini_hochberg([p for *_, p in tested])] if tested else []
        best: dict[int, tuple[int, float, float]] = {}
        for (pair, lag, r, _), each in zip(tested, q, strict=True):
            if id(pair) not in best or abs(r) > abs(best[id(pair)][1]):
                best[id(pair)] = (lag, r, each)
        return [self._told(pair, best.get(id(pair)), scope) for pair in pairs] or [
            self.untestable("no figure falls into the time of the records", "context.kpi of the same period")
        ]

    def _told(self, pair: Pair, best: tuple[int, float, float] | None, scope: Scope) -> Result:
        dims = {"figure": plain(pair.name), "with": pair.score}
        n = len(pair.figure)
        if best is None:
            why = SHORT[pair.unit].format(n=n, fewest=FEWEST)
            why = why if n < FEWEST else message("the figure or the score does not vary")
            return self.untestable(why, MORE[pair.unit]).model_copy(update={"dims": dims})
        lag, r, q = best
        half = 1.96 / np.sqrt(n)
        slope, low, high = pair.slope(lag)
        row = {"figure": pair.name, "lag": lag, "unit": pair.unit, "q": q, "slope": slope, "low": low, "high": high}
        found = self.based(
            n, r, max(-1.0, r - half), min(1.0, r + half), dims=dims, population=scope.population, rows=(row,)
        )
        if q < Q or not found.shown:
            return found
        why = message("at no lag is the association clear once all are tested together")
        return found.model_copy(update={"status": "directional", "reason": why})


@dataclass(frozen=True, eq=False)
class Pair:
    """A figure and a score over the weeks or months that hold both, one after the other."""

    name: str
    score: str
    unit: str
    figure: Floats
    experience: Floats

    @property
    def correlations(self) -> list[tuple[int, float, float]]:
        """(lag, r, p) for the figure that many weeks or months after the experience, 0 and up."""
        return [found for found in lagged(self.experience, self.figure, LAGS[self.unit]) if found[0] >= 0]

    def slope(self, lag: int) -> tuple[float, float, float]:
        """Change of the figure for ten points of the score, and its 95% limits by Newey and West."""
        n = len(self.figure) - lag
        x = np.column_stack([self.experience[:n] / 10, np.ones(n), np.arange(n, dtype=float)])
        y = self.figure[lag:]
        inverse = np.linalg.pinv(x.T @ x)
        weights = inverse @ x.T @ y
        scores = x * (y - x @ weights)[:, None]
        width = int(4 * (n / 100) ** (2 / 9))
        middle = scores.T @ scores
        for k in range(1, width + 1):
            cross = scores[k:].T @ scores[:-k]
            middle = middle + (1 - k / (width + 1)) * (cross + cross.T)
        error = float(np.sqrt((inverse @ middle @ inverse)[0, 0] * n / (n - 3)))
        value = float(weights[0])
        return value, value - 1.96 * error, value + 1.96 * error


def _pairs(figures: Sequence[Figure], days: pl.DataFrame, as_of: datetime | None) -> Iterator[Pair]:
    """Every figure with every score that there is."""
    for name in sorted({figure.name for figure in figures}):
        told = sorted((figure.date, figure.value) for figure in figures if figure.name == name)
        gaps = [(later - earlier).days for (earlier, _), (later, _) in pairwise(told)]
        unit = "week" if gaps and sorted(gaps)[len(gaps) // 2] <= 2 * WEEK else "month"
        first = _place(unit)
        values = pl.DataFrame({
            "place": [first(day) for day, _ in told], "figure": [value for _, value in told],
        }, schema={"place": pl.Int64, "figure": pl.Float64}).group_by("place").agg(pl.col("figure").mean())  # fmt: skip
        scores = _scores(days, unit, as_of)
        for score in ("sentiment", "nps"):
            both = _longest(values.join(scores, on="place").drop_nulls(["figure", score]).sort("place"))
            if both.height:
                yield Pair(name, score, unit, both["figure"].to_numpy(), both[score].to_numpy())


def _place(unit: str) -> Any:
    """Numbers the weeks (from Monday) or months so that they follow on one another."""
    if unit == "week":
        return lambda day: (day.toordinal() - 1) // WEEK
    return lambda day: 12 * day.year + day.month - 1


def _scores(days: pl.DataFrame, unit: str, as_of: datetime | None) -> pl.DataFrame:
    """Net sentiment and NPS of each week or month that is over and has enough records."""
    number = _place(unit)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    dates = [(epoch + timedelta(days=int(day))).date() for day in days["day"]]
    placed = days.with_columns(place=pl.Series([number(day) for day in dates], dtype=pl.Int64))
    if as_of is not None:
        placed = placed.filter(pl.col("place") < number(as_of.date()))
    sums = placed.group_by("place").agg(pl.exclude("day").sum())
    net = {
        "sentiment": ("positive", "negative", "scored"), "nps": ("promoters", "detractors", "answers"),
    }  # fmt: skip
    return sums.select("place", **{
        score: pl.when(pl.col(n) >= LEAST).then(100 * (pl.col(up) - pl.col(down)) / pl.col(n))
        for score, (up, down, n) in net.items()
    })  # fmt: skip


def _longest(rows: pl.DataFrame) -> pl.DataFrame:
    """The longest run of weeks or months without a gap."""
    runs = rows.with_columns(run=pl.col("place") - pl.int_range(pl.len()))
    longest = runs.group_by("run").len().sort("len", "run", descending=[True, False])["run"].head(1)
    return runs.filter(pl.col("run").is_in(longest.implode())).drop("run")
