"""The section `assessments`: a table for each system, and below it what each rating rests on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar, Final

from cxreport.api import CONCEPTS, Assessment, Edition, Exhibit, Page, Section, SectionView, Table, Words, message
from cxreport_plugins.assessments.grounds import Grounds
from cxreport_plugins.assessments.saying import Item, agreed, differ, items, rests_on, sentence, spread

PAGE = Page("assessments", "Assessments", "What to do", 150)
_NOTE = message(
    "Ratings are judgements on a scale whose steps have names. They are not added up and have no mean; where raters "
    "differ their range is shown."
)
TOLD: Final = (
    message("low"), message("medium"), message("high"),
    message("Theme"), message("Moment"), message("Owner"), message("Technology"), message("Figure"), message("Text"),
    message("Dated"), message("Signed"), message("Minutes"), message("Obstacle"), message("Source"),
    message("Status"), message("Purpose"), message("Months of lag"),
)  # fmt: skip
"""Confidence, and the facts that blank assessments ask for."""


class Assessments(Section):
    """What the consultant rates: ratings with their range, confidence, evidence, reasons and next steps."""

    name: ClassVar[str] = "assessments"
    page: ClassVar[Page] = PAGE

    def present(self, edition: Edition) -> bool:
        """Only where something was assessed."""
        return bool(_begun(edition))

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many questions were assessed, and where raters differ."""
        systems, grounds = _systems(edition), Grounds(edition, words)
        every = [item for _, found in systems for item in found]
        rated = [item for item in every if item.rated.rated]
        apart = sum(differ(item) for item in rated)
        asked = len({item.of.concept for item in every})
        return SectionView(
            id=self.name,
            title=words.say(
                "{asked} of {all} questions that data alone cannot answer are assessed",
                asked=words.number(asked), all=words.number(len(_rateable())),
            ),
            lede=f"{words.say('What the consultant rates, beside the evidence.')} "
            f"{_disagreement(apart, len(rated), words)}",
            meta=f"{words.plural(len(rated), 'rating', 'ratings')}, {words.plural(len(systems), 'system', 'systems')}.",
            notes=(words.say(_NOTE),),
            data={"grounds": {_id(name): _grounds(found, grounds) for name, found in systems}},
        )  # fmt: skip

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """One table a system, then what nobody has assessed."""
        made = [_exhibit(name, found, words) for name, found in _systems(edition)]
        waiting = _waiting(edition, words)
        return [*made, waiting] if waiting else made

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How many questions wait for the consultant."""
        left = len(_open(edition))
        if not left:
            return []
        return [
            words.count(
                left,
                "{n}\u00a0question that only people can answer: nobody has rated it.",
                "{n}\u00a0questions that only people can answer: nobody has rated them.",
            )
        ]


def _begun(edition: Edition) -> list[Assessment]:
    return [one for one in edition.assessments if one.begun]


def _systems(edition: Edition) -> list[tuple[str, list[Item]]]:
    """(name, items) of each system, in the order of its first concept."""
    begun = _begun(edition)
    first = {one.system: min(o.concept for o in begun if o.system == one.system) for one in begun}
    ordered = sorted(begun, key=lambda one: (first[one.system], one.system, one.concept, one.id))
    return [(name, items(list(group))) for name, group in groupby(ordered, key=lambda one: one.system)]


def _rateable() -> list[str]:
    return [concept.id for concept in CONCEPTS.values() if concept.rated]


def _open(edition: Edition) -> list[str]:
    begun = {one.concept for one in _begun(edition)}
    return [ident for ident in _rateable() if ident not in begun]


def _disagreement(apart: int, rated: int, words: Words) -> str:
    if not apart:
        return words.say("Nowhere do raters differ.")
    return words.say(
        "Raters differ on {some} of {ratings}.",
        some=words.number(apart), ratings=words.plural(rated, "rating", "ratings"),
    )  # fmt: skip


def _id(system: str) -> str:
    return f"assessments.{'-'.join(''.join(c if c.isalnum() else ' ' for c in system.casefold()).split())}"


def _exhibit(system: str, found: Sequence[Item], words: Words) -> Exhibit:
    rows = [item for item in found if item.listed]
    facts = list(dict.fromkeys(name for item in rows for name in item.rated.facts))
    rated = any(item.rated.rated for item in rows)
    scale = ", ".join(f"{step} {words.say(word)}" for step, word in found[0].scale.items())
    judged = (words.say("Agreed"), words.say("Raters"), words.say("Confidence"), words.say("Rests on"))
    columns = (words.say("What"), *(judged if rated else ()), *(words.say(name.capitalize()) for name in facts))
    return Exhibit(
        id=_id(system),
        heading=system,
        title=sentence(system, found, words),
        subtitle=words.say("Scale: {steps}", steps=scale) if rated else words.say("What was noted, not rated"),
        table=Table(
            columns,
            tuple(_row(item, facts, words, rated) for item in rows),
            align=tuple("left" for _ in columns),
            caption=system,
        ),
    )


def _row(item: Item, facts: Sequence[str], words: Words, rated: bool) -> tuple[str, ...]:
    told = (item.rated.facts.get(name) for name in facts)
    cells = ["–" if text is None else text or words.say("missing") for text in told]
    judged = (
        agreed(item, words), spread(item, words), words.say(item.rated.confidence or "–"), rests_on(item, words)
    )  # fmt: skip
    return (words.say(item.title), *(judged if rated else ()), *cells)


def _grounds(found: Sequence[Item], grounds: Grounds) -> list[dict[str, Any]]:
    named = sum(item.listed for item in found) > 1
    told = [grounds.of(item, named and item.listed) for item in found]
    return [one for one in told if any(text for key, text in one.items() if key != "title")]


def _waiting(edition: Edition, words: Words) -> Exhibit | None:
    left = [CONCEPTS[ident] for ident in _open(edition)]
    if not left:
        return None
    return Exhibit(
        id="assessments.waiting",
        heading=words.say("Not assessed"),
        title=words.count(
            len(left), "{n}\u00a0question has not been assessed", "{n}\u00a0questions have not been assessed"
        ),
        subtitle=words.say("Questions that data alone cannot answer, and what would answer them"),
        table=Table(
            (words.say("Concept"), words.say("Question"), words.say("Needs")),
            tuple((c.id, words.say(c.title), words.say(c.needs)) for c in left),
            align=("left",) * 3,
            caption=words.say("Not assessed"),
        ),
    )
