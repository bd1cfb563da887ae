"""Bootstrap over author buckets for estimates of many parts, such as shares that add up to a whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.clusters import DRAWS
from cxreport.stats.intervals import Band, FloatArray


def bucket_resamples(sums: ArrayLike, *, seed: int, draws: int = DRAWS) -> FloatArray:
    """Totals ``[draws, k]`` of sums per bucket ``[buckets, k]`` when buckets are drawn anew with replacement.

    Buckets of zeros only are ignored; without two others there is nothing to draw from and no row.
    Source: Efron & Tibshirani 1993, §13.3.
    """
    table = np.asarray(sums, dtype=float)
    table = table[np.any(table != 0, axis=1)]
    m = len(table)
    if m < 2:
        return np.empty((0, table.shape[1]))
    weights = np.random.default_rng(seed).multinomial(m, np.full(m, 1 / m), size=draws)
    return np.asarray(weights @ table)


def percentile_band(values: ArrayLike, level: float = 0.95) -> Band:
    """The middle ``level`` of resampled values ``[draws, k]``, for each of k; draws with a ``nan`` are left out."""
    drawn = np.asarray(values, dtype=float)
    drawn = drawn[~np.isnan(drawn).any(axis=1)]
    if not len(drawn):
        return Band(*np.full((2, drawn.shape[1]), np.nan))
    return Band(*np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf"))
