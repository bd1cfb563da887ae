"""The service survey: a SurveyMonkey CSV with two header rows, sent after a contact with customer care."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import local, moment
from .dice import Dice, stream
from .files import Fault, Made, mean, share, sound, table
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd, latin
from .story import END, RECOVERY, START, season

EASY = "Meridian Air made it easy for me to handle my issue."
ADD = "Is there anything you would like to add?"
COUNT = 360
_TOP = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
    EASY,
    "What was your contact about?",
    "Which channels did you use? (Select all that apply)",
    "",
    "",
    ADD,
)
_SUB = ("",) * 9 + ("Response", "Response", "Phone", "E-mail", "X (Twitter)", "Open-Ended Response")
_TOPICS_BEFORE = {
    "Lost or damaged baggage": 31,
    "Refund": 34,
    "Rebooking after a change": 20,
    "Name or date change": 8,
    "Question before travel": 7,
}
_TOPICS_AFTER = _TOPICS_BEFORE | {"Refund": 14, "Name or date change": 14, "Question before travel": 18}
_EFFORT = {
    "before": (17, 15, 15, 14, 16, 14, 9),
    "winter": (26, 19, 15, 12, 12, 10, 6),
    "after": (5, 5, 8, 11, 18, 27, 26),
}
_LABELS = {1: "1 - Strongly disagree", 7: "7 - Strongly agree"}
_EASY_TOPICS = ("Name or date change", "Question before travel")
_LOW, _HIGH, _AGREE = 3, 5, 4


def service_survey() -> Made:
    """Write ``surveys/service-ces.csv``."""
    dice = stream("ces")
    opinions, crowd = Opinions(dice), Crowd(dice)
    times = sorted(moment(dice, START, END) for _ in range(COUNT))
    rows = [_row(opinions, crowd, dice, at) for at in times]
    nasty = hostile_for("ces")
    for i, cell in enumerate(nasty):
        rows[30 + i * 80][-1] = cell.text
    efforts = sound([int(row[9][0]) for row in rows], 150 - 3)
    after = [int(row[9][0]) for row, at in zip(rows, times, strict=True) if at >= RECOVERY]
    before = efforts[: len(efforts) - len(after)]
    rows[150 - 3][3] = rows[150 - 3][2] = "13/32/2025 08:61:00 AM"
    facts = {
        "ces_mean": mean(efforts),
        "ces_mean_before_april": mean(before),
        **({"ces_mean_from_april": mean(after)} if after else {}),
        "ces_agree_share": share(sum(e > _AGREE for e in efforts), len(efforts)),
    }
    fault = Fault("row 150", "month 13, day 32", "reject or warning")
    content = table([_TOP, _SUB, *rows], "\r\n").encode()
    texts = tuple(row[-1] for row in rows if row[-1])
    return Made("surveys/service-ces.csv", content, "survey", len(rows), texts, facts, (fault,), len(nasty))


def _row(opinions: Opinions, crowd: Crowd, dice: Dice, at: datetime) -> list[str]:
    person = crowd.newcomer()
    around = opinions.writer.scene(person, at, named=True)
    topic = dice.weighted(_TOPICS_AFTER if at >= RECOVERY else _TOPICS_BEFORE)
    effort = dice.weighted(dict(enumerate(_EFFORT[season(at)], start=1)))
    effort = min(7, effort + 2) if topic in _EASY_TOPICS else effort
    level = "low" if effort <= _LOW else "mid" if effort <= _HIGH else "high"
    comment = opinions.writer.say(person.language, f"ces.{level}", around) if dice.chance(0.6) else ""
    started = local(at)
    ended = started + timedelta(seconds=dice.between(20, 300))
    first, last = person.name.split(" ", maxsplit=1)
    known = dice.chance(0.15)
    channels = [name if dice.chance(p) else "" for name, p in (("Phone", 0.6), ("E-mail", 0.5), ("X (Twitter)", 0.3))]
    return [
        str(dice.between(114 * 10**9, 118 * 10**9)),
        "451120033",
        _american(started),
        _american(ended),
        "",
        f"{latin(first)}.{latin(last)}@example.org" if known else "",
        first if known else "",
        last if known else "",
        around["ref"] if known else "",
        _LABELS.get(effort, str(effort)),
        topic,
        *channels,
        comment,
    ]


def _american(at: datetime) -> str:
    hour = at.hour % 12 or 12
    return f"{at:%m/%d/%Y} {hour:02d}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"
