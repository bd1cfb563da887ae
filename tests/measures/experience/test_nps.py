"""The measure `experience.nps`: golden values, cuts, bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Result
from cxreport_plugins.experience.nps import Nps
from tests.measures.make import pick, records, repeated, run

ANSWERS = st.lists(st.tuples(st.integers(0, 10), st.sampled_from(["a", "b"])), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "value", "low", "high"),
    [(45, 25, 100, 20.0, 3.77, 35.06), (12, 3, 20, 45.0, 8.43, 69.83)],
)
def test_golden_values(promoters: int, detractors: int, n: int, value: float, low: float, high: float) -> None:
    table = records(
        *repeated(promoters, nps_score=9), *repeated(detractors, nps_score=6),
        *repeated(n - promoters - detractors, nps_score=8),
    )  # fmt: skip
    found = pick(run(Nps, table))
    assert found.value == pytest.approx(value)
    assert found.low == pytest.approx(low, abs=0.005)
    assert found.high == pytest.approx(high, abs=0.005)
    assert (found.n, found.n_authors, found.unit) == (n, n, "points")


def test_answers_of_one_person_are_a_cluster() -> None:
    scores = [9] * 45 + [6] * 25 + [8] * 30
    alone = run(Nps, records(*({"nps_score": s} for s in scores)))
    # the same answers by twenty people who always say the same: as if each had answered once
    few = run(Nps, records(*({"nps_score": s, "author_id": f"p{i // 5}"} for i, s in enumerate(scores))))
    one = pick(run(Nps, records(*({"nps_score": s, "author_id": "p"} for s in scores))))
    assert pick(few).value == pick(alone).value == pytest.approx(20)
    assert (pick(few).n, pick(few).n_authors) == (100, 20)
    assert width(pick(few)) > 2 * width(pick(alone))
    assert width(pick(few, group="promoter")) > 2 * width(pick(alone, group="promoter"))
    assert width(one) > 140  # one person says nothing of how people differ
    assert pick(alone, group="promoter").method == "95% Wilson"
    assert "effective base" in pick(few, group="promoter").method


def width(result: Result) -> float:
    """How wide an interval is."""
    assert result.low is not None
    assert result.high is not None
    return result.high - result.low


def test_groups_and_answers_are_shares_with_their_records() -> None:
    table = records(*repeated(8, nps_score=10), *repeated(1, nps_score=0), *repeated(11, nps_score=7))
    found = run(Nps, table)
    assert pick(found, group="promoter").value == pytest.approx(0.4)
    assert pick(found, group="passive").value == pytest.approx(0.55)
    assert pick(found, group="detractor").value == pytest.approx(0.05)
    assert sum(r.value or 0 for r in found if "score" in r.dims) == pytest.approx(1.0)
    passive = pick(found, group="passive").evidence
    assert passive is not None
    assert passive.all[-2:] == (("nps_score", "ge", 7), ("nps_score", "lt", 9))


def test_cuts_need_two_values_and_obey_the_base_rules() -> None:
    rows = [*repeated(12, nps_score=10, segment="gold"), *repeated(9, nps_score=0, segment="basic")]
    found = run(Nps, records(*rows))
    assert pick(found, segment="gold").value == 100
    hidden = pick(found, segment="basic")
    assert (hidden.status, hidden.value) == ("hidden", None)
    assert not [r for r in found if "source_id" in r.dims]


def test_other_records_are_not_answers() -> None:
    found = pick(run(Nps, records(*repeated(20, nps_score=9), *repeated(50, nps_score=None), {"nps_score": 11})))
    assert found.n == 20


def test_nothing_answered_is_not_testable() -> None:
    (only,) = run(Nps, records({}))
    assert only.status == "not_testable"
    assert only.needs


def test_one_answer_is_hidden() -> None:
    assert pick(run(Nps, records({"nps_score": 9}))).status == "hidden"


@settings(max_examples=20)
@given(ANSWERS)
def test_bounds_hold_and_the_order_of_rows_is_nothing(answers: list[tuple[int, str]]) -> None:
    table = records(*({"nps_score": score, "segment": segment} for score, segment in answers))
    found = run(Nps, table)
    assert run(Nps, table.reverse()) == found
    whole = pick(found)
    if whole.status != "hidden":
        assert whole.low is not None
        assert whole.value is not None
        assert whole.high is not None
        assert -100 <= whole.low <= whole.value <= whole.high <= 100


def test_a_better_answer_never_lowers_the_score() -> None:
    scores = [pick(run(Nps, records(*repeated(15, nps_score=5), *repeated(15, nps_score=s)))).value for s in range(11)]
    assert scores == sorted(scores, key=lambda v: v or 0)
