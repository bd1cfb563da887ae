"""How unevenly voices are heard: concentration, cascades and reach.

Values may come grouped, as distinct values and how often each occurs, because a brand can have more authors
than a measure may collect.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxreport.stats.intervals import FloatArray, Interval

Amount = TypeVar("Amount", float, NDArray[np.float64])


def _sorted_groups(values: ArrayLike, counts: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    value = np.asarray(values, dtype=float)
    count = np.ones(value.shape) if counts is None else np.asarray(counts, dtype=float)
    if value.shape != count.shape or np.any(value < 0) or np.any(count < 0):
        raise ValueError("values and counts are zero or more, and as many of the one as of the other")
    order = np.argsort(value, kind="stable")
    return value[order], count[order]


def gini(values: ArrayLike, counts: ArrayLike | None = None) -> float:
    """Gini coefficient: 0 when all values are equal, towards 1 when one has all; ``nan`` without anything.

    ``Σ (2i - n - 1) x₍ᵢ₎ / (n Σx)``, without small-sample correction.

    Raises:
        ValueError: a value or a count is negative, or their numbers differ.
    """
    value, count = _sorted_groups(values, counts)
    n, total = count.sum(), value @ count
    if not total > 0:
        return float("nan")
    twice_mean_rank = 2 * np.cumsum(count) - count + 1
    return float((count * (twice_mean_rank - n - 1)) @ value / (n * total))


def top_share(values: ArrayLike, share: float = 0.01, counts: ArrayLike | None = None) -> float:
    """What part of the sum the largest ``share`` of the values hold (at least one value), in 0..1.

    ``nan`` if there is nothing to hold.

    Raises:
        ValueError: a value or a count is negative, their numbers differ, or ``share`` is outside 0..1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies in 0..1, got {share}")
    value, count = (column[::-1] for column in _sorted_groups(values, counts))
    total = value @ count
    if not total > 0:
        return float("nan")
    wanted = max(1.0, np.ceil(share * count.sum() - 1e-9))
    taken = np.clip(wanted - (np.cumsum(count) - count), 0, count)
    return float(value @ taken / total)


def branching_ratio(sizes: ArrayLike, counts: ArrayLike | None = None) -> float:
    """Mean number of direct descendants per post in finished cascades: ``1 - 1 / mean cascade size``.

    A structural description, below 1 by construction; it is the maximum-likelihood estimate for
    Borel-distributed sizes. ``nan`` without cascades.

    Args:
        sizes: posts in each cascade, its root included, so 1 or more.
        counts: how many cascades have each size; one each if left out.

    Raises:
        ValueError: a cascade is smaller than its root, or a count is negative.
    """
    size, count = _sorted_groups(sizes, counts)
    if np.any(size < 1):
        raise ValueError("a cascade holds at least its root")
    posts, roots = size @ count, count.sum()
    return float(1 - roots / posts) if roots else float("nan")


def reach_bounds(largest: float, total: float) -> Interval:
    """Bounds of the number of people behind overlapping audiences: ``[max R, ΣR]``. No confidence interval.

    Raises:
        ValueError: ``largest`` is negative or exceeds ``total``.
    """
    if not 0 <= largest <= total:
        raise ValueError("the largest audience lies between 0 and the sum of all")
    return Interval(float(largest), float(total))


def reach_asymmetry(negative: Amount, positive: Amount) -> Amount:
    """Reach of negative over reach of positive voices, ``Σ_neg R / Σ_pos R``; 1 is balance.

    ``inf`` without positive reach, ``nan`` without any. Takes arrays too, as a bootstrap statistic does.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Amount = np.divide(negative, positive)
    return ratio


def reach_asymmetry_without_top(negative: float, positive: float, top_negative: float, top_positive: float) -> float:
    """:func:`reach_asymmetry` without the one author who reaches most; how far it moves is their leverage.

    ``top_negative`` and ``top_positive`` are the largest reach on each side.
    """
    if top_negative >= top_positive:
        return reach_asymmetry(negative - top_negative, positive)
    return reach_asymmetry(negative, positive - top_positive)
