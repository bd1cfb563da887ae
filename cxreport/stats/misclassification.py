"""Shares counted by an imperfect classifier, corrected by a hand-coded sample.

Even an accurate classifier biases totals, and the error of its measured accuracy belongs in the interval.
"""

from __future__ import annotations

import numpy as np

from cxreport.stats.distributions import normal_quantile
from cxreport.stats.intervals import Estimate

_LEAST_YOUDEN = 0.2
"""Under this sensitivity + specificity - 1 the classifier says too little to correct anything."""


def rogan_gladen(
    k: float,
    n: float,
    *,
    true_positives: float,
    coded_positives: float,
    true_negatives: float,
    coded_negatives: float,
    level: float = 0.95,
) -> Estimate:
    """The true share behind ``k`` of ``n`` records classified positive.

    ``π = (q + Sp - 1) / (Se + Sp - 1)``, its variance holding the errors of q, Se and Sp; clipped to 0..1,
    and refused (``nan``) if a base is empty or Se + Sp - 1 is under 0.2. Source: Rogan & Gladen 1978.

    Args:
        k: records classified positive.
        n: records classified.
        true_positives: of the records coded positive by people, those also classified so.
        coded_positives: records coded positive by people.
        true_negatives: of the records coded negative by people, those also classified so.
        coded_negatives: records coded negative by people.
        level: confidence level.
    """
    refused = Estimate(np.nan, np.nan, np.nan)
    if min(n, coded_positives, coded_negatives) <= 0:
        return refused
    q, se, sp = k / n, true_positives / coded_positives, true_negatives / coded_negatives
    youden = se + sp - 1
    if youden < _LEAST_YOUDEN:
        return refused
    share = float(np.clip((q + sp - 1) / youden, 0, 1))
    variance = (
        q * (1 - q) / n
        + share**2 * se * (1 - se) / coded_positives
        + (1 - share) ** 2 * sp * (1 - sp) / coded_negatives
    ) / youden**2
    half = normal_quantile(level) * variance**0.5
    return Estimate(share, max(0.0, share - half), min(1.0, share + half))
