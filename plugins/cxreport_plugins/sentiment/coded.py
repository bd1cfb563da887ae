"""Coded texts of one language, and how well labels agree with them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from cxreport.api import SENTIMENTS, Coding, stats

Floats = np.ndarray[Any, np.dtype[np.float64]]
FOLDS: Final = 10
HEAVIEST: Final = 5
"""Weights of sampled records are cut at so many times their median (methods.md B.11)."""
LEVEL: Final = 0.9
"""Level of the interval of a difference in macro-F1."""
_SEED = 20_261
_SIZE = len(SENTIMENTS)


@dataclass(frozen=True)
class Coded:
    """Coded texts, one row a record."""

    rows: pl.DataFrame
    """record_id, text, channel, group: an author, or a record without one."""
    truth: Floats
    """`[records, 3]`: the part of each class of `SENTIMENTS` times the weight of the record, which is 1 on average."""

    @classmethod
    def of(cls, rows: pl.DataFrame, coding: Coding) -> Coded:
        """Those of `rows` whose sentiment was coded."""
        truth = coding.truth("sentiment").filter(pl.col("value").is_in(list(SENTIMENTS)))
        parts = truth.pivot("value", index=["record_id", "weight"], values="part")
        absent = [pl.lit(0.0).alias(s) for s in SENTIMENTS if s not in parts.columns]
        known = rows.join(parts.with_columns(absent), on="record_id").sort("record_id")
        weight = pl.col("weight").clip(upper_bound=HEAVIEST * pl.col("weight").median())
        weighted = known.select((pl.col(SENTIMENTS).fill_null(0) * weight / weight.mean()).name.keep())
        return cls(known.select("record_id", "text", "channel", "group"), weighted.to_numpy())

    def __len__(self) -> int:
        return self.rows.height

    def where(self, channel: str) -> Floats:
        """Which records are of a channel."""
        return self.rows.select(pl.col("channel").eq_missing(pl.lit(channel))).to_series().to_numpy()

    @property
    def classes(self) -> dict[str, int]:
        """Records by class; a disputed one counts in parts."""
        parts = (self.truth / self.truth.sum(axis=1, keepdims=True)).sum(axis=0)
        return {name: round(float(part)) for name, part in zip(SENTIMENTS, parts, strict=True)}

    @cached_property
    def folds(self) -> Floats:
        """The fold of each record: the records of an author share one, and folds hold as many authors each."""
        groups = sorted(set(self.rows["group"]), key=lambda group: hashlib.sha256(group.encode()).digest())
        fold = {group: place % FOLDS for place, group in enumerate(groups)}
        return np.array([fold[group] for group in self.rows["group"]])

    def confusion(self, labels: Sequence[str]) -> Floats:
        """`[records, 3, 3]`: true class, label."""
        given = np.asarray(labels)[:, None] == np.asarray(SENTIMENTS)
        return np.asarray(self.truth[:, :, None] * given[:, None, :])

    def f1(self, labels: Sequence[str], within: Floats | None = None) -> float:
        """Macro-F1, of some of the records."""
        cells = self.confusion(labels)
        return float(stats.macro_f1((cells if within is None else cells[within]).sum(axis=0)))

    def gain(self, labels: Sequence[str], others: Sequence[str]) -> float:
        """What `labels` surely have over `others` in macro-F1: the lower limit of a bootstrap over authors."""
        cells = np.concatenate([self.confusion(one).reshape(-1, _SIZE**2) for one in (labels, others)], axis=1)
        _, author = np.unique(self.rows["group"].to_numpy(), return_inverse=True)
        sums = np.zeros((author.max() + 1, 2 * _SIZE**2))
        np.add.at(sums, author, cells)
        return stats.bucket_bootstrap(sums, _difference, seed=_SEED, level=LEVEL).low


def _difference(totals: Floats) -> Floats:
    first, second = (stats.macro_f1(part.reshape(-1, _SIZE, _SIZE)) for part in np.split(totals, 2, axis=1))
    return np.asarray(first - second)
