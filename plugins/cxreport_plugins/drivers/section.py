"""The page Drivers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Link, Page, Section, SectionView, Words
from cxreport_plugins.common import say
from cxreport_plugins.drivers import matrix, themed
from cxreport_plugins.drivers.weighed import IMPACT, IMPORTANCE, Weighed, weighed

DRIVERS = Page("drivers", "Drivers", "Customers", 97)


class Drivers(Section):
    """What goes with the score: rated parts of the experience, and the themes of texts."""

    name: ClassVar[str] = "drivers"
    page: ClassVar[Page] = DRIVERS
    order: ClassVar[int] = 10
    needs: ClassVar[tuple[str, ...]] = (IMPORTANCE, IMPACT)
    tells: ClassVar[tuple[str, ...]] = ("drivers.leader", "drivers.theme")

    def present(self, edition: Edition) -> bool:
        """Whether any of its numbers can be told."""
        return any(result.shown for measure in self.needs for result in edition.results(measure))

    def view(self, edition: Edition, words: Words) -> SectionView:
        """What is clear of the parts, else of the themes."""
        found = weighed(edition)
        shown = [themed.nps(edition, words), themed.stars(edition, words)]
        titles = [*(matrix.headline(one, words) for one in found[:1]), *(exhibit.title for exhibit in shown if exhibit)]
        title = titles[0] if titles else words.say("Nothing clearly goes with the score")
        return SectionView(
            id=self.name, title=title,
            lede=words.say(
                "What people rate or write about, beside the score they give. These are associations: they say where "
                "to look first, not what a change will bring."
            ),
            meta=f"{say.period(edition, words)}.",
            notes=() if found else tuple(_absence(edition, words)),
        )  # fmt: skip

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Importance and performance of each source, then themes."""
        found = [matrix.matrix(one, edition, words) for one in weighed(edition)]
        more = [themed.nps(edition, words), themed.stars(edition, words)]
        return [*found, *(exhibit for exhibit in more if exhibit is not None)]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The part that clearly goes with the score most, and the theme that clearly costs most."""
        found = [*(_leading(one, edition, words) for one in weighed(edition)[:1]), _costly(edition, words)]
        return [finding for finding in found if finding is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """That drivers are no causes, or why there are none."""
        if not weighed(edition):
            return _absence(edition, words)
        return [
            words.say(
                "We cannot say that improving a part will lift the score: what goes with the score need not cause it, "
                "and parts that nobody was asked about are missing."
            )
        ]


def _absence(edition: Edition, words: Words) -> list[str]:
    """Why no part could be weighed, and what it needs."""
    result = next((r for r in edition.results(IMPORTANCE) if not r.shown), None)
    if result is None:
        return []
    return [
        words.say(
            "Which parts of the experience go with the score is not testable: {reason}. It needs: {needs}.",
            reason=words.retell(result.reason), needs="; ".join(words.retell(need) for need in result.needs),
        )
    ] if result.needs else []  # fmt: skip


def _leading(one: Weighed, edition: Edition, words: Words) -> Finding | None:
    """The parts whose intervals are clear of all others, on a base without a mark.

    Their effect in points is the correlation that their share of the variance stands for: a correlation of 0.4 is a
    difference of 40 points between halves (Rosenthal & Rubin 1982).
    """
    first = one.leaders
    if not first or not all(say.sound(part.importance) for part in first):
        return None
    second, share = one.parts[len(first)], sum(part.importance.value or 0 for part in first)
    told = [
        words.say("{part} {share} ({interval}), rated {mean} on average", part=part.name,
                  share=words.value(part.importance), interval=words.interval(part.importance),
                  mean=words.value(part.mean))
        for part in first
    ]  # fmt: skip
    text = words.say(
        "Share of what all {parts} rated parts explain: {told}; next comes {second} with {next}. Together they explain "
        "{whole} of how {score} differs from person to person ({base}). An association, not a cause.",
        parts=words.number(len(one.parts)), told=words.join(told), second=second.name,
        next=words.value(second.importance), whole=words.value(one.explained), score=matrix.score(one, words),
        base=words.base(one.explained.n),
    )  # fmt: skip
    measured = max(1, edition.waterfall[-1].left if edition.waterfall else one.explained.n)
    return Finding(
        id="drivers.leader",
        title=matrix.leading(one, words),
        text=text,
        weight=say.weight(
            100 * sqrt(share * (one.explained.value or 0)), one.explained.n / measured, first[0].importance
        ),
        results=(*(r for part in first for r in (part.importance, part.mean)), one.explained),
        link=Link(f"drivers.matrix_{one.source}", words.say("See the drivers")), exhibit=matrix.small(one, words),
    )  # fmt: skip


def _costly(edition: Edition, words: Words) -> Finding | None:
    """The theme whose texts pull the net promoter score down most."""
    clear = [one for one in themed.impacts(edition, outcome="nps") if one.clear and say.sound(one.difference)]
    if not clear or (clear[0].contribution.value or 0) >= 0:
        return None
    worst = clear[0]
    points = words.number(abs(worst.difference.value or 0))
    text = words.say(
        "Net Promoter Score {score} in the {share} of answers that name it, {others} in the others; the difference is "
        "{interval} points ({base}). Without these texts the score would be {gain} points higher. An association, not "
        "a cause.",
        score=words.signed(worst.facts["with"]), share=words.share(worst.facts["share"]),
        others=words.signed(worst.facts["without"]), interval=words.interval(worst.difference),
        base=words.base(worst.difference.n), gain=words.number(worst.weight, 1),
    )  # fmt: skip
    return Finding(
        id="drivers.theme",
        title=words.say("{theme}: answers that name it score {points} points lower", theme=worst.name, points=points),
        text=text, weight=say.weight(worst.difference.value or 0, worst.facts["share"] / 2, worst.difference),
        results=(worst.difference, worst.contribution),
        link=Link("drivers.themes", words.say("See themes and the score")),
    )  # fmt: skip
