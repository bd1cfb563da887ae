"""Chance that gives the same results on every machine and Python version."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

SEED = 2026
T = TypeVar("T")
Table = Sequence[tuple[float, float]]


class Dice:
    """A seeded source of chance built on ``random.Random.random`` alone.

    ``random()`` is the one method whose sequence Python promises to keep. ``choice``, ``shuffle`` or
    ``gauss`` may change between versions, or differ in the last bit between maths libraries.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def unit(self) -> float:
        """A number in [0, 1)."""
        return self._random.random()

    def below(self, n: int) -> int:
        """A whole number in 0 … n-1."""
        return int(self.unit() * n)

    def between(self, low: int, high: int) -> int:
        """A whole number in low … high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, p: float) -> bool:
        """True with probability ``p``."""
        return self.unit() < p

    def one(self, items: Sequence[T]) -> T:
        """One of the items, each as likely as the others."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        left = self.unit() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return list(weights)[-1]

    def quantile(self, table: Table) -> float:
        """A value from a distribution given as (cumulative probability, value), straight between."""
        u = self.unit()
        for (p0, v0), (p1, v1) in pairwise(table):
            if u <= p1:
                return v0 + (v1 - v0) * (u - p0) / (p1 - p0)
        return table[-1][1]

    def some(self, items: Sequence[T], n: int) -> list[T]:
        """``n`` different items in a random order (all of them when there are fewer)."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(n, len(left)))]

    def hexadecimal(self, digits: int) -> str:
        """A string of lower-case hexadecimal digits, such as an identifier."""
        return "".join("0123456789abcdef"[self.below(16)] for _ in range(digits))


def stream(name: str) -> Dice:
    """The dice of one part of the data; other parts keep theirs when this one changes."""
    salt = int(random.Random(SEED).random() * 2**31)
    return Dice(salt ^ zlib.crc32(name.encode()))
