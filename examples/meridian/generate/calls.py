"""Call notes of the service desk: a table of the company's own making, for the generic reader."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import local, moment
from .dice import Dice, stream
from .files import Fault, Made, mean, sound, table
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd
from .scene import Scene
from .story import END, RECOVERY, START

COUNT = 250
HEADER = ("id", "opened", "closed", "reason", "summary", "language", "score")
_REASONS = {"refund": 26, "bag": 25, "rebook": 20, "booking": 11, "before": 10, "good": 6}
_REASONS_AFTER = _REASONS | {"refund": 10, "bag": 17, "rebook": 13, "good": 17, "before": 16}
_SCORES = {
    "refund": (40, 25, 18, 11, 6),
    "bag": (34, 25, 20, 13, 8),
    "rebook": (18, 19, 24, 25, 14),
    "booking": (3, 5, 14, 38, 40),
    "before": (2, 3, 12, 38, 45),
    "good": (0, 0, 3, 25, 72),
}
_FAULTS = (
    Fault("row 51", "opened on 31/02", "reject or warning"),
    Fault("row 102", "no id", "warning"),
    Fault("row 180", "score nine of five", "reject or warning"),
)


def calls() -> Made:
    """Write ``calls.csv``."""
    dice = stream("calls")
    opinions, crowd = Opinions(dice), Crowd(dice)
    times = sorted(moment(dice, START, END - timedelta(days=1)) for _ in range(COUNT))
    rows = [_row(opinions, crowd, dice, at, number) for number, at in enumerate(times)]
    nasty = hostile_for("calls")
    for i, cell in enumerate(nasty):
        rows[20 + i * 60][4] = cell.text
    scores = [int(row[6]) for row in sound(rows, 51 - 2, 180 - 2) if row[6]]
    rows[51 - 2][1] = "2025-31-02T25:61:00+02:00"
    rows[102 - 2][0] = ""
    rows[180 - 2][6] = "9"
    facts = {"mean_score": mean(scores), "scored": len(scores)}
    content = table([HEADER, *rows]).encode()
    texts = tuple(row[4] for row in rows)
    return Made("calls.csv", content, "phone", COUNT, texts, facts, _FAULTS, len(nasty))


def _row(opinions: Opinions, crowd: Crowd, dice: Dice, at: datetime, number: int) -> list[str]:
    person = crowd.newcomer()
    opened = at.replace(hour=dice.between(5, 18))
    reason = dice.weighted(_REASONS_AFTER if at >= RECOVERY else _REASONS)
    around: Scene = opinions.writer.scene(person, at, named=True)
    summary = opinions.writer.say(person.language, f"call.{reason}", around)
    score = dice.weighted(dict(enumerate(_SCORES[reason], start=1)))
    closed = opened + timedelta(minutes=dice.between(3, 48))
    return [
        f"C-{240_100 + number * 7}",
        _offset(opened),
        _offset(closed),
        reason,
        summary,
        person.language,
        str(score) if dice.chance(0.62) else "",
    ]


def _offset(at: datetime) -> str:
    clock = local(at)
    hours = round((clock - at.replace(tzinfo=None)).total_seconds() / 3600)
    return f"{clock:%Y-%m-%dT%H:%M:%S}+{hours:02d}:00"
