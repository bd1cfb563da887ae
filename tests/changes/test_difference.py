"""The difference of two estimates: known values, and what must hold of any two."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats
from cxreport.changes.difference import Difference, difference
from cxreport.model.change import Side
from cxreport.stats.distributions import normal_quantile

Z = normal_quantile(0.95)


def wilson(k: int, n: int) -> Side:
    low, high = stats.wilson(k, n)
    return Side(value=k / n, low=low, high=high, n=n)


def told(before: Side, now: Side, margin: float = 0.05) -> Difference:
    found = difference(before, now, margin, 0.95)
    assert found is not None
    return found


def test_two_shares_have_newcombes_interval() -> None:
    """Newcombe 1998: 56/70 less 48/80 is 0.20 (0.0524 to 0.3339)."""
    found = told(wilson(48, 80), wilson(56, 70))
    assert found[:3] == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.p == pytest.approx(2 * (1 - stats_cdf(0.2 / ((0.2 - 0.0524) / Z))), abs=1e-3)


def test_two_net_scores_have_the_z_test() -> None:
    """NPS 45/25/100 and 38/30/100: 12.0, SE 11.55, z 1.04 (methods.md B.16)."""
    sides = []
    for value, error in ((8.0, 8.21), (20.0, 8.12)):
        sides.append(Side(value=value, low=value - Z * error, high=value + Z * error, n=100))
    found = told(sides[0], sides[1], margin=10)
    assert found.value == pytest.approx(12)
    assert (found.value - found.low) / Z == pytest.approx(11.55, abs=0.01)
    assert found.p == pytest.approx(2 * (1 - stats_cdf(1.04)), abs=2e-3)


def test_it_agrees_with_the_tests_from_counts() -> None:
    counts = (300, 1000, 350, 1000)
    found = told(wilson(300, 1000), wilson(350, 1000))
    assert found.p == pytest.approx(stats.two_proportions(350, 1000, 300, 1000).p, abs=0.002)
    same = told(wilson(300, 1000), wilson(305, 1000))
    expected = stats.tost_proportions(305, 1000, *counts[:2]).p
    assert same.p_same == pytest.approx(expected, abs=0.003)


def test_a_side_without_an_interval_tells_nothing() -> None:
    whole = wilson(5, 10)
    for lacking in ({"value": None}, {"low": None}, {"high": None}):
        assert difference(whole.model_copy(update=lacking), whole, 0.05, 0.95) is None
        assert difference(whole, whole.model_copy(update=lacking), 0.05, 0.95) is None


def test_sides_without_spread() -> None:
    """Both known exactly: equal values are the same for sure, others differ for sure."""
    three, four = (Side(value=v, low=v, high=v, n=50) for v in (3.0, 4.0))
    assert (told(three, three).p, told(three, three).p_same) == (1, 0)
    assert (told(three, four).p, told(three, four).p_same) == (0, 1)


def sides() -> st.SearchStrategy[Side]:
    pair = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return pair.map(lambda kn: wilson(*kn))


@given(sides(), sides(), st.floats(0.005, 0.5))
def test_what_holds_of_any_two(before: Side, now: Side, margin: float) -> None:
    found, back = told(before, now, margin), told(now, before, margin)
    assert found.low <= found.value <= found.high
    assert (back.value, back.low, back.high) == pytest.approx((-found.value, -found.high, -found.low))
    assert (back.p, back.p_same) == pytest.approx((found.p, found.p_same))
    assert 0 <= found.p <= 1
    assert 0 <= found.p_same <= 1
    if min(abs(found.low), abs(found.high)) > 1e-9:
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0)
    shrink = normal_quantile(0.90) / Z
    inner = found.value - shrink * (found.value - found.low), found.value + shrink * (found.high - found.value)
    if min(abs(inner[0] + margin), abs(inner[1] - margin)) > 1e-9:
        assert (found.p_same < 0.05) == (-margin < inner[0] and inner[1] < margin)


@given(sides(), sides())
def test_a_wider_margin_is_easier_to_keep_within(before: Side, now: Side) -> None:
    assert told(before, now, 0.1).p_same <= told(before, now, 0.05).p_same


def stats_cdf(z: float) -> float:
    return (1 + math.erf(z / math.sqrt(2))) / 2
