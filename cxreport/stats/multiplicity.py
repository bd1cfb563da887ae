"""Many comparisons on one page: control of the false discovery rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import FloatArray


def benjamini_hochberg(p_values: ArrayLike) -> FloatArray:
    """Adjusted p-values, in the order given; compare them with the false discovery rate, 0.10 by default.

    Comparisons without a p-value (``nan``) stay ``nan`` and are not counted. Adjust over all comparisons that
    are printed together. Source: Benjamini & Hochberg 1995.

    Raises:
        ValueError: a p-value is outside 0..1.
    """
    from scipy import stats

    raw = np.asarray(p_values, dtype=float)
    adjusted = np.full(raw.shape, np.nan)
    known = ~np.isnan(raw)
    if np.any(known):
        adjusted[known] = stats.false_discovery_control(raw[known], method="bh")
    return adjusted
