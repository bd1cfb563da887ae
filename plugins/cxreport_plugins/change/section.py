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
    everything,
    ordered,
    periods,
    recurrence,
)
from cxreport_plugins.change.naming import interval, label, value
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
        tested = ordered(edition.changes)
        title = counted(tested, words) if tested else words.say("Nothing can be compared with the previous audit")
        return SectionView(
            self.name, title, _lede(edition, words), f"{periods(edition, words)}.", _notes(edition, words)
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """A chart a unit, the recurring faults, every test, the breaks."""
        tables = (make(edition, words) for make in (recurrence, everything, breaks))
        return [*charts_of(edition, words), *(exhibit for exhibit in tables if exhibit is not None)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The largest clear changes of shares and net scores that rest on sound results."""
        told = [c for c in ordered(edition.changes) if clear(c) and c.unit in ("share", "points")]
        once = {change.measure: change for change in reversed(told)}
        found = [_finding(change, edition, words) for change in told if once[change.measure] is change]
        return [finding for finding in found if finding is not None][:TOLD]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How much cannot be compared, and that two periods are no experiment."""
        broken = [c for c in edition.changes if c.verdict == "broken" and c.before is not None]
        if not broken:
            return ()
        one = "We cannot say whether {n} figure changed since the previous audit: it was measured in another way."
        many = "We cannot say whether {n} figures changed since the previous audit: they were measured in another way."
        return (words.count(len(broken), one, many),)


def _lede(edition: Edition, words: Words) -> str:
    told = [c for c in ordered(edition.changes) if clear(c)]
    if not told:
        return ""
    return words.say("The largest: {change}.", change=_sentence(told[0], edition, words))


def _sentence(change: Change, edition: Edition, words: Words) -> str:
    before, now = (value(side, change.unit, words) for side in (change.before, change.now))
    name = label(change, edition, words)
    if change.verdict == "up":
        return words.say("{name} went up from {before} to {now}", name=name, before=before, now=now)
    return words.say("{name} went down from {before} to {now}", name=name, before=before, now=now)


def _notes(edition: Edition, words: Words) -> tuple[str, ...]:
    told = [
        words.say(
            "Why something changed, two audits cannot tell: they show what differs between two periods, not what "
            "caused it. Intervals are sampling variation if these were random samples."
        )
    ]
    if _season_differs(edition):
        told.insert(
            0, words.say("The two periods do not cover the same months of the year: a season may look like a change.")
        )
    return tuple(told)


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
    href = next((scale.ident for scale in SCALES if scale.unit == change.unit), "change.tests")
    return Finding(
        f"change.{change.key}", _sentence(change, edition, words), text,
        say.weight(points, min(1.0, result.n / max(1, whole)), result), (result,),
        Link(href, words.say("See what changed")),
    )  # fmt: skip
