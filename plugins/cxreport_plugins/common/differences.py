"""Differences of two shares, from the interval of each."""

from __future__ import annotations

from typing import Final

from cxreport.api import Measure, Predicate, Result, message, stats
from cxreport_plugins.common.cells import lacking

NEWCOMBE: Final = "95% Newcombe, from the interval of each share at its effective base of author clusters"
NEWCOMBE_SOURCE: Final = "Newcombe 1998, method 10; Zou & Donner 2008"


def difference(
    measure: Measure, first: Result, second: Result, *, dims: dict[str, str], population: Predicate
) -> Result:
    """First share less the second, in points; directional where either side is too small to be tested.

    Its base is that of both, its people those of either side: who is on both counts twice, so they are not told.
    """
    limits = [None in (r.value, r.low, r.high) for r in (first, second)]
    if any(limits):
        return lacking(measure, dims, message("one of the two sides has too few records"), message("more records"))
    value = (first.value or 0) - (second.value or 0)
    low, high = stats.mover(first.value or 0, _interval(first), second.value or 0, _interval(second))
    found = measure.based(
        first.n + second.n, 100 * value, 100 * low, 100 * high, unit="points", dims=dims, population=population,
    )  # fmt: skip
    doubt = next((r.reason for r in (first, second) if r.status == "directional"), "")
    if not stats.may_test(min(first.n, second.n)):
        doubt = message("one of the two sides has fewer than {n} records").format(n=stats.TESTED_FROM)
    return found.model_copy(update={"status": "directional", "reason": doubt}) if doubt else found


def _interval(share: Result) -> stats.Interval:
    return stats.Interval(share.low or 0.0, share.high or 0.0)
