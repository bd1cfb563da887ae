"""A learned model as plain tables of weights, applied in Polars."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from cxreport.api import SENTIMENTS
from cxreport_plugins.sentiment.coded import Floats
from cxreport_plugins.sentiment.features import FEATURES
from cxreport_plugins.sentiment.terms import Terms

UNIT: Final = 1_000_000
"""Weights are whole millionths, so that no order of addition can change a probability."""
DIGITS: Final = 6
"""Digits of a probability."""


@dataclass(frozen=True)
class Model:
    """A multinomial logistic regression on the terms and features of a text.

    The logit of a class is its bias, its weights times the features, and the sum of its weights of the terms, once
    each, over the square root of how many terms are known. All weights are in millionths.
    """

    stems: list[str]
    pairs: list[int]
    terms: list[list[int]]
    """One row a class of `SENTIMENTS`: a weight a term."""
    features: list[list[int]]
    """One row a class: a weight a feature."""
    bias: list[int]
    tilt: list[int]
    """What is taken from the logarithm of each probability before the likeliest class becomes the label: else a rare
    class would hardly ever be the likeliest."""

    def written(self) -> dict[str, Any]:
        """As JSON-like values; `Model(**written)` is the model again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def tilts(self) -> Floats:
        """The tilt in logarithms."""
        return np.array(self.tilt) / UNIT

    @cached_property
    def digest(self) -> str:
        """Short hash of all weights."""
        text = json.dumps(self.written(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def probabilities(self, tokens: pl.DataFrame, features: pl.DataFrame) -> Floats:
        """`[rows, 3]`, one row a row of `features`; `tokens` are those of the same texts."""
        whole = features.hstack(self._sums(tokens, features.height))
        spread = pl.col("known").clip(1).cast(pl.Float64).sqrt()
        logits = [self._logit(k, spread) for k in range(len(SENTIMENTS))]
        return whole.select(*logits).select(_softmax()).to_numpy()

    def _logit(self, k: int, spread: pl.Expr) -> pl.Expr:
        parts = [pl.col(name) * (weight / UNIT) for name, weight in zip(FEATURES, self.features[k], strict=True)]
        words = pl.col(f"sum{k}") / UNIT / spread
        return (pl.sum_horizontal(parts) + words + self.bias[k] / UNIT).alias(f"z{k}")

    def _sums(self, tokens: pl.DataFrame, rows: int) -> pl.DataFrame:
        """known, sum0, sum1, sum2 of each row: how many terms are known, and their weights; sums are exact."""
        found = self._terms.found(tokens)
        row, term = found["row"].to_numpy(), found["term"].to_numpy()
        sums = {f"sum{k}": np.bincount(row, weights[term], rows) for k, weights in enumerate(self._weights)}
        return pl.DataFrame({"known": np.bincount(row, minlength=rows), **sums})

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.stems, self.pairs)

    @cached_property
    def _weights(self) -> Floats:
        return np.array(self.terms, dtype=np.float64)


def labelled(probabilities: Any, tilts: Any) -> list[str]:
    """The likeliest class of each row of `[rows, 3]` once `tilts` are taken from the logarithms."""
    best = (np.log(np.maximum(probabilities, 1 / UNIT)) - tilts).argmax(axis=1)
    return [SENTIMENTS[k] for k in best]


def whole(numbers: Any) -> Any:
    """Numbers, however nested, in millionths."""
    return np.rint(np.asarray(numbers) * UNIT).astype(np.int64).tolist()


def _softmax() -> list[pl.Expr]:
    names = [f"z{k}" for k in range(len(SENTIMENTS))]
    odds = [(pl.col(name) - pl.max_horizontal(names)).exp() for name in names]
    total = pl.sum_horizontal(odds)
    return [(odd / total).round(DIGITS).alias(name) for odd, name in zip(odds, SENTIMENTS, strict=True)]
