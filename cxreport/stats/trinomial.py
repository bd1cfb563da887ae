"""Net shares of three-way counts: net promoter score, net sentiment, effort indices.

A net share is ``(positive - negative) / n``, in -1..1; the net promoter score is the same in points,
-100..100. The plain Wald margin is too small on the bases of an audit (it covers 80-93 % at n = 10-30), so
the interval here is the adjusted Wald: ¾ of an observation is added to either side and 3 to the base. Source:
Rocks 2016; MeasuringU.
"""

from __future__ import annotations

from typing import NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxreport.stats.distributions import normal_quantile, two_sided_p
from cxreport.stats.intervals import (
    Band,
    FloatArray,
    Interval,
    counts_in,
    interval_or_band,
    mover,
)

_ADDED_EACH_SIDE = 0.75
_ADDED_TO_BASE = 3.0


class NpsDifference(NamedTuple):
    """``first - second`` in points, with its interval and standard error, and the z test of no difference."""

    value: float
    low: float
    high: float
    se: float
    z: float
    p: float


def net_variance(positive: FloatArray, negative: FloatArray, n: FloatArray) -> FloatArray:
    """Variance of one -1/0/+1 answer: ``p + d - (p - d)²``."""
    return np.clip((positive + negative) / n - ((positive - negative) / n) ** 2, 0, None)


def net_share(positive: float, negative: float, n: float) -> float:
    """``(positive - negative) / n``, in -1..1; ``nan`` for an empty base."""
    return (positive - negative) / n if n > 0 else float("nan")


@overload
def adjusted_wald(positive: float, negative: float, n: float, level: float = ...) -> Interval: ...
@overload
def adjusted_wald(
    positive: NDArray[np.generic], negative: NDArray[np.generic], n: NDArray[np.generic], level: float = ...
) -> Band: ...
def adjusted_wald(positive: ArrayLike, negative: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval | Band:
    """Adjusted-Wald interval of a net share, within -1..1; ``nan`` for an empty base.

    Where it would miss the observed share (one or two answers, all alike) it is widened to hold it. Counts
    may be fractional, and scalars or arrays of one shape.

    Raises:
        ValueError: a count is negative, or ``positive + negative`` exceeds ``n``.
    """
    up, base = counts_in(positive, n)
    down, _ = counts_in(negative, n)
    counts_in(up + down, n)
    observed = (up - down) / base
    up, down, base = up + _ADDED_EACH_SIDE, down + _ADDED_EACH_SIDE, base + _ADDED_TO_BASE
    net = (up - down) / base
    half = normal_quantile(level) * np.sqrt(net_variance(up, down, base) / base)
    low, high = np.minimum(net - half, observed), np.maximum(net + half, observed)
    return interval_or_band(np.clip(low, -1, 1), np.clip(high, -1, 1))


def nps(promoters: float, detractors: float, n: float) -> float:
    """Net promoter score in points: promoters answered 9-10, detractors 0-6; ``n`` counts passives too."""
    return 100 * net_share(promoters, detractors, n)


def nps_se(promoters: float, detractors: float, n: float) -> float:
    """Plain (Wald) standard error of the net promoter score, in points; ``nan`` for an empty base."""
    up, base = counts_in(promoters, n)
    down, _ = counts_in(detractors, n)
    return float(100 * np.sqrt(net_variance(up, down, base) / base))


def adjusted_wald_nps(promoters: float, detractors: float, n: float, level: float = 0.95) -> Interval:
    """Adjusted-Wald interval of the net promoter score, in points; see :func:`adjusted_wald`."""
    low, high = adjusted_wald(promoters, detractors, n, level)
    return Interval(100 * low, 100 * high)


def nps_difference(
    first: tuple[float, float, float], second: tuple[float, float, float], level: float = 0.95
) -> NpsDifference:
    """Difference of two independent scores, each given as ``(promoters, detractors, n)``.

    The test is ``z = difference / √(SE₁² + SE₂²)``; the interval joins the two adjusted-Wald intervals
    (:func:`cxreport.stats.mover`). Two samples without any spread give ``z = nan`` when equal, else ``±inf``.
    """
    one, two = nps(*first), nps(*second)
    se = float(np.hypot(nps_se(*first), nps_se(*second)))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = float(np.divide(one - two, se))
    limits = mover(one, adjusted_wald_nps(*first, level), two, adjusted_wald_nps(*second, level))
    return NpsDifference(one - two, *limits, se, z, two_sided_p(z))
