"""Intervals against SciPy, and what must hold for any counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from cxreport import stats

LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@st.composite
def counts(draw: st.DrawFn, largest: int = 2000) -> tuple[int, int]:
    """A count and its base of at least one."""
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@given(counts(), LEVELS)
def test_wilson_agrees_with_scipy(count: tuple[int, int], level: float) -> None:
    k, n = count
    theirs = scipy_stats.binomtest(k, n).proportion_ci(level, method="wilson")
    assert stats.wilson(k, n, level) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(counts())
def test_wilson_holds_the_share_inside_its_bounds_and_mirrors(count: tuple[int, int]) -> None:
    k, n = count
    low, high = stats.wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert stats.wilson(n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(counts(), st.integers(2, 50))
def test_wilson_narrows_with_the_base(count: tuple[int, int], times: int) -> None:
    k, n = count
    few, many = stats.wilson(k, n), stats.wilson(k * times, n * times)
    assert many.high - many.low < few.high - few.low


def test_wilson_takes_arrays_and_leaves_empty_bases_unknown() -> None:
    low, high = stats.wilson(np.array([8, 0, 0]), np.array([10, 0, 20]))
    assert np.round(low, 4).tolist()[::2] == [0.4902, 0.0]
    assert np.round(high, 4).tolist()[::2] == [0.9433, 0.1611]
    assert np.isnan([low[1], high[1]]).all()
    assert stats.wilson(np.array([]), np.array([])).low.size == 0
    assert all(map(math.isnan, stats.wilson(0, 0)))


@pytest.mark.parametrize(("k", "n"), [(-1, 10), (11, 10), (1, 0)])
def test_wilson_refuses_impossible_counts(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and its base"):
        stats.wilson(k, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_levels_are_shares(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        stats.wilson(1, 2, level)


@given(counts(), counts())
def test_newcombe_holds_the_difference_and_mirrors(one: tuple[int, int], two: tuple[int, int]) -> None:
    low, high = stats.newcombe(*one, *two)
    difference = one[0] / one[1] - two[0] / two[1]
    assert -1 - 1e-12 <= low <= difference + 1e-12
    assert difference - 1e-12 <= high <= 1 + 1e-12
    assert stats.newcombe(*two, *one) == pytest.approx((-high, -low), abs=1e-12)


def test_newcombe_of_an_empty_group_is_unknown() -> None:
    assert all(map(math.isnan, stats.newcombe(0, 0, 5, 10)))


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30), LEVELS)
def test_t_mean_agrees_with_scipy(values: list[float], level: float) -> None:
    mean, sd = float(np.mean(values)), float(np.std(values, ddof=1))
    theirs = scipy_stats.ttest_1samp(values, 0).confidence_interval(level) if sd > 1e-6 else (mean, mean)
    assert stats.t_mean(mean, sd, len(values), level) == pytest.approx(tuple(theirs), rel=1e-6, abs=1e-4)


def test_t_mean_of_one_is_unknown() -> None:
    assert all(map(math.isnan, stats.t_mean(4.0, 0.0, 1)))


def test_unknown_cases_open_a_range() -> None:
    assert stats.unknown_bounds(3, 2, 10) == (0.3, 0.5)
    assert all(map(math.isnan, stats.unknown_bounds(0, 0, 0)))
    with pytest.raises(ValueError, match="between 0 and its base"):
        stats.unknown_bounds(3, 8, 10)


@given(st.integers(1, 400), st.sampled_from([0.1, 0.5, 0.9]), LEVELS)
def test_quantile_ranks_are_the_tightest_that_keep_each_tail(n: int, q: float, level: float) -> None:
    lower, upper = stats.quantile_ranks(n, q, level)
    tail, below = (1 - level) / 2 + 1e-12, scipy_stats.binom(n, q).cdf
    assert below(lower - 1) <= tail < below(lower) + 2e-12
    assert 1 - below(upper - 1) <= tail < 1 - below(upper - 2) + 2e-12


@given(st.permutations(list(range(1, 41))))
def test_quantile_interval_does_not_ask_for_order(values: list[int]) -> None:
    assert stats.quantile_interval(values, 0.5) == (14.0, 27.0)


def test_quantile_interval_of_few_values_is_open_or_unknown() -> None:
    assert stats.quantile_interval([7], 0.5) == (-math.inf, math.inf)
    assert stats.quantile_interval(range(35), 0.9)[1] == math.inf
    assert all(map(math.isnan, stats.quantile_interval([], 0.5)))
