"""Numbers of followers: rounded, so that no account can be looked up by its own."""

from __future__ import annotations

import math
from typing import Any, Final

from cxreport.api import Measure, Result, message, stats

DIGITS: Final = 2
"""Significant digits of a number that may belong to one account."""


def rounded(value: float) -> int:
    """The nearest number of two significant digits: 412,300 is 410,000."""
    step = _step(int(value))
    return int(value + step / 2) // step * step


def outward(low: float, high: float) -> tuple[int, int]:
    """Bounds of two significant digits that still hold: the lower one down, the upper one up."""
    least, most = math.floor(low), math.ceil(high)
    down, up = _step(least), _step(most)
    return least // down * down, -(-most // up) * up


def ranged(measure: Measure, n: int, low: float, high: float, **facts: Any) -> Result:
    """Bounds on a base of `n`, rounded outward, held to the rules of base sizes. Bounds have no confidence level."""
    status = stats.base_status(n)
    if status == "hidden":
        return measure.result(
            kind="range",
            status=status,
            n=n,
            level=None,
            reason=message("fewer than {n} records").format(n=stats.HIDDEN_BELOW),
            **facts,
        )
    ends = outward(low, high)
    return measure.result(kind="range", status=status, n=n, level=None, low=ends[0], high=ends[1], **facts)


def _step(value: int) -> int:
    return int(10 ** max(0, len(str(abs(value))) - DIGITS))
