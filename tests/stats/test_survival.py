"""Kaplan–Meier from grouped counts against SciPy's from single cases, and the cases without an answer."""

from __future__ import annotations

import math
import warnings
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from cxreport import stats

CASES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=80)
Cases = list[tuple[int, bool]]


def curve_of(cases: Cases, level: float = 0.95) -> stats.SurvivalCurve:
    """Each case as a group of one."""
    times = [time for time, _ in cases]
    return stats.kaplan_meier(times, [int(e) for _, e in cases], [int(not e) for _, e in cases], level)


@given(CASES)
def test_agrees_with_scipy(cases: Cases) -> None:
    times, ended = np.array([time for time, _ in cases], dtype=float), np.array([e for _, e in cases])
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the band is undefined once nobody is left
        theirs = scipy_stats.ecdf(scipy_stats.CensoredData.right_censored(times, ~ended)).sf
        band = theirs.confidence_interval(0.9, method="log-log")
    steps = np.isin(theirs.quantiles, times[ended])
    ours = curve_of(cases, 0.9)
    np.testing.assert_array_equal(ours.time, theirs.quantiles[steps])
    np.testing.assert_allclose(ours.survival, theirs.probabilities[steps], atol=1e-12)
    for mine, other in ((ours.low, band.low), (ours.high, band.high)):
        known = ours.survival > 1e-12
        np.testing.assert_allclose(mine[known], other.probabilities[steps][known], atol=1e-9)


@given(CASES)
def test_cases_that_count_for_fewer_widen_the_band(cases: Cases) -> None:
    single = curve_of(cases)
    groups = ([t for t, _ in cases], [int(e) for _, e in cases], [int(not e) for _, e in cases])
    clustered = stats.kaplan_meier(*groups, deff=4.0)
    np.testing.assert_array_equal(clustered.survival, single.survival)
    assert np.all(clustered.low <= single.low + 1e-12)
    assert np.all(clustered.high >= single.high - 1e-12)
    with pytest.raises(ValueError, match="design effect"):
        stats.kaplan_meier(*groups, deff=0.5)


def test_the_band_by_hand() -> None:
    # one of four ended: S = 3/4, Greenwood 1/(4 · 3); on the log-log scale twice as wide when four count for one
    for deff in (1.0, 4.0):
        curve = stats.kaplan_meier([5, 9], [1, 0], [0, 3], deff=deff)
        stretch = math.exp(1.959964 * math.sqrt(deff / 12) / math.log(4 / 3))
        assert curve.low[0] == pytest.approx(0.75**stretch)
        assert curve.high[0] == pytest.approx(0.75 ** (1 / stretch))


@given(CASES, st.randoms(use_true_random=False))
def test_grouping_and_order_do_not_matter(cases: Cases, random: Random) -> None:
    groups: dict[int, list[int]] = {}
    for time, ended in cases:
        groups.setdefault(time, [0, 0])[not ended] += 1
    moved = list(groups.items())
    random.shuffle(moved)
    grouped = stats.kaplan_meier([t for t, _ in moved], [c[0] for _, c in moved], [c[1] for _, c in moved])
    single = curve_of(cases)
    for column in ("time", "survival", "low", "high", "at_risk", "events"):
        np.testing.assert_array_equal(getattr(grouped, column), getattr(single, column))
    assert (grouped.n, grouped.longest) == (len(cases), max(time for time, _ in cases))


@given(CASES)
def test_the_curve_falls_inside_its_band(cases: Cases) -> None:
    curve = curve_of(cases)
    assert np.all(np.diff(curve.survival) < 0)
    assert np.all((curve.low >= 0) & (curve.low <= curve.survival) & (curve.survival <= curve.high))
    assert np.all(curve.high <= 1)


