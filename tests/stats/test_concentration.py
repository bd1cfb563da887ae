"""Concentration, cascades and reach."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats

REACH = st.lists(st.integers(0, 10**6), min_size=1, max_size=50).filter(any)


@given(REACH, st.integers(1, 1000), st.randoms(use_true_random=False))
def test_gini_is_bounded_and_blind_to_order_and_scale(values: list[int], scale: int, random: Random) -> None:
    found = stats.gini(values)
    assert -1e-12 <= found <= 1 - 1 / len(values) + 1e-12
    moved = [scale * value for value in values]
    random.shuffle(moved)
    assert stats.gini(moved) == pytest.approx(found, abs=1e-9)
    assert found == pytest.approx(np.abs(np.subtract.outer(values, values)).mean() / (2 * np.mean(values)))


@given(REACH, st.floats(0, 1))
def test_grouped_values_equal_single_ones(values: list[int], share: float) -> None:
    distinct, counts = np.unique(values, return_counts=True)
    assert stats.gini(distinct, counts) == pytest.approx(stats.gini(values), abs=1e-12)
    assert stats.top_share(distinct, share, counts) == pytest.approx(stats.top_share(values, share))


@given(REACH)
def test_top_share_grows_from_the_largest_to_all(values: list[int]) -> None:
    shares = [stats.top_share(values, share) for share in (0, 0.01, 0.1, 0.5, 1)]
    assert shares[0] == pytest.approx(max(values) / sum(values))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_top_share_takes_the_stated_part() -> None:
    values = [10, *[1] * 99]
    assert stats.top_share(values, 0.01) == pytest.approx(10 / 109)
    assert stats.top_share(values, 0.05) == pytest.approx(14 / 109)


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_is_not_concentrated(values: list[int]) -> None:
    assert math.isnan(stats.gini(values))
    assert math.isnan(stats.top_share(values))


def test_equal_voices_and_a_single_one() -> None:
    assert stats.gini([5, 5, 5]) == pytest.approx(0)
    assert stats.gini([5]) == 0
    assert stats.top_share([5]) == 1


def test_impossible_values_are_refused() -> None:
    for values, counts in (([-1, 2], None), ([1, 2], [1]), ([1], [-1])):
        with pytest.raises(ValueError, match="zero or more"):
            stats.gini(values, counts)
    with pytest.raises(ValueError, match="a share"):
        stats.top_share([1], 1.5)
    with pytest.raises(ValueError, match="root"):
        stats.branching_ratio([0, 3])


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60))
def test_branching_ratio_is_below_one_and_groups(sizes: list[int]) -> None:
    found = stats.branching_ratio(sizes)
    assert 0 <= found < 1
    assert 1 / (1 - found) == pytest.approx(np.mean(sizes))
    assert stats.branching_ratio(*np.unique(sizes, return_counts=True)) == pytest.approx(found)


def test_branching_ratio_of_no_cascade_is_unknown() -> None:
    assert math.isnan(stats.branching_ratio([]))


def test_reach_is_bounded_by_the_largest_audience_and_the_sum() -> None:
    assert stats.reach_bounds(420_000, 696_000) == (420_000, 696_000)
    assert stats.reach_bounds(0, 0) == (0, 0)
    with pytest.raises(ValueError, match="largest audience"):
        stats.reach_bounds(5, 4)


def test_reach_asymmetry_without_one_side_or_both() -> None:
    assert stats.reach_asymmetry(10.0, 0.0) == math.inf
    assert stats.reach_asymmetry(0.0, 10.0) == 0
    assert math.isnan(stats.reach_asymmetry(0.0, 0.0))
    assert stats.reach_asymmetry(np.array([6.0, 1.0]), np.array([2.0, 1.0])).tolist() == [3, 1]


def test_the_loudest_author_is_left_out_on_their_side() -> None:
    assert stats.reach_asymmetry_without_top(696, 116, 420, 50) == pytest.approx(276 / 116)
    assert stats.reach_asymmetry_without_top(100, 116, 40, 50) == pytest.approx(100 / 66)
