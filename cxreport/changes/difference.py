"""Difference: two independent estimates, each known by its value and interval only."""

from __future__ import annotations

from typing import NamedTuple

from cxreport import stats
from cxreport.model.change import Side
from cxreport.stats.distributions import lower_tail, normal_quantile, two_sided_p

METHOD = (
    "Difference: Newcombe's interval, from the interval of each side (MOVER). p: the level at which that interval "
    "would just touch zero. No material change: two one-sided tests against the margin"
)


class Difference(NamedTuple):
    """Now less then, its interval, p of no difference, and p of a difference as large as the margin."""

    value: float
    low: float
    high: float
    p: float
    p_same: float


def difference(before: Side, now: Side, margin: float, level: float) -> Difference | None:
    """`now - before` by the MOVER of two intervals of one level; None where a limit is not known.

    The limits of each side keep their asymmetry, so that for two shares with Wilson's intervals it is Newcombe's
    interval, and for means and net scores close to Welch's and the z-interval. Each arm, divided by the normal quantile
    of `level`, serves as the standard error on its side of the difference; so p < 1 - level exactly where the interval
    excludes zero, and `p_same` < α exactly where the 1 - 2α interval of the same arms lies within ±margin. Sources:
    Newcombe 1998; Zou & Donner 2008; Schuirmann 1987.
    """
    sides = [_bounded(side) for side in (now, before)]
    if None in sides:
        return None
    (new, new_limits), (old, old_limits) = (side for side in sides if side is not None)
    value = new - old
    low, high = stats.mover(new, new_limits, old, old_limits)
    z = normal_quantile(level)
    below, above = (value - low) / z, (high - value) / z
    towards_zero = below if value > 0 else above
    p = two_sided_p(value / towards_zero) if towards_zero > 0 else float(value == 0)
    p_same = max(_tail(margin + value, below), _tail(margin - value, above))
    return Difference(value, low, high, p, p_same)


def _bounded(side: Side) -> tuple[float, stats.Interval] | None:
    if side.value is None or side.low is None or side.high is None:
        return None
    return side.value, stats.Interval(side.low, side.high)


def _tail(distance: float, error: float) -> float:
    """p of the hypothesis that the difference lies beyond a margin at this distance, by its standard error."""
    if error > 0:
        return lower_tail(-distance / error)
    return 0.0 if distance > 0 else 1.0
