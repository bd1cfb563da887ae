"""Measures of discovery on cases that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from cxreport.api import Result, stats
from cxreport.model.facts import Belief, Budget, Event, Facts, SearchResult
from cxreport_plugins.common.lagged import lagged
from cxreport_plugins.discovery.breadth import Breadth, entropy
from cxreport_plugins.discovery.influence import Influence
from cxreport_plugins.discovery.keyness import Keyness
from cxreport_plugins.discovery.ladder import Ladder
from cxreport_plugins.discovery.loop import Loop
from cxreport_plugins.discovery.openness import Openness
from cxreport_plugins.discovery.outcome import Outcome
from cxreport_plugins.discovery.perception import Perception
from cxreport_plugins.discovery.places import Places
from cxreport_plugins.discovery.questions import Questions
from cxreport_plugins.discovery.rivals import Rivals
from cxreport_plugins.discovery.search import SearchResults
from cxreport_plugins.discovery.sources import Sources
from cxreport_plugins.discovery.stated import Cited, Reasons
from cxreport_plugins.discovery.technologies import Technologies
from cxreport_plugins.discovery.topics import Topics
from cxreport_plugins.discovery.trigger import Trigger
from cxreport_plugins.discovery.voice import ShareOfVoice
from cxreport_plugins.journey.needs import Needs
from tests.measures.discovery.made import NOW, answers, measured, nothing
from tests.measures.make import context, pick, repeated, run


def values(results: tuple[Result, ...], part: str = "part") -> dict[str, float | None]:
    return {r.dims[part]: r.value for r in results if set(r.dims) == {part}}


def test_share_of_voice_by_records_and_by_people() -> None:
    rows = [
        *repeated(12, moment="zmot"), *repeated(6, moment="zmot", entity="norda", author_id="one who writes often"),
        *repeated(2, moment="smot", entity="norda"),
    ]  # fmt: skip
    found = measured(ShareOfVoice, *rows)
    assert pick(found, moment="zmot", entity="brand").value == pytest.approx(12 / 18)
    assert pick(found, moment="all", entity="norda").value == pytest.approx(8 / 20)
    assert pick(found, moment="zmot", entity="norda", count="people").value == pytest.approx(1 / 13)
    shares = [r.value for r in found if r.dims["moment"] == "all" and "count" not in r.dims]
    assert sum(filter(None, shares)) == pytest.approx(1)


def test_share_of_voice_counts_only_sources_that_hold_a_rival() -> None:
    both = [*repeated(10, moment="zmot"), *repeated(10, moment="zmot", entity="norda")]
    alone = repeated(80, moment="zmot", source_id="our reviews")
    assert pick(measured(ShareOfVoice, *both, *alone), moment="zmot", entity="brand").value == 0.5
    assert measured(ShareOfVoice, *alone)[0].reason == "no source holds both the brand and a rival"


def asked(count: int, **row: object) -> list[dict[str, object]]:
    return repeated(count, moment="zmot", acts=("ask",), **row)


def test_questions_by_who_answered() -> None:
    at = NOW - timedelta(days=20)
    rows = [
        *asked(6, answered_by_brand=True, created_at=at), *asked(3, answered_by_brand=False, created_at=at),
        {"moment": "zmot", "acts": ("ask",), "answered_by_brand": False, "created_at": at, "thread_id": "helped"},
        {"thread_id": "helped", "thread_position": 1, "kind": "reply", "created_at": at},
        {"thread_id": "helped", "thread_position": 2, "kind": "reply", "created_at": at, "brand_authored": True},
        {"moment": "zmot", "text": "no question here", "created_at": at},
        *asked(5, created_at=NOW - timedelta(days=2)),
        *asked(4, created_at=at, shared="private"),
    ]  # fmt: skip
    found = measured(Questions, *rows)
    whole = values(found)
    assert whole["brand"] == pytest.approx(0.6)
    assert whole["peers"] == pytest.approx(0.1)
    assert whole["unanswered"] == pytest.approx(0.3)
    assert whole["responses"] == pytest.approx(2 / 10)
    least = stats.wilson(6, 10)
    assert (pick(found, part="brand").low or 0) <= least.low + 1e-9
    assert pick(found, part="brand", channel="x").value == pytest.approx(0.6)
    assert pick(found, part="age").status == "hidden"


def test_a_question_mark_asks_too_and_its_age_is_told_in_minutes() -> None:
    rows = repeated(10, moment="zmot", text="Which one is better?", created_at=NOW - timedelta(days=30))
    found = measured(Questions, *rows)
    assert pick(found, part="unanswered").value == 1
    assert pick(found, part="age").value == 30 * 1440


def test_questions_need_an_export_that_shows_the_unanswered() -> None:
    found = run(Questions, nothing())
    assert [r.status for r in found] == ["not_testable"]


def test_sources_of_answers_and_of_texts_are_never_pooled() -> None:
    said = ["Google search", "A friend", "A friend", "TV", "Instagram", "search and TV", "somewhere", *["Friends"] * 3]
    rows = [*repeated(5, moment="fmot", cues=("source.friend",)), *repeated(15, moment="zmot")]
    found = measured(Sources, *rows, given=answers("How did you first hear about us?", said))
    told = {r.dims["source"]: r.value for r in found if set(r.dims) == {"of", "source"} and r.dims["of"] == "answers"}
    assert (told["search"], told["friend"], told["media"], told["other"]) == pytest.approx((0.2, 0.5, 0.2, 0.1))
    media = {r.dims["medium"]: r.value for r in found if set(r.dims) == {"of", "medium"}}
    assert (media["digital"], media["traditional"], media["personal"]) == pytest.approx((0.3, 0.2, 0.5))
    assert pick(found, of="texts", source="friend").value == pytest.approx(0.25)
    assert pick(found, of="texts", source="any").value == pytest.approx(0.25)


def test_the_digital_share_has_a_slope_over_months() -> None:
    months = [datetime(2026, month, 10) for month in (1, 2, 3, 4)]
    rows = [{"created_at": at, "moment": "smot"} for at in months for _ in range(10)]
    said = [text for digital in (2, 3, 4, 5) for text in ["search"] * digital + ["TV"] * (10 - digital)]
    found = measured(Sources, *rows, given=answers("How did you hear about us?", said))
    assert pick(found, of="answers", part="slope").value == pytest.approx(10)


def test_other_questions_are_not_taken_for_it() -> None:
    found = measured(Sources, *repeated(20, moment="smot"), given=answers("How was the crew?", ["search"] * 20))
    assert [r.status for r in found] == ["not_testable"]


def test_who_is_cited_by_fewer_than_three_people_is_not_told() -> None:
    rows = [
        *repeated(8, moment="zmot", cues=("cited.tripadvisor",)), *repeated(2, moment="zmot", cues=("cited.blogger",)),
        *repeated(10, moment="zmot"), *repeated(9, moment="smot", cues=("cited.friend",)),
    ]  # fmt: skip
    found = measured(Cited, *rows)
    assert values(found, "cited") == {"tripadvisor": pytest.approx(0.8)}
    assert pick(found, part="stated").value == pytest.approx(0.5)


def test_reasons_have_those_as_base_who_state_one() -> None:
    rows = [
        *repeated(7, moment="fmot", cues=("reason.price",)), *repeated(1, moment="zmot", cues=("reason.price", "reason.social")),
        *repeated(2, moment="zmot", cues=("reason.impulse",)), *repeated(30, moment="zmot"),
    ]  # fmt: skip
    told = values(measured(Reasons, *rows), "reason")
    assert (told["price"], told["social"], told["impulse"]) == pytest.approx((0.8, 0.1, 0.2))


def test_places_leave_out_what_the_company_asked_for() -> None:
    rows = [
        *repeated(6, channel="x", thread_size=3), *repeated(4, channel="trustpilot", kind="review"),
        *repeated(20, channel="survey", kind="survey_response"),
    ]  # fmt: skip
    found = measured(Places, *rows)
    assert values(found, "channel") == {"x": pytest.approx(0.6), "trustpilot": pytest.approx(0.4)}
    assert pick(found, channel="x", part="people").value == 6
    assert pick(found, channel="x", part="depth").status == "hidden"


def test_influence_counts_links_to_records_of_others() -> None:
    rows: list[dict[str, Any]] = [
        {"native_id": "a", "author_id": "a"}, {"native_id": "b", "author_id": "b", "brand_authored": True},
        *repeated(6, in_reply_to_id="a", kind="reply"), *repeated(4, in_reply_to_id="b", kind="reply"),
        *repeated(2, in_reply_to_id="gone", kind="reply"),
        {"in_reply_to_id": "a", "author_id": "a", "kind": "reply"},
    ]  # fmt: skip
    found = measured(Influence, *rows, id_space="x")
    assert values(found, "whom") == pytest.approx({"customers": 0.6, "brand": 0.4, "rivals": 0, "others": 0})


def test_topics_are_of_questions_before_the_choice() -> None:
    rows = [
        *repeated(8, moment="zmot", acts=("ask",), themes=("luggage",)), *repeated(2, moment="stimulus", text="When?"),
        *repeated(9, moment="zmot", themes=("crew",)), *repeated(9, moment="smot", acts=("ask",), themes=("crew",)),
    ]  # fmt: skip
    assert values(measured(Topics, *rows), "theme") == {"luggage": pytest.approx(0.8)}


def test_technologies_of_texts_and_of_answers() -> None:
    rows = [*repeated(5, cues=("technology.app",)), *repeated(15)]
    found = measured(Technologies, *rows, given=answers("Which channels did you use?", ["Phone; E-mail", *["App"] * 9]))
    assert pick(found, of="texts", technology="app").value == pytest.approx(0.25)
    assert pick(found, of="answers", technology="app").value == pytest.approx(0.9)
    assert pick(found, of="answers", technology="email").value == pytest.approx(0.1)


def test_outcome_follows_people_for_thirty_days() -> None:
    start = NOW - timedelta(days=90)

    def looks(who: str, **row: object) -> dict[str, object]:
        return {"author_id": who, "moment": "zmot", "created_at": start, **row}

    def later(who: str, days: int, **row: object) -> dict[str, object]:
        return {"author_id": who, "created_at": start + timedelta(days=days), **row}

    rows = [
        *(looks(f"p{n}") for n in range(10)), looks("recent", created_at=NOW - timedelta(days=5)),
        later("p0", 10, moment="smot"), later("p1", 3, moment="fmot"), later("p1", 4, cues=("turn.to-rival",)),
        later("p2", 3, moment="smot", entity="norda"), later("p3", 2, cues=("turn.gave-up",)),
        later("p4", 45, moment="smot"), later("p5", 5, moment="smot", source_id="another"),
    ]  # fmt: skip
    found = measured(Outcome, *rows)
    assert values(found, "outcome") == pytest.approx({"bought": 0.2, "rival": 0.1, "gave_up": 0.1, "unknown": 0.6})
    bounds = pick(found, part="bounds")
    assert (bounds.low, bounds.high) == pytest.approx((0.2, 0.8))
    assert bounds.value is None
    assert pick(found, part="conversion").status == "hidden"
    assert pick(found, part="conversion").n == 4


def test_breadth_counts_companies_a_person() -> None:
    rows = [
        *repeated(5, moment="zmot", companies=("brand", "norda")), *repeated(5, moment="zmot"),
        *repeated(10, moment="smot"),
        {"moment": "smot", "author_id": "twice"}, {"moment": "smot", "author_id": "twice", "entity": "norda"},
    ]  # fmt: skip
    found = measured(
        Breadth, *rows, given=answers("Which other airlines did you look at?", ["None"] * 4 + ["Norda"] * 6)
    )
    assert pick(found, moment="zmot").value == pytest.approx(1.5)
    assert pick(found, moment="smot").value == pytest.approx(12 / 11)
    expected = float(entropy(np.array([[10.0, 5.0]]))[0])
    assert (
        pick(found, moment="zmot", part="entropy").value == pytest.approx(expected) == pytest.approx(0.6365, abs=1e-4)
    )
    assert pick(found, of="answers", part="looked").value == pytest.approx(0.6)


def test_rivals_named_and_who_wins() -> None:
    rows = [
        *repeated(3, moment="zmot", companies=("brand", "norda")), *repeated(7, moment="zmot", companies=("brand",)),
        *repeated(9, moment="smot", cues=("turn.from-rival",)), *repeated(3, entity="norda", cues=("turn.to-rival",)),
        *repeated(5, text="Norda instead?", cues=("turn.to-rival",)),
    ]  # fmt: skip
    found = measured(Rivals, *rows)
    assert pick(found, part="named").value == pytest.approx(0.3)
    assert pick(found, part="named", rival="norda").value == pytest.approx(0.3)
    assert pick(found, part="won").value == pytest.approx(9 / 12)


def test_ladder_counts_and_ratios() -> None:
    rows = [
        *repeated(10, cues=("ladder.want",)), *repeated(30, cues=("ladder.love",)),
        *repeated(20, cues=("ladder.own", "technology.app")),
    ]  # fmt: skip
    found = measured(Ladder, *rows)
    assert values(found, "step") == {"want": 10, "love": 30, "own": 20}
    assert pick(found, ratio="love:own").value == pytest.approx(1.5)
    assert pick(found, ratio="own:want").value == pytest.approx(2)


def test_openness_asked_passed_on_answered() -> None:
    rows = [
        *repeated(4, acts=("ask",), answered_by_brand=True, reposts=2),
        *repeated(6, acts=("ask",), quotes=1),
        *repeated(5),
    ]
    found = measured(Openness, *rows)
    assert values(found) == pytest.approx({"asked": 10, "passed_on": 14, "answered": 4, "rate": 0.4})


def test_the_first_page_of_search_is_that_of_the_latest_search() -> None:
    def place(rank: int, kind: str, tone: str, day: int = 20) -> SearchResult:
        facts = {"date": date(2026, 5, day), "query": "Meridian Air", "rank": rank, "url": "https://example.com"}
        return SearchResult.model_validate({**facts, "kind": kind, "tone": tone})

    places = [
        *(place(n, "own", "positive") for n in range(1, 5)), *(place(n, "review", "negative") for n in range(5, 8)),
        *(place(n, "rival", "neutral") for n in range(8, 11)), place(11, "own", "positive"), place(1, "news", "negative", 1),
    ]  # fmt: skip
    about = context(facts=Facts(serp=tuple(places)))
    found = run(SearchResults, nothing(), about=about)
    assert values(found) == pytest.approx({"own": 0.4, "rival": 0.3, "harmless": 0.7, "tone": 10})
    assert pick(found, part="own").low == pytest.approx(stats.wilson(4, 10).low)
    assert run(SearchResults, nothing())[0].needs == ("context.serp",)


def test_words_of_the_brand_and_of_its_rivals() -> None:
    rows = [
        *repeated(40, text="The luggage of Meridian Air was lost"), *repeated(40, text="The queue was long", entity="norda"),
        *repeated(200, text="The queue was long", source_id="our reviews"),
    ]  # fmt: skip
    found = pick(measured(Keyness, *rows), lang="en")
    assert {(row["phrase"], row["side"]) for row in found.rows} >= {("luggage", "brand"), ("queue", "rivals")}
    assert not any("meridian" in row["phrase"] for row in found.rows)
    assert found.n == 80
    assert measured(Keyness, *repeated(40))[0].status == "not_testable"


def campaign(day: int) -> Event:
    facts = {
        "start": date(2026, 1, day),
        "end": date(2026, 1, 30),
        "kind": "campaign",
        "title": "Spring",
        "channel": "tv",
    }
    return Event.model_validate(facts)


def test_a_campaign_lifts_deliberation_over_what_eight_weeks_tell() -> None:
    start = datetime(2026, 1, 15, tzinfo=UTC)
    rows = [
        *({"moment": "zmot", "created_at": start - timedelta(days=7 * week + 3)} for week in range(8) for _ in range(3)),
        *repeated(9, moment="zmot", created_at=start + timedelta(days=2)),
        *repeated(4, moment="zmot", created_at=start + timedelta(days=8)),
        *({"moment": "stimulus", "created_at": start + timedelta(hours=hour)} for hour in range(1, 12)),
    ]  # fmt: skip
    about = context(as_of=NOW, facts=Facts(calendar=(campaign(15),)))
    found = measured(Trigger, *rows, about=about)
    lift = pick(found, event="Spring")
    assert lift.value == pytest.approx(3)
    low, high = stats.wilson(9, 33)
    assert (lift.low, lift.high) == pytest.approx((8 * low / (1 - low), 8 * high / (1 - high)))
    assert pick(found, part="reach").value == pytest.approx(60 * 6.5)
    assert pick(found, ran="tv").value == lift.value
    late = context(as_of=NOW, facts=Facts(calendar=(campaign(29),)))
    assert measured(Trigger, *rows, about=replace(late, as_of=start))[0].needs == ("a longer period",)
    assert measured(Trigger, *rows)[0].needs == ("context.calendar",)


def test_the_lag_of_a_series_that_follows_another_is_found() -> None:
    drawn = np.random.default_rng(7)
    first = drawn.normal(size=80)
    second = np.concatenate([drawn.normal(size=3), first[:-3]]) + 0.3 * drawn.normal(size=80) + 0.05 * np.arange(80)
    found = {lag: (r, p) for lag, r, p in lagged(first, second, 8)}
    assert max(found, key=lambda lag: abs(found[lag][0])) == 3
    assert found[3][0] > 0.7
    assert found[3][1] < 1e-6


def test_inertia_alone_gives_no_correlation() -> None:
    drawn, hits = np.random.default_rng(11), 0
    for _ in range(60):
        x, y = np.zeros(60), np.zeros(60)
        for t in range(1, 60):
            x[t], y[t] = 0.8 * x[t - 1] + drawn.normal(), 0.8 * y[t - 1] + drawn.normal()
        hits += next(p for lag, _, p in lagged(x, y, 8) if lag == 0) < 0.05
    assert hits <= 7


def test_a_flat_series_has_no_correlation() -> None:
    assert lagged(np.ones(50), np.arange(50.0), 8) == []


def shared_weeks(count: int) -> list[dict[str, Any]]:
    """Weeks in which good news is followed by four who look around, bad by one."""
    moods = np.random.default_rng(3).choice(["positive", "negative"], size=count)
    start = datetime(2024, 12, 30, 12, tzinfo=UTC)
    rows: list[dict[str, Any]] = []
    for week, mood in enumerate(moods):
        at = start + timedelta(weeks=week)
        rows += repeated(3, created_at=at, sentiment=str(mood), acts=("praise",), moment="smot")
        rows += repeated(4 if mood == "positive" else 1, created_at=at + timedelta(weeks=1), moment="zmot")
    return rows


def test_the_loop_is_tested_from_forty_weeks_on() -> None:
    found = measured(Loop, *shared_weeks(60))
    assert max((r for r in found if "lag" in r.dims), key=lambda r: r.value or 0).dims == {"lag": "1"}
    assert len(pick(found, part="all").rows) == 17
    few = measured(Loop, *shared_weeks(30))
    assert [r.status for r in few] == ["not_testable"]
    assert "40 are needed" in few[0].reason


def test_perception_is_the_distance_of_beliefs_from_shares() -> None:
    def belief(item: str, value: float) -> Belief:
        return Belief(question="channels", item=item, value=value, who="marketing")

    about = context(as_of=NOW, facts=Facts(beliefs=(belief("x", 0.2), belief("phone", 0.8))))
    rows = [*repeated(12, channel="x"), *repeated(8, channel="phone")]
    gap = pick(measured(Perception, *rows, about=about), question="channels", who="marketing")
    assert gap.value == pytest.approx(0.4)
    assert gap.rows[0] == {"item": "phone", "believed": 0.8, "observed": 0.4}
    agreeing = context(as_of=NOW, facts=Facts(beliefs=(belief("x", 0.6), belief("phone", 0.4))))
    assert measured(Perception, *rows, about=agreeing)[0].value == pytest.approx(0)


def test_budget_and_need() -> None:
    about = context(as_of=NOW, facts=Facts(budget=Budget(source="the board", shares={"stimulus": 0.5, "smot": 0.5})))
    rows = [
        *repeated(4, moment="zmot", sentiment="negative"), *repeated(16, moment="smot", sentiment="negative"),
        *repeated(9, moment="fmot", sentiment="positive"),
    ]  # fmt: skip
    found = measured(Needs, *rows, about=about)
    assert pick(found).value == pytest.approx(0.5)
    assert pick(found, moment="smot").value == pytest.approx(0.8)
    gap = pick(found, moment="smot", part="gap")
    assert gap.value == pytest.approx(-30)
    assert (gap.low or 0) < -30 < (gap.high or 0)
    assert measured(Needs, *rows)[0].needs == ("context.budget",)
