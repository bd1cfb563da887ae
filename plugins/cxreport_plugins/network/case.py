"""The loudest complaint that waited, told as a case: no name, and no number exact enough to find one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Finding, Link, Result, Table, Words, message
from cxreport_plugins.common import say

LOUDEST, POTENTIAL = "network.loudest_unanswered", "network.potential_reach"
COLUMNS: Final = (
    message("Written"), message("Channel"), message("Followers"), message("Waited"), message("First answer"),
    message("Reposts"), message("Impressions"),
)  # fmt: skip
WORTH_SAYING: Final = 0.05
"""Part of all followers that an author must have for the case to be a finding."""


def cases(edition: Edition) -> Result | None:
    """The table of cases, if there is one to tell."""
    found = edition.get(LOUDEST)
    return found if found is not None and found.shown and found.rows else None


def late(edition: Edition) -> Result | None:
    """How many complaints waited too long, of how many."""
    return next((r for r in edition.cut(LOUDEST, "later_than") if r.shown and r.value), None)


def exhibit(edition: Edition, words: Words) -> Exhibit | None:
    """The cases as a small table."""
    found, count = cases(edition), late(edition)
    if found is None or count is None or count.value is None:
        return None
    return Exhibit(
        id="network.case",
        title=words.say(
            "{share} of public complaints waited more than {time} or in vain",
            share=words.share(count.value / count.n), time=_limit(count, words),
        ),
        subtitle=words.say(
            "Those whose authors have most followers; nobody is named, figures of one account are rounded. {period}",
            period=say.period(edition, words),
        ),
        results=(found, count),
        table=Table(
            tuple(map(words.say, COLUMNS)),
            tuple(_row(row, words) for row in found.rows),
            align=("left", "left", "right", "right", "left", "right", "right"),
        ),
        source=say.base_line(edition, words, found.n, ("public complaint", "public complaints")),
        heading=words.say("Loudest complaints that waited"),
    )  # fmt: skip


def title(row: dict[str, Any], words: Words) -> str:
    """How long the first of them waited."""
    followers = words.number(row["followers"])
    if not row["answered"]:
        return words.say(
            "A complaint from an account with {followers} followers has no public answer", followers=followers
        )
    return words.say(
        "A complaint from an account with {followers} followers waited {time} for an answer",
        followers=followers, time=_waited(row, words),
    )  # fmt: skip


def story(edition: Edition, words: Words) -> str:
    """The first case in a paragraph, and how many more there are."""
    found, count = cases(edition), late(edition)
    if found is None:
        return ""
    row = found.rows[0]
    said = [
        words.say(
            "In {month} an account with about {followers} followers complained on {channel}.",
            month=_month(row, words), followers=words.number(row["followers"]), channel=words.channel(row["channel"]),
        ),
        _answer(row, edition, words), *_echo(row, words),
    ]  # fmt: skip
    if count is not None and count.value:
        said.append(
            words.say(
                "It is one of {late} public complaints, of {all}, that waited more than {time} or in vain.",
                late=words.number(count.value), all=words.number(count.n), time=_limit(count, words),
            )
        )  # fmt: skip
    return " ".join(said)


def finding(edition: Edition, words: Words) -> Finding | None:
    """The case, where its author has a good part of all followers."""
    found, total = cases(edition), edition.get(POTENTIAL)
    if found is None or found.status != "ok" or total is None or not total.high:
        return None
    share = found.rows[0]["followers"] / total.high
    if share < WORTH_SAYING:
        return None
    return Finding(
        "network.case", title(found.rows[0], words), story(edition, words), say.weight(100, share, found), (found,),
        Link("network.case", words.say("See the case")),
    )  # fmt: skip


def _answer(row: dict[str, Any], edition: Edition, words: Words) -> str:
    if row["answered"]:
        return words.say("The first public answer came after {time}.", time=_waited(row, words))
    as_of = edition.meta.as_of
    if as_of is None:
        return words.say("No public answer had come, {time} later.", time=_waited(row, words))
    return words.say(
        "No public answer had come by {date}, {time} later.", date=words.date(as_of.date()), time=_waited(row, words)
    )


def _echo(row: dict[str, Any], words: Words) -> list[str]:
    """Reposts and impressions, where the export counts them."""
    reposts, shown = (words.number(row[c]) if row[c] else "" for c in ("reposts", "impressions"))
    if reposts and shown:
        return [
            words.say(
                "The record was reposted about {reposts} times and shown about {shown} times, as the network counted.",
                reposts=reposts, shown=shown,
            )
        ]  # fmt: skip
    if reposts:
        return [words.say("The record was reposted about {reposts} times.", reposts=reposts)]
    if shown:
        return [words.say("The record was shown about {shown} times, as the network counted.", shown=shown)]
    return []


def _row(row: dict[str, Any], words: Words) -> tuple[str, ...]:
    return (
        _month(row, words), words.channel(row["channel"]), words.number(row["followers"]), _waited(row, words),
        words.say("late" if row["answered"] else "never"),
        *("" if row[c] is None else words.number(row[c]) for c in ("reposts", "impressions")),
    )  # fmt: skip


def _waited(row: dict[str, Any], words: Words) -> str:
    return words.duration(60 * row["hours"])


def _limit(count: Result, words: Words) -> str:
    """How long an answer may take before it is late; the measure tells it as `24 hours`."""
    return words.duration(60 * float(count.dims["later_than"].partition(" ")[0]))


def _month(row: dict[str, Any], words: Words) -> str:
    return words.month(date(int(row["month"][:4]), int(row["month"][5:7]), 1))
