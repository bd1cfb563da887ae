"""Business hours on the wall clock of their zone: summer time, nights, holidays, changes, channels."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cxreport.model.hours import Hours


def hours(*schedules: dict[str, Any], zone: str = "Europe/Berlin", holidays: list[str] = []) -> Hours:  # noqa: B006
    return Hours.model_validate({"timezone": zone, "schedules": schedules, "holidays": holidays})


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


def test_hours_follow_summer_time() -> None:
    open_ = hours({"weekly": {"sat-mon": "09:00-17:00"}})
    assert open_.openings(date(2026, 3, 28), date(2026, 3, 31)) == (
        (ms(2026, 3, 28, 8), ms(2026, 3, 28, 16)),
        (ms(2026, 3, 29, 7), ms(2026, 3, 29, 15)),
        (ms(2026, 3, 30, 7), ms(2026, 3, 30, 15)),
    )


def test_nights_run_into_the_next_day_and_round_the_clock_is_one_stretch() -> None:
    night = hours({"weekly": {"fri": ["22:00-06:00", "12:00-13:00"]}}, zone="UTC")
    assert night.openings(date(2026, 5, 1), date(2026, 5, 2)) == (
        (ms(2026, 5, 1, 12), ms(2026, 5, 1, 13)),
        (ms(2026, 5, 1, 22), ms(2026, 5, 2, 6)),
    )
    always = hours({"weekly": {"mon-sun": "00:00-24:00"}}, zone="UTC")
    assert always.openings(date(2026, 5, 1), date(2026, 5, 3)) == ((ms(2026, 5, 1), ms(2026, 5, 4)),)


def test_holidays_changes_and_channels() -> None:
    open_ = hours(
        {"weekly": {"mon-sun": "08:00-10:00"}},
        {"weekly": {"mon-sun": "06:00-22:00"}, "since": "2026-04-01"},
        {"weekly": {"mon-sun": "10:00-11:00"}, "channels": ["phone"]},
        zone="UTC",
        holidays=["2026-04-02"],
    )
    spans = open_.openings(date(2026, 3, 31), date(2026, 4, 3), "x")
    assert [(end - start) // 3_600_000 for start, end in spans] == [2, 16, 16], "the holiday has none"
    assert [
        (end - start) // 3_600_000 for start, end in open_.openings(date(2026, 4, 1), date(2026, 4, 1), "phone")
    ] == [1]
    later = hours({"weekly": {"mon-sun": "08:00-10:00"}, "since": "2026-04-01"})
    assert later.openings(date(2026, 3, 1), date(2026, 3, 31)) == ()


@given(
    st.lists(st.tuples(st.integers(0, 23), st.integers(1, 24)), min_size=1, max_size=3),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
)
def test_stretches_are_sorted_apart_and_never_empty(spans: list[tuple[int, int]], day: date, zone: str) -> None:
    week = {"mon-sun": [f"{a:02}:00-{b:02}:00" for a, b in spans]}
    found = hours({"weekly": week}, zone=zone).openings(day, day + timedelta(days=9))
    assert found
    assert all(start < end for start, end in found)
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(found))
