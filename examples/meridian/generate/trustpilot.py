"""Trustpilot's business export: one CSV of service reviews with company replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from .clock import moment
from .dice import stream
from .files import Fault, Made, Said, by_stars, mean, share, sound, table
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd, latin
from .story import END, RECOVERY, START
from .words import cells

HEADER = cells(
    "Domain Url,Webshop Name,Business Unit Id,Review Id,Review Created (UTC),Review Consumer User Id,"
    "Review Username,Review User Email,Review Title,Review Content,Review Stars,Source Of Review,"
    "Reference Id,Company Response,Company Reply Date (UTC),Review Language,Location Name,Tags"
)
COUNT = 400
_UNIT = "64f0a1b2c3d4e5f60718293a"
_AT, _TITLE, _CONTENT, _STARS, _REPLY = 4, 8, 9, 10, 13
_GOOD = 4
_FAULTS = (
    Fault("row 42", "nine stars of five", "reject or warning"),
    Fault("row 137", "created on 30 February", "reject or warning"),
    Fault("row 205", "no Review Id", "warning"),
)


class Reviews:
    """Writes the reviews, one row each."""

    def __init__(self) -> None:
        self.dice = stream("trustpilot")
        self.opinions = Opinions(self.dice)
        self.crowd = Crowd(self.dice)

    def row(self, at: datetime) -> list[str]:
        """One review with its reply, if the company wrote one."""
        dice, person = self.dice, self.crowd.newcomer()
        around = self.opinions.writer.scene(person, at, named=True)
        stars = self.opinions.stars("trustpilot", at)
        invited = dice.chance(0.22)
        stars = min(5, stars + 2) if invited and dice.chance(0.6) else stars
        first, last = person.name.split(" ", maxsplit=1)
        email = f"{latin(first)}.{latin(last)}@example.com" if invited else ""
        response, replied = self._reply(person.language, stars, at, around)
        return [
            "meridianair.example",
            "Meridian Air",
            _UNIT,
            dice.hexadecimal(24),
            f"{at:%Y-%m-%d %H:%M:%S}",
            dice.hexadecimal(24),
            f"{first} {last[0]}." if dice.chance(0.4) else person.name,
            email,
            self.opinions.title(person.language, stars, around),
            self.opinions.review(person.language, stars, at, around, longest=5),
            str(stars),
            "InvitationLinkApi" if invited else "Organic",
            around["ref"] if invited else "",
            response,
            replied,
            person.language,
            "",
            "",
        ]

    def _reply(self, language: str, stars: int, at: datetime, around: dict[str, str]) -> tuple[str, str]:
        after = at >= RECOVERY
        if not self.dice.chance(0.72 if after else 0.34):
            return "", ""
        hours = self.dice.between(1, 30) if after else self.dice.between(20, 400)
        when = at + timedelta(hours=hours, minutes=self.dice.below(60))
        if when >= END:
            return "", ""
        kind = "thanks" if stars >= _GOOD else "care" if after and self.dice.chance(0.8) else "canned"
        text = self.opinions.writer.say(language, f"tp.reply.{kind}", around)
        return text, f"{when:%Y-%m-%d %H:%M:%S}"


def trustpilot() -> Made:
    """Write ``reviews/trustpilot-meridianair.csv``."""
    reviews = Reviews()
    times = sorted((moment(reviews.dice, START, END) for _ in range(COUNT)), reverse=True)
    rows = [reviews.row(at) for at in times]
    stars = sound([int(row[_STARS]) for row in rows], _index(_FAULTS[0]), _index(_FAULTS[1]))
    nasty = hostile_for("trustpilot")
    for i, cell in enumerate(nasty):
        rows[11 + i * 37][_CONTENT] = cell.text
    rows[_index(_FAULTS[0])][_STARS] = "9"
    rows[_index(_FAULTS[1])][_AT] = "2026-02-30 10:00:00"
    rows[_index(_FAULTS[2])][3] = ""
    meant = [row for row in rows if row[3] and row[_STARS] != "9" and row[_CONTENT] not in {n.text for n in nasty}]
    replies = sum(bool(row[_REPLY]) for row in rows)
    facts = {"mean_stars": mean(stars), "company_replies": replies, "reply_rate": share(replies, len(rows))}
    made = Made(
        "reviews/trustpilot-meridianair.csv",
        table([HEADER, *rows], "\r\n").encode("utf-8-sig"),
        "trustpilot",
        len(rows),
        tuple(f"{row[_TITLE]}. {row[_CONTENT]}" for row in rows),
        facts,
        _FAULTS,
    )
    said = tuple(Said("trustpilot.csv", row[3], by_stars(int(row[_STARS]))) for row in meant)
    return replace(made, hostile=len(nasty), said=said)


def _index(fault: Fault) -> int:
    """Where the row stands in the list; the file counts from one and begins with the header."""
    return int(fault.where.removeprefix("row ")) - 2
