"""Trends and control charts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats

SERIES = st.lists(st.integers(-50, 50), min_size=4, max_size=25)


@given(SERIES, st.integers(1, 20), st.integers(-100, 100))
def test_the_slope_scales_and_ignores_a_shift(values: list[int], scale: int, shift: int) -> None:
    found = stats.theil_sen(values)
    moved = stats.theil_sen([scale * value + shift for value in values])
    assert found.low <= found.value <= found.high
    assert moved[:3] == pytest.approx([scale * slope for slope in found[:3]])


def test_one_outlier_does_not_turn_the_line() -> None:
    assert stats.theil_sen([1, 2, 3, 400, 5, 6, 7, 8]).value == pytest.approx(1)
    assert stats.theil_sen([0, 2, 4, 6, 8], times=[0, 7, 14, 21, 28]).value == pytest.approx(2 / 7)


@given(SERIES)
def test_mann_kendall_turns_with_the_series(values: list[int]) -> None:
    forth, back = stats.mann_kendall(values), stats.mann_kendall(values[::-1])
    assert back == pytest.approx((-forth.tau, forth.p))
    assert 0 <= forth.p <= 1


def test_mann_kendall_knows_a_rise_and_a_standstill() -> None:
    assert stats.mann_kendall(range(10)) == pytest.approx((1, 2 / math.factorial(10)))
    assert stats.mann_kendall([3, 3, 3, 3]) == (0, 1)


@pytest.mark.parametrize("values", [[], [1], [1, 2, 3], [1, 2, 3, math.nan]])
def test_no_line_through_fewer_than_four_points(values: list[float]) -> None:
    assert all(map(math.isnan, (*stats.theil_sen(values), *stats.mann_kendall(values))))


def test_missing_weeks_are_left_out_and_one_moment_has_no_trend() -> None:
    assert stats.theil_sen([0, 1, math.nan, 3, 4]).value == pytest.approx(1)
    assert math.isnan(stats.theil_sen([1, 2, 3, 4], times=[5, 5, 5, 5]).value)
    with pytest.raises(ValueError, match="its time"):
        stats.mann_kendall([1, 2, 3, 4], times=[1, 2])


def test_p_chart_widens_on_small_weeks() -> None:
    chart = stats.p_chart([20, 2, 0], [100, 10, 0])
    assert chart.centre == pytest.approx(0.2)
    assert chart.low[:2] == pytest.approx([0.08, 0.0])
    assert chart.high[:2] == pytest.approx([0.32, 0.2 + 3 * math.sqrt(0.016)])
    assert np.isnan([chart.low[2], chart.high[2]]).all()


def test_u_chart_of_daily_counts() -> None:
    chart = stats.u_chart([4, 4, 4, 16], [1, 1, 1, 4])
    assert chart.centre == pytest.approx(4)
    assert chart.low.tolist() == [0, 0, 0, 1]
    assert chart.high.tolist() == [10, 10, 10, 7]
    with pytest.raises(ValueError, match="exposure"):
        stats.u_chart([1, 2], [1])


@pytest.mark.parametrize("empty", [[], [0]])
def test_charts_of_nothing(empty: list[int]) -> None:
    for chart in (stats.p_chart(empty, empty), stats.u_chart(empty, empty)):
        assert math.isnan(chart.centre)
        assert np.isnan(chart.high).all()