@given(CASES, st.sampled_from([0.25, 0.5, 0.9]))
def test_quantiles_are_ordered_scale_and_lie_in_their_interval(cases: Cases, q: float) -> None:
    found = curve_of(cases).quantile(q)
    assert found.low <= found.high
    if found.reached:
        assert found.low <= found.value <= found.high
    else:
        assert math.isnan(found.value)
        assert found.high == math.inf
    hours = curve_of([(60 * time, ended) for time, ended in cases]).quantile(q)
    assert hours[:3] == pytest.approx([60 * limit for limit in found[:3]], nan_ok=True)


@given(CASES.filter(lambda cases: all(ended for _, ended in cases)))
def test_without_censoring_the_median_is_the_middle_case(cases: Cases) -> None:
    middle = float(np.quantile([time for time, _ in cases], 0.5, method="inverted_cdf"))
    assert curve_of(cases).quantile(0.5).value == middle


def test_a_known_example() -> None:
    # six of ten answered: S = 0.9, 0.9·7/8, …, worked by hand
    curve = stats.kaplan_meier([1, 2, 3, 5, 8, 13], [1, 0, 1, 2, 1, 1], [0, 1, 0, 0, 1, 2])
    assert curve.at_risk.tolist() == [10, 8, 7, 5, 3]
    assert curve.survival == pytest.approx([0.9, 0.7875, 0.5625, 0.45, 0.3])
    assert curve.quantile(0.5)[::3] == (8.0, True)
    assert math.isnan(curve.quantile(0.9).value)
    assert curve.longest == 13


def test_dropping_the_unanswered_would_flatter() -> None:
    times, answered, waiting = [5, 60, 600], [6, 2, 0], [0, 0, 12]
    assert stats.kaplan_meier(times, answered, [0, 0, 0]).quantile(0.5).value == 5
    honest = stats.kaplan_meier(times, answered, waiting).quantile(0.5)
    assert not honest.reached
    assert (honest.low, honest.high) == (5, math.inf)


def test_share_ended_by_a_target() -> None:
    curve = stats.kaplan_meier([10, 20, 30], [5, 3, 0], [0, 0, 2])
    assert curve.ended_by(5) == (0, 0, stats.wilson(0, 10).high)
    assert curve.ended_by(10).value == pytest.approx(0.5)
    assert curve.ended_by(30).value == pytest.approx(0.8)
    low, high = curve.ended_by(20)[1:]
    assert 0 < low < 0.8 < high < 1
    assert all(map(math.isnan, curve.ended_by(31)))


def test_everything_censored_reaches_nothing() -> None:
    curve = stats.kaplan_meier([3, 9], [0, 0], [4, 1])
    assert curve.time.size == 0
    assert curve.quantile(0.5)[1:] == (9.0, math.inf, False)
    assert curve.ended_by(9) == (0, 0, stats.wilson(0, 5).high)
    assert stats.kaplan_meier([3], [0], [5], deff=5).ended_by(2).high == stats.wilson(0, 1).high


def test_one_case() -> None:
    answered = curve_of([(7, True)])
    assert answered.quantile(0.5) == (7, 7, math.inf, True)
    assert (answered.low.tolist(), answered.high.tolist()) == ([0.0], [1.0])
    assert not curve_of([(7, False)]).quantile(0.5).reached


def test_no_cases() -> None:
    for empty in (stats.kaplan_meier([], [], []), stats.kaplan_meier([4], [0], [0])):
        assert (empty.n, empty.time.size) == (0, 0)
        assert all(map(math.isnan, (empty.longest, empty.quantile(0.5).value, *empty.ended_by(0))))


@pytest.mark.parametrize(
    ("times", "events", "censored"),
    [([-1], [1], [0]), ([math.nan], [1], [0]), ([1], [-1], [0]), ([1, 2], [1], [0])],
)
def test_impossible_counts_are_refused(times: list[float], events: list[int], censored: list[int]) -> None:
    with pytest.raises(ValueError, match="times are not negative"):
        stats.kaplan_meier(times, events, censored)
