"""Before, during and after; engagement at each moment; break points."""

from __future__ import annotations

import pytest

from cxreport.api import Words
from cxreport_plugins.journey.breaks import Breaks
from cxreport_plugins.journey.engagement import Engagement
from cxreport_plugins.journey.further import breaks, budget, engagement, phases
from cxreport_plugins.journey.phases import Phases
from tests.measures.discovery.made import measured
from tests.measures.make import edition, pick, repeated, result

WORDS = Words()


def test_phases_put_what_is_passed_on_and_calls_for_help_after() -> None:
    rows = [
        *repeated(12, moment="zmot", sentiment="positive"), *repeated(10, moment="fmot", sentiment="negative"),
        *repeated(10, moment="smot", sentiment="positive", shared="private", kind="survey_response"),
        *repeated(10, moment="smot", sentiment="negative", acts=("complain",)),
        *repeated(5, moment="smot", sentiment="neutral", shared="private", kind="ticket"),
        *repeated(5, moment="smot", sentiment="neutral", shared="private", metric="ces"),
        *repeated(9, sentiment="negative"),
    ]  # fmt: skip
    found = measured(Phases, *rows)
    assert {r.dims["phase"]: r.n for r in found} == {"before": 12, "during": 20, "after": 20}
    assert [pick(found, phase=p).value for p in ("before", "during", "after")] == pytest.approx([100, 0, -50])


def test_engagement_by_moment() -> None:
    rows = [
        *repeated(3, moment="zmot", answered_by_brand=True), *repeated(9, moment="zmot", answered_by_brand=False),
        *repeated(10, moment="smot", answered_by_brand=True), *repeated(10, moment="smot", shared="private"),
    ]  # fmt: skip
    found = measured(Engagement, *rows)
    assert pick(found, moment="zmot").value == pytest.approx(0.25)
    assert pick(found, moment="smot").value == 1
    assert pick(found, moment="fmot").status == "not_testable"


def test_break_points_are_complaints_over_mentions() -> None:
    rows = [
        *repeated(6, themes=("luggage",), acts=("complain", "warn")), *repeated(4, themes=("luggage", "crew")),
        *repeated(16, themes=("crew",)), *repeated(7, acts=("complain",)),
    ]  # fmt: skip
    found = measured(Breaks, *rows)
    assert {r.dims["theme"]: r.value for r in found} == {"luggage": pytest.approx(0.6), "crew": 0}


def test_titles_say_what_the_intervals_allow() -> None:
    feeling = [
        result("journey.phases", v, v - 5, v + 5, phase=p) for p, v in (("before", 40), ("during", 20), ("after", -30))
    ]
    share = {"unit": "share"}
    answered = [
        result("journey.engagement", v, v - 0.05, v + 0.05, facts=share, moment=m)
        for m, v in (("stimulus", 0.2), ("zmot", 0.5), ("fmot", 0.45), ("smot", 0.4))
    ]
    broken = [
        result("journey.breaks", v, v - 0.05, v + 0.05, n, facts=share, theme=t)
        for t, v, n in (("luggage", 0.6, 200), ("crew", 0.1, 200), ("food", 0.9, 20))
    ]
    shown = edition({"journey.phases": feeling, "journey.engagement": answered, "journey.breaks": broken})
    told = [draw(shown, WORDS) for draw in (phases, engagement, breaks)]
    assert [exhibit.title for exhibit in told if exhibit] == [
        "After the experience, net sentiment is lowest: \u221230",
        "The brand is least there when customers first hear of it: it answers 20%",
        "60% of the texts about luggage complain, more than about anything else",
    ]


def test_no_exhibit_without_results() -> None:
    assert [draw(edition(), WORDS) for draw in (phases, engagement, breaks, budget)] == [None] * 4


def test_budget_and_need_names_the_widest_gap_that_is_clear() -> None:
    needs = [
        result("journey.needs", 0.4, 0.35, 0.45, facts={"unit": "ratio"}),
        result("journey.needs", 0.8, 0.75, 0.85, facts={"unit": "share"}, moment="smot"),
        result("journey.needs", -30, -35, -25, moment="smot", part="gap"),
        result("journey.needs", 0.2, 0.15, 0.25, facts={"unit": "share"}, moment="zmot"),
        result("journey.needs", 10, 5, 15, moment="zmot", part="gap"),
    ]
    told = budget(edition({"journey.needs": needs}), WORDS)
    assert told
    assert told.title == "The budget gives the SMOT 30 points less than its part of the negative"
