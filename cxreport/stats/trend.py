"""Monotone trends in short series, robust to outliers."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import FloatArray

FEWEST_POINTS: Final = 4
"""No line is drawn through fewer points."""


class Slope(NamedTuple):
    """Change per unit of time with its interval, and the line's value at time 0."""

    value: float
    low: float
    high: float
    intercept: float


class MannKendall(NamedTuple):
    """Kendall's τ with time, in -1..1, and the two-sided p-value of no monotone trend."""

    tau: float
    p: float


def _known(values: ArrayLike, times: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    y = np.asarray(values, dtype=float)
    x = np.arange(y.size, dtype=float) if times is None else np.asarray(times, dtype=float)
    if x.shape != y.shape:
        raise ValueError("every value needs its time")
    known = ~(np.isnan(x) | np.isnan(y))
    return y[known], x[known]


def theil_sen(values: ArrayLike, times: ArrayLike | None = None, level: float = 0.95) -> Slope:
    """Theil–Sen slope: the median of the slopes between all pairs, with Sen's interval.

    Missing values (``nan``) are left out; times are 0, 1, 2 … unless given. ``nan`` with fewer than four
    known points or all at one time. Source: Sen 1968.

    Raises:
        ValueError: there are not as many times as values.
    """
    from scipy import stats

    y, x = _known(values, times)
    if y.size < FEWEST_POINTS or np.ptp(x) == 0:
        return Slope(np.nan, np.nan, np.nan, np.nan)
    fit = stats.theilslopes(y, x, alpha=level)
    return Slope(float(fit.slope), float(fit.low_slope), float(fit.high_slope), float(fit.intercept))


def mann_kendall(values: ArrayLike, times: ArrayLike | None = None) -> MannKendall:
    """Mann–Kendall test of a monotone trend: Kendall's τ-b between values and times.

    Exact for short series without ties. It takes the points as independent; autocorrelated weeks make p too
    small. ``nan`` with fewer than four known points; a constant series has τ = 0 and p = 1. Source: Mann
    1945; Kendall 1975.

    Raises:
        ValueError: there are not as many times as values.
    """
    from scipy import stats

    y, x = _known(values, times)
    if y.size < FEWEST_POINTS or np.ptp(x) == 0:
        return MannKendall(np.nan, np.nan)
    if np.ptp(y) == 0:
        return MannKendall(0.0, 1.0)
    result = stats.kendalltau(x, y)
    return MannKendall(float(result.statistic), float(result.pvalue))
