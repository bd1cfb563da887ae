"""How far coders agree: Krippendorff's alpha for any number of coders, with gaps.

Units are what was coded. A unit is given by how many coders put it into each class; units with fewer than two
codes say nothing about agreement. Sources: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability";
for sets of codes Passonneau 2006 (the MASI distance); the interval resamples units (Efron & Tibshirani 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import Estimate, FloatArray

GOOD: Final = 0.8
"""Alpha from which codes may be relied on (Krippendorff 2004, §11.4)."""
TENTATIVE: Final = 0.667
"""Alpha under which not even tentative conclusions are drawn (the same)."""
_DRAWS: Final = 1000


def krippendorff(
    counts: ArrayLike,
    *,
    ordinal: bool = False,
    distance: ArrayLike | None = None,
    seed: int = 0,
    draws: int = _DRAWS,
    level: float = 0.95,
) -> Estimate:
    """Krippendorff's alpha, ``1 - D_observed / D_expected``: 1 is full agreement, 0 is chance.

    ``nan`` where nothing varies or nobody coded what another coded. Draws in which nothing varies are left out.

    Args:
        counts: ``[units, classes]``, how many coders gave each class; for ordinal data in their order.
        ordinal: classes are ranks: distant ones disagree more.
        distance: ``[classes, classes]`` with zeros on the diagonal, in place of nominal or ordinal.
        seed: equal seeds give equal intervals.
        draws: number of resamples.
        level: confidence level.
    """
    table = np.asarray(counts, dtype=float)
    table = table[table.sum(axis=1) >= 2] if table.size else np.empty((0, 0))
    if not table.size:
        return Estimate(np.nan, np.nan, np.nan)
    fixed = None if ordinal else _nominal(table.shape[1]) if distance is None else np.asarray(distance, dtype=float)
    units, classes = table.shape
    pairs = table[:, :, None] * table[:, None, :] - table[:, :, None] * np.eye(classes)
    flat = (pairs / (table.sum(axis=1) - 1)[:, None, None]).reshape(units, classes * classes)
    alpha = float(_alpha(flat.sum(axis=0, keepdims=True), classes, fixed)[0])
    weights = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=draws)
    values = _alpha(weights @ flat, classes, fixed)
    values = values[~np.isnan(values)]
    if np.isnan(alpha) or not values.size:
        return Estimate(alpha, np.nan, np.nan)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return Estimate(alpha, min(float(low), alpha), max(float(high), alpha))


def masi(sets: Sequence[AbstractSet[str]]) -> FloatArray:
    """MASI distance between sets of codes: ``1 - Jaccard x monotonicity``, 0 for equal ones, 1 for disjoint ones."""
    return np.array([[_masi(one, other) for other in sets] for one in sets], dtype=float).reshape(len(sets), -1)


def _masi(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    if one == other:
        return 0.0
    nested = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - len(one & other) / len(one | other) * nested


def _nominal(classes: int) -> FloatArray:
    return 1 - np.eye(classes)


def _alpha(coincidences: FloatArray, classes: int, fixed: FloatArray | None) -> FloatArray:
    """Alpha of coincidence matrices ``[draws, classes x classes]``."""
    matrix = coincidences.reshape(-1, classes, classes)
    n_c = matrix.sum(axis=2)
    n = n_c.sum(axis=1)
    distance = fixed if fixed is not None else _ordinal(n_c)
    observed = (matrix * distance).sum(axis=(1, 2)) / n
    expected = (n_c[:, :, None] * n_c[:, None, :] * distance).sum(axis=(1, 2)) / (n * (n - 1))
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def _ordinal(n_c: FloatArray) -> FloatArray:
    """Squared difference of mid-ranks: ``(Σ n_g from c to k - (n_c + n_k) / 2)²``."""
    midrank = n_c.cumsum(axis=1) - n_c / 2
    difference: FloatArray = (midrank[:, :, None] - midrank[:, None, :]) ** 2
    return difference
