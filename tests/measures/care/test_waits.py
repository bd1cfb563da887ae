"""First-response time on both clocks: each way in which tools get it wrong, and an oracle that counts minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Hours
from cxreport_plugins.care.clock import Clock
from cxreport_plugins.care.response_time import FirstResponseTime
from tests.measures.care.service import AS_OF, HOURS, ROOT, answered, at_work, measured

NAME = FirstResponseTime.name
FRIDAY = datetime(2026, 1, 16, 15, 30, tzinfo=UTC)
"""16:30 in Berlin, half an hour before the week ends."""


def oracle(start: datetime, minutes: int, channel: str) -> int:
    """Counts the minutes in which somebody was at work, one by one."""
    berlin, total = ZoneInfo("Europe/Berlin"), 0
    for passed in range(minutes):
        local = (start + timedelta(minutes=passed)).astimezone(berlin)
        if channel == "facebook":
            evening = (local - timedelta(hours=2)).date()
            night = local.hour >= 22 or local.hour < 2
            total += night and evening.weekday() == 5 and evening not in HOURS.holidays
        else:
            total += local.weekday() < 5 and 9 <= local.hour < 17 and local.date() not in HOURS.holidays
    return total


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 90 * 1440), st.integers(0, 3 * 1440), st.sampled_from(["x", "facebook"]),
)  # fmt: skip
def test_business_minutes_equal_counting_them(start: int, minutes: int, channel: str) -> None:
    """From January into April: across holidays, weekends and the change to summer time."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    clock = Clock(HOURS, begin, begin + timedelta(days=120))
    at = begin + timedelta(minutes=start)
    frame = pl.LazyFrame({"a": [at], "b": [at + timedelta(minutes=minutes)], "channel": [channel]})
    a, b = (nw.col(name).dt.timestamp("ms") for name in "ab")
    told = nw.from_native(frame).select(minutes=(clock.worked(b) - clock.worked(a)) // 60_000, open=clock.is_open(a))
    assert told.collect().row(0) == (oracle(at, minutes, channel), oracle(at, 1, channel) == 1)


def test_outside_of_its_days_the_clock_says_nothing() -> None:
    clock = Clock(HOURS, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC))
    frame = nw.from_native(pl.LazyFrame({"at": [0, 2**42], "channel": ["x", "x"]}))
    told = frame.select(worked=clock.worked(nw.col("at")), open=clock.is_open(nw.col("at"))).collect()
    assert told.rows() == [(None, None), (None, None)]


def test_a_weekend_is_no_wait_on_the_business_clock() -> None:
    """Friday 16:30 to Monday 09:45 is 65 hours on the wall and an hour and a quarter at work."""
    rows = [answered(65.25 * 60, created_at=FRIDAY) for _ in range(20)]
    found = measured(FirstResponseTime, *rows, about=at_work())
    assert found[NAME].value == 65.25 * 60 // 10 * 10
    assert found[f"{NAME}[clock=business]"].value == 75


def test_two_schedules_each_hold_for_their_own_channel() -> None:
    saturday = datetime(2026, 1, 17, 20, 0, tzinfo=UTC)
    rows = [answered(180, created_at=saturday, channel="facebook") for _ in range(20)]
    rows += [answered(180, created_at=saturday, channel="x") for _ in range(20)]
    one = measured(FirstResponseTime, *rows[:20], about=at_work())
    other = measured(FirstResponseTime, *rows[20:], about=at_work())
    assert one[f"{NAME}[clock=business]"].value == 120
    assert other[f"{NAME}[clock=business]"].value == 0


def test_without_hours_the_business_clock_is_not_testable() -> None:
    found = measured(FirstResponseTime, *[answered() for _ in range(20)])[f"{NAME}[clock=business]"]
    assert (found.status, found.needs) == ("not_testable", ("context.hours",))


def test_the_unanswered_are_censored_on_the_business_clock_too() -> None:
    rows = [answered(30, created_at=FRIDAY) for _ in range(12)]
    rows += [{**ROOT, "created_at": FRIDAY} for _ in range(18)]
    found = measured(FirstResponseTime, *rows, about=at_work())
    assert found[f"{NAME}[clock=business]"].value is None
    assert found[f"{NAME}[answered_only=median]"].value == 30


