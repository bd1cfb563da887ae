"""Business hours: when the brand's people answer, in their own time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from cxreport.model.fact import Fact

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_DAY = 24 * 60


def _spans(value: Any) -> Any:
    """`08:00-20:00`, a list of such, or `closed`, as (first minute, minute after the last) of the day.

    A span that ends before it begins runs into the next day.
    """
    if value == "closed":
        return ()
    written = value if isinstance(value, list) else [value]
    return tuple(sorted(_span(text) for text in written))


def _span(text: Any) -> tuple[int, int]:
    found = _SPAN.fullmatch(str(text).strip())
    if not found:
        raise ValueError('write hours as "08:00-20:00", a list of such, or closed')
    opens, closes = (60 * int(found[i]) + int(found[i + 1]) for i in (1, 3))
    if opens >= _DAY or closes > _DAY or any(int(found[i]) > 59 for i in (2, 4)):
        raise ValueError("hours run from 00:00 to 24:00")
    return opens, closes if closes > opens else closes + _DAY


Spans = Annotated[tuple[tuple[int, int], ...], BeforeValidator(_spans)]


def _week(value: Any) -> Any:
    """Days written alone (`sat`) or as a stretch (`mon-fri`), each with its spans."""
    if not isinstance(value, dict):
        return value
    week: dict[str, Any] = {}
    for written, spans in value.items():
        for day in _stretch(str(written)):
            if day in week:
                raise ValueError(f"{day} is written twice")
            week[day] = spans
    return week


def _stretch(written: str) -> tuple[str, ...]:
    first, _, last = written.casefold().replace(" ", "").partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(f"{written!r} is no day; write {', '.join(DAYS)}, or a stretch such as mon-fri")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return DAYS[start : end + 1] if start <= end else (*DAYS[start:], *DAYS[: end + 1])


Week = Annotated[dict[str, Spans], BeforeValidator(_week)]
"""Day (`mon` … `sun`) → minutes of the day that are open; a day that is not named is closed."""


class Schedule(Fact):
    """Hours that hold from a day on, for some channels or for all."""

    weekly: Week
    """`mon-fri: "08:00-20:00"`, `sat: ["09:00-12:00", "13:00-17:00"]`; days left out are closed."""
    since: date | None = None
    """First day; absent: always."""
    channels: tuple[str, ...] = ()
    """Channels for which it holds; none: those that no other schedule of the day names."""


class Hours(Fact):
    """When the brand's people answer. Of the schedules that name a channel, else of those that name none, the
    latest begun holds."""

    timezone: str
    """IANA name, such as `Europe/Berlin`."""
    schedules: tuple[Schedule, ...] = Field(min_length=1)
    """One, or several where hours changed or differ by channel."""
    holidays: frozenset[date] = frozenset()
    """Days without any hours."""

    @field_validator("timezone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone; write an IANA name such as Europe/Berlin") from None
        return value

    @model_validator(mode="after")
    def _open(self) -> Hours:
        if not any(spans for schedule in self.schedules for spans in schedule.weekly.values()):
            raise ValueError("no day is ever open")
        return self

    def schedule(self, day: date, channel: str | None = None) -> Schedule | None:
        """The schedule that holds on a day; None before the first begins."""
        begun = [s for s in self.schedules if s.since is None or s.since <= day]
        named = [s for s in begun if channel in s.channels] or [s for s in begun if not s.channels]
        return max(named, key=lambda s: s.since or date.min, default=None)

    def openings(self, first: date, last: date, channel: str | None = None) -> tuple[tuple[int, int], ...]:
        """Open stretches that begin on the local days from `first` to `last`: (start, end) in epoch milliseconds,
        UTC, end exclusive, sorted, not touching each other."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(self._stretches(first, last, channel)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif end > start:
                merged.append((start, end))
        return tuple(merged)

    def _stretches(self, first: date, last: date, channel: str | None) -> Iterator[tuple[int, int]]:
        zone = ZoneInfo(self.timezone)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            schedule = self.schedule(day, channel)
            if schedule and day not in self.holidays:
                for opens, closes in schedule.weekly.get(DAYS[day.weekday()], ()):
                    yield _instant(day, opens, zone), _instant(day, closes, zone)


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """A minute on the wall clock of a day as epoch milliseconds; minutes from 1440 on belong to the next day."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    return int(wall.astimezone(UTC).timestamp()) * 1000
