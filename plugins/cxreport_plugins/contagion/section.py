"""The page How experience spreads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Link, Page, Section, SectionView, Words
from cxreport_plugins.common import say
from cxreport_plugins.contagion import exhibits as shown
from cxreport_plugins.contagion.exhibits import (
    BRANCHING,
    BURSTS,
    COMPLAINTS,
    EXPOSURE,
    LADDER,
    MOOD,
    PUBLIC,
    RATE,
    SHARES,
    SKEW,
)

CONTAGION = Page("contagion", "How experience spreads", "Customers", 95)


class Contagion(Section):
    """Whether bad experience is passed on more than good, when it burst, and who will meet it."""

    name: ClassVar[str] = "contagion"
    page: ClassVar[Page] = CONTAGION
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("contagion.passing", "contagion.burst", "contagion.skew")
    needs: ClassVar[tuple[str, ...]] = (
        SHARES,
        BURSTS,
        EXPOSURE,
        SKEW,
        COMPLAINTS,
        RATE,
        BRANCHING,
        MOOD,
        PUBLIC,
        LADDER,
    )

    def present(self, edition: Edition) -> bool:
        """Whether any of its numbers can be told."""
        return any(result.testable for measure in self.needs for result in edition.results(measure))

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The heading is the first clear finding, else that there is none."""
        found = self.findings(edition, words)
        title = found[0].title if found else words.say("Nothing clearly tells how experience spreads")
        lede = words.say("What one customer writes is what the next one reads. These are associations, not causes.")
        return SectionView(self.name, title, lede, f"{say.period(edition, words)}.")

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Passing on, bursts and their ladders, exposure, skew, complaints by channel, and the rest in one table."""
        makers = (shown.passing, shown.bursts, shown.ladder, shown.exposure, shown.skew, shown.complaints, shown.others)
        found = [make(edition, words) for make in makers]
        return [exhibit for exhibit in found if exhibit is not None]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """Passing on, the skew and the largest burst, each where it is clear."""
        found = [_passing(edition, words), _burst(edition, words), _skew(edition, words)]
        return [finding for finding in found if finding is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What no export tells of spreading."""
        odds = edition.get(SHARES)
        if odds is None:
            return ()
        if not odds.testable:
            return (
                words.say(
                    "We cannot say how readily experience is passed on: {reason}.", reason=words.retell(odds.reason)
                ),
            )
        return (words.say("We cannot see what was passed on in private, in screenshots or by word of mouth."),)


def _passing(edition: Edition, words: Words) -> Finding | None:
    odds, positive, negative = shown.sides(edition)
    if odds is None or positive is None or negative is None or not shown.clear_odds(odds):
        return None
    text = words.say(
        "{negative} of negative posts ({negative_interval}, {negative_base}) and {positive} of positive ones "
        "({positive_interval}, {positive_base}) were passed on at least once.",
        negative=words.value(negative), negative_interval=words.interval(negative),
        negative_base=words.base(negative.n), positive=words.value(positive),
        positive_interval=words.interval(positive), positive_base=words.base(positive.n),
    )  # fmt: skip
    gap = 100 * abs((negative.value or 0) - (positive.value or 0))
    return Finding(
        "contagion.passing", shown.passing_title(edition, words), text,
        say.weight(gap, shown.reach(odds, edition), odds), (odds, negative, positive),
        Link("contagion.passing", words.say("See what is passed on")),
        shown.passing(edition, words, plain=True),
    )  # fmt: skip


def _burst(edition: Edition, words: Words) -> Finding | None:
    cases, count = edition.get(BURSTS, part="cases"), edition.get(BURSTS)
    if cases is None or count is None or not cases.shown or not cases.rows:
        return None
    first = cases.rows[0]
    usual = words.say("An ordinary day has {records} such records.", records=words.number(first["usual"], 1))
    text = f"{shown.grown(first, words)} {usual}"
    weight = say.weight(100, first["records"] / max(1, shown.measured(edition)), cases)
    return Finding(
        "contagion.burst", shown.burst_title(edition, words), text, weight, (cases, count),
        Link("contagion.bursts", words.say("See the bursts")),
    )  # fmt: skip


def _skew(edition: Edition, words: Words) -> Finding | None:
    gap = edition.get(SKEW)
    if gap is None or not say.sound(gap) or not shown.away(gap):
        return None
    text = words.say(
        "The difference is {gap} ({interval}, {base}). Whoever judges by public records alone sees another picture "
        "than who judges by surveys.",
        gap=words.value(gap), interval=words.interval(gap), base=words.base(gap.n),
    )  # fmt: skip
    return Finding(
        "contagion.skew", shown.skew_title(edition, words), text,
        say.weight((gap.value or 0) / 2, shown.reach(gap, edition), gap), (gap,),
        Link("contagion.skew", words.say("See both")), shown.skew(edition, words, plain=True),
    )  # fmt: skip
