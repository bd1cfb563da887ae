"""The ledger: every part by hand, ranges that are reproducible, and nothing invented where a figure is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Costs, Facts, Measure, Range, Result, Words
from cxreport_plugins.economics.draws import DRAWS, Inputs, draw, inner, middle, significant, tornado
from cxreport_plugins.economics.load import ReactiveLoad
from cxreport_plugins.economics.reaction import Reaction
from cxreport_plugins.economics.recovery import NetRecovery
from cxreport_plugins.economics.section import WhatReactingCosts, headline
from tests.measures import make
from tests.measures.russian import english

Row = dict[str, Any]
WORDS = Words()
MORE = {
    "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64, "closes": pl.Boolean, "thread_id": pl.String,
    "thread_position": pl.Int64,
}  # fmt: skip
YEAR = (date(2025, 7, 1), date(2026, 6, 30))
EXACT: Row = {
    "currency": "EUR", "source": "Customer service, July 2026", "contact": {"phone": 8}, "minutes": {"phone": 10, "x": 6},
    "hour": 30, "productive_hours": 110, "goodwill": 60, "goodwill_share": 0.1, "customer_value": 120, "years": 3,
    "churn": 0.1, "exposed_customers": 0.05, "lost_conversion": 0.01, "recovery": 25, "programme": 4000,
}  # fmt: skip
"""Figures that somebody knows exactly: every result is a point but for the share of followers who see a post."""


def rows() -> list[Row]:
    """In one year 40 calls, and 60 public complaints, 20 of them answered and 12 recovered."""
    calls = [{"channel": "phone", "shared": "private", "sentiment": "neutral"} for _ in range(40)]
    root: Row = {"sentiment": "negative", "thread_position": 0, "impressions": 1_000}
    open_ = [dict(root) for _ in range(40)]
    done: list[Row] = []
    for number in range(20):
        ident, author = make.ident(f"root {number}"), f"recovered {number}"
        who = {"author_id": author, "thread_id": ident}
        done.append({**root, **who, "record_id": ident, "answered_by_brand": True, "first_reply_ms": 60_000})
        if number < 12:
            later = {"created_at": make.NOON + timedelta(hours=3), "thread_position": 1, "closes": True}
            done.append({**who, **later, "sentiment": "positive", "record_id": make.ident(f"glad {number}")})
    return [*calls, *open_, *done]


def measured(measure: type[Measure], costs: Row | None, given: list[Row] | None = None) -> dict[str, Result]:
    table = make.records(*(rows() if given is None else given), more=MORE)
    about = make.context(period=YEAR, facts=Facts(costs=Costs.model_validate(costs) if costs else None))
    return {r.key: r for r in make.run(measure, table, about=about)}


def scaled(value: float) -> float:
    """The year of the audit has 365 days, a year 365.25."""
    return value * 365.25 / 365


def near(result: Result, value: float) -> None:
    """The range holds the value and is as narrow as two significant digits let it be."""
    assert result.low is not None
    assert result.high is not None
    assert result.low <= value <= result.high
    assert result.high - result.low <= 0.11 * abs(value) + 1


def test_every_part_by_hand() -> None:
    found = measured(Reaction, EXACT)
    name = "economics.reaction"
    parts = {
        "handling": 40 * 8 + 20 * 6 / 60 * 30,
        "goodwill": 60 * 0.1 * 60,
        "churn": (60 - 12) * 0.1 * 120 * 3,
        "contagion": 60 * 1_000 * 0.05 * 0.01 * 120,
    }
    for part, value in parts.items():
        near(found[f"{name}[part={part}]"], scaled(value))
    whole = scaled(sum(parts.values()))
    near(found[name], whole)
    even = found[f"{name}[part=break_even]"]
    assert (even.low, even.high) == pytest.approx((4000 / whole, 4000 / whole))
    assert found[name].level == 0.9
    assert "Customer service, July 2026" in found[name].method


def test_recovery_by_hand() -> None:
    found = measured(NetRecovery, EXACT)
    saved, spent, contagion = 12 * 0.1 * 120 * 3, 20 * 25, 60 * 1_000 * 0.05 * 0.01 * 120
    near(found["economics.net_recovery"], scaled(saved - spent - contagion))
    roi = found["economics.net_recovery[part=roi]"]
    assert roi.low == pytest.approx(saved / spent - 1)


def test_the_work_of_a_month() -> None:
    found = measured(ReactiveLoad, EXACT)
    hours = scaled(40 * 10 + 20 * 6) / 60 / 12
    assert found["economics.reactive_load[part=fte]"].low == pytest.approx(hours / 110)
    stated = measured(ReactiveLoad, {**EXACT, "contacts": {"phone": 6_600}, "minutes": {"phone": 10}})
    assert stated["economics.reactive_load[part=fte]"].low == pytest.approx(10)


@pytest.mark.parametrize("measure", [Reaction, NetRecovery, ReactiveLoad])
def test_without_costs_nothing_is_computed(measure: type[Measure]) -> None:
    (only,) = measured(measure, None).values()
    assert (only.status, only.needs) == ("not_testable", ("context.costs",))


@pytest.mark.parametrize(
    ("lacking", "part"),
    [("goodwill", "goodwill"), ("churn", "churn"), ("lost_conversion", "contagion"), ("programme", "break_even")],
)
def test_a_part_without_its_figure_is_silent_and_so_is_the_whole(lacking: str, part: str) -> None:
    found = measured(Reaction, {key: value for key, value in EXACT.items() if key != lacking})
    silent = found[f"economics.reaction[part={part}]"]
    assert (silent.status, silent.value, silent.low) == ("not_testable", None, None)
    assert lacking in silent.reason
    assert found["economics.reaction"].testable is (lacking == "programme")


@pytest.mark.parametrize("measure", [Reaction, NetRecovery, ReactiveLoad])
def test_nothing_and_one_record(measure: type[Measure]) -> None:
    for given_rows in ([], [{"sentiment": "negative", "thread_position": 0}]):
        for result in measured(measure, EXACT, given_rows).values():
            assert result.value is None


def test_the_order_of_records_changes_nothing() -> None:
    assert measured(Reaction, EXACT) == measured(Reaction, EXACT, rows()[::-1])


ranges = st.lists(st.integers(1, 1_000), min_size=3, max_size=3).map(sorted)


@settings(max_examples=30, deadline=None)
@given(ranges)
def test_draws_stay_inside_and_come_again(ends: list[int]) -> None:
    stated = Range(low=ends[0], likely=ends[1], high=ends[2])
    drawn = np.asarray(draw("hour", stated))
    low, high = inner(drawn)
    assert len(drawn) == DRAWS
    assert ends[0] <= low <= high <= ends[2]
    assert np.array_equal(drawn, draw("hour", stated))
    assert drawn.mean() == pytest.approx(sum(ends) / 3, rel=0.02)


def test_triangles_have_the_quantiles_of_theory() -> None:
    """P5 and P95 of a triangle over 0 and 1 with its mode at 0.5 are √0.025 and 1 − √0.025."""
    triangle = inner(draw("hour", Range(low=0, likely=0.5, high=1)))
    assert np.allclose(triangle, (0.025**0.5, 1 - 0.025**0.5), atol=0.01)
    uniform = inner(draw("hour", Range(low=0, high=1)))
    assert np.allclose(uniform, (0.05, 0.95), atol=0.01)


def test_a_further_figure_changes_no_other() -> None:
    wide = {**EXACT, "churn": [0.05, 0.2]}
    more = measured(Reaction, {**wide, "recovery": [1, 100]})
    assert more["economics.reaction[part=churn]"].low == measured(Reaction, wide)["economics.reaction[part=churn]"].low


def test_a_dearer_figure_costs_more() -> None:
    costs = [
        measured(Reaction, {**EXACT, "goodwill": money})["economics.reaction"].low or 0 for money in (50, 500, 5_000)
    ]
    assert costs == sorted(costs)
    assert costs[0] < costs[-1]


def test_the_tornado_moves_one_figure_at_a_time() -> None:
    stated = {"a": Range(low=1, likely=2, high=9), "b": Range(low=0, high=2), "c": Range(low=5, high=5)}
    assert [significant(v) for v in (1_029_904.2, -38.26, 0)] == [1_030_000, -38.3, 0]
    rows_ = tornado(Inputs(stated), lambda given: given["a"] * 10 + given["b"] + given["c"])
    assert rows_ == [{"input": "a", "low": 16, "high": 96}, {"input": "b", "low": 25, "high": 27}]
    assert middle(stated["b"]) == 1


def test_the_page_says_no_more_than_the_ranges() -> None:
    wide = {**EXACT, "programme": [3_000, 5_000], "churn": [0.05, 0.2], "years": [2, 4]}
    found = {m.name: list(measured(m, wide).values()) for m in (Reaction, NetRecovery, ReactiveLoad)}
    page = make.edition(found)
    section = make.section(WhatReactingCosts)
    assert headline(page, WORDS).startswith("Prevention breaks even once it removes")
    exhibits = section.exhibits(page, WORDS)
    assert [e.id for e in exhibits] == [
        "economics.parts", "economics.tornado", "economics.recovery", "economics.else", "economics.inputs",
    ]  # fmt: skip
    assert all(e.table and e.results for e in exhibits)
    dear = {Reaction.name: list(measured(Reaction, {**EXACT, "programme": 10**7}).values())}
    assert headline(make.edition(dear), WORDS) == "On these figures prevention costs more than all reaction"
    assert english(section, page) == []
    none = make.edition({Reaction.name: list(measured(Reaction, None).values())})
    assert section.view(none, WORDS).title == "What reacting costs was not computed"
    assert section.exhibits(none, WORDS) == []
    assert section.limits(none, WORDS)
    assert english(section, none) == []
