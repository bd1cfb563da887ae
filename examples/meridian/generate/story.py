"""The planted story: every figure that shapes the data, in one place.

Travellers like the promise and book easily; the flight and what follows breaks. An outage in January,
a viral complaint in March, a recovery from April on, a quiet majority that is far happier than X.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2025, 7, 1, tzinfo=UTC)
END = datetime(2026, 7, 1, tzinfo=UTC)
OUTAGE = (datetime(2026, 1, 14, 5, 30, tzinfo=UTC), datetime(2026, 1, 15, 22, 0, tzinfo=UTC))
VIRAL = datetime(2026, 3, 10, 7, 42, 16, tzinfo=UTC)
VIRAL_ANSWER = timedelta(hours=33, minutes=21)
RECOVERY = datetime(2026, 4, 1, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, tzinfo=UTC)

RUSSIAN = 0.30
"""Share of Russian among customers' texts."""


@dataclass(frozen=True)
class Month:
    """What one month of posts on X looks like."""

    start: datetime
    roots: int
    """Customers' opening posts about Meridian, without outage and viral complaint."""
    answered: float
    """Chance that Meridian answers an ordinary complaint."""

    @property
    def end(self) -> datetime:
        """The first moment of the next month."""
        return (self.start + timedelta(days=32)).replace(day=1)

    @property
    def name(self) -> str:
        """Such as ``2025-07``."""
        return f"{self.start:%Y-%m}"


MONTHS = tuple(
    Month(datetime(year, month, 1, tzinfo=UTC), roots, answered)
    for year, month, roots, answered in (
        (2025, 7, 72, 0.55), (2025, 8, 78, 0.54), (2025, 9, 62, 0.55), (2025, 10, 60, 0.55),
        (2025, 11, 56, 0.54), (2025, 12, 72, 0.48), (2026, 1, 62, 0.47), (2026, 2, 66, 0.46),
        (2026, 3, 68, 0.44), (2026, 4, 66, 0.72), (2026, 5, 62, 0.84), (2026, 6, 64, 0.88),
    )
)  # fmt: skip

OUTAGE_ROOTS = 118
OUTAGE_ANSWERED = 0.26
VIRAL_ROOTS = 34
VIRAL_REPLIES = 40
VIRAL_REPOSTS = 76
VIRAL_QUOTES = 24
RIVAL_ROOTS = 27
"""Opening posts about Norda, a month."""
RIVAL_ANSWERED = 0.80
NAME_ONLY = 0.13
"""Share of opening posts that name the airline without its handle."""

TOPICS_BEFORE = {
    "stimulus.pos": 9, "stimulus.neu": 2, "stimulus.neg": 1, "zmot.neu": 7, "zmot.pos": 4, "zmot.neg": 1,
    "fmot.pos": 9, "fmot.neu": 2, "fmot.neg": 4, "baggage.neg": 17, "refund.neg": 17, "rebooking.neg": 10,
    "delay.neg": 9, "silence.neg": 9, "app.neg": 4, "cabin.neg": 4, "crew.pos": 5, "ontime.pos": 2,
    "care.pos": 2, "recommend.pos": 2, "warn.neg": 5, "ask.neu": 5,
}  # fmt: skip
TOPICS_AFTER = TOPICS_BEFORE | {
    "baggage.neg": 16, "refund.neg": 3, "rebooking.neg": 8, "delay.neg": 12, "silence.neg": 3, "app.neg": 1,
    "warn.neg": 3, "cabin.neg": 6, "crew.pos": 7, "care.pos": 3, "better.pos": 9, "recommend.pos": 3,
}  # fmt: skip
TOPICS_RIVAL = {
    "n.praise.pos": 27, "n.complaint.neg": 33, "n.ask.neu": 17, "n.fmot.pos": 9,
    "zmot.neu": 6, "delay.neg": 4, "baggage.neg": 3, "refund.neg": 1,
}  # fmt: skip
ANSWER_FACTOR = {
    "stimulus.pos": 0.45, "stimulus.neu": 0.9, "stimulus.neg": 0.4, "zmot.neu": 1.2, "zmot.pos": 0.8,
    "refund.neg": 0.9, "silence.neg": 0.8, "warn.neg": 0.6, "ask.neu": 1.5, "crew.pos": 1.1,
    "recommend.pos": 1.0, "rebooking.neg": 1.15, "baggage.neg": 1.1,
}  # fmt: skip

# Minutes from a post to its answer; before April nobody answers at night.
DELAY_BEFORE = ((0.0, 8.0), (0.2, 40.0), (0.5, 130.0), (0.75, 480.0), (0.9, 1700.0), (1.0, 6200.0))
DELAY_AFTER = ((0.0, 3.0), (0.25, 18.0), (0.5, 46.0), (0.75, 130.0), (0.9, 380.0), (1.0, 1500.0))
DELAY_RIVAL = ((0.0, 2.0), (0.25, 11.0), (0.5, 26.0), (0.75, 65.0), (0.9, 200.0), (1.0, 900.0))
OFFICE_HOURS = (7, 19)
CARE_HOURS = (4, 22)
"""Hours (UTC) in which Meridian's people answer, before and from April."""

FOLLOWERS = (
    (0.0, 2.0), (0.25, 70.0), (0.5, 230.0), (0.75, 760.0), (0.9, 2900.0), (0.97, 14000.0), (0.995, 88000.0),
    (1.0, 310000.0),
)  # fmt: skip
HOURS = (1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 8, 8, 8, 8, 9, 10, 10, 10, 9, 8, 6, 4, 2)
"""How likely each hour (UTC) of the day is for a post."""

# Net promoter question: 0 … 10 after a good journey, after one with an unsolved incident.
NPS_GOOD = (0, 0, 0, 1, 1, 3, 5, 16, 24, 26, 24)
NPS_BAD = (14, 8, 10, 10, 8, 14, 10, 12, 8, 4, 2)
STARS = {
    "trustpilot": {"before": (46, 13, 8, 12, 21), "winter": (56, 14, 8, 9, 13), "after": (27, 9, 9, 18, 37)},
    "google": {"before": (6, 5, 9, 27, 53), "winter": (12, 7, 11, 26, 44), "after": (4, 3, 8, 27, 58)},
    "play": {"before": (42, 16, 12, 13, 17), "winter": (44, 17, 12, 12, 15), "after": (9, 6, 10, 25, 50)},
    "app": {"before": (40, 15, 12, 15, 18), "winter": (40, 15, 12, 15, 18), "after": (8, 5, 9, 26, 52)},
}


INCIDENT = {"before": 0.25, "winter": 0.36, "after": 0.14}
"""Chance that a journey of a season ended with an incident nobody solved."""


def season(at: datetime) -> str:
    """``before`` (to December), ``winter`` (January to March) or ``after`` (the recovery)."""
    if at < WINTER:
        return "before"
    return "winter" if at < RECOVERY else "after"


def incident(at: datetime) -> float:
    """Chance that a journey at that time ended with an incident nobody solved."""
    return INCIDENT[season(at)]


def topics(at: datetime) -> dict[str, int]:
    """Weights of what customers write about Meridian at that time."""
    return dict(TOPICS_AFTER if at >= RECOVERY else TOPICS_BEFORE)
