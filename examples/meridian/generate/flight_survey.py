"""The flight survey: a Qualtrics CSV with three header rows, sent by mail two days after the flight."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from . import parts, story
from .clock import local, moment
from .dice import Dice, stream
from .files import Fault, Made, Said, mean, share, sound, table
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd, latin
from .story import END, START

COUNT = 1240
_ZONE = "Europe/Berlin"
# (name, question text, ImportId)
COLUMNS = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
    ("Q1", "How likely are you to recommend Meridian Air to a friend or colleague?", "QID1"),
    (
        "Q1_NPS_GROUP",
        "How likely are you to recommend Meridian Air to a friend or colleague? - Group",
        "QID1_NPS_GROUP",
    ),
    ("Q2", "How satisfied were you with your journey? (1 very dissatisfied, 5 very satisfied)", "QID2"),
    ("Q3", "What is the main reason for your score?", "QID3_TEXT"),
    *((f"Q4_{i}", f"{parts.QUESTION} - {part.name}", f"QID4_{i}") for i, part in enumerate(parts.PARTS, 1)),
    ("route", "route", "route"),
    ("segment", "segment", "segment"),
    ("contacted_care", "contacted_care", "contacted_care"),
)
_NAMES = [name for name, _, _ in COLUMNS]
_ID = 8
_FINISHED, _Q1, _GROUP, _Q2, _Q3, _Q4 = (
    _NAMES.index(name) for name in ("Finished", "Q1", "Q1_NPS_GROUP", "Q2", "Q3", "Q4_1")
)
_PARTS = slice(_Q4, _Q4 + len(parts.PARTS))
_ROUTES = {
    "TRS-LIS": 17,
    "TRS-HAM": 21,
    "TRS-RIX": 12,
    "HAM-PMO": 11,
    "HAM-TBS": 13,
    "TRS-BEG": 14,
    "RIX-LCA": 12,
}
_HARD_ROUTES = ("HAM-TBS", "RIX-LCA")
_SEGMENTS = {"leisure": 46, "business": 24, "family": 20, "circle": 10}
_PROMOTER, _PASSIVE, _SATISFIED = 9, 7, 3
_FAULTS = (
    Fault("row 310", "fourteen on a scale from 0 to 10", "reject or warning"),
    Fault("row 522", "recorded on 31 November", "reject or warning"),
    Fault("row 740", "no ResponseId", "warning"),
)
_ADDRESSES = ("192.0.2", "198.51.100", "203.0.113")


def flight_survey() -> Made:
    """Write ``surveys/post-flight-nps.csv``."""
    dice = stream("nps")
    opinions, crowd = Opinions(dice), Crowd(dice)
    times = sorted(moment(dice, START, END) for _ in range(COUNT))
    rows = [_row(opinions, crowd, dice, at) for at in times]
    _rate_parts(rows)
    nasty = hostile_for("nps")
    for i, cell in enumerate(nasty):
        rows[40 + i * 120][_Q3] = cell.text
    kept = sound(rows, 310 - 4, 522 - 4)
    facts = _facts(kept)
    rows[310 - 4][_Q1] = "14"
    rows[522 - 4][7] = "2025-11-31 09:14:00"
    rows[740 - 4][8] = ""
    not_customers = [
        _trial(rows[3], "1", "R_previewBeforeStart"),
        _trial(rows[5], "2", "R_testBeforeStart00"),
    ]
    header = [_NAMES, [text for _, text, _ in COLUMNS], [_import_id(key) for _, _, key in COLUMNS]]
    content = table([*header, *rows, *not_customers]).encode()
    facts |= {"preview_and_test_rows_to_drop": len(not_customers)}
    texts = tuple(row[_Q3] for row in rows if row[_Q3])
    known = [row for row in rows if row[_Q3] in opinions.meant and row[_ID]]
    said = tuple(Said("qualtrics", row[_ID], opinions.meant[row[_Q3]]) for row in known)
    return Made("surveys/post-flight-nps.csv", content, "survey", COUNT, texts, facts, _FAULTS, len(nasty), said)


def _row(opinions: Opinions, crowd: Crowd, dice: Dice, at: datetime) -> list[str]:
    person = crowd.newcomer()
    around = opinions.writer.scene(person, at, named=True)
    route, segment = dice.weighted(_ROUTES), dice.weighted(_SEGMENTS)
    bad = dice.chance(story.incident(at) * (1.45 if route in _HARD_ROUTES else 0.88))
    score = dice.weighted(dict(enumerate(story.NPS_BAD if bad else story.NPS_GOOD)))
    if segment == "circle" and not bad:
        score = min(10, score + 1)
    comment = _comment(opinions, person.language, score, at, around, dice) if dice.chance(0.56) else ""
    started, seconds = local(at), dice.between(24, 420)
    ended = started + timedelta(seconds=seconds)
    finished = bool(comment) or dice.chance(0.96)
    mailed = dice.chance(0.12)
    first, last = person.name.split(" ", maxsplit=1)
    return [
        f"{started:%Y-%m-%d %H:%M:%S}",
        f"{ended:%Y-%m-%d %H:%M:%S}",
        "0",
        f"{dice.one(_ADDRESSES)}.{dice.between(1, 254)}" if dice.chance(0.5) else "",
        "100" if finished else "60",
        str(seconds),
        "1" if finished else "0",
        f"{ended:%Y-%m-%d %H:%M:%S}",
        "R_" + dice.hexadecimal(15),
        last if mailed else "",
        first if mailed else "",
        f"{latin(first)}.{latin(last)}@example.com" if mailed else "",
        "",
        "",
        "",
        "email",
        person.language.upper(),
        str(score),
        _group(score),
        _satisfaction(dice, score, finished),
        comment,
        route,
        segment,
        "Yes" if dice.chance(0.72 if bad else 0.11) else "No",
    ]


def _rate_parts(rows: list[list[str]]) -> None:
    """Put in what those who finished say of the parts of the journey; the dice of all else are not touched."""
    dice = stream("parts of the journey")
    nothing = [""] * len(parts.PARTS)
    for row in rows:
        given = parts.ratings(dice, int(row[_Q1])) if row[_FINISHED] == "1" else nothing
        row[_Q4:_Q4] = given


def _comment(opinions: Opinions, language: str, score: int, at: datetime, around: dict[str, str], dice: Dice) -> str:
    if score >= _PROMOTER:
        polarity = "pos"
    elif score >= _PASSIVE:
        polarity = dice.weighted({"pos": 45, "neu": 40, "neg": 15})
    else:
        polarity = dice.weighted({"neg": 88, "neu": 12})
    return opinions.short(language, polarity, at, around)


def _group(score: int) -> str:
    return "3" if score >= _PROMOTER else "2" if score >= _PASSIVE else "1"


def _satisfaction(dice: Dice, score: int, finished: bool) -> str:
    if not finished:
        return ""
    if dice.chance(0.01):
        return "-99"
    return str(max(1, min(5, round(1 + score * 0.4) + dice.weighted({-1: 2, 0: 6, 1: 2}))))


def _trial(row: list[str], status: str, number: str) -> list[str]:
    return [*row[:2], status, *row[3:8], number, *row[9:_Q3], "TEST please ignore", *row[_Q3 + 1 :]]


def _import_id(key: str) -> str:
    zone = {"timeZone": _ZONE} if key.endswith("Date") else {}
    return json.dumps({"ImportId": key} | zone, separators=(",", ":"))


def _facts(rows: list[list[str]]) -> dict[str, object]:
    scores = [int(row[_Q1]) for row in rows]
    promoters, detractors = sum(s >= _PROMOTER for s in scores), sum(s < _PASSIVE for s in scores)
    satisfied = [int(row[_Q2]) for row in rows if row[_Q2] and row[_Q2] != "-99"]
    return {
        "nps": round(100 * (promoters - detractors) / len(scores), 1),
        "promoters": promoters,
        "detractors": detractors,
        "answers": len(scores),
        "csat_mean": mean(satisfied),
        "csat_top2": share(sum(s > _SATISFIED for s in satisfied), len(satisfied)),
        "drivers": parts.planted([row[_PARTS] for row in rows]),
    }
