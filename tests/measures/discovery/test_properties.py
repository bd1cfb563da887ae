"""What holds of every measure of discovery and of the further measures of the journey, whatever the records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Measure
from cxreport_plugins.discovery import cxreport_measures as of_discovery
from cxreport_plugins.journey import cxreport_measures as of_journey
from tests.measures.discovery.made import answers, measured, nothing
from tests.measures.make import pick, repeated, run

MEASURES = [*of_discovery(), *of_journey()]
ROW = st.fixed_dictionaries({
    "moment": st.sampled_from([None, "stimulus", "zmot", "fmot", "smot"]),
    "entity": st.sampled_from(["brand", "brand", "norda"]),
    "author_id": st.sampled_from(["a", "b", "c", "d", None]),
    "native_id": st.sampled_from(["1", "2", "3", "4"]),
    "in_reply_to_id": st.sampled_from([None, None, "1", "2"]),
    "sentiment": st.sampled_from([None, "negative", "neutral", "positive"]),
    "kind": st.sampled_from(["post", "reply", "review", "ticket"]),
    "channel": st.sampled_from(["x", "trustpilot"]),
    "answered_by_brand": st.booleans(),
    "text": st.sampled_from([None, "words", "words?"]),
    "acts": st.lists(st.sampled_from(["ask", "complain", "praise"]), unique=True, max_size=2),
    "cues": st.lists(st.sampled_from(["source.search", "cited.friend", "reason.price", "ladder.own", "ladder.love",
                                      "technology.app", "turn.to-rival", "turn.from-rival"]), unique=True, max_size=3),
    "companies": st.lists(st.sampled_from(["brand", "norda"]), unique=True),
    "themes": st.lists(st.sampled_from(["luggage", "crew"]), unique=True),
})  # fmt: skip


@pytest.mark.parametrize("cls", MEASURES, ids=lambda cls: cls.name)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(rows=st.lists(ROW, min_size=1, max_size=60))
def test_results_lie_within_bounds_and_do_not_depend_on_the_order_of_rows(
    cls: type[Measure], rows: list[dict[str, Any]]
) -> None:
    found = measured(cls, *rows, source_id="one")
    assert found
    for r in found:
        assert r.n >= 0
        if r.unit == "share" and r.value is not None:
            assert 0 <= r.value <= 1
            assert (r.low or 0) <= r.value <= (1 if r.high is None else r.high) <= 1
        if r.unit == "points" and r.value is not None:
            assert -100 <= r.value <= 100
    assert measured(cls, *rows, source_id="one", shuffle=True) == found


@pytest.mark.parametrize("cls", MEASURES, ids=lambda cls: cls.name)
def test_nothing_is_not_testable_and_says_what_is_needed(cls: type[Measure]) -> None:
    found = run(cls, nothing())
    assert found
    assert all(r.status == "not_testable" and r.reason and r.value is None for r in found)


@pytest.mark.parametrize("cls", MEASURES, ids=lambda cls: cls.name)
def test_one_record_is_never_a_number_that_is_shown(cls: type[Measure]) -> None:
    row = {"moment": "zmot", "acts": ("ask",), "cues": ("source.search", "reason.price"), "themes": ("luggage",)}
    assert all(not r.shown or r.kind == "count" for r in measured(cls, row))


def test_more_answers_never_leave_more_questions_open() -> None:
    from cxreport_plugins.discovery.questions import Questions

    def alone(answered: int) -> float:
        rows = [{"moment": "zmot", "acts": ("ask",), "answered_by_brand": n < answered} for n in range(20)]
        return pick(measured(Questions, *rows), part="unanswered").value or 0

    rates = [alone(answered) for answered in (0, 5, 10, 20)]
    assert rates == sorted(rates, reverse=True)
    assert (rates[0], rates[-1]) == (1, 0)


def test_more_rivals_leave_a_smaller_voice() -> None:
    from cxreport_plugins.discovery.voice import ShareOfVoice

    def voice(rivals: int) -> float:
        found = measured(ShareOfVoice, *repeated(20, moment="zmot"), *repeated(rivals, moment="zmot", entity="norda"))
        return pick(found, moment="zmot", entity="brand").value or 0

    assert voice(2) > voice(10) > voice(40)


def test_an_answer_counts_only_for_the_population() -> None:
    from cxreport_plugins.discovery.sources import Sources

    rows = [*repeated(10), *repeated(10, entity="norda")]
    found = measured(Sources, *rows, given=answers("How did you hear of us?", ["search"] * 10 + ["TV"] * 10))
    assert pick(found, of="answers", source="search").value == 1
