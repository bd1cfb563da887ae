"""Intervals when one author can speak many times.

Records of one author are not independent, so the sampling unit is the author. At load every author is hashed
into one of 512 buckets, and measures collect sums per bucket instead of rows per author. A bucket then stands
for a cluster: with few authors it holds one of them, with many it holds a random group, and either way the
buckets are independent. Buckets without records are ignored; with fewer than two others nothing is known
about the spread and limits are ``nan``.

Shares are counted at their effective base: all counts are divided by the design effect ``deff`` and then get
Wilson's or the adjusted-Wald interval, which stays inside its bounds and has a width at 0 % and 100 % too.
Source: Korn & Graubard 1998; Franco, Little, Louis & Slud 2019.

How often these intervals hold the truth, also where few authors write most records, is simulated by
``python -m benchmarks.coverage``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.distributions import t_quantile
from cxreport.stats.intervals import UNKNOWN, FloatArray, Interval, wilson
from cxreport.stats.trinomial import adjusted_wald, net_variance

DRAWS: Final = 2000
"""Bootstrap draws when a caller names no other number."""
_NO_SPREAD: Final = 1e-20
"""Sums of squares below are zero but for rounding."""


def kish_n(weights: ArrayLike) -> float:
    """Kish's effective base of records of weight w, or clusters of size w: ``(Σw)² / Σw²``; 0 without any."""
    w = np.asarray(weights, dtype=float)
    return float(w.sum() ** 2 / (w @ w)) if np.any(w) else 0.0


def _filled(*columns: ArrayLike) -> list[FloatArray]:
    """The columns as floats of one length, without the buckets in which the last one, the base, is zero."""
    arrays = np.broadcast_arrays(*(np.asarray(column, dtype=float) for column in columns))
    return [column[arrays[-1] > 0] for column in arrays]


def _cluster_quantile(weights: FloatArray, level: float) -> float:
    """Student's t quantile; clusters of unequal weight count for fewer degrees of freedom than their number."""
    return t_quantile(max(kish_n(weights) - 1, 1), level)


def _ratio_variance(numerator: FloatArray, denominator: FloatArray) -> float:
    """Variance over clusters of the ratio of two sums, linearised (Cochran 1977, §6.3)."""
    m, total = len(denominator), denominator.sum()
    residual = numerator - numerator.sum() / total * denominator
    return float(m / (m - 1) * (residual @ residual) / total**2)


