"""Scores of the texts with a theme beside those without it, by author cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from cxreport.api import stats
from cxreport_plugins.common.people import people

Floats = np.ndarray[Any, np.dtype[np.float64]]
SEED: Final = 20_265
NOWHERE: Final = stats.Comparison(np.nan, np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Sides:
    """One theme beside one score. Rows have a cluster each: `n` texts, `sum` of their scores, `squares` of them."""

    theme: str
    outcome: str
    channel: str
    scale: float
    rows: pl.DataFrame
    """Of all texts."""
    themed: pl.DataFrame
    """Of those with the theme."""

    @property
    def people(self) -> int | None:
        """Distinct people behind all texts."""
        return people(self.rows)

    @property
    def themed_people(self) -> int | None:
        """Distinct people behind those with the theme."""
        return people(self.themed)

    @cached_property
    def _table(self) -> Floats:
        """`[clusters, 6]`: n, sum and squares of the texts with the theme, then of those without."""
        part = self.themed.select("author_bucket", k="n", s="sum", q="squares")
        joined = self.rows.sort("author_bucket").join(part, on="author_bucket", how="left", maintain_order="left")
        held = joined.select(pl.col("k", "s", "q").fill_null(0).cast(pl.Float64)).to_numpy()
        whole = joined.select(pl.col("n", "sum", "squares").cast(pl.Float64)).to_numpy()
        return np.hstack([held, whole - held])

    @property
    def counts(self) -> tuple[int, int]:
        """Texts with and without it."""
        totals = self._table.sum(axis=0)
        return int(totals[0]), int(totals[3])

    @property
    def share(self) -> float:
        """Share of the texts with it."""
        held, rest = self.counts
        return held / (held + rest)

    @property
    def means(self) -> tuple[float, float]:
        """The score with and without it, in points or stars."""
        totals = self._table.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            held, rest = totals[1] / totals[0], totals[4] / totals[3]
        return float(self._points * held), float(self._points * rest)

    @property
    def _points(self) -> float:
        return 100.0 if self.outcome == "nps" else 1.0

    @cached_property
    def _compared(self) -> stats.Comparison:
        """The difference on effective counts; nothing where a side is one author's."""
        held, rest = self._side(self._table[:, :3]), self._side(self._table[:, 3:])
        if np.isnan(held[-1]) or np.isnan(rest[-1]):
            return NOWHERE
        if self.outcome != "nps":
            return stats.two_means(held, rest)
        found = stats.nps_difference(held, rest)
        return stats.Comparison(found.value, found.low, found.high, found.p)

    def _side(self, columns: Floats) -> tuple[float, float, float]:
        """Promoters, detractors and answers, or mean, deviation and ratings, at the effective base."""
        n, total, squares = columns.T
        if self.outcome == "nps":
            up, down = (squares + total) / 2, (squares - total) / 2
            worth = stats.effective_base(up, down, n) / n.sum()
            return float(up.sum() * worth), float(down.sum() * worth), float(n.sum() * worth)
        mean = total.sum() / n.sum()
        deviation = float(np.sqrt(max(0.0, squares.sum() - n.sum() * mean**2) / max(1.0, n.sum() - 1)))
        return float(mean), deviation, stats.mean_base(total, n, deviation)

    @property
    def value(self) -> float:
        """The score with the theme less that without."""
        held, rest = self.means
        return held - rest

    @property
    def low(self) -> float:
        """Lower limit of the difference; `nan` where it has none."""
        return min(self._compared.low, self.value) if not np.isnan(self._compared.low) else np.nan

    @property
    def high(self) -> float:
        """Upper limit."""
        return max(self._compared.high, self.value)

    @property
    def p(self) -> float:
        """The p-value of no difference."""
        return self._compared.p

    @property
    def testable(self) -> bool:
        """Whether both sides are large enough to be compared."""
        return stats.may_test(min(self.counts)) and not np.isnan(self.p)

    @property
    def contribution(self) -> stats.Estimate:
        """The score of all texts less that of those without the theme."""
        value = self.share * self.value
        drawn = self._points * _left_out(stats.bucket_resamples(self._table, seed=SEED))
        low, high = stats.percentile_band(drawn[:, None])
        return stats.Estimate(value, min(float(low[0]), value), max(float(high[0]), value))

    @property
    def whole(self) -> tuple[int, float, float, float]:
        """Base, score and limits of all texts."""
        n, total = (float(self.rows[name].sum()) for name in ("n", "sum"))
        table = self.rows.sort("author_bucket").select("n", "sum", "squares").cast(pl.Float64).to_numpy()
        first, second, base = self._side(table)
        if self.outcome == "nps":
            ends = stats.adjusted_wald_nps(first, second, base)
        else:
            ends = stats.t_mean(first, second, base)
        value = self._points * total / n
        return int(n), value, min(ends.low, value), max(ends.high, value)


def _left_out(totals: Floats) -> Floats:
    """The score of all less that of the texts without the theme, for each resample."""
    held, first, rest, second = totals[:, 0], totals[:, 1], totals[:, 3], totals[:, 4]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((first + second) / (held + rest) - second / rest)
