"""Outcomes by the whole interval, and how often they are wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats
from cxreport.gates.judge import Judged, judge, normal
from cxreport.gates.rule import Gate
from cxreport.model.audit import Audit, Load, MeasureInfo
from cxreport.model.result import Result
from tests.changes.made import basis, meta, share, snapshot


def audit(*results: Result, loads: tuple[Load, ...] = ()) -> Audit:
    by: dict[str, tuple[Result, ...]] = {}
    for result in results:
        by[result.id] = (*by.get(result.id, ()), result)
    infos = {name: MeasureInfo(id=name, title=name, compared=((),), digest="1") for name in by}
    rest = basis([result.key for result in results])
    return Audit(meta=meta(2026), loads=loads, waterfall=(), measures=by, infos=infos, basis=rest)


def one(rule: str, result: Result | None, key: str = "care.rate", **facts: Any) -> Judged:
    [found] = judge({key: Gate(rule=rule)}, audit(*([result] if result else [])), **facts)
    return found


INTERVAL = Result(id="care.rate", value=0.5, low=0.4, high=0.6, n=100)


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        (">= 40%", "pass"), ("> 40%", "inconclusive"), (">= 50%", "inconclusive"), (">= 60%", "inconclusive"),
        ("> 60%", "fail"), (">= 61%", "fail"), ("<= 60%", "pass"), ("<= 50%", "inconclusive"), ("<= 39%", "fail"),
        ("< 40%", "fail"), ("<= 40%", "inconclusive"),
    ],
)  # fmt: skip
def test_the_whole_interval_decides(rule: str, outcome: str) -> None:
    assert one(rule, INTERVAL).outcome == outcome


@pytest.mark.parametrize(
    ("changes", "rule", "outcome"),
    [
        ({"value": None, "low": 300.0, "high": None, "unit": "minutes"}, "<= 240", "fail"),  # a median not reached
        ({"value": None, "low": 200.0, "high": None, "unit": "minutes"}, "<= 240", "inconclusive"),
        ({"value": None, "low": 300.0, "high": None, "unit": "minutes"}, ">= 240", "pass"),
        ({"kind": "range", "value": None}, "<= 60%", "pass"),
        ({"kind": "count", "low": None, "high": None, "n": 3, "value": 7, "unit": "records"}, "<= 6", "fail"),
        ({"kind": "count", "low": None, "high": None, "value": 6, "unit": "records"}, "<= 6", "pass"),
    ],
)
def test_open_ends_bounds_and_counts(changes: dict[str, Any], rule: str, outcome: str) -> None:
    assert one(rule, INTERVAL.model_copy(update=changes)).outcome == outcome


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (None, "no such result"),
        (INTERVAL.model_copy(update={"status": "not_testable", "reason": "no threads"}), "no threads"),
        (INTERVAL.model_copy(update={"status": "hidden"}), "not shown"),
        (INTERVAL.model_copy(update={"status": "directional", "reason": "it errs"}), "direction only: it errs"),
        (INTERVAL.model_copy(update={"n": 29}), "fewer than 30"),
        (INTERVAL.model_copy(update={"low": None, "high": None}), "no interval"),
        (INTERVAL.model_copy(update={"kind": "table"}), "no number"),
    ],
)
def test_what_cannot_be_judged_is_inconclusive(result: Result | None, why: str) -> None:
    found = one(">= 1%", result)
    assert found.outcome == "inconclusive"
    assert why in found.reason
    assert not found.failed
    strict = judge({"care.rate": Gate(rule=">= 1%", inconclusive="fail")}, audit(*([result] if result else [])))
    assert strict[0].failed


def test_keys_in_any_spelling() -> None:
    result = share(600, 1000, dims={"channel": "x", "turn": "reopened"})
    assert normal(" care.rate[turn = reopened, channel=x] ") == result.key
    assert one(">= 50%", result, "care.rate[turn=reopened,channel=x]").outcome == "pass"


def test_against_the_previous_audit() -> None:
    before, now = share(300, 1000), share(400, 1000)
    facts: dict[str, Any] = {"previous": snapshot(before, year=2025)}
    assert one(">= previous", now, **facts).outcome == "pass"
    assert one(">= previous + 10%", now, **facts).outcome == "inconclusive"
    assert one("<= previous + 2%", now, **facts).outcome == "fail"
    assert one(">= previous", now).reason == "no previous audit is given"
    assert one(">= previous", None, "care.other", **facts).reason == "neither audit has it"
    other = audit(now).model_copy(update={"basis": basis([now.key], names="others")})
    [broken] = judge({"care.rate": Gate(rule=">= previous")}, other, **facts)
    assert (broken.outcome, broken.reason) == ("inconclusive", "the names by which records are found changed")


def monthly(values: list[float]) -> list[Result]:
    return [share(round(1000 * v), 1000, dims={"month": f"2025-{i + 1:02}"}) for i, v in enumerate(values)]


def test_a_trend_needs_six_months() -> None:
    rising = monthly([0.30, 0.32, 0.33, 0.36, 0.38, 0.40, 0.41])
    [up], [down] = (judge({"care.rate": Gate(rule=r)}, audit(*rising)) for r in ("trend >= 0", "trend <= 0"))
    assert (up.outcome, down.outcome) == ("pass", "fail")
    assert up.number.value == pytest.approx(0.0183, abs=0.003)
    [few] = judge({"care.rate": Gate(rule="trend >= 0")}, audit(*rising[:5]))
    assert few.outcome == "inconclusive"


def test_the_ledger() -> None:
    loads = (
        Load(source_id="a", file="a", rows_read=90, rejected={"bad_date": 3}),
        Load(source_id="b", file="b", rows_read=10, problem="it is no table"),
    )
    rules = {"loads.rejected_share": "<= 3%", "loads.unread": "<= 0"}
    found = judge({key: Gate(rule=rule) for key, rule in rules.items()}, audit(loads=loads))
    assert [(j.outcome, j.number.value) for j in found] == [("pass", 0.03), ("fail", 1)]
    [none] = judge({"loads.rejected_share": Gate(rule="<= 1%")}, audit())
    assert none.reason == "no row was read"


limits = st.tuples(*[st.floats(-100, 100)] * 3).map(sorted)


@given(limits, st.floats(-100, 100), st.floats(-100, 100))
def test_a_harder_threshold_never_helps(ends: list[float], one_at: float, other_at: float) -> None:
    result = Result(id="care.rate", low=ends[0], value=ends[1], high=ends[2], n=100, unit="points")
    rank = {"fail": 0, "inconclusive": 1, "pass": 2}
    easy, hard = sorted((one_at, other_at))
    outcomes = [one(f">= {at:.6f}", result).outcome for at in (easy, hard)]
    assert rank[outcomes[0]] >= rank[outcomes[1]]


DRAWS = 1500


def nps(rng: np.random.Generator, n: int) -> Result:
    """A net promoter score whose truth is +20."""
    detractors, _, promoters = rng.multinomial(n, [0.25, 0.30, 0.45])
    score, interval = stats.nps(promoters, detractors, n), stats.adjusted_wald_nps(promoters, detractors, n)
    return Result(id="care.rate", value=score, low=interval.low, high=interval.high, n=n, unit="points")


@pytest.mark.parametrize("n", [30, 100, 1000])
def test_false_fails_are_rare_when_the_truth_is_on_the_good_side(n: int) -> None:
    """The truth lies exactly on the threshold, the hardest of the good side: at most one in twenty fails."""
    rng = np.random.default_rng(2026)
    shares = [share(int(k), n) for k in rng.binomial(n, 0.3, DRAWS)]
    scores = [nps(rng, n) for _ in range(DRAWS)]
    for rule, results in ((">= 30%", shares), ("<= 30%", shares), (">= 20", scores), ("<= 20", scores)):
        fails = sum(one(rule, result).outcome == "fail" for result in results)
        assert fails / DRAWS <= 0.05, rule


def test_false_fails_against_the_previous_audit_are_rare() -> None:
    rng = np.random.default_rng(2027)
    draws = [[share(int(k), 200) for k in rng.binomial(200, 0.3, 400)] for _ in range(2)]
    fails = sum(
        one(">= previous", now, previous=snapshot(before, year=2025)).outcome == "fail"
        for before, now in zip(*draws, strict=True)
    )
    assert fails / 400 <= 0.05


def test_false_fails_by_trend_are_rare() -> None:
    rng = np.random.default_rng(2028)
    fails = 0
    for _ in range(400):
        level = [
            share(int(k), 400, dims={"month": f"2025-{i + 1:02}"}) for i, k in enumerate(rng.binomial(400, 0.3, 12))
        ]
        [found] = judge({"care.rate": Gate(rule="trend >= 0")}, audit(*level))
        fails += found.outcome == "fail"
    assert fails / 400 <= 0.05


def test_a_truth_on_the_bad_side_is_found() -> None:
    rng = np.random.default_rng(2029)
    fails = sum(one(">= 40%", share(int(k), 1000)).outcome == "fail" for k in rng.binomial(1000, 0.3, 200))
    assert fails > 195
