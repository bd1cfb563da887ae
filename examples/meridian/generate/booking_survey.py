"""The booking survey: a Typeform CSV, asked on the page that confirms a booking."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import moment
from .dice import Dice, stream
from .files import Fault, Made, Said, mean, share, table
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd
from .story import END, START, season

HOW_EASY = "How easy was it to book your trip today?"
STOPPED = "What, if anything, nearly stopped you from booking?"
BETTER = "What could we do better on this page?"
COUNT = 380
HEADER = (
    "#",
    HOW_EASY,
    STOPPED,
    "How did you first hear about us?",
    "Which other airlines did you look at?",
    "Did you find the fare you were looking for?",
    BETTER,
    "route",
    "Response Type",
    "Start Date (UTC)",
    "Stage Date (UTC)",
    "Submit Date (UTC)",
    "Network ID",
    "Tags",
    "Ending",
)
_EASE = {
    "before": (1, 2, 3, 6, 15, 34, 39),
    "winter": (2, 3, 5, 9, 17, 32, 32),
    "after": (1, 1, 2, 5, 13, 34, 44),
}
_HEARD = {
    "Advert": 24,
    "Search": 27,
    "Friend or family": 17,
    "Social media": 11,
    "Review site": 9,
    "Flown before": 12,
}
_RIVALS = {
    "Norda": 44,
    "None": 27,
    "Another airline": 14,
    "Train": 9,
    "Norda, Train": 4,
    "Norda, Another airline": 2,
}
_ROUTES = ("TRS-LIS", "TRS-HAM", "TRS-RIX", "HAM-PMO", "HAM-TBS", "TRS-BEG", "RIX-LCA")
_EASY = 5


def booking_survey() -> Made:
    """Write ``surveys/booking.csv``."""
    dice = stream("booking")
    opinions, crowd = Opinions(dice), Crowd(dice)
    times = sorted(moment(dice, START, END - timedelta(days=1)) for _ in range(COUNT))
    rows = [_row(opinions, crowd, dice, at) for at in times]
    nasty = hostile_for("booking")
    for i, cell in enumerate(nasty):
        rows[25 + i * 70][6] = cell.text
    eases = [int(row[1]) for row in rows if row[1]]
    rows[99 - 2][0] = ""
    facts = {
        "ease_mean": mean(eases),
        "ease_top2": share(sum(e > _EASY for e in eases), len(eases)),
        "partial_responses": sum(row[8] == "partial" for row in rows),
    }
    hostile = {cell.text for cell in nasty}
    said = tuple(
        Said("typeform", row[0], "", "fmot") for row in rows if row[0] and (row[2] or row[6]) and row[6] not in hostile
    )
    fault = Fault("row 99", "no response token", "warning")
    texts = tuple(cell for row in rows for cell in (row[2], row[6]) if cell)
    content = table([HEADER, *rows]).encode()
    return Made("surveys/booking.csv", content, "survey", len(rows), texts, facts, (fault,), len(nasty), said)


def _row(opinions: Opinions, crowd: Crowd, dice: Dice, at: datetime) -> list[str]:
    person = crowd.newcomer()
    around = opinions.writer.scene(person, at, named=True)
    ease = dice.weighted(dict(enumerate(_EASE[season(at)], start=1)))
    partial = dice.chance(0.06)
    easy = ease > _EASY
    doubt = dice.weighted({"none": 60 if easy else 10, "price": 18, "trust": 10, "tech": 4 if easy else 40})
    say, language = opinions.writer.say, person.language
    stopped = say(language, f"book.stop.{doubt}", around) if dice.chance(0.7) else ""
    better = say(language, "book.better", around) if dice.chance(0.45) and not partial else ""
    ended = at + timedelta(seconds=dice.between(30, 400))
    stamp = f"{ended:%Y-%m-%d %H:%M:%S}"
    return [
        dice.hexadecimal(32),
        str(ease),
        stopped,
        dice.weighted(_HEARD),
        dice.weighted(_RIVALS),
        "" if partial else str(int(dice.chance(0.86 if easy else 0.6))),
        better,
        dice.one(_ROUTES),
        "partial" if partial else "completed",
        f"{at:%Y-%m-%d %H:%M:%S}",
        stamp if partial else "",
        "" if partial else stamp,
        dice.hexadecimal(10),
        "",
        "" if partial else "Thank you",
    ]
