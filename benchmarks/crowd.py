"""Crowd: invented authors, some of whom write often and much alike, whose true figures are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport.api import AUTHOR_BUCKETS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST: Final = 100
"""Records of one author, at most."""


@dataclass(frozen=True)
class Authorship:
    """How unevenly authors write, and how alike the records of one author are."""

    id: str
    title: str
    tail: float | None
    """An author writes k records with a probability proportional to ``k ** -tail``; None: one record each."""
    alike: float
    """Correlation of the records of one author."""

    @cached_property
    def posts(self) -> tuple[Ints, Floats]:
        """Numbers of records an author may write, and the probability of each."""
        numbers = np.arange(1, 2 if self.tail is None else _MOST + 1)
        weights = numbers ** -(self.tail or 1.0)
        return numbers, weights / weights.sum()

    @property
    def mean(self) -> float:
        """Records an author."""
        numbers, probabilities = self.posts
        return float(numbers @ probabilities)


AUTHORSHIPS: Final = (
    Authorship("once", "each writes once", None, 0.0),
    Authorship("often", "some write often", 2.5, 0.3),
    Authorship("few", "few write most", 2.0, 0.5),
)


@dataclass(frozen=True)
class Crowd:
    """The authors of one draw. There are as many as write so many records on average."""

    authorship: Authorship
    n: int
    """Records, on average."""
    rng: np.random.Generator

    @cached_property
    def posts(self) -> Ints:
        """Records of each author."""
        numbers, probabilities = self.authorship.posts
        return self.rng.choice(numbers, size=max(2, round(self.n / self.authorship.mean)), p=probabilities)

    @cached_property
    def author(self) -> Ints:
        """Whose each record is."""
        return np.repeat(np.arange(len(self.posts)), self.posts)

    @cached_property
    def bucket(self) -> Ints:
        """The bucket into which each author is hashed."""
        return self.rng.integers(0, AUTHOR_BUCKETS, size=len(self.posts))

    def classes(self, shares: Sequence[float]) -> Ints:
        """A class for each record: authors lean differently (Dirichlet), ``shares`` are the means."""
        whole, alike = np.asarray(shares, dtype=float), self.authorship.alike
        if not alike:
            return self.rng.choice(len(whole), size=len(self.author), p=whole)
        leaning = self.rng.dirichlet(whole * (1 - alike) / alike, size=len(self.posts))
        ends = np.cumsum(leaning, axis=1)[self.author]
        found: Ints = (self.rng.random(len(self.author))[:, None] > ends).sum(axis=1)
        return np.minimum(found, len(whole) - 1)

    def normal(self) -> Floats:
        """A standard normal number for each record, correlated within authors."""
        alike = self.authorship.alike
        common = self.rng.normal(size=len(self.posts))[self.author]
        own = self.rng.normal(size=len(self.author))
        return np.asarray(np.sqrt(alike) * common + np.sqrt(1 - alike) * own)

    def by_bucket(self, **columns: NDArray[np.generic]) -> pl.DataFrame:
        """What measures collect: sums of columns of the records, records and people, a row a bucket of authors."""
        of_record = self.bucket[self.author]
        sums = {name: np.bincount(of_record, weights=column) for name, column in columns.items()}
        frame = pl.DataFrame({
            "n": np.bincount(of_record), "authors": np.bincount(self.bucket, minlength=of_record.max() + 1), **sums,
        })  # fmt: skip
        facts = {"anonymous": pl.lit(0), "nobody": pl.lit(0)}
        return frame.with_row_index("bucket").filter(pl.col("n") > 0).with_columns(**facts)
