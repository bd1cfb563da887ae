"""The demo's context files tell the story that the generator planted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cxreport.model.facts import Costs, Facts
from cxreport.plan import make_plan
from examples.meridian.generate.story import CARE_HOURS, OFFICE_HOURS, OUTAGE, RECOVERY, VIRAL

from .demo import ROOT, truth


@pytest.fixture(scope="module")
def facts() -> Facts:
    return make_plan(ROOT / "config.yaml").context.facts


def test_every_context_file_is_supplied(facts: Facts) -> None:
    named = ("calendar", "costs", "budget", "beliefs", "serp", "kpi", "hours")
    assert [name for name in named if not getattr(facts, name)] == []


def test_every_cost_is_supplied(facts: Facts) -> None:
    assert facts.costs is not None
    assert [name for name in Costs.model_fields if not getattr(facts.costs, name)] == []


def test_the_calendar_is_that_of_the_story(facts: Facts) -> None:
    (outage,) = facts.events("outage")
    assert (outage.start, outage.end) == OUTAGE
    (launch,) = facts.events("launch")
    assert launch.start == RECOVERY
    assert [event.start <= VIRAL < event.end for event in facts.events("other")] == [True]


def test_the_hours_are_those_in_which_people_answer(facts: Facts) -> None:
    assert facts.hours is not None
    for day, (opens, closes) in ((date(2026, 3, 31), OFFICE_HOURS), (date(2026, 4, 1), CARE_HOURS)):
        ((start, end),) = facts.hours.openings(day, day, "x")
        hours = [datetime.fromtimestamp(instant / 1000, UTC).hour for instant in (start, end)]
        assert hours == [opens, closes]


def test_figures_move_with_the_seasons(facts: Facts) -> None:
    told = truth()["kpi"]
    assert len(facts.kpi or ()) == 2 * told["weeks"] > 2 * 40, "enough weeks for a lagged comparison"
    repeat, vouchers = told["means"].values()
    assert repeat["winter"] < repeat["before"] < repeat["after"]
    assert vouchers["winter"] > vouchers["before"] > vouchers["after"]
