"""Intervals for proportions, means, quantiles and differences of independent estimates.

All take summed counts, so that they work on the few rows a measure collects. Where a formula has no answer
(an empty base, one observation for a spread) the limits are ``nan``; a limit that exists but is not finite is
``±inf``.
"""

from __future__ import annotations

from typing import NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxreport.stats.distributions import normal_quantile, t_quantile

FloatArray = NDArray[np.float64]


class Interval(NamedTuple):
    """Lower and upper limit, in the unit of the estimate."""

    low: float
    high: float


class Estimate(NamedTuple):
    """A value with its lower and upper limit."""

    value: float
    low: float
    high: float


class Band(NamedTuple):
    """Lower and upper limits of many estimates: two arrays of one shape."""

    low: FloatArray
    high: FloatArray


UNKNOWN = Interval(float("nan"), float("nan"))
"""The interval that cannot be given."""


def interval_or_band(low: FloatArray, high: FloatArray) -> Interval | Band:
    """Two limits as an :class:`Interval` when they are scalars, else as a :class:`Band`."""
    if np.ndim(low) == 0:
        return Interval(float(low), float(high))
    return Band(np.asarray(low), np.asarray(high))


def counts_in(k: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """``k`` and ``n`` as floats of one shape; empty bases become ``nan``, so that shares of nothing do too.

    Raises:
        ValueError: some ``k`` is negative or exceeds its ``n``.
    """
    hits, base = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if np.any(hits < 0) or np.any(hits > base * (1 + 1e-9)):
        raise ValueError("a count lies between 0 and its base")
    return hits, np.where(base > 0, base, np.nan)


@overload
def wilson(k: float, n: float, level: float = ...) -> Interval: ...
@overload
def wilson(k: NDArray[np.generic], n: NDArray[np.generic], level: float = ...) -> Band: ...
def wilson(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval | Band:
    """Wilson's score interval of the proportion ``k / n``, in 0..1; ``nan`` for an empty base.

    Counts may be fractional (weighted, or divided by a design effect) and scalars or arrays of one shape.
    Source: Wilson 1927; Brown, Cai & DasGupta 2001.

    Raises:
        ValueError: ``k`` is negative or exceeds ``n``.
    """
    hits, base = counts_in(k, n)
    z, p = normal_quantile(level), hits / base
    spread = 1 + z**2 / base
    centre = (p + z**2 / (2 * base)) / spread
    half = z / spread * np.sqrt(np.clip(p * (1 - p), 0, None) / base + z**2 / (4 * base**2))
    low = np.where(p <= 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(p >= 1, 1.0, np.clip(centre + half, 0, 1))
    return interval_or_band(low, high)


def mover(first: float, first_interval: Interval, second: float, second_interval: Interval) -> Interval:
    """Interval of ``first - second`` for independent estimates, from the interval of each.

    Keeps the asymmetry of both; with Wilson's intervals it is Newcombe's. Source: Zou & Donner 2008 (MOVER).
    """
    difference = first - second
    below = np.hypot(first - first_interval.low, second_interval.high - second)
    above = np.hypot(first_interval.high - first, second - second_interval.low)
    return Interval(float(difference - below), float(difference + above))


def newcombe(k1: float, n1: float, k2: float, n2: float, level: float = 0.95) -> Interval:
    """Newcombe's hybrid score interval of ``k1/n1 - k2/n2``, in -1..1; ``nan`` if a base is empty.

    Source: Newcombe 1998, method 10.
    """
    if not (n1 > 0 and n2 > 0):
        return UNKNOWN
    return mover(k1 / n1, wilson(k1, n1, level), k2 / n2, wilson(k2, n2, level))


def t_mean(mean: float, sd: float, n: float, level: float = 0.95) -> Interval:
    """Student's t interval of a mean, from the mean, the sample standard deviation (n - 1) and the base.

    ``nan`` with fewer than two observations.
    """
    if not n > 1:
        return UNKNOWN
    half = t_quantile(n - 1, level) * sd / np.sqrt(n)
    return Interval(float(mean - half), float(mean + half))


def unknown_bounds(k: float, unknown: float, n: float) -> Interval:
    """Range of a share when ``unknown`` of the ``n`` cases could be either: ``[k/n, (k + unknown)/n]``.

    It is not a confidence interval: it says what the missing answers leave open.

    Raises:
        ValueError: ``k + unknown`` exceeds ``n``.
    """
    hits, base = counts_in([k, k + unknown], n)
    low, high = hits / base
    return Interval(float(low), float(high))


def quantile_ranks(n: int, q: float, level: float = 0.95) -> tuple[int, int]:
    """Ranks (from 1) of the order statistics that enclose the ``q`` quantile of ``n`` observations.

    Rank 0 or ``n + 1`` means that this side has no finite limit: a two-sided 95 % interval of the 90th
    percentile needs n >= 36. Source: David & Nagaraja 2003, §7.1.
    """
    from scipy import stats

    tail = (1 - level) / 2
    lower, upper = stats.binom.ppf([tail, 1 - tail], n, q)
    return int(lower), int(upper) + 1


def quantile_interval(values: ArrayLike, q: float, level: float = 0.95) -> Interval:
    """Distribution-free interval of the ``q`` quantile of complete (uncensored) ``values``.

    A side without an order statistic is ``-inf`` or ``inf``; no values give ``nan``. For waiting times with
    cases still open use :func:`cxreport.stats.kaplan_meier`.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    if not ordered.size:
        return UNKNOWN
    padded = np.concatenate(([-np.inf], ordered, [np.inf]))
    lower, upper = quantile_ranks(ordered.size, q, level)
    return Interval(float(padded[lower]), float(padded[upper]))
