"""Fitting a model to coded texts (scikit-learn), and judging them by models that learned from none of their authors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from cxreport.api import SENTIMENTS
from cxreport_plugins.sentiment.coded import FOLDS, Coded, Floats
from cxreport_plugins.sentiment.features import features
from cxreport_plugins.sentiment.model import Model, whole
from cxreport_plugins.sentiment.scorer import Scorer
from cxreport_plugins.sentiment.terms import Terms

ROUNDS: Final = 300
"""Iterations of the solver at most."""
NEVER: Final = -30.0
"""Logit of a class of which there was no text to learn from."""

FEW: Final = 600
"""Texts up to which the axes cost less to find than they save."""
_NOISE: Final = 1e-10
"""Share of the largest squared singular value below which one is nought."""
SCALE: Final = 2.0
"""How much the terms weigh beside the features."""


class Fit(NamedTuple):
    """Logits are `matrix @ weights.T + bias`."""

    weights: Floats
    """`[3, terms and features]`."""
    bias: Floats


@dataclass(frozen=True)
class Design:
    """Coded texts as numbers."""

    coded: Coded
    terms: Terms
    found: Any
    """Sparse `[records, terms]`: 1 where a term stands."""
    beside: Floats
    """`[records, features]`."""

    @classmethod
    def of(cls, coded: Coded, scorer: Scorer) -> Design:
        """Read the texts."""
        from scipy.sparse import csr_array

        texts = coded.rows["text"]
        tokens = scorer.tokens(texts)
        terms = Terms.of(tokens)
        found = terms.found(tokens).sort("row", "term")
        place = (found["row"].to_numpy(), found["term"].to_numpy())
        matrix = csr_array((np.ones(found.height), place), shape=(len(texts), len(terms)))
        return cls(coded, terms, matrix, features(scorer, texts, scorer.hits(tokens)).to_numpy())

    def held(self, penalty: float) -> Floats:
        """Probabilities `[records, 3]` of each text by a fit on the other folds."""
        out = np.zeros_like(self.coded.truth)
        for fold in range(FOLDS):
            mine = self.coded.folds == fold
            if mine.any():
                matrix = self._matrix(~mine)
                out[mine] = _softmax(matrix[mine], _fit(matrix[~mine], self.coded.truth[~mine], penalty))
        return out

    def model(self, penalty: float, tilt: Floats) -> Model:
        """The fit on all texts."""
        everything = np.ones(len(self.coded), dtype=bool)
        fit = _fit(self._matrix(everything), self.coded.truth, penalty)
        terms, beside = np.split(fit.weights, [len(self.terms)], axis=1)
        return Model(
            stems=list(self.terms.stems), pairs=list(self.terms.pairs),
            terms=whole(terms * SCALE), features=whole(beside), bias=whole(fit.bias), tilt=whole(tilt),
        )  # fmt: skip

    def _matrix(self, within: Floats) -> Any:
        """Terms that the texts `within` know, over the root of how many a text has of them; then the features."""
        from scipy.sparse import csr_array, diags_array, hstack

        known = self.found @ diags_array((self.found[within].sum(axis=0) > 0).astype(float))
        spread = np.sqrt(np.maximum(known.sum(axis=1), 1))
        return hstack([diags_array(SCALE / spread) @ known, csr_array(self.beside)]).tocsr()


def _fit(matrix: Any, truth: Floats, penalty: float) -> Fit:
    """A disputed text enters once a class, with its part as weight."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    row, k = np.nonzero(truth)
    weights, bias = np.zeros((len(SENTIMENTS), matrix.shape[1])), np.full(len(SENTIMENTS), NEVER)
    present = np.unique(k)
    if len(present) == 1:
        bias[present] = 0.0
        return Fit(weights, bias)
    regression = LogisticRegression(C=penalty, max_iter=ROUNDS)
    with threadpool_limits(1):  # small problems: threads would cost time, and could change the last digits
        narrow, back = _narrowed(matrix)
        regression.fit(narrow[row], k, sample_weight=truth[row, k])
        coefficients = back(regression.coef_)
    if len(present) == 2:
        weights[present] = np.vstack([0 * coefficients, coefficients])
        bias[present] = [0, *regression.intercept_]
    else:
        weights[:], bias[:] = coefficients, regression.intercept_
    return Fit(weights, bias)


def _narrowed(matrix: Any) -> tuple[Any, Callable[[Floats], Floats]]:
    """The same texts in as few columns as there are texts, and the way back from weights of these.

    With fewer texts than columns, the weights that the ridge penalty chooses are sums of texts: a rotation onto the
    texts' own axes (the singular vectors) loses nothing and is fitted many times as fast.
    """
    if matrix.shape[0] >= min(matrix.shape[1], FEW):
        return matrix, lambda weights: weights
    squares, axes = np.linalg.eigh((matrix @ matrix.T).toarray())
    there = squares > squares.max() * _NOISE
    lengths, axes = np.sqrt(squares[there]), axes[:, there]
    return axes * lengths, lambda weights: np.asarray((matrix.T @ ((axes / lengths) @ weights.T)).T)


def _softmax(matrix: Any, fit: Fit) -> Floats:
    logits = matrix @ fit.weights.T + fit.bias
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
