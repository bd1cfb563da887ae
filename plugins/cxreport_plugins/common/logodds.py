"""Log-odds of a phrase in one group against another, with an informative prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxreport.api import stats

Floats = NDArray[np.float64]

PRIOR = 100.0
"""How many people the prior is worth: so many who use the phrase as often as everybody does."""
Z95 = 1.959964


@dataclass(frozen=True)
class LogOdds:
    """One number a phrase: `delta` ± `sd` is the log of the odds ratio, above 0 in the first group.

    Of a phrase that nobody or everybody uses there is nothing to tell: both are NaN, and z is 0.
    """

    delta: Floats
    sd: Floats
    z: Floats
    q: Floats
    """p-values of no difference, adjusted over all phrases (Benjamini–Hochberg)."""

    @property
    def low(self) -> Floats:
        """Lower limit of delta, 95%."""
        return self.delta - Z95 * self.sd

    @property
    def high(self) -> Floats:
        """Upper limit of delta, 95%."""
        return self.delta + Z95 * self.sd


def log_odds(first: ArrayLike, second: ArrayLike, n_first: float, n_second: float, prior: float = PRIOR) -> LogOdds:
    """Compare how many people of two groups use each phrase.

    With y people of n who use a phrase, and a prior of a users and b others in the proportion of both groups
    together, the log-odds are log((y + a) / (n - y + b)) and their variance 1/(y + a) + 1/(n - y + b). This is the
    weighted log-odds ratio of Monroe, Colaresi & Quinn 2008 (eq. 15-22), counting people in place of words: one
    who says a thing forty times says it once.

    Args:
        first, second: people who use the phrase, one number a phrase.
        n_first, n_second: people in either group, above zero.
        prior: how many people the prior is worth, above zero.
    """
    from scipy.stats import norm

    y1, y2 = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    used = (y1 + y2) / (n_first + n_second)
    common = np.where((used > 0) & (used < 1), used, np.nan)
    a, b = prior * common, prior * (1 - common)
    delta = np.log((y1 + a) / (n_first - y1 + b)) - np.log((y2 + a) / (n_second - y2 + b))
    sd = np.sqrt(1 / (y1 + a) + 1 / (n_first - y1 + b) + 1 / (y2 + a) + 1 / (n_second - y2 + b))
    z = np.nan_to_num(delta / sd)
    return LogOdds(delta, sd, z, stats.benjamini_hochberg(2 * norm.sf(np.abs(z))))
