"""Fitting a model to coded texts (scikit-learn), and judging them by models that learned from none of their authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
TOLERANCE: Final = 1e-6
"""Largest part of the gradient at the end: no logit is then a hundredth from where it would come to rest."""
NEVER: Final = -30.0
"""Logit of a class of which there was no text to learn from."""
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
        found = terms.found(tokens)
        place = (found["row"].to_numpy(), found["term"].to_numpy())
        matrix = csr_array((np.ones(found.height), place), shape=(len(texts), len(terms)))
        return cls(coded, terms, matrix, features(scorer, texts, scorer.hits(tokens)).to_numpy())

    def held(self, penalties: Sequence[float]) -> dict[float, Floats]:
        """By penalty, probabilities `[records, 3]` of each text by a fit on the other folds."""
        out = {penalty: np.zeros_like(self.coded.truth) for penalty in penalties}
        for fold in range(FOLDS):
            mine = self.coded.folds == fold
            if mine.any():
                matrix = self._matrix(~mine)
                for penalty, fit in _fits(matrix[~mine], self.coded.truth[~mine], penalties):
                    out[penalty][mine] = _softmax(matrix[mine], fit)
        return out

    def model(self, penalty: float, tilt: Floats) -> Model:
        """The fit on all texts."""
        everything = np.ones(len(self.coded), dtype=bool)
        [(_, fit)] = _fits(self._matrix(everything), self.coded.truth, [penalty])
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


def _fits(matrix: Any, truth: Floats, penalties: Sequence[float]) -> Iterator[tuple[float, Fit]]:
    """A fit for each penalty, begun where the one before ended; a disputed text enters once a class, weighted.

    Newton steps by conjugate gradients: a dozen bring a model of 20,000 terms to rest that L-BFGS leaves on the way
    after sixty, in a tenth of the time.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    row, k = np.nonzero(truth)
    present = np.unique(k).tolist()
    if len(present) == 1:
        yield from ((penalty, _only(present, matrix.shape[1])) for penalty in penalties)
        return
    texts, weight = matrix[row], truth[row, k]
    regression = LogisticRegression(solver="newton-cg", tol=TOLERANCE, max_iter=ROUNDS, warm_start=True)
    for penalty in penalties:
        with threadpool_limits(1):  # small problems: threads would cost time, and could change the last digits
            regression.set_params(C=penalty).fit(texts, k, sample_weight=weight)
        yield penalty, _told(regression, present)


def _only(present: list[int], columns: int) -> Fit:
    """What there is to say where every text is of one class."""
    bias = np.full(len(SENTIMENTS), NEVER)
    bias[present] = 0.0
    return Fit(np.zeros((len(SENTIMENTS), columns)), bias)


def _told(regression: Any, present: list[int]) -> Fit:
    """The weights of a regression on the classes `present`; of two it has the second's alone."""
    fit = _only(present, regression.coef_.shape[1])
    of = present[-len(regression.coef_) :]
    fit.weights[of], fit.bias[of] = regression.coef_, regression.intercept_
    return fit


def _softmax(matrix: Any, fit: Fit) -> Floats:
    logits = matrix @ fit.weights.T + fit.bias
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
