"""What the sums by author cluster say of one source: shares of R², means, and how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from cxreport.api import message, stats
from cxreport_plugins.common.people import people
from cxreport_plugins.drivers.rated import MOST, PRODUCTS, SUMS

Floats = np.ndarray[Any, np.dtype[np.float64]]

FEWEST: Final = 100
"""Complete answers under which shares are a direction only: their intervals are as wide as half of the whole."""
EACH: Final = 10
"""Complete answers for each part, likewise."""
CHANCE: Final = 0.05


@dataclass(frozen=True)
class Shares:
    """Shares that add up to one, with the limits of each."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Model:
    """The parts of one source in their places, and the rows of `moments` that are about it."""

    topics: Sequence[str]
    rows: pl.DataFrame

    @property
    def n(self) -> int:
        """Complete answers."""
        return int(self.rows["n"].sum())

    @property
    def people(self) -> int | None:
        """Distinct people behind them."""
        return people(self.rows)

    @cached_property
    def _kept(self) -> tuple[list[str], list[str]]:
        """The columns of sums and of products that this model needs."""
        chosen = [*range(len(self.topics)), MOST]
        places = stats.pairs(MOST + 1)
        return [SUMS[i] for i in chosen], [PRODUCTS[places.index((i, j))] for i in chosen for j in chosen if i <= j]

    @cached_property
    def _table(self) -> Floats:
        """`[clusters, 1 + sums + products]`."""
        sums, products = self._kept
        return self.rows.sort("bucket").select("n", *sums, *products).cast(pl.Float64).to_numpy()

    def _covariances(self, totals: Floats) -> Floats:
        width = len(self._kept[0])
        return stats.covariances(totals[..., 0], totals[..., 1 : 1 + width], totals[..., 1 + width :])

    @cached_property
    def covariance(self) -> Floats:
        """Of the parts and the score, the score last."""
        return self._covariances(self._table.sum(axis=0))

    @cached_property
    def _without(self) -> Floats:
        """The covariances that remain without each cluster."""
        return self._covariances(stats.left_out(self._table))

    @property
    def explained(self) -> stats.Estimate:
        """R² of all parts together."""
        whole = float(stats.r_squared(self.covariance))
        low, high = stats.jackknife_shares([whole], stats.r_squared(self._without)[:, None])
        return _around(whole, float(low[0]), float(high[0]))

    @property
    def lmg(self) -> Shares:
        """Shapley shares of what is explained."""
        return _shares(stats.lmg(self.covariance), stats.lmg(self._without))

    @property
    def johnson(self) -> Shares:
        """Relative weights, as shares of what is explained."""
        return _shares(stats.johnson(self.covariance), stats.johnson(self._without))

    @property
    def correlations(self) -> Floats:
        """Of each part with the score; 0 for a part that all rate alike."""
        spread = np.sqrt(np.diagonal(self.covariance))
        scale = spread[:-1] * spread[-1]
        return np.asarray(np.divide(self.covariance[-1, :-1], scale, out=np.zeros(len(scale)), where=scale > 0))

    @property
    def inflation(self) -> float:
        """The largest variance inflation factor."""
        return float(np.max(stats.variance_inflation(self.covariance)))

    def mean(self, place: int) -> stats.Estimate:
        """The mean rating of a part, never surer than independent answers would make it."""
        sums = self.rows[SUMS[place]]
        value = float(sums.sum()) / self.n
        deviation = float(np.sqrt(max(0.0, self.covariance[place, place]) * self.n / max(1, self.n - 1)))
        base = stats.mean_base(sums, self.rows["n"], deviation)
        return _around(value, *stats.t_mean(value, deviation, base))

    @property
    def mute(self) -> str:
        """Why nothing can be told of it, or nothing."""
        if len(self.topics) < 2:
            return message("only one part of the experience is rated beside the score")
        if self.rows.height < 2:
            return message("all its answers are by one person")
        varied = np.diagonal(self.covariance)
        alike = message("all give the same score, or the same ratings")
        return "" if varied[-1] > 0 and varied[:-1].max() > 0 else alike

    @property
    def doubt(self) -> str:
        """Why its shares are a direction only, or nothing."""
        least = max(FEWEST, EACH * len(self.topics))
        if self.n < least:
            told = message("fewer than {least} complete answers for {parts} parts")
            return told.format(least=least, parts=len(self.topics))
        if self.chance >= CHANCE:
            return message("all parts together do not clearly explain the score")
        return ""

    @property
    def chance(self) -> float:
        """The p-value of no relation at all, by the F test, with people as the base."""
        from scipy import stats as scipy_stats

        whole, parts = float(stats.r_squared(self.covariance)), len(self.topics)
        left = (self.people or self.n) - parts - 1
        if left <= 0 or whole >= 1:
            return 1.0 if left <= 0 else 0.0
        return float(scipy_stats.f.sf(whole / parts / ((1 - whole) / left), parts, left))


def _shares(value: Floats, without: Floats) -> Shares:
    own = value / value.sum()
    with np.errstate(invalid="ignore"):
        low, high = stats.jackknife_shares(own, without / without.sum(axis=-1, keepdims=True))
    return Shares(own, np.fmin(low, own), np.fmax(high, own))


def _around(value: float, low: float, high: float) -> stats.Estimate:
    return stats.Estimate(value, min(low, value), max(high, value))
