"""The section `change`: the page What changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Change, Edition, Exhibit, Finding, Link, Page, Section, SectionView, Words
from cxreport_plugins.change.exhibits import (
    SCALES,
    breaks,
    charts_of,
    clear,
    counted,
    headline,
    ordered,
    periods,
    recurrence,
    told,
)
from cxreport_plugins.change.naming import interval
from cxreport_plugins.common import say

CHANGE = Page("change", "What changed", "The audit", 25)
TOLD = 3
"""Changes that are told as findings."""
MONTHS = 12


class WhatChanged(Section):
    """The previous audit against this one: up, down, no material change, inconclusive, not comparable."""

    name: ClassVar[str] = "change"
    page: ClassVar[Page] = CHANGE
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("change.*",)

    def present(self, edition: Edition) -> bool:
        """Whether there is a previous audit."""
        return edition.past is not None

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The heading counts what changed; the notes say how to read it."""
        meta = f"{periods(edition, words)}."
        return SectionView(self.name, _heading(edition, words), _lede(edition, words), meta, _notes(edition, words))

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """A chart a unit with every test in its table, the recurring faults, the breaks."""
        tables = (make(edition, words) for make in (recurrence, breaks))
        return [*charts_of(edition, words), *(exhibit for exhibit in tables if exhibit is not None)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The largest clear changes of shares and net scores that rest on sound results."""
        moved = [c for c in ordered(edition.changes) if clear(c) and c.unit in ("share", "points")]
        once = {change.measure: change for change in reversed(moved)}
        found = [_finding(change, edition, words) for change in moved if once[change.measure] is change]
        return [finding for finding in found if finding is not None][:TOLD]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How much cannot be compared, and that two periods are no experiment."""
        broken = [c for c in edition.changes if c.verdict == "broken" and c.before is not None]
        if not broken:
            return ()
        return (
            words.count(
                len(broken),
                "We cannot say whether {n} figure changed since the previous audit: it was measured otherwise.",
                "We cannot say whether {n} figures changed since the previous audit: they were measured otherwise.",
            ),
        )


def _heading(edition: Edition, words: Words) -> str:
    tested = ordered(edition.changes)
    if not tested:
        return words.say("Nothing can be compared with the previous audit")
    up, down = (sum(c.verdict == verdict for c in tested) for verdict in ("up", "down"))
    said = [
        words.count(up, "{n} figure clearly went up", "{n} figures clearly went up"),
        words.count(down, "{n} clearly went down", "{n} clearly went down"),
    ]
    moves = words.join([text for n, text in zip((up, down), said, strict=True) if n])
    if not moves:
        return words.say("No figure clearly changed since the previous audit")
    return words.say("{moves} since the previous audit", moves=moves)


def _lede(edition: Edition, words: Words) -> str:
    tested = ordered(edition.changes)
    rest = [c for c in tested if not clear(c)]
    said = [
        words.say("Most of all: {change}.", change=headline(tested, edition, words)) if any(map(clear, tested)) else "",
        f"{counted(rest, words)}." if rest else "",
    ]
    return " ".join(text for text in said if text)


def _notes(edition: Edition, words: Words) -> tuple[str, ...]:
    said = [
        words.say(
            "Why something changed, two audits cannot tell: they show what differs between two periods, not what "
            "caused it. Intervals are sampling variation if these were random samples."
        )
    ]
    if _season_differs(edition):
        said.insert(
            0, words.say("The two periods do not cover the same months of the year: a season may look like a change.")
        )
    return tuple(said)


def _season_differs(edition: Edition) -> bool:
    past, meta = edition.past, edition.meta
    ends = [past and past.period_from, past and past.period_to, meta.period_from, meta.period_to]
    if not all(ends):
        return False
    first, last, start, end = (str(day)[5:] for day in ends)
    return (first, last) != (start, end)


def _finding(change: Change, edition: Edition, words: Words) -> Finding | None:
    result, before = edition.get(change.measure, **change.dims), change.before
    if result is None or before is None or not say.sound(result):
        return None
    points = (change.value or 0) * (100 if change.unit == "share" else 1)
    text = words.say(
        "The difference is {change} (95% interval {interval}; now {now}, before {before}). It is clear among all that "
        "was compared, and more than the margin of a material change.",
        change=words.signed(points, 0), interval=interval(change, words),
        now=words.base(result.n), before=words.base(before.n),
    )  # fmt: skip
    whole = max((r.n for results in edition.measures.values() for r in results if not r.dims), default=result.n)
    href = next(scale.ident for scale in SCALES if scale.unit == change.unit)
    return Finding(
        f"change.{change.key}", told(change, edition, words), text,
        say.weight(points, min(1.0, result.n / max(1, whole)), result), (result,),
        Link(href, words.say("See what changed")),
    )  # fmt: skip
