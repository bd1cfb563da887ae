"""CSAT and CES: scales and versions that are never pooled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport_plugins.experience.ces import Ces
from cxreport_plugins.experience.csat import Csat
from tests.measures.make import pick, records, repeated, run

ANSWERS = st.lists(st.tuples(st.sampled_from([5.0, 7.0, None]), st.integers(1, 7)), min_size=1, max_size=40)


def test_csat_golden_value_on_five_points() -> None:
    table = records(*repeated(5, csat_value=5), *repeated(3, csat_value=4), *repeated(2, csat_value=3), csat_max=5)
    found = pick(run(Csat, table), scale="5")
    assert (found.value, found.n, found.unit) == (0.8, 10, "share")
    assert found.low == pytest.approx(0.4902, abs=5e-5)
    assert found.high == pytest.approx(0.9433, abs=5e-5)


def test_scales_are_never_pooled() -> None:
    table = records(*repeated(20, csat_value=5, csat_max=5), *repeated(20, csat_value=5, csat_max=7))
    found = run(Csat, table)
    assert pick(found, scale="5").value == 1.0
    assert pick(found, scale="7").value == 0.0
    assert not [r for r in found if not r.dims]


def test_where_low_is_good_the_best_boxes_are_the_low_ones() -> None:
    rows = repeated(20, csat_value=1, csat_max=5, metric="csat", rating_reversed=True)
    found = pick(run(Csat, records(*rows)), scale="5 low is good")
    assert found.value == 1.0
    assert found.evidence is not None
    assert found.evidence.all[-2:] == (("csat_value", "ge", 1), ("csat_value", "lt", 3))


@pytest.mark.parametrize("top", [None, 3, 100])
def test_a_scale_without_two_meaningful_boxes_is_not_testable(top: int | None) -> None:
    found = run(Csat, records(*repeated(20, csat_value=2, csat_max=top)))
    assert [r.status for r in found] == ["not_testable"]


def test_effort_2_0_on_seven_points() -> None:
    table = records(
        *repeated(40, ces_value=7), *repeated(20, ces_value=5), *repeated(15, ces_value=4), *repeated(25, ces_value=2),
        ces_max=7,
    )  # fmt: skip
    found = run(Ces, table)
    index = pick(found, version="2.0", scale="7")
    assert index.value == pytest.approx(40 - 25)
    easy = pick(found, version="2.0", scale="7", part="easy")
    assert (easy.value, easy.unit) == (0.6, "share")
    mean = pick(found, version="2.0", scale="7", part="mean")
    assert mean.value == pytest.approx((280 + 100 + 60 + 50) / 100)
    assert (mean.unit, mean.method) == ("score", "95% Student's t")


def test_effort_1_0_counts_low_effort_as_easy_and_is_apart() -> None:
    old = repeated(20, ces_value=1, ces_max=5, metric="ces", rating_reversed=True)
    new = repeated(20, ces_value=1, ces_max=7, metric="ces")
    found = run(Ces, records(*old, *new))
    assert pick(found, version="1.0", scale="5").value == 100
    assert pick(found, version="2.0", scale="7").value == -100


def test_five_points_whose_direction_nobody_states_are_not_testable() -> None:
    found = run(Ces, records(*repeated(20, ces_value=2, ces_max=5, metric="nps")))
    (only,) = found
    assert only.status == "not_testable"
    assert "which end" in only.reason


@pytest.mark.parametrize("measure", [Csat, Ces])
def test_nothing_answered_is_not_testable(measure: type[Csat] | type[Ces]) -> None:
    (only,) = run(measure, records({}))
    assert only.status == "not_testable"
    assert only.needs


@settings(max_examples=20)
@given(ANSWERS)
def test_bounds_hold_and_the_order_of_rows_is_nothing(answers: list[tuple[float | None, int]]) -> None:
    rows = [
        {"csat_value": min(v, top or 7), "csat_max": top, "ces_value": min(v, top or 7), "ces_max": top}
        for top, v in answers
    ]
    table = records(*rows, metric="ces")
    for measure in (Csat, Ces):
        found = run(measure, table)
        assert run(measure, table.reverse()) == found
        for result in found:
            if result.shown and result.unit == "share":
                assert 0 <= (result.low or 0) <= (result.value or 0) <= (result.high or 1) <= 1


def test_a_scale_from_zero_keeps_its_zeros() -> None:
    found = run(Csat, records(*repeated(10, csat_value=0), *repeated(10, csat_value=10), csat_max=10))
    shares = [r for r in found if "score" in r.dims]
    assert [r.dims["score"] for r in shares] == [str(i) for i in range(11)]
    assert sum(r.value or 0 for r in shares) == pytest.approx(1.0)