def test_a_reopened_thread_starts_the_clock_anew() -> None:
    """The first answer took ten minutes, the second two days: neither is the other's."""
    again = {"thread_position": 2, "kind": "reply", "reopens": True}
    rows = [answered(10) for _ in range(20)] + [answered(2880, **again) for _ in range(20)]
    found = measured(FirstResponseTime, *rows)
    assert found[NAME].value == 10
    assert found[NAME].n == 20
    assert found[f"{NAME}[turn=reopened]"].value == 2880


def test_thanks_after_an_answer_wait_for_nothing() -> None:
    thanks = {**ROOT, "thread_position": 2, "kind": "reply", "reopens": True, "sentiment": "positive"}
    found = measured(FirstResponseTime, answered(), *[dict(thanks) for _ in range(20)])
    assert found[f"{NAME}[turn=reopened]"].status == "not_testable"


def test_an_answer_after_the_audit_had_not_come_by_then() -> None:
    late = AS_OF - timedelta(days=1)
    rows = [answered(2 * 1440, created_at=late) for _ in range(12)] + [answered(5) for _ in range(12)]
    found = measured(FirstResponseTime, *rows)
    assert found[f"{NAME}[answered_only=median]"].n == 12


@pytest.mark.parametrize(("minutes", "share"), [(20, 0.5), (60, 1.0)])
def test_a_service_level_is_the_share_answered_in_time(minutes: float, share: float) -> None:
    rows = [answered(10) for _ in range(15)] + [answered(50) for _ in range(15)]
    found = measured(FirstResponseTime, *rows, target_minutes=minutes)
    assert found[f"{NAME}[within=target]"].value == pytest.approx(share)
    assert measured(FirstResponseTime, *rows)[f"{NAME}[within=target]"].status == "not_testable"


def test_waits_of_one_author_are_a_cluster() -> None:
    minutes = [5 * i for i in range(1, 101)]
    alone = measured(FirstResponseTime, *(answered(m) for m in minutes))
    few = measured(FirstResponseTime, *(answered(m, author_id=f"p{i // 10}") for i, m in enumerate(minutes)))
    one = measured(FirstResponseTime, *(answered(m, author_id="p") for m in minutes))
    assert few[NAME].value == alone[NAME].value == one[NAME].value == 250
    assert (few[NAME].n, few[NAME].n_authors) == (100, 10)
    for key in (NAME, f"{NAME}[within=4 hours]", f"{NAME}[answered_only=median]", f"{NAME}[channel=x]"):
        ends = [(found[key].low or 0, found[key].high or 1440) for found in (alone, few, one)]
        widths = [high - low for low, high in ends]
        assert widths[0] * 1.5 < widths[1] < widths[2], key


def test_a_service_level_in_business_time_needs_hours() -> None:
    rows = [answered(65.25 * 60, created_at=FRIDAY) for _ in range(20)] + [dict(ROOT) for _ in range(5)]
    options: Any = {"target_minutes": 90, "target_clock": "business"}
    assert measured(FirstResponseTime, *rows, **options)[f"{NAME}[within=target]"].needs == ("context.hours",)
    assert measured(FirstResponseTime, *rows, about=at_work(), **options)[f"{NAME}[within=target]"].value == 0.8


def test_rivals_wait_on_the_same_channel_only() -> None:
    rows = [answered(10) for _ in range(20)] + [answered(30, entity="norda", channel="x") for _ in range(20)]
    assert measured(FirstResponseTime, *rows)[f"{NAME}[channel=x,entity=norda]"].value == 30


def test_hours_before_the_first_schedule_are_closed() -> None:
    hours = Hours.model_validate({
        "timezone": "UTC", "schedules": [{"weekly": {"mon-sun": "00:00-24:00"}, "since": "2026-01-10"}],
    })  # fmt: skip
    begin = datetime(2026, 1, 9, tzinfo=UTC)
    clock = Clock(hours, begin, begin + timedelta(days=3))
    frame = nw.from_native(
        pl.LazyFrame({"at": [begin + timedelta(hours=h) for h in (0, 24, 36)], "channel": ["x"] * 3})
    )
    told = frame.select(worked=clock.worked(nw.col("at").dt.timestamp("ms"))).collect()
    assert [w // 3_600_000 for (w,) in told.rows()] == [0, 0, 12]
