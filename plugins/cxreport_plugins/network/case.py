"""The loudest complaint that waited, told as a case: no name, and no number exact enough to find one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Finding, Link, Result, Table, Words
from cxreport_plugins.common import say

LOUDEST, POTENTIAL = "network.loudest_unanswered", "network.potential_reach"
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
    waited = count.dims["later_than"]
    return Exhibit(
        id="network.case",
        title=f"{words.share(count.value / count.n)} of public complaints waited more than {waited} or in vain",
        subtitle=(
            "Those whose authors have most followers; nobody is named, figures of one account are rounded. "
            f"{say.period(edition, words)}"
        ),
        results=(found, count),
        table=Table(
            ("Written", "Channel", "Followers", "Waited", "First answer", "Reposts", "Impressions"),
            tuple(_row(row, words) for row in found.rows),
            align=("left", "left", "right", "right", "left", "right", "right"),
        ),
        source=say.base_line(edition, words, found.n, ("public complaint", "public complaints")),
        heading="Loudest complaints that waited",
    )  # fmt: skip


def title(row: dict[str, Any], words: Words) -> str:
    """How long the first of them waited."""
    account = f"A complaint from an account with {words.number(row['followers'])} followers"
    return (
        f"{account} waited {_waited(row, words)} for an answer"
        if row["answered"]
        else f"{account} has no public answer"
    )


def story(edition: Edition, words: Words) -> str:
    """The first case in a paragraph, and how many more there are."""
    found, count = cases(edition), late(edition)
    if found is None:
        return ""
    row = found.rows[0]
    said = [
        f"In {_month(row, words)} an account with about {words.number(row['followers'])} followers complained on "
        f"{words.channel(row['channel'])}.", _answer(row, edition, words), *_echo(row, words),
    ]  # fmt: skip
    if count is not None and count.value:
        said.append(
            f"It is one of {words.number(count.value)} public complaints, of {words.number(count.n)}, that waited more "
            f"than {count.dims['later_than']} or in vain."
        )
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
        Link("network.case", "See the case"),
    )  # fmt: skip


def _answer(row: dict[str, Any], edition: Edition, words: Words) -> str:
    if row["answered"]:
        return f"The first public answer came after {_waited(row, words)}."
    as_of = edition.meta.as_of
    by = f" by {words.date(as_of.date())}" if as_of else ""
    return f"No public answer had come{by}, {_waited(row, words)} later."


def _echo(row: dict[str, Any], words: Words) -> list[str]:
    """Reposts and impressions, where the export counts them."""
    counted = []
    if row["reposts"]:
        counted.append(f"reposted about {words.number(row['reposts'])} times")
    if row["impressions"]:
        counted.append(f"shown about {words.number(row['impressions'])} times, as the network counted")
    return [f"The record was {words.join(counted)}."] if counted else []


def _row(row: dict[str, Any], words: Words) -> tuple[str, ...]:
    return (
        _month(row, words), words.channel(row["channel"]), words.number(row["followers"]), _waited(row, words),
        "late" if row["answered"] else "never",
        *("" if row[c] is None else words.number(row[c]) for c in ("reposts", "impressions")),
    )  # fmt: skip


def _waited(row: dict[str, Any], words: Words) -> str:
    return words.duration(60 * row["hours"])


def _month(row: dict[str, Any], words: Words) -> str:
    return words.month(date(int(row["month"][:4]), int(row["month"][5:7]), 1))
