"""Cross-correlation of two weekly series, once trend and inertia are taken out of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST = 4
"""Weeks of inertia at most."""
FLAT = 1e-9


def lagged(first: Any, second: Any, lags: int) -> list[tuple[int, float, float]]:
    """(lag, r, p) of `second` with `first` that many weeks before, for −lags … +lags; none where a series is flat.

    Both lose their linear trend; then the autoregression of `first`, its order by AIC, filters both, so that inertia
    alone gives no correlation (Box, Jenkins & Reinsel 2008, §12.1). p is of r = 0 with deviation 1/√T.
    """
    from scipy.stats import norm

    x, y = _detrended(np.asarray(first, dtype=float)), _detrended(np.asarray(second, dtype=float))
    if min(x.std(), y.std()) < FLAT:
        return []
    order, weights = _autoregression(x)
    x, y = (_filtered(series, order, weights) for series in (x, y))
    if min(x.std(), y.std()) < FLAT:
        return []
    x, y = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    n = len(x)
    out = []
    for lag in range(-lags, lags + 1):
        early, late = (x[: n - lag], y[lag:]) if lag >= 0 else (x[-lag:], y[: n + lag])
        r = float(np.clip(early @ late / n, -1, 1))
        out.append((lag, r, float(2 * norm.sf(abs(r) * np.sqrt(n)))))
    return out


def _detrended(series: Floats) -> Floats:
    time = np.arange(len(series), dtype=float)
    slope, level = np.polyfit(time, series, 1)
    return np.asarray(series - slope * time - level)


def _autoregression(series: Floats) -> tuple[int, Floats]:
    """Order 0 to `MOST` with the least AIC, and its weights by least squares."""
    best: tuple[float, int, Floats] | None = None
    target = series[MOST:]
    for order in range(MOST + 1):
        past = np.array([series[MOST - k : len(series) - k] for k in range(1, order + 1)]).reshape(order, len(target)).T
        weights: Floats = np.asarray(np.linalg.lstsq(past, target, rcond=None)[0]) if order else np.zeros(0)
        rest = target - past @ weights if order else target
        aic = len(target) * np.log(max(float(rest @ rest) / len(target), FLAT)) + 2 * order
        if best is None or aic < best[0]:
            best = (float(aic), order, weights)
    assert best is not None
    return best[1], best[2]


def _filtered(series: Floats, order: int, weights: Floats) -> Floats:
    """What the weights of past weeks do not tell of a week."""
    rest = series[order:].copy()
    for k in range(1, order + 1):
        rest -= weights[k - 1] * series[order - k : len(series) - k]
    return rest
