"""Bootstrap and jackknife over author buckets for estimates of many parts, such as shares that add up to a whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.clusters import DRAWS
from cxreport.stats.distributions import t_quantile
from cxreport.stats.intervals import Band, FloatArray

_NEVER = 1e-6
"""Shares are kept so far from 0 and 1, where the logit ends."""


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


def left_out(sums: ArrayLike) -> FloatArray:
    """Totals ``[m, k]`` of sums per bucket ``[buckets, k]`` without each of the m buckets that hold anything."""
    table = np.asarray(sums, dtype=float)
    table = table[np.any(table != 0, axis=1)]
    return np.asarray(table.sum(axis=0) - table)


def jackknife_shares(shares: ArrayLike, without: ArrayLike, level: float = 0.95) -> Band:
    """Limits of shares ``[k]`` in 0..1 from those ``[m, k]`` that remain without each bucket; ``nan`` under three.

    Delete-one jackknife on the logit scale, which keeps the limits within 0..1, with Student's t; its degrees of
    freedom are Satterthwaite's, ``(Σd²)² / Σd⁴`` of the changes d, few where one bucket decides. Buckets without which
    there are no shares (``nan``) are left out. Simulated by ``python -m benchmarks.coverage``; percentiles of a
    bootstrap hold the truth less often. Source: Efron & Tibshirani 1993, §11; Satterthwaite 1946.
    """
    own, others = (np.clip(np.asarray(part, dtype=float), _NEVER, 1 - _NEVER) for part in (shares, without))
    others = others[~np.isnan(others).any(axis=1)]
    m = len(others)
    if m < 3:
        return Band(*np.full((2, len(own)), np.nan))
    centre, moved = np.log(own / (1 - own)), np.log(others / (1 - others))
    squares = (moved - moved.mean(axis=0)) ** 2
    spread, fourth = squares.sum(axis=0), (squares**2).sum(axis=0)
    freedom = np.divide(spread**2, fourth, out=np.ones_like(spread), where=fourth > 0)
    quantile = np.array([t_quantile(max(df, 1.0), level) for df in freedom])
    half = quantile * np.sqrt((m - 1) / m * spread)
    return Band(*(1 / (1 + np.exp(-np.clip(centre + sign * half, -500, 500))) for sign in (-1, 1)))
