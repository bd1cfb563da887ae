"""What becomes of complaints, and whom care reaches: small cases by hand, bounds, order, empty and one record."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Measure, Words, stats
from cxreport_plugins.care.access import Coverage, OutOfHours
from cxreport_plugins.care.aftermath import last_word
from cxreport_plugins.care.conversation import Conversation
from cxreport_plugins.care.equity import Equity
from cxreport_plugins.care.escalation import Escalation
from cxreport_plugins.care.praise import Praise
from cxreport_plugins.care.recovery import Recovery
from cxreport_plugins.care.replies import CORRECTIVE, ELEMENTS, RecoveryElements, TwoWay
from cxreport_plugins.care.resolution import Resolution
from cxreport_plugins.care.response_rate import ResponseRate
from cxreport_plugins.care.response_time import FirstResponseTime
from cxreport_plugins.care.service import Service
from cxreport_plugins.threads.elements import ELEMENTS as KNOWN
from tests.measures import make
from tests.measures.care.service import ROOT, answered, at_work, measured

Row = dict[str, Any]
ALL: tuple[type[Measure], ...] = (
    Resolution, Recovery, Praise, Equity, Conversation, RecoveryElements, TwoWay, Escalation, OutOfHours, Coverage,
)  # fmt: skip


def complaint(number: int, word: str | None = None, **row: Any) -> list[Row]:
    """A negative root and, with a `word`, its customer's last record two hours later."""
    ident = make.ident(f"root {number}")
    whole = {**ROOT, "record_id": ident, "sentiment": "negative", "author_id": f"c{number}", "thread_id": ident, **row}
    if word is None:
        return [whole]
    last = {
        "author_id": f"c{number}", "thread_id": ident, "thread_position": 1, "kind": "reply", "closes": True,
        "created_at": make.NOON + timedelta(hours=2), "sentiment": word, "entity": "brand",
        "record_id": make.ident(f"last {number}"),
    }  # fmt: skip
    return [whole, last]


def threads(*groups: tuple[int, str | None, Row]) -> list[Row]:
    """So many complaints with such a last word."""
    drawn = [(word, row) for count, word, row in groups for _ in range(count)]
    return [row for number, (word, more) in enumerate(drawn) for row in complaint(number, word, **more)]


def test_three_rates_with_bounds_for_what_is_unknown() -> None:
    """40 complaints: 10 glad after an answer, 5 not, 5 sent to private messages and silent, 5 heard by a machine."""
    rows = threads(
        (10, "positive", answered()), (5, "negative", answered()), (5, None, answered(transferred=True)),
        (5, None, {"auto_answered": True}), (15, None, {}),
    )  # fmt: skip
    found = measured(Resolution, *rows)
    assert found["care.resolution[stage=seen]"].value == 25 / 40
    substance, resolved = (found[f"care.resolution[stage={s}]"] for s in ("answered", "resolved"))
    assert (substance.low, substance.high, substance.value) == (15 / 40, 20 / 40, None)
    assert (resolved.low, resolved.high) == (10 / 40, 15 / 40)


def test_recovery_counts_those_who_say_something_and_bounds_the_others() -> None:
    rows = threads(
        (24, "positive", answered()), (12, "negative", answered()), (14, None, answered()),
        (8, "positive", {}), (32, "negative", {}),
    )  # fmt: skip
    found = measured(Recovery, *rows)
    assert found["care.recovery"].n == 36
    assert found["care.recovery"].value == pytest.approx(24 / 36)
    bounds = found["care.recovery[part=bounds]"]
    assert (bounds.low, bounds.high) == pytest.approx((24 / 50, 38 / 50))
    uplift = found["care.recovery[part=uplift]"]
    assert uplift.value == pytest.approx(100 * (24 / 36 - 8 / 40))
    assert uplift.status == "directional"
    low, high = stats.newcombe(24, 36, 8, 40)
    assert uplift.low is not None
    assert uplift.high is not None
    assert uplift.low <= 100 * low
    assert uplift.high >= 100 * high
    assert found["care.recovery[answered=yes,word=none]"].value == 14 / 50


def test_words_before_the_answer_are_not_its_outcome() -> None:
    """The customer wrote two hours after the complaint, the brand answered after five."""
    rows = threads((20, "positive", answered(300)), (20, "negative", answered(60)))
    assert measured(Recovery, *rows)["care.recovery"].value == 0


