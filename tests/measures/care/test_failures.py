"""First-response time in the cases that other tools are known to get wrong (methods B.6), from threads to minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from cxreport.api import Context, Facts, Hours, Result, Words
from cxreport_plugins.care.response_rate import ResponseRate
from cxreport_plugins.care.response_time import FirstResponseTime
from cxreport_plugins.care.service import Service
from cxreport_plugins.threads.relation import Threads
from tests.measures import make

NAME = FirstResponseTime.name
ASKED = datetime(2026, 1, 16, 16, 0, tzinfo=UTC)
"""A Friday, an hour before the desk closes."""
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
OFFICE = {"timezone": "UTC", "schedules": [{"weekly": {"mon-fri": "09:00-17:00"}}]}
Row = dict[str, Any]


def asks(thread: str, **row: Any) -> Row:
    return {"native_id": thread, "author_id": f"customer {thread}", "created_at": ASKED, "kind": "post", **row}


def replies(thread: str, minutes: float, **row: Any) -> Row:
    """The brand's answer so long after the question."""
    at = ASKED + timedelta(minutes=minutes)
    own = {"author_id": "care", "brand_authored": True, "customer_voice": False, "kind": "reply"}
    return {"native_id": f"{thread} +{minutes}", "in_reply_to_id": thread, "created_at": at, **own, **row}


def again(thread: str, minutes: float, to: float) -> Row:
    """The customer writes once more, in reply to the brand's answer of that minute."""
    return {**asks(thread), "native_id": f"{thread} again", "in_reply_to_id": f"{thread} +{to}", "kind": "reply",
            "created_at": ASKED + timedelta(minutes=minutes)}  # fmt: skip


def timed(*rows: Row, hours: dict[str, Any] | None = None, measure: Any = FirstResponseTime) -> dict[str, Result]:
    """Results by key over records whose threads are told by the relation itself."""
    facts = Facts(hours=Hours.model_validate(hours) if hours else None)
    about: Context = make.context(facts=facts, as_of=AS_OF)
    more = {"auto_reply": pl.Boolean, "reply_elements": pl.String}
    table = make.records(*rows, more=more, id_space="made", sentiment="negative")
    relation = Threads(Threads.Options(), about)
    told = relation.relate(nw.from_native(table.lazy()), lambda frame: frame.collect().lazy())
    whole = table.join(told.collect().to_native(), on="record_id", how="left")
    within = make.scope(whole, about, frames={"demo.csv": "complete"})
    return {r.key: r for r in make.run(measure, whole, within=within, about=about)}


def twelve(*of: Any) -> list[Row]:
    """The same thread twelve times."""
    return [row for n in range(12) for make_row in of for row in [make_row(str(n))]]


def test_an_automatic_reply_is_no_answer() -> None:
    rows = twelve(asks, lambda t: replies(t, 1, auto_reply=True), lambda t: replies(t, 45))
    found = timed(*rows)
    assert found[NAME].value == 45
    alone = timed(*twelve(asks, lambda t: replies(t, 1, auto_reply=True)))
    assert alone[NAME].value is None, "a bot alone leaves everybody waiting"


def test_a_reopened_thread_does_not_lengthen_the_first_wait() -> None:
    rows = twelve(asks, lambda t: replies(t, 10), lambda t: again(t, 3_000, to=10), lambda t: replies(t, 3_240))
    found = timed(*rows)
    assert found[NAME].value == 10
    assert found[NAME].n == 12
    assert found[f"{NAME}[turn=reopened]"].value == 240


def test_the_unanswered_are_neither_dropped_nor_answered() -> None:
    """Ten of thirty are answered, all in five minutes: the median is not five, and it is not known."""
    rows = [row for n in range(30) for row in ([asks(str(n)), replies(str(n), 5)] if n < 10 else [asks(str(n))])]
    found = timed(*rows)
    assert (found[NAME].value, found[NAME].n) == (None, 30)
    assert found[f"{NAME}[answered_only=median]"].value == 5
    assert found[f"{NAME}[within=1 hour]"].value == pytest.approx(1 / 3)


def test_both_clocks_are_told_and_the_business_clock_is_not_ignored() -> None:
    """Asked on Friday at 16:00, answered on Monday at 10:00: 66 hours, two of them at work."""
    found = timed(*twelve(asks, lambda t: replies(t, 66 * 60)), hours=OFFICE)
    assert found[NAME].value == 66 * 60
    assert found[f"{NAME}[clock=business]"].value == 120


def test_a_change_of_schedule_holds_from_its_day_on_and_for_its_channel() -> None:
    weekend = {**OFFICE, "schedules": [*OFFICE["schedules"], {"weekly": {"mon-sun": "00:00-24:00"}, "channels": ["x"]}]}
    moved = {**OFFICE, "schedules": [*OFFICE["schedules"],
                                     {"weekly": {"mon-sun": "09:00-17:00"}, "since": "2026-01-17"}]}  # fmt: skip
    rows = twelve(asks, lambda t: replies(t, 66 * 60))
    assert timed(*rows, hours=weekend)[f"{NAME}[clock=business]"].value == 66 * 60
    assert timed(*rows, hours=moved)[f"{NAME}[clock=business]"].value == (1 + 8 + 8 + 1) * 60


def test_what_cannot_be_timed_is_left_out_and_counted() -> None:
    rows = twelve(asks, lambda t: replies(t, 20))
    rows += [row for n in range(50, 54) for row in (asks(str(n)), replies(str(n), 20, created_at=None))]
    found = timed(*rows)
    assert (found[NAME].value, found[NAME].n) == (20, 12)
    assert found[f"{NAME}[left_out=untimed]"].value == 4


def test_the_page_says_why_two_bases_differ() -> None:
    recent = AS_OF - timedelta(days=2)
    rows = twelve(asks, lambda t: replies(t, 20)) + [asks(str(n), created_at=recent) for n in range(50, 55)]
    rows += [row for n in range(60, 63) for row in (asks(str(n)), replies(str(n), 20, created_at=None))]
    waits, rates = timed(*rows), timed(*rows, measure=ResponseRate)
    assert (waits[NAME].n, rates[ResponseRate.name].n) == (17, 15)
    shown = make.edition({NAME: [*waits.values()], ResponseRate.name: [*rates.values()]})
    curve = next(e for e in make.section(Service).exhibits(shown, Words()) if e.id == "care.curve")
    assert "5\u00a0records so recent" in curve.note
    assert "(n\u00a015**)" in curve.note
    assert "3\u00a0records without a time" in curve.note
