"""The section `assessments`: a table for each system, and below it what each rating rests on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar

from cxreport.api import CONCEPTS, Assessment, Edition, Exhibit, Page, Section, SectionView, Table, Words
from cxreport_plugins.assessments.grounds import Grounds
from cxreport_plugins.assessments.saying import Item, agreed, differ, items, rests_on, sentence, spread

PAGE = Page("assessments", "Assessments", "What to do", 150)
_NOTE = (
    "Ratings are judgements on a scale whose steps have names. They are not added up and have no mean; where raters "
    "differ their range is shown."
)


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
            title=f"{words.number(asked)} of {len(_rateable())} questions that data alone cannot answer are assessed",
            lede=f"What the consultant rates, beside the evidence. {_disagreement(apart, len(rated), words)}",
            meta=f"{words.plural(len(rated), 'rating', 'ratings')}, {words.plural(len(systems), 'system', 'systems')}.",
            notes=(_NOTE,),
            data={"grounds": {_id(name): _grounds(found, grounds) for name, found in systems}},
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """One table a system, then what nobody has assessed."""
        made = [_exhibit(name, found, words) for name, found in _systems(edition)]
        waiting = _waiting(edition, words)
        return [*made, waiting] if waiting else made

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """How many questions wait for the consultant."""
        left = len(_open(edition))
        return (
            [f"{words.plural(left, 'question', 'questions')} that only people can answer: nobody has rated them."]
            if left
            else []
        )


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
        return "Nowhere do raters differ."
    return f"Raters differ on {words.number(apart)} of {words.plural(rated, 'rating', 'ratings')}."


def _id(system: str) -> str:
    return f"assessments.{'-'.join(''.join(c if c.isalnum() else ' ' for c in system.casefold()).split())}"


def _exhibit(system: str, found: Sequence[Item], words: Words) -> Exhibit:
    rows = [item for item in found if item.listed]
    facts = list(dict.fromkeys(name for item in rows for name in item.rated.facts))
    rated = any(item.rated.rated for item in rows)
    scale = ", ".join(f"{step} {word}" for step, word in found[0].scale.items())
    columns = ("What", *(("Agreed", "Raters", "Confidence", "Rests on") if rated else ()), *map(str.capitalize, facts))
    return Exhibit(
        id=_id(system),
        heading=system,
        title=sentence(system, found, words),
        subtitle=f"Scale: {scale}" if rated else "What was noted, not rated",
        table=Table(
            columns,
            tuple(_row(item, facts, words, rated) for item in rows),
            align=tuple("left" for _ in columns),
            caption=system,
        ),
    )


def _row(item: Item, facts: Sequence[str], words: Words, rated: bool) -> tuple[str, ...]:
    told = (item.rated.facts.get(name) for name in facts)
    cells = ["–" if text is None else text or "missing" for text in told]
    judged = (agreed(item), spread(item, words), item.rated.confidence or "–", rests_on(item, words))
    return (item.title, *(judged if rated else ()), *cells)


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
        heading="Not assessed",
        title=f"{words.plural(len(left), 'question has', 'questions have')} not been assessed",
        subtitle="Questions that data alone cannot answer, and what would answer them",
        table=Table(
            ("Concept", "Question", "Needs"),
            tuple((c.id, c.title, c.needs) for c in left),
            align=("left",) * 3,
            caption="Not assessed",
        ),
    )
