"""Star ratings on small bases."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Amount = TypeVar("Amount", float, NDArray[np.float64])


def bayesian_mean(total: Amount, n: Amount, prior_n: float, prior_mean: float) -> Amount:
    """Mean rating drawn towards a prior, for ranking places with few reviews: ``(C·m + Σx) / (C + n)``.

    Args:
        total: sum of the stars, Σx; a float, or an array with one sum for each place.
        n: number of ratings, of the same shape.
        prior_n: weight of the prior in ratings, C; print it beside the ranking.
        prior_mean: mean rating over all places, m.

    Raises:
        ValueError: ``prior_n`` is not positive.
    """
    if prior_n <= 0:
        raise ValueError(f"the prior weighs more than nothing, got {prior_n}")
    return (prior_n * prior_mean + total) / (prior_n + n)
