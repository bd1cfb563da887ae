"""Moments of the year: random ones, answers inside working hours, and the formats files want."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .dice import Dice
from .story import CARE_HOURS, DELAY_AFTER, DELAY_BEFORE, DELAY_RIVAL, HOURS, OFFICE_HOURS, RECOVERY

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SUMMER = (
    (datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)),
    (datetime(2025, 3, 30, 1, tzinfo=UTC), datetime(2025, 10, 26, 1, tzinfo=UTC)),
    (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
)


def moment(dice: Dice, start: datetime, end: datetime) -> datetime:
    """A moment between the two, more often by day than by night."""
    days = (end - start).days
    day = start + timedelta(days=dice.below(days))
    hour = dice.weighted(dict(enumerate(HOURS)))
    return day.replace(hour=hour, minute=dice.below(60), second=dice.below(60))


def within(dice: Dice, start: datetime, end: datetime) -> datetime:
    """A moment between the two, each second as likely as the others."""
    return start + timedelta(seconds=dice.below(int((end - start).total_seconds())))


def meridian_answer(dice: Dice, asked: datetime) -> datetime:
    """When Meridian answers a post of that moment."""
    old = asked < RECOVERY
    at = asked + timedelta(minutes=dice.quantile(DELAY_BEFORE if old else DELAY_AFTER))
    opens, closes = OFFICE_HOURS if old else CARE_HOURS
    if opens <= at.hour < closes:
        return at.replace(microsecond=0)
    day = at if at.hour < opens else at + timedelta(days=1)
    return day.replace(hour=opens, minute=dice.below(60), second=dice.below(60), microsecond=0)


def rival_answer(dice: Dice, asked: datetime) -> datetime:
    """When Norda answers, day and night."""
    return (asked + timedelta(minutes=dice.quantile(DELAY_RIVAL))).replace(microsecond=0)


def local(at: datetime) -> datetime:
    """The same moment on a clock in Berlin, without a zone (summer time by the rule of the years used)."""
    summer = any(start <= at < end for start, end in _SUMMER)
    return (at + timedelta(hours=2 if summer else 1)).replace(tzinfo=None)


def pacific(at: datetime) -> str:
    """ISO with the offset Apple's feed uses in summer."""
    return f"{at - timedelta(hours=7):%Y-%m-%dT%H:%M:%S}-07:00"


def iso_z(at: datetime) -> str:
    """``2025-07-01T10:00:00Z``."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def millis(at: datetime) -> int:
    """Whole milliseconds since 1970."""
    return int(at.timestamp()) * 1000


def month_name(at: datetime) -> str:
    """The English short name, whatever the machine's language."""
    return _MONTHS[at.month - 1]