def test_thanks_without_a_sentiment_recover() -> None:
    rows = threads((20, "neutral", answered()))
    thanked = [{**row, "acts": ["thank"]} if row.get("closes") else row for row in rows]
    assert measured(Recovery, *rows)["care.recovery"].value == 0
    assert measured(Recovery, *thanked)["care.recovery"].value == 1


def test_praise_against_complaints() -> None:
    praise = [answered(5, sentiment="positive")] * 30 + [{**ROOT, "sentiment": "positive"}] * 10
    blame = [answered(50, sentiment="negative")] * 30 + [{**ROOT, "sentiment": "negative"}] * 30
    found = measured(Praise, *praise, *blame, {**ROOT, "sentiment": "neutral"})
    assert found["care.praise[part=gap]"].value == pytest.approx(25)
    assert found["care.praise[tone=positive,wait=median]"].value == 5
    assert found["care.praise[part=wait_ratio]"].value == pytest.approx(0.1)


def test_equity_compares_the_top_tenth_with_the_lower_half() -> None:
    rows = [{**ROOT, "author_followers": 50}] * 60 + [answered(author_followers=50)] * 20
    rows += [answered(author_followers=2_000)] * 30 + [answered(author_followers=40_000)] * 35
    found = measured(Equity, *rows)
    assert (found["care.equity[tier=small]"].n, found["care.equity[tier=small]"].value) == (80, 0.25)
    assert (found["care.equity[tier=large]"].n, found["care.equity[tier=large]"].value) == (35, 1)
    assert found["care.equity[part=gap]"].value == 75
    alike = [{**ROOT, "author_followers": 50}] * 60
    assert measured(Equity, *alike)["care.equity"].status == "not_testable"


def test_gaps_need_thirty_on_either_side() -> None:
    rows = [answered(sentiment="positive")] * 29 + [{**ROOT, "sentiment": "negative"}] * 50
    assert measured(Praise, *rows)["care.praise[part=gap]"].status == "not_testable"


def test_conversations() -> None:
    rows = [answered(answers=1, reopened=False)] * 10
    rows += [answered(answers=4, reopened=True, transferred=True) for _ in range(10)]
    found = measured(Conversation, *rows, dict(ROOT))
    assert found["care.conversation"].value == 2.5
    assert [found[f"care.conversation[part={p}]"].value for p in ("continued", "private", "public_exchange")] == [
        0.5
    ] * 3


def test_answers_of_machines_and_posts_are_no_recovery() -> None:
    brand: Row = {"brand_authored": True, "customer_voice": False, "in_reply_to_id": "1", "kind": "reply"}
    rows = [{**brand, "reply_elements": "apology,follow_up,", "auto_reply": False} for _ in range(10)]
    rows += [{**brand, "reply_elements": "apology,", "auto_reply": False} for _ in range(30)]
    rows += [{**brand, "reply_elements": "atonement,", "auto_reply": True}, {**brand, "in_reply_to_id": None}]
    found = measured(RecoveryElements, *rows)
    assert (found["care.recovery_elements"].n, found["care.recovery_elements"].value) == (40, 0.25)
    assert found["care.recovery_elements[element=apology]"].value == 1
    assert measured(TwoWay, *rows)["care.two_way"].value == pytest.approx(41 / 42)


def test_elements_are_those_that_the_relation_tells() -> None:
    assert set(ELEMENTS) == set(KNOWN) > set(CORRECTIVE)


@pytest.mark.parametrize(
    ("text", "escalated"),
    [
        ("I called three times and nobody knows anything", True),
        ("On hold for 2 hours, then the line dropped", True),
        ("my fourth email about the bag", True),
        ("Третий день пишу, никто не отвечает", True),
        ("They lost my bag at the gate", False),
        ("They called my name at the gate", False),
    ],
)
def test_who_tells_of_an_earlier_contact(text: str, escalated: bool) -> None:
    rows = [{"text": text, "sentiment": "negative"}] * 10 + [{"text": "bad seats", "sentiment": "negative"}] * 10
    assert measured(Escalation, *rows)["care.escalation"].value == (0.5 if escalated else 0)


