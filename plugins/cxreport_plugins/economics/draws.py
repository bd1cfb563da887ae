"""Draws: ranges that somebody stated, sampled, so that sums and ratios of them are ranges too."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from cxreport.api import Range

Floats = np.ndarray[Any, np.dtype[np.float64]]

DRAWS: Final = 10_000
SEED: Final = 20_262
INNER: Final = (0.05, 0.95)
"""The part of the draws that is told: from the 5th to the 95th percentile."""
METHOD: Final = "Ranges sampled triangular (uniform without a likely value), 10,000 draws: 5th to 95th percentile"


@dataclass(frozen=True)
class Inputs:
    """Ranges by name. A function of inputs takes a value for each name, an array or a number."""

    ranges: Mapping[str, Range]
    fixed: Mapping[str, float] = field(default_factory=dict)
    """Values that take the place of a range."""

    def __getitem__(self, name: str) -> Floats | float:
        if name in self.fixed:
            return self.fixed[name]
        return draw(name, self.ranges[name])

    def __contains__(self, name: str) -> bool:
        return name in self.ranges

    def at(self, **values: float) -> Inputs:
        """Everything at its middle, but some at other values."""
        return Inputs(self.ranges, {name: middle(r) for name, r in self.ranges.items()} | values)


def draw(name: str, stated: Range) -> Floats:
    """10,000 values of a range. Each name has a stream of its own: a further input changes no other."""
    rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    if stated.low == stated.high:
        return np.full(DRAWS, stated.low)
    if stated.likely is None:
        return rng.uniform(stated.low, stated.high, DRAWS)
    return rng.triangular(stated.low, stated.likely, stated.high, DRAWS)


def middle(stated: Range) -> float:
    """What is most likely; the middle where nothing is more likely than the rest."""
    return (stated.low + stated.high) / 2 if stated.likely is None else stated.likely


def inner(values: Floats | float) -> tuple[float, float]:
    """The 5th and 95th percentile."""
    low, high = np.quantile(np.asarray(values, dtype=float), INNER)
    return float(low), float(high)


def significant(value: float) -> float:
    """A number to three significant digits: no stated range knows more."""
    return float(f"{value:.3g}")


def tornado(inputs: Inputs, total: Callable[[Inputs], Floats | float]) -> list[dict[str, Any]]:
    """How far each range alone moves the total, the others at their middle: the widest first."""
    rows: list[dict[str, Any]] = []
    for name, stated in inputs.ranges.items():
        ends = [significant(float(total(inputs.at(**{name: value})))) for value in (stated.low, stated.high)]
        rows.append({"input": name, "low": min(ends), "high": max(ends)})
    moved = [row for row in rows if row["high"] > row["low"]]
    return sorted(moved, key=lambda row: (row["low"] - row["high"], row["input"]))
