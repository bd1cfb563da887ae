"""Waiting times when some cases are still waiting: the Kaplan–Meier estimate from grouped counts.

Dropping unanswered cases makes a brand look quick; they are censored instead: known to have waited at least
so long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxreport.stats.distributions import normal_quantile
from cxreport.stats.intervals import Estimate, FloatArray, wilson

_ROUNDING = 1e-9


class Quantile(NamedTuple):
    """A quantile of the waiting time, in the unit of the times.

    Not ``reached`` means that too few cases have ended: ``value`` is ``nan``, and what can be printed is
    "longer than" the curve's ``longest``. ``high`` is ``inf`` where the confidence band never comes down far
    enough.
    """

    value: float
    low: float
    high: float
    reached: bool


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """Share of cases still waiting after each time at which some case ended. Before the first time it is 1.

    ``time``, ``survival``, ``low``, ``high``, ``at_risk`` and ``events`` are arrays of one length, by
    ascending time; ``n`` is the number of cases and ``longest`` the longest time anybody was watched (``nan``
    without cases). The band is of confidence ``level`` and was widened by ``deff``.
    """

    time: FloatArray
    survival: FloatArray
    low: FloatArray
    high: FloatArray
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    n: int
    longest: float
    level: float = 0.95
    deff: float = 1.0

    def quantile(self, q: float) -> Quantile:
        """The time by which the share ``q`` of cases has ended: 0.5 the median, 0.9 the p90.

        The interval inverts the confidence band (Brookmeyer & Crowley 1982). A lower limit that the band does
        not reach is ``longest``: the quantile lies beyond what was watched.
        """
        value, low, high = (self._first_below(curve, 1 - q) for curve in (self.survival, self.low, self.high))
        reached = np.isfinite(value)
        return Quantile(value if reached else np.nan, min(low, self.longest), high, bool(reached))

    def ended_by(self, time: float) -> Estimate:
        """Share of cases that ended within ``time``; ``nan`` beyond ``longest``, where nobody was watched.

        Before the first case ended Greenwood's variance is zero; the upper limit is then Wilson's.
        """
        if not time <= self.longest:
            return Estimate(np.nan, np.nan, np.nan)
        step = int(np.searchsorted(self.time, time, side="right")) - 1
        if step < 0:
            watched = float(self.at_risk[0]) if self.at_risk.size else self.n
            return Estimate(0.0, 0.0, wilson(0.0, watched / self.deff, self.level).high)
        return Estimate(*(float(1 - curve[step]) for curve in (self.survival, self.high, self.low)))

    def _first_below(self, curve: FloatArray, share: float) -> float:
        below = self.time[curve <= share + _ROUNDING]
        return float(below[0]) if below.size else np.inf


def _grouped(
    times: ArrayLike, events: ArrayLike, censored: ArrayLike
) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Distinct times in order, with the events and censorings at each."""
    raw = np.asarray(times, dtype=float)
    counts = np.column_stack([np.asarray(events), np.asarray(censored)]).astype(np.int64)
    if len(raw) != len(counts) or np.any(counts < 0) or not np.all(raw >= 0):
        raise ValueError("times are not negative, and each has its counts of events and of censored cases")
    time, group = np.unique(raw, return_inverse=True)
    summed = np.zeros((len(time), 2), dtype=np.int64)
    np.add.at(summed, group, counts)
    kept = summed.sum(axis=1) > 0
    return time[kept], summed[kept, 0], summed[kept, 1]


def _log_log_band(
    survival: FloatArray, events: NDArray[np.int64], at_risk: NDArray[np.int64], level: float, deff: float
) -> tuple[FloatArray, FloatArray]:
    """Greenwood's variance on the log(-log) scale keeps the band within 0..1 (Kalbfleisch & Prentice 2002).

    When the last case at risk ends the variance has no value: the lower limit is then 0, the upper stays put.
    """
    ended = survival <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.log(survival)
        variance = deff * np.cumsum(events / (at_risk * (at_risk - events))) / log_survival**2
        stretch = np.exp(normal_quantile(level) * np.sqrt(variance))
        low, high = np.exp(log_survival * stretch), np.exp(log_survival / stretch)
    low[ended] = 0.0
    high[ended] = high[~ended][-1] if np.any(~ended) else 1.0
    return low, high


def kaplan_meier(
    times: ArrayLike, events: ArrayLike, censored: ArrayLike, level: float = 0.95, deff: float = 1.0
) -> SurvivalCurve:
    """The Kaplan–Meier curve of grouped waiting times.

    Args:
        times: waiting times, zero or more, in any order and possibly repeated (minutes, in this project).
        events: how many cases ended at each time (were answered).
        censored: how many were still waiting at each time when watching stopped; they count as at risk there.
        level: confidence level of the pointwise log-log band.
        deff: how many cases count for one because authors have several and these are alike
            (:func:`cxreport.stats.effective_base`); the variance is multiplied by it.

    Raises:
        ValueError: lengths differ, a time is negative or missing, a count is negative, or ``deff`` is below 1.
    """
    if not deff >= 1:
        raise ValueError(f"a design effect is 1 or more, got {deff}")
    time, ended, lost = _grouped(times, events, censored)
    left = ended + lost
    n = int(left.sum())
    at_risk = n - np.cumsum(left) + left
    step = ended > 0
    at_step, ended = at_risk[step], ended[step]
    survival = np.cumprod(1 - ended / at_step)
    low, high = _log_log_band(survival, ended, at_step, level, deff)
    longest = float(time[-1]) if n else float("nan")
    return SurvivalCurve(time[step], survival, low, high, at_step, ended, n, longest, level, deff)