def test_out_of_hours() -> None:
    """15 January 2026 is a Thursday: work is from 9 to 17 in Berlin."""
    night = make.NOON.replace(hour=20)
    rows = [answered()] * 40 + [answered(created_at=night)] * 10 + [{**ROOT, "created_at": night}] * 30
    found = measured(OutOfHours, *rows, about=at_work())
    assert found["care.out_of_hours"].value == 0.5
    assert found["care.out_of_hours[hours=closed]"].value == 0.25
    assert found["care.out_of_hours[part=gap]"].value == -75
    assert measured(OutOfHours, *rows)["care.out_of_hours"].needs == ("context.hours",)


def test_coverage_tells_silence_from_absence() -> None:
    own: Row = {"brand_authored": True, "customer_voice": False}
    rows = [answered(channel="x")] * 10 + [{**ROOT, "channel": "google"}] * 20 + [{**ROOT, "channel": "reddit"}] * 10
    found = measured(Coverage, *rows, {**own, "channel": "x"}, {**own, "channel": "google"})
    assert found["care.coverage"].value == 0.25
    assert found["care.coverage[presence=silent]"].value == 0.5


@pytest.mark.parametrize("measure", ALL)
def test_nothing_and_one_record(measure: type[Measure]) -> None:
    assert {r.status for r in measured(measure, about=at_work()).values()} <= {"not_testable"}
    one = answered(sentiment="negative", text="bad", lang="en", author_followers=5, channel="x")
    for result in measured(measure, one, about=at_work()).values():
        assert result.value is None


cases = st.lists(
    st.tuples(
        st.sampled_from(["negative", "positive"]), st.booleans(), st.sampled_from([None, "positive", "negative"]),
        st.integers(0, 23), st.integers(0, 50_000),
    ),
    min_size=20, max_size=60,
)  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(cases, st.randoms(use_true_random=False))
def test_any_threads_in_any_order_stay_in_bounds(drawn: list[tuple[str, bool, str | None, int, int]], rng: Any) -> None:
    rows: list[Row] = []
    for number, (tone, is_answered, word, hour, followers) in enumerate(drawn):
        at: datetime = make.NOON.replace(hour=hour)
        more = answered(30) if is_answered else {}
        facts = {"sentiment": tone, "created_at": at, "author_followers": followers, "text": "on hold", "lang": "en"}
        rows += complaint(number, word, **{**more, **facts})
    mixed = list(rows)
    rng.shuffle(mixed)
    for measure in ALL:
        found = measured(measure, *rows, about=at_work())
        assert measured(measure, *mixed, about=at_work()) == found
        for result in found.values():
            top = 100 if result.unit == "points" else 1 if result.unit == "share" else float("inf")
            ends = [end for end in (result.low, result.value, result.high) if end is not None]
            assert all(-top <= end <= top for end in ends)


def test_more_gladness_is_more_recovery() -> None:
    shares = [
        measured(Recovery, *threads((glad, "positive", answered()), (40 - glad, "negative", answered())))[
            "care.recovery"
        ]
        for glad in (5, 15, 30)
    ]
    values = [share.value or 0 for share in shares]
    assert values == sorted(values)


def test_the_page_tells_the_last_word_with_its_caution() -> None:
    rows = threads(
        (40, "positive", answered()), (20, "negative", answered()), (5, "neutral", answered()), (35, None, answered()),
        (4, "positive", {}), (60, "negative", {}), (36, None, {}),
    )  # fmt: skip
    measures: tuple[type[Measure], ...] = (ResponseRate, FirstResponseTime, *ALL)
    page = make.edition({m.name: list(measured(m, *rows, about=at_work()).values()) for m in measures})
    exhibits = {e.id: e for e in make.section(Service).exhibits(page, Words())}
    assert list(exhibits) == ["care.curve", "care.stages", "care.last_word", "care.else"]
    ending = exhibits["care.last_word"]
    assert ending.title.startswith("62% of those who write again after an answer end on a good word; without one 6%")
    assert "not what an answer causes" in ending.note
    assert "answered complaints 35%" in ending.note
    assert exhibits["care.stages"].title == "50% are seen; at least 20%, at most 40% are helped"
    assert all(e.table and e.alt and e.source and e.results for e in (ending, exhibits["care.stages"]))
    assert exhibits["care.else"].table is not None


def test_without_a_last_word_nothing_is_drawn() -> None:
    rows = threads((30, None, answered()), (30, None, {}))
    page = make.edition({Recovery.name: list(measured(Recovery, *rows).values())})
    assert last_word(page, Words()) is None