def bucketed_ratio(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Interval:
    """Interval of ``Σ numerator / Σ denominator`` from sums per bucket, by Student's t over the buckets.

    For means and for ratios without an upper bound (posts per author, stars per review). Shares belong to
    :func:`bucketed_proportion`: here their interval has no width at 0 % and 100 %.
    """
    num, den = _filled(numerator, denominator)
    if len(den) < 2:
        return UNKNOWN
    half = _cluster_quantile(den, level) * np.sqrt(_ratio_variance(num, den))
    ratio = num.sum() / den.sum()
    return Interval(float(ratio - half), float(ratio + half))


def bucketed_log_ratio(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Interval:
    """Interval of ``Σ numerator / Σ denominator`` of two sums of which few authors may hold most, such as followers.

    Student's t over the buckets on the log scale, linearised: with ``r_i = x_i / Σx - y_i / Σy`` the variance is
    ``m / (m - 1) · Σr²``, and its degrees of freedom are Satterthwaite's, ``(Σr²)² / Σr⁴``, which fall towards one
    where a single author decides. ``nan`` when a sum is zero or the ratio is the same in every bucket. Source:
    Cochran 1977, §6.3; Satterthwaite 1946.
    """
    up, down = (np.asarray(column, dtype=float) for column in (numerator, denominator))
    m = np.count_nonzero(up + down)
    if m < 2 or not (up.sum() > 0 and down.sum() > 0):
        return UNKNOWN
    squares = (up / up.sum() - down / down.sum()) ** 2
    spread = float(squares.sum())
    if spread <= _NO_SPREAD:
        return UNKNOWN
    half = t_quantile(max(kish_n(squares), 1), level) * np.sqrt(m / (m - 1) * spread)
    with np.errstate(over="ignore"):
        ratio, factor = up.sum() / down.sum(), np.exp(half)
    return Interval(float(ratio / factor), float(ratio * factor))


def deff(positive: ArrayLike, negative: ArrayLike, n: ArrayLike) -> float:
    """Design effect of the net share ``Σ(positive - negative) / Σn`` from counts per bucket; 1 or more.

    The variance between buckets over the variance of as many independent records. A plain share has no
    negatives: pass 0. Records that all agree say nothing about how alike an author's records are; then the
    worst is taken, that each bucket counts once (:func:`kish_n`). ``nan`` with fewer than two buckets.
    """
    up, down, base = _filled(positive, negative, n)
    if len(base) < 2:
        return float("nan")
    total = base.sum()
    independent = float(net_variance(up.sum(), down.sum(), total) / (total - 1))
    if independent <= 0:
        return float(total / kish_n(base))
    return max(1.0, _ratio_variance(up - down, base) / independent)


def _variances(base: FloatArray, effect: float) -> FloatArray:
    """Variance of each cluster's sum, but for a factor: ``n_i (1 + (n_i - 1) ρ)``, with the ρ that explains ``effect``.

    A design effect is ``1 + (Σn² / Σn - 1) ρ`` where records of one author correlate by ρ (Kish 1965, §5.4).
    """
    most = base @ base / base.sum() - 1
    correlation = min((effect - 1) / most, 1.0) if most > 0 else 0.0
    return np.asarray(base * (1 + correlation * (base - 1)))


def _effective_counts(
    positive: ArrayLike, negative: ArrayLike, n: ArrayLike, level: float
) -> tuple[float, float, float]:
    """The three totals, as if each were of independent records."""
    columns = _filled(positive, negative, n)
    shrunk = _loss(columns[-1], deff(*columns), level) if len(columns[-1]) > 1 else np.nan
    up, down, base = (float(column.sum()) / shrunk for column in columns)
    return up, down, base


def _loss(base: FloatArray, effect: float, level: float) -> float:
    """How many records count for one: the design effect, and more when few buckets leave that itself uncertain.

    How few they are is told by Satterthwaite's degrees of freedom: those who write much, and always the same,
    leave the others little say.
    """
    few = _cluster_quantile(_variances(base, effect), level)
    many = t_quantile(max(base.sum(), len(base)) - 1, level)
    return float(effect * (few / many) ** 2)


def effective_base(positive: ArrayLike, negative: ArrayLike, n: ArrayLike, level: float = 0.95) -> float:
    """How many independent records ``Σn`` is worth for the net share; see :func:`deff`. ``nan`` under two buckets."""
    return float(_effective_counts(positive, negative, n, level)[2])


def mean_base(sums: ArrayLike, n: ArrayLike, deviation: float, level: float = 0.95) -> float:
    """How many independent records ``Σn`` is worth for the mean ``Σ sums / Σn``; ``nan`` under two buckets.

    Args:
        sums: sum of the values in each bucket.
        n: records in each bucket.
        deviation: sample standard deviation of all records; where it is 0 each bucket counts once (:func:`kish_n`).
        level: confidence level of the interval to be made with it.
    """
    total, base = _filled(sums, n)
    if len(base) < 2:
        return float("nan")
    independent = deviation**2 / base.sum()
    worst = base.sum() / kish_n(base)
    effect = max(1.0, _ratio_variance(total, base) / independent) if independent > 0 else worst
    return float(base.sum() / _loss(base, effect, level))


def bucketed_proportion(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Interval of ``Σk / Σn`` in 0..1 from counts per bucket: Wilson's at the effective base.

    Equal to :func:`cxreport.stats.wilson` when every bucket holds one record, and never narrower.
    """
    hits, _, base = _effective_counts(k, 0, n, level)
    return wilson(hits, base, level)


def bucketed_trinomial(positive: ArrayLike, negative: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Interval of the net share ``Σ(positive - negative) / Σn`` in -1..1 from counts per bucket.

    The adjusted Wald at the effective base: equal to :func:`cxreport.stats.adjusted_wald` when every bucket
    holds one record, and never narrower.
    """
    return adjusted_wald(*_effective_counts(positive, negative, n, level), level)


def bucket_bootstrap(
    sums: ArrayLike,
    statistic: Callable[[FloatArray], FloatArray],
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = 0.95,
) -> Interval:
    """Percentile bootstrap interval of a statistic of sums, resampling buckets.

    It is too narrow with few buckets, or when one author holds most of a sum: show that author's share beside
    it. Source: Efron & Tibshirani 1993, §13.3.

    Args:
        sums: ``[buckets, k]``, the k sums that the statistic needs; buckets of zeros only are ignored.
        statistic: maps resampled totals ``[draws, k]`` to ``[draws]``; draws without a value (``nan``, as
            after 0/0) are left out.
        seed: equal seeds give equal intervals.
        draws: number of resamples.
        level: confidence level.
    """
    table = np.asarray(sums, dtype=float)
    table = table[np.any(table != 0, axis=1)]
    m = len(table)
    if m < 2:
        return UNKNOWN
    chosen = np.random.default_rng(seed).integers(m, size=(draws, m)) + m * np.arange(draws)[:, None]
    weights = np.bincount(chosen.ravel(), minlength=draws * m).reshape(draws, m)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = statistic(weights @ table)
    values = values[~np.isnan(values)]
    if not values.size:
        return UNKNOWN
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return Interval(float(low), float(high))
