"""Recommend: the consultant's recommendations join the audit once all that they expect can be measured by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cxreport.config.load import suggestion
from cxreport.config.recommendations import Recommended
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.recommendation import Expected, Recommendations
from cxreport.model.result import Result

LIMITS = {"share": (0.0, 1.0), "points": (-100.0, 100.0), "minutes": (0.0, float("inf"))}
"""Unit → what a value may be."""


def recommend(recommended: Recommended, measures: Mapping[str, Sequence[Result]]) -> Recommendations | None:
    """The recommendations of this audit. Raises `ConfigError` for each change it cannot measure, with its place."""
    results = {result.key: result for found in measures.values() for result in found}
    problems = [problem for where, expected in recommended.expected() for problem in _faults(where, expected, results)]
    if problems:
        raise ConfigError(*problems)
    return recommended.recommendations


def _faults(where: str, expected: Expected, results: Mapping[str, Result]) -> Iterator[Problem]:
    result = results.get(expected.measure)
    if result is None:
        mend = suggestion(expected.measure, results)
        yield Problem(where, f"this audit has no result {expected.measure}.", mend)
        return
    low, high = LIMITS.get(result.unit, (-float("inf"), float("inf")))
    if not low <= expected.low <= expected.high <= high:
        what = f"{expected.low:g} to {expected.high:g} is no range of {expected.measure}, in {result.unit}."
        yield Problem(where, what, f"It lies between {low:g} and {high:g}.")
