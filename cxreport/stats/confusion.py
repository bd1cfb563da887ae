"""How often a classifier is right: figures of confusion matrices, whose rows are true classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxreport.stats.intervals import FloatArray


def precision(confusion: ArrayLike) -> FloatArray:
    """Of what was put into each class, the share that belongs there; ``nan`` where nothing was. ``[..., classes]``"""
    matrix = np.asarray(confusion, dtype=float)
    return _ratio(np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(axis=-2))


def recall(confusion: ArrayLike) -> FloatArray:
    """Of what belongs into each class, the share that was put there; ``nan`` where nothing does. ``[..., classes]``"""
    matrix = np.asarray(confusion, dtype=float)
    return _ratio(np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(axis=-1))


def macro_f1(confusion: ArrayLike) -> FloatArray:
    """Mean over classes of ``2 tp / (true + predicted)``; classes that do not occur at all are left out.

    Args:
        confusion: ``[..., classes, classes]``; the result has the leading shape, ``nan`` for empty matrices.
    """
    matrix = np.asarray(confusion, dtype=float)
    f1 = _ratio(2 * np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(axis=-1) + matrix.sum(axis=-2))
    occurring = (~np.isnan(f1)).sum(axis=-1)
    return _ratio(np.nansum(f1, axis=-1), occurring)


def _ratio(part: ArrayLike, whole: ArrayLike) -> FloatArray:
    numerator, denominator = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    result: FloatArray = np.where(denominator > 0, numerator / np.where(denominator > 0, denominator, 1), np.nan)
    return result
