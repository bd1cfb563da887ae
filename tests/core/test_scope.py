"""Scope: the waterfall adds up, the period is whole days of UTC, and missing columns take no step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import polars as pl
import pytest

from cxreport.model.audit import Load
from cxreport.stages.scope import scope_of
from tests.measures import make

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)


def steps(*rows: dict[str, object], drop: tuple[str, ...] = ()) -> dict[str, int]:
    table = make.records(*rows, kind="post").drop(drop)
    _, waterfall = scope_of(make.engine(table), make.context((FIRST, LAST)), ())
    assert waterfall[0].left == len(rows)
    for before, after in pairwise(waterfall):
        assert before.left - after.excluded == after.left
    return {step.id: step.excluded for step in waterfall}


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"is_context": True}, "context"),
        ({"brand_authored": True}, "brand"),
        ({"kind": "repost"}, "repost"),
        ({"customer_voice": False}, "voice"),
        ({"customer_voice": None}, "voice"),
        ({"duplicate_of": "x"}, "duplicate"),
        ({"entity": "norda"}, "entity"),
        ({"entity": None}, "entity"),
        ({"created_at": None}, "period"),
        ({"created_at": datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)}, "period"),
        ({"created_at": datetime(2026, 2, 1, tzinfo=UTC)}, "period"),
        ({"is_context": True, "brand_authored": True, "entity": "norda"}, "context"),
    ],
)
def test_each_record_leaves_at_the_first_step_that_applies(change: dict[str, object], step: str) -> None:
    excluded = steps({}, change, {})
    assert {name: n for name, n in excluded.items() if n} == {step: 1}


@pytest.mark.parametrize(
    "inside", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)]
)
def test_both_days_of_the_period_are_included(inside: datetime) -> None:
    assert not any(steps({"created_at": inside}).values())


def test_steps_whose_column_nobody_adds_are_left_out() -> None:
    excluded = steps({}, {"entity": "norda"}, drop=("customer_voice", "duplicate_of"))
    assert "voice" not in excluded
    assert "duplicate" not in excluded
    assert excluded["entity"] == 1


def test_without_a_period_the_undated_count_too() -> None:
    table = make.records({"created_at": None}, {})
    scope, waterfall = scope_of(make.engine(table), make.context(), ())
    assert waterfall[-1].left == 2
    assert "created_at" not in scope.population.columns()


def test_the_moment_of_censoring_is_the_latest_record_unless_it_is_stated() -> None:
    late = datetime(2026, 5, 1, tzinfo=UTC)
    table = make.records({}, {"created_at": late, "entity": "norda"})
    assert scope_of(make.engine(table), make.context(), ())[0].as_of == late
    stated = datetime(2026, 7, 1, tzinfo=UTC)
    assert scope_of(make.engine(table), make.context(as_of=stated), ())[0].as_of == stated


def test_no_records_are_no_crash() -> None:
    scope, waterfall = scope_of(make.engine(make.records()), make.context((FIRST, LAST)), ())
    assert scope.as_of is None
    assert {step.left for step in waterfall} == {0}


def test_files_that_were_not_read_say_nothing_about_what_a_system_holds() -> None:
    loads = (
        Load(source_id="a", file="a", system="x", frame="capped", replies=3),
        Load(source_id="b", file="b", system="y", frame="own_posts", problem="broken"),
    )
    scope, _ = scope_of(make.engine(make.records({})), make.context(), loads)
    assert scope.frames == {"x": "capped"}


def test_the_population_keeps_what_the_waterfall_leaves() -> None:
    table = make.records({}, {"entity": "norda"}, {"kind": "repost"}, {})
    scope, waterfall = scope_of(make.engine(table), make.context(), ())
    kept = scope.population.keep(make.engine(table).open("records")).select("record_id").collect()
    assert len(kept) == waterfall[-1].left == 2
    assert isinstance(kept.to_native(), pl.DataFrame)
