"""Two-sample comparisons from summed counts: the size of an effect and its interval, not a p-value alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.distributions import lower_tail, normal_quantile, t_quantile, two_sided_p
from cxreport.stats.intervals import Interval, newcombe

_EXPECTED_AT_LEAST = 5
"""Cell counts expected under no difference for which the χ² approximation is trusted."""


_TABLES = 9_999
_SEED = 20_263
_ROUNDING = 1e-9


class Comparison(NamedTuple):
    """``first - second``, its interval and the two-sided p-value of no difference; ``nan`` if unknown."""

    value: float
    low: float
    high: float
    p: float


class Equivalence(NamedTuple):
    """``first - second``, its ``1 - 2α`` interval, and the p-value of a difference as large as the margin."""

    value: float
    low: float
    high: float
    p: float


class OrdinalComparison(NamedTuple):
    """Mann–Whitney U of the first group, two-sided p-value, Cliff's δ in -1..1 (above 0: first is higher)."""

    u: float
    p: float
    delta: float


_NO_COMPARISON = Comparison(np.nan, np.nan, np.nan, np.nan)


def _no_difference_p(k1: float, n1: float, k2: float, n2: float) -> float:
    """χ² without continuity correction, or Fisher's exact test if a cell is expected to hold under five."""
    from scipy import stats

    table = np.array([[k1, n1 - k1], [k2, n2 - k2]])
    if stats.contingency.expected_freq(table).min() < _EXPECTED_AT_LEAST:
        return float(stats.fisher_exact(np.rint(table).astype(int)).pvalue)
    return float(stats.chi2_contingency(table, correction=False).pvalue)


def homogeneity_p(counts: ArrayLike) -> float:
    """The p-value of no difference between groups (rows) in how they fall into categories (columns).

    χ² without continuity correction; where under five are expected in a cell, by 9,999 permutations with a fixed
    seed. ``nan`` with fewer than two groups or categories that hold anything. Source: Pearson 1900; Hope 1968.
    """
    from scipy import stats

    table = np.asarray(counts, dtype=float)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return float("nan")
    if stats.contingency.expected_freq(table).min() >= _EXPECTED_AT_LEAST:
        return float(stats.chi2_contingency(table, correction=False).pvalue)
    whole = np.rint(table).astype(int)
    drawn = stats.random_table(whole.sum(axis=1), whole.sum(axis=0), seed=_SEED).rvs(_TABLES)
    expected = stats.contingency.expected_freq(whole)
    distances = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    own = float(((whole - expected) ** 2 / expected).sum())
    return float((1 + (distances >= own - _ROUNDING).sum()) / (1 + _TABLES))


def two_proportions(k1: float, n1: float, k2: float, n2: float, level: float = 0.95) -> Comparison:
    """Compare two independent proportions: ``k1/n1 - k2/n2`` with Newcombe's interval.

    For clustered records pass counts divided by their design effect (:func:`cxreport.stats.deff`).

    Raises:
        ValueError: a count is negative or exceeds its base.
    """
    if not (n1 > 0 and n2 > 0):
        return _NO_COMPARISON
    limits = newcombe(k1, n1, k2, n2, level)
    return Comparison(k1 / n1 - k2 / n2, *limits, _no_difference_p(k1, n1, k2, n2))


def two_means(first: tuple[float, float, float], second: tuple[float, float, float], level: float = 0.95) -> Comparison:
    """Compare two means by Welch's test, each group given as ``(mean, standard deviation, n)``.

    The standard deviations are the samples' (n - 1). ``nan`` when a group has fewer than two observations or
    neither has any spread.
    """
    from scipy import stats

    (mean1, sd1, n1), (mean2, sd2, n2) = first, second
    if not (n1 > 1 and n2 > 1 and max(sd1, sd2) > 0):
        return _NO_COMPARISON
    v1, v2 = sd1**2 / n1, sd2**2 / n2
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half = t_quantile(df, level) * np.sqrt(v1 + v2)
    p = stats.ttest_ind_from_stats(*first, *second, equal_var=False).pvalue
    value = mean1 - mean2
    return Comparison(value, float(value - half), float(value + half), float(p))


def mann_whitney(counts1: ArrayLike, counts2: ArrayLike) -> OrdinalComparison:
    """Compare two distributions over the same ordered categories (stars, scale points), given as counts.

    The p-value uses the normal approximation with correction for ties and without one for continuity; all
    ``nan`` when a group is empty, and ``p = nan`` when all answers are the same. Source: Mann & Whitney 1947;
    Cliff 1993.

    Raises:
        ValueError: the two have not the same categories, or a count is negative.
    """
    a, b = np.asarray(counts1, dtype=float), np.asarray(counts2, dtype=float)
    if a.shape != b.shape or np.any(a < 0) or np.any(b < 0):
        raise ValueError("both groups need a count, zero or more, for every category")
    n1, n2, ties = a.sum(), b.sum(), a + b
    if not (n1 and n2):
        return OrdinalComparison(np.nan, np.nan, np.nan)
    n = n1 + n2
    u = float(a @ (np.cumsum(b) - b / 2))
    variance = n1 * n2 / 12 * (n + 1 - np.sum(ties**3 - ties) / (n * (n - 1)))
    p = two_sided_p((u - n1 * n2 / 2) / np.sqrt(variance)) if variance > 0 else np.nan
    return OrdinalComparison(u, p, float(2 * u / (n1 * n2) - 1))


def tost_proportions(
    k1: float, n1: float, k2: float, n2: float, *, margin: float = 0.05, alpha: float = 0.05
) -> Equivalence:
    """Whether two proportions differ by less than ``margin``: two one-sided tests, for the words "no change".

    ``p`` below ``alpha`` says so, which is the same as an interval inside ``±margin``. One success and one
    failure are added to each group, so that 0 % and 100 % have a standard error. Source: Schuirmann 1987;
    Agresti & Caffo 2000.

    Raises:
        ValueError: ``margin`` is not positive.
    """
    if margin <= 0:
        raise ValueError(f"the margin of equivalence is a positive share, got {margin}")
    if not (n1 > 0 and n2 > 0):
        return Equivalence(np.nan, np.nan, np.nan, np.nan)
    p1, p2 = (k1 + 1) / (n1 + 2), (k2 + 1) / (n2 + 2)
    difference, se = p1 - p2, np.sqrt(p1 * (1 - p1) / (n1 + 2) + p2 * (1 - p2) / (n2 + 2))
    half = normal_quantile(1 - 2 * alpha) * se
    limits = Interval(float(difference - half), float(difference + half))
    return Equivalence(k1 / n1 - k2 / n2, *limits, lower_tail((abs(difference) - margin) / se))
