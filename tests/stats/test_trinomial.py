"""Net shares: bounds, symmetry, and the coverage that is the reason for the adjusted interval."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats

Counts = tuple[int, int, int]


@st.composite
def trinomial(draw: st.DrawFn) -> Counts:
    """Positive and negative counts, and a base of at least one."""
    n = draw(st.integers(1, 3000))
    positive = draw(st.integers(0, n))
    return positive, draw(st.integers(0, n - positive)), n


@given(trinomial())
def test_the_interval_holds_the_net_share_inside_its_bounds_and_mirrors(count: Counts) -> None:
    positive, negative, n = count
    low, high = stats.adjusted_wald(*count)
    assert -1 <= low <= stats.net_share(*count) <= high <= 1
    assert stats.adjusted_wald(negative, positive, n) == pytest.approx((-high, -low), abs=1e-12)


@given(trinomial(), st.integers(2, 20))
def test_more_of_the_same_narrows_the_interval(count: Counts, times: int) -> None:
    few, many = stats.adjusted_wald(*count), stats.adjusted_wald(*[times * c for c in count])
    assert many.high - many.low <= few.high - few.low


def test_arrays_give_a_band_and_points_are_a_hundredfold() -> None:
    band = stats.adjusted_wald(np.array([45, 0]), np.array([25, 0]), np.array([100, 0]))
    assert (100 * band.low[0], 100 * band.high[0]) == pytest.approx(stats.adjusted_wald_nps(45, 25, 100))
    assert np.isnan([band.low[1], band.high[1]]).all()


def test_nothing_is_known_of_an_empty_base() -> None:
    empty = (stats.nps(0, 0, 0), stats.nps_se(0, 0, 0), *stats.adjusted_wald_nps(0, 0, 0))
    assert all(map(math.isnan, empty))
    assert all(map(math.isnan, stats.nps_difference((0, 0, 0), (5, 2, 10))))


def test_counts_that_exceed_the_base_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and its base"):
        stats.adjusted_wald(6, 5, 10)


@given(trinomial(), trinomial())
def test_the_difference_mirrors(one: Counts, two: Counts) -> None:
    forth, back = stats.nps_difference(one, two), stats.nps_difference(two, one)
    assert (back.value, back.low, back.high) == pytest.approx((-forth.value, -forth.high, -forth.low), abs=1e-9)
    assert math.isnan(forth.p) or 0 <= forth.p == back.p <= 1


@pytest.mark.parametrize(("p", "d", "n"), [(0.60, 0.15, 10), (0.60, 0.15, 30), (0.85, 0.05, 10), (0.85, 0.05, 30)])
def test_coverage_on_small_bases_where_plain_wald_fails(p: float, d: float, n: int) -> None:
    drawn = np.random.default_rng(16).multinomial(n, [p, d, 1 - p - d], size=6000)
    band = stats.adjusted_wald(drawn[:, 0], drawn[:, 1], np.full(6000, n))
    covered = np.mean((band.low <= p - d) & (p - d <= band.high))
    assert 0.94 <= covered <= 0.98
