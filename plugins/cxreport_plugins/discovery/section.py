"""The section `discovery`: how customers find the brand and choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Finding, Link, Page, Section, SectionView, Words, message
from cxreport_plugins.common.say import period, sound, weight
from cxreport_plugins.discovery import exhibits
from cxreport_plugins.discovery.others import others
from cxreport_plugins.discovery.pages import DISCOVERY
from cxreport_plugins.discovery.words import (
    BREADTH,
    CITED,
    CONNECTED,
    INFLUENCE,
    KEYNESS,
    LADDER,
    LOOP,
    OPENNESS,
    OUTCOME,
    PERCEPTION,
    PILLARS,
    PLACES,
    QUESTIONS,
    REASONS,
    RIVALS,
    SEARCH,
    SOURCES,
    TECHNOLOGIES,
    TOPICS,
    TRIGGER,
    VOICE,
)


class Discovery(Section):
    """Whom people speak of as they look around, who answers their questions, and where they have it from."""

    name: ClassVar[str] = "discovery"
    page: ClassVar[Page] = DISCOVERY
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("discovery.unanswered",)
    needs: ClassVar[tuple[str, ...]] = (
        VOICE, QUESTIONS, SOURCES, CITED, PLACES, INFLUENCE, TOPICS, TECHNOLOGIES, OUTCOME, BREADTH, RIVALS, LADDER,
        REASONS, OPENNESS, SEARCH,
        KEYNESS, TRIGGER, LOOP, PERCEPTION, CONNECTED, PILLARS,
    )  # fmt: skip

    def view(self, edition: Edition, words: Words) -> SectionView:
        """Who answers those who ask, else whom they speak of."""
        alone = edition.get(QUESTIONS, part="unanswered")
        titled = exhibits.voice_title if alone is None or not alone.shown else exhibits.answers_title
        lede = words.say(
            "Before they choose, people hear of a need, look around, ask, and compare. Here is what they let slip, "
            "in their texts and in answers to surveys. What they did not say is not guessed."
        )
        absent = tuple(_absent(edition, words))
        return SectionView(self.name, titled(edition, words), lede, f"{period(edition, words)}.", absent)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """Those there are results for."""
        drawn = (
            exhibits.answers, exhibits.voice, exhibits.sources, exhibits.reasons, exhibits.breadth, others,
        )  # fmt: skip
        found = [draw(edition, words) for draw in drawn]
        return [exhibit for exhibit in found if exhibit is not None]

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """Questions that nobody answers, where there are enough of them to say so."""
        alone = edition.get(QUESTIONS, part="unanswered")
        if alone is None or not sound(alone):
            return []
        text = words.say(
            "Public questions of people who look around that neither the brand nor another customer answered: "
            "{interval}, {base}.",
            interval=words.interval(alone), base=words.base(alone.n),
        )  # fmt: skip
        return [
            Finding(
                id="discovery.unanswered", title=exhibits.answers_title(edition, words), text=text,
                weight=weight(100 * (alone.low or 0), 0.1, alone), results=(alone,),
                link=Link("discovery.answers", words.say("See who answers")), exhibit=exhibits.answers(edition, words),
            )
        ]  # fmt: skip

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """What the page could not tell at all."""
        return _absent(edition, words)


def _absent(edition: Edition, words: Words) -> list[str]:
    """Why whom people speak of, and who answers, cannot be told."""
    asked = {
        VOICE: message("We cannot say whom people speak of as they look around: {reason}."),
        QUESTIONS: message("We cannot say who answers people before they choose: {reason}."),
    }
    return [
        words.say(sentence, reason=words.retell(found[0].reason))
        for measure, sentence in asked.items()
        if (found := edition.results(measure)) and not any(r.testable for r in found)
    ]
