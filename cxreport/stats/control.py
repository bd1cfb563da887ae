"""Shewhart control charts: which weeks lie outside what chance alone explains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import FloatArray, counts_in

_SIGMAS = 3.0


class ControlLimits(NamedTuple):
    """Centre line, and the limits at each point, which vary with its base; ``nan`` where that is empty."""

    centre: float
    low: FloatArray
    high: FloatArray


def p_chart(k: ArrayLike, n: ArrayLike) -> ControlLimits:
    """Limits ``p̄ ± 3 √(p̄ (1 - p̄) / nₜ)`` of the proportions ``k / n``, one for each period, within 0..1.

    Raises:
        ValueError: some ``k`` is negative or exceeds its ``n``.
    """
    hits, base = counts_in(k, n)
    total = np.nansum(base)
    centre = float(hits.sum() / total) if total else float("nan")
    half = _SIGMAS * np.sqrt(centre * (1 - centre) / base)
    return ControlLimits(centre, np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1))


def u_chart(events: ArrayLike, exposure: ArrayLike) -> ControlLimits:
    """Limits ``ū ± 3 √(ū / eₜ)`` of the Poisson rates ``events / exposure``, one for each period, from 0.

    Raises:
        ValueError: a count or an exposure is negative, or their numbers differ.
    """
    count, size = np.asarray(events, dtype=float), np.asarray(exposure, dtype=float)
    if count.shape != size.shape or np.any(count < 0) or np.any(size < 0):
        raise ValueError("every period has its count and its exposure, zero or more")
    total = size.sum()
    centre = float(count.sum() / total) if total else float("nan")
    half = _SIGMAS * np.sqrt(centre / np.where(size > 0, size, np.nan))
    return ControlLimits(centre, np.clip(centre - half, 0, None), centre + half)
