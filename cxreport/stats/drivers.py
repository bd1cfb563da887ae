"""Which of several ratings go with a score, and how much: shares of R² among correlated predictors.

All take covariances ``[..., p + 1, p + 1]`` with the outcome last (:func:`covariances` makes them from sums, so that
records never leave where they lie) and work on many such matrices at once, which a bootstrap needs. A predictor
without spread, or one that others determine altogether, adds nothing to them.
"""

from __future__ import annotations

from math import comb
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import FloatArray

MOST_PREDICTORS: Final = 12
"""Beyond these the exact Shapley value takes too long: 2¹² models a matrix."""
_TOLERANCE: Final = 1e-9
"""Share of its variance that a predictor must keep beside others to be more than a combination of them."""
_CONSTANT: Final = 1e-10
"""A variance below is none: ratings have steps of a tenth or more, and sums are exact to fifteen digits."""


def pairs(size: int) -> tuple[tuple[int, int], ...]:
    """The places of the products of ``size`` variables in the order of :func:`covariances`."""
    return tuple((i, j) for i in range(size) for j in range(i, size))


def covariances(n: ArrayLike, sums: ArrayLike, products: ArrayLike) -> FloatArray:
    """Covariance matrices ``[..., k, k]`` from counts, sums and sums of products.

    Args:
        n: records, ``[...]``.
        sums: ``Σx`` of each variable, ``[..., k]``.
        products: ``Σxy`` of each pair, ``[..., k(k + 1)/2]``, in the order of :func:`pairs`.
    """
    base = np.asarray(n, dtype=float)[..., None]
    means, mixed = np.asarray(sums, dtype=float) / base, np.asarray(products, dtype=float) / base
    size = means.shape[-1]
    whole = np.empty((*means.shape[:-1], size, size))
    for place, (i, j) in enumerate(pairs(size)):
        whole[..., i, j] = whole[..., j, i] = mixed[..., place] - means[..., i] * means[..., j]
    return whole


def r_squared(covariance: ArrayLike) -> FloatArray:
    """Share of the outcome's variance that all predictors explain together, 0..1; ``nan`` if it does not vary."""
    return np.asarray(_explained(_correlations(covariance))[-1])


def lmg(covariance: ArrayLike) -> FloatArray:
    """What each predictor adds to R², averaged over all orders in which they may enter: ``[..., p]``, Σ = R².

    The Shapley value of R², exact: ``φ_j = Σ_S |S|! (p − |S| − 1)! / p! · [R²(S ∪ j) − R²(S)]``. Never negative.
    Source: Lindeman, Merenda & Gold 1980; Grömping 2007.

    Raises:
        ValueError: more than ``MOST_PREDICTORS`` predictors.
    """
    matrices = _correlations(covariance)
    predictors = matrices.shape[-1] - 1
    if predictors > MOST_PREDICTORS:
        raise ValueError(f"{predictors} predictors; {MOST_PREDICTORS} at most")
    shares = np.tensordot(_shapley_weights(predictors), _explained(matrices), axes=1)
    return np.asarray(np.moveaxis(np.maximum(shares, 0), 0, -1))


def johnson(covariance: ArrayLike) -> FloatArray:
    """Johnson's relative weights of each predictor: ``[..., p]``, Σ = R².

    R² on the orthogonal variables nearest to the predictors, given back to them: with ``R_xx = QΔ²Qᵀ`` and
    ``Λ = QΔQᵀ``, ``β = Λ⁻¹ r_xy`` and ``ε_j = Σ_k λ_jk² β_k²``. Source: Johnson 2000.
    """
    matrices = _correlations(covariance)
    values, vectors = np.linalg.eigh(matrices[..., :-1, :-1])
    roots = np.sqrt(np.where(values > _TOLERANCE, values, 0))
    inverse = np.divide(1, roots, out=np.zeros_like(roots), where=roots > 0)
    back = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * roots[..., None, :]) @ back
    beta = ((vectors * inverse[..., None, :]) @ back) @ matrices[..., :-1, -1:]
    return np.asarray((loadings**2 @ beta**2)[..., 0])


def variance_inflation(covariance: ArrayLike) -> FloatArray:
    """How much the others inflate the variance of each predictor's coefficient: ``1 / (1 − R²_j)``, ``[..., p]``.

    1 where it is independent of the others, ``inf`` where they determine it.
    """
    within = _correlations(covariance)[..., :-1, :-1]
    size = within.shape[-1]
    found = []
    for j in range(size):
        order = [*(i for i in range(size) if i != j), j]
        rest = 1 - _explained(within[..., order, :][..., order])[-1]
        found.append(np.divide(1, rest, out=np.full_like(rest, np.inf), where=rest > _TOLERANCE))
    return np.stack(found, axis=-1)


def _correlations(covariance: ArrayLike) -> FloatArray:
    """Correlations; a predictor without spread correlates with nothing, an outcome without any is ``nan``."""
    matrices = np.asarray(covariance, dtype=float)
    variances = np.diagonal(matrices, axis1=-2, axis2=-1)
    deviations = np.sqrt(np.where(variances > _CONSTANT, variances, 0))
    scale = deviations[..., :, None] * deviations[..., None, :]
    found = np.divide(matrices, scale, out=np.zeros_like(matrices), where=scale > 0)
    still = deviations[..., -1] == 0
    found[still, -1, :] = found[still, :-1, -1] = np.nan
    return np.asarray(found)


def _explained(correlation: FloatArray) -> FloatArray:
    """R² of every subset of predictors, ``[2ᵖ, ...]``: predictor j is in the model where bit j of its number is set.

    Each predictor in turn is swept out of one copy of what is left and dropped from another, so that the residual
    variances of all subsets remain in the end.
    """
    parts = correlation[None]
    while parts.shape[-1] > 1:
        pivot, row, rest = parts[..., :1, :1], parts[..., :1, 1:], parts[..., 1:, 1:]
        column = np.swapaxes(row, -1, -2)
        taken = np.divide(column * row, pivot, out=np.zeros_like(rest), where=pivot > _TOLERANCE)
        parts = np.concatenate([rest, rest - taken])
    return np.clip(1 - parts[..., 0, 0], 0, 1)


def _shapley_weights(predictors: int) -> FloatArray:
    """What R² of each subset counts for each predictor, ``[p, 2ᵖ]``."""
    subsets = np.arange(2**predictors)
    held = (subsets[None, :] >> np.arange(predictors)[:, None]) & 1
    size = held.sum(axis=0)
    others = size[None, :] - held
    weight = np.array([1 / (predictors * comb(predictors - 1, k)) for k in range(predictors)])
    return np.asarray(np.where(held == 1, 1, -1) * weight[others])
