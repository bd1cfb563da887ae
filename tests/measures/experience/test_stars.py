"""The measure `experience.stars`: means by site, never pooled."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as oracle

from cxreport_plugins.experience.stars import Stars
from tests.measures.make import pick, records, repeated, run

GIVEN = st.lists(
    st.tuples(st.sampled_from(["google", "trustpilot"]), st.sampled_from([1.0, 2.0, 3.5, 4.0, 5.0])),
    min_size=1,
    max_size=40,
)


def test_mean_and_interval_agree_with_scipy() -> None:
    values = [5.0] * 12 + [4.0] * 6 + [1.0] * 7
    found = pick(
        run(Stars, records(*({"rating_value": v} for v in values), metric="stars", rating_max=5)),
        channel="x",
        scale="5",
    )
    low, high = oracle.t.interval(0.95, len(values) - 1, loc=sum(values) / 25, scale=oracle.sem(values))
    assert found.value == pytest.approx(sum(values) / 25)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.unit, found.n) == ("stars", 25)


def test_sites_and_scales_stay_apart() -> None:
    table = records(
        *repeated(12, rating_value=5, rating_max=5, channel="google"),
        *repeated(12, rating_value=8, rating_max=10, channel="booking"),
        metric="stars",
    )
    found = run(Stars, table)
    assert pick(found, channel="google", scale="5").value == 5
    booking = pick(found, channel="booking", scale="10")
    assert (booking.value, booking.unit) == (8, "score")
    assert not [r for r in found if not r.dims]


def test_ratings_that_all_agree_still_have_an_interval() -> None:
    table = records(*repeated(12, rating_value=5), metric="stars", rating_max=5, channel="google")
    found = pick(run(Stars, table), channel="google", scale="5")
    assert found.high == 5
    assert found.low is not None
    assert 3.5 < found.low < 4.5


def test_the_distribution_adds_up() -> None:
    table = records(*({"rating_value": v} for v in [1, 2, 3, 4, 5, 5, 5, 5, 4.5, 5]), metric="stars", rating_max=5)
    shares = [r for r in run(Stars, table) if "score" in r.dims]
    assert [r.dims["score"] for r in shares] == list("12345")
    assert sum(r.value or 0 for r in shares) == pytest.approx(1.0)
    assert shares[-1].value == pytest.approx(0.6)


def test_ratings_without_a_scale_or_site_are_not_lost() -> None:
    table = records(*repeated(12, rating_value=4), metric="stars", channel=None)
    (only,) = run(Stars, table)
    assert only.status == "not_testable"
    assert only.dims == {"channel": "unknown", "scale": "0"}


def test_other_metrics_are_not_stars() -> None:
    (only,) = run(Stars, records(*repeated(12, rating_value=4, rating_max=10), metric="nps"))
    assert only.reason == "no export holds star ratings"


@settings(max_examples=20)
@given(GIVEN)
def test_bounds_hold_and_the_order_of_rows_is_nothing(ratings: list[tuple[str, float]]) -> None:
    table = records(*({"channel": c, "rating_value": v} for c, v in ratings), metric="stars", rating_max=5)
    found = run(Stars, table)
    assert run(Stars, table.reverse()) == found
    for result in found:
        if result.shown and result.unit == "stars":
            assert (
                1 - 1e-9
                <= (result.low or math.nan)
                <= (result.value or math.nan)
                <= (result.high or math.nan)
                <= 5 + 1e-9
            )
