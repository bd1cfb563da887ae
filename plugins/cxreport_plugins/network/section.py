"""The section `reach`: the page Reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Kpi, Link, Page, Section, SectionView, Words
from cxreport_plugins.common import say
from cxreport_plugins.network import case, others, ways
from cxreport_plugins.network.ways import ASYMMETRY, AUDIENCE, ESTIMATED, MEASURED, POTENTIAL

REACH = Page("reach", "Reach", "Customers", 90)


class Reach(Section):
    """How far words can travel, whose travel furthest, and the loudest complaint that was left waiting."""

    name: ClassVar[str] = "reach"
    page: ClassVar[Page] = REACH
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("network.asymmetry", "network.case")
    needs: ClassVar[tuple[str, ...]] = (
        POTENTIAL, ESTIMATED, MEASURED, ASYMMETRY, AUDIENCE, case.LOUDEST, *others.ASKED,
    )  # fmt: skip

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The heading is the asymmetry where it is clear, else the case where it is large, else the bounds."""
        potential = edition.get(POTENTIAL)
        if potential is None or not potential.shown:
            reason = words.retell(potential.reason) if potential else words.say("not measured")
            title = words.say("How far customers’ words travel cannot be judged")
            return SectionView(self.name, title, words.say("Because {reason}.", reason=reason))
        told = _known(edition, words)
        meta = f"{told}{words.plural(potential.n, 'public record', 'public records')}, {say.period(edition, words)}."
        data = {"case": case.story(edition, words)}
        return SectionView(self.name, _heading(edition, words), _lede(edition, words), meta, (), data)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The case, the asymmetry, three ways to tell reach, the tiers, friends and critics, the rest in a table."""
        found = [
            case.exhibit(edition, words), ways.asymmetry(edition, words), ways.ways(edition, words),
            ways.audience(edition, words), others.quadrants(edition, words), others.others(edition, words),
        ]  # fmt: skip
        return [exhibit for exhibit in found if exhibit is not None]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The asymmetry where it is clear, and the case where it is large."""
        found = [_asymmetry(edition, words), case.finding(edition, words)]
        return [finding for finding in found if finding is not None]

    def kpis(self, edition: Edition, words: Words) -> Sequence[Kpi]:
        """Bounds of the followers of those who complain."""
        result = edition.get(POTENTIAL, sentiment="negative") or edition.get(POTENTIAL)
        if result is None:
            return []
        top = max(1.0, result.high or 0)
        return [Kpi(POTENTIAL, words.say("Followers of those who complain"), result, (0, top), 60, REACH.href, "lower")]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """That followers are not viewers, and whether anybody counted those."""
        potential, measured = edition.get(POTENTIAL), edition.get(MEASURED)
        if potential is None:
            return ()
        if not potential.testable:
            reason = words.retell(potential.reason)
            return (words.say("We cannot say how far customers’ words travel: {reason}.", reason=reason),)
        if measured is None or not measured.testable:
            return (words.say("We cannot say how many people saw what customers wrote: followers are not viewers."),)
        return (
            words.say("We cannot say how many people saw what customers wrote: networks count showings, not people."),
        )


def _heading(edition: Edition, words: Words) -> str:
    ratio, potential = edition.get(ASYMMETRY), edition.get(POTENTIAL)
    if ratio is not None and ways.clear(ratio):
        return ways.asymmetry_title(ratio, words)
    told = case.finding(edition, words)
    if told:
        return told.title
    bounds = words.interval(potential) if potential else ""
    return words.say("The customers who wrote have {bounds} followers between them", bounds=bounds)


def _lede(edition: Edition, words: Words) -> str:
    potential = edition.get(POTENTIAL, sentiment="negative")
    said = []
    if potential is not None and potential.shown and potential.n_authors:
        said.append(
            words.count(
                potential.n_authors,
                "The {n} person who wrote something negative has {bounds} followers.",
                "The {n} people who wrote something negative have {bounds} followers between them: how far their "
                "audiences overlap is unknown.",
                bounds=words.interval(potential),
            )
        )
    return " ".join([*said, words.say("Followers are not viewers.")])


def _known(edition: Edition, words: Words) -> str:
    """On how much of the records it rests, where that is not all."""
    part = edition.get(POTENTIAL, part="known")
    if part is None or part.value is None or not part.n or part.value >= part.n:
        return ""
    known = words.say(
        "Followers are known for {known} of {all} public records.",
        known=words.number(part.value), all=words.number(part.n),
    )  # fmt: skip
    return f"{known} "


def _asymmetry(edition: Edition, words: Words) -> Finding | None:
    ratio, without = edition.get(ASYMMETRY), edition.get(ASYMMETRY, without="top")
    if ratio is None or not ways.clear(ratio) or ratio.value is None:
        return None
    said = [
        words.say(
            "The ratio of their followers is {ratio} ({interval}, {base}).",
            ratio=words.value(ratio), interval=words.interval(ratio), base=words.base(ratio.n),
        )
    ]  # fmt: skip
    if without is not None and without.shown:
        said.append(
            words.say(
                "Without the one author who has most it is {ratio} ({interval}).",
                ratio=words.value(without), interval=words.interval(without),
            )
        )  # fmt: skip
    said.append(words.say("Followers are not viewers."))
    gap = 100 * abs(ratio.value - 1) / (ratio.value + 1)
    return Finding(
        "network.asymmetry", ways.asymmetry_title(ratio, words), " ".join(said),
        say.weight(gap, 1.0, ratio), (ratio,), Link("network.asymmetry", words.say("See reach")),
        ways.asymmetry(edition, words, plain=True),
    )  # fmt: skip
