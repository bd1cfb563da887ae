"""Quantiles and tails of the normal and Student's t distribution."""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL = NormalDist()


def normal_quantile(level: float) -> float:
    """The two-sided standard normal quantile of a confidence level: 1.96 for 0.95.

    Raises:
        ValueError: ``level`` is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, got {level}")
    return _NORMAL.inv_cdf(0.5 + level / 2)


def t_quantile(df: float, level: float) -> float:
    """The two-sided quantile of Student's t with ``df`` degrees of freedom: 2.26 for 9 and 0.95."""
    from scipy import special

    return float(special.stdtrit(df, 0.5 + level / 2))


def two_sided_p(z: float) -> float:
    """Probability that a standard normal variable lies at least as far from 0 as ``z``."""
    return math.erfc(abs(z) / math.sqrt(2))


def lower_tail(z: float) -> float:
    """Probability that a standard normal variable lies below ``z``."""
    return math.erfc(-z / math.sqrt(2)) / 2
