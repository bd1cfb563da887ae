"""Assessments: the consultant's own ratings of concepts, with the evidence they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cxreport.model.concepts import CONCEPTS, Concept
from cxreport.model.fact import Fact
from cxreport.model.message import message

OPINION = "opinion"
"""Written as evidence where a rating rests on nothing but the rater's judgement."""
WITHHELD = "withheld"
"""Stands in an edition for evidence that it may not name; nobody writes it."""
SCALE = {
    0: message("absent"), 1: message("claimed"), 2: message("partial"), 3: message("working"),
    4: message("proven by data"),
}  # fmt: skip
_LINK = re.compile(r"(measure|record|doc):\S(?:.*\S)?")


def _link(value: str) -> str:
    if value not in (OPINION, WITHHELD) and not _LINK.fullmatch(value):
        raise ValueError("evidence is measure:ID, record:ID, doc:FILE or the word opinion")
    return value


def _told(value: Any) -> Any:
    """Facts are printed, so numbers and dates count as text; nothing written is an empty text."""
    return {key: "" if v is None else str(v) for key, v in value.items()} if isinstance(value, dict) else value


Links = tuple[Annotated[str, AfterValidator(_link)], ...]
Told = Annotated[dict[str, str], BeforeValidator(_told)]


class Rater(Fact):
    """One person's rating."""

    role: str = Field(min_length=1)
    """A role, not a name."""
    rating: int
    """A step of the scale."""


class NextStep(Fact):
    """What is to be done."""

    action: str = Field(min_length=1)
    """One sentence."""
    owner: str = ""
    """Who does it."""
    due: date | None = None
    """By when."""


class Review(Fact):
    """Who looked it over."""

    by: str = Field(min_length=1)
    """A name or role."""
    on: date
    """When."""


class Rated(Fact):
    """What may be rated: a whole system or one part of it."""

    rating: int | None = None
    """The step of the scale that was agreed on; absent: not rated, or the raters did not agree."""
    raters: tuple[Rater, ...] = ()
    """Each rater's own rating; the report shows their range, never only the rating agreed on."""
    confidence: Literal["low", "medium", "high"] | None = None
    """How sure the raters are."""
    evidence: Links = ()
    """What it rests on: `measure:ID`, `record:ID`, `doc:FILE#place`, or the word `opinion`; each link must lead
    somewhere."""
    rationale: str = ""
    """Why, in words."""
    facts: Told = Field(default_factory=dict)
    """What else belongs to it, such as `owner` or `minutes`; an empty one is shown as missing."""
    next_step: NextStep | None = None
    """What is to be done."""

    @model_validator(mode="after")
    def _grounded(self) -> Rated:
        given = [rater.rating for rater in self.raters]
        if self.rated and not self.evidence:
            raise ValueError("a rating needs evidence: a link, or the word opinion")
        if self.rating is not None and given and not min(given) <= self.rating <= max(given):
            raise ValueError(f"the rating {self.rating} lies outside of what the raters gave")
        return self

    @property
    def rated(self) -> bool:
        """Whether anybody rated it."""
        return self.rating is not None or bool(self.raters)

    @property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest rating given; None when it is not rated."""
        given = [rater.rating for rater in self.raters] or ([] if self.rating is None else [self.rating])
        return (min(given), max(given)) if given else None


class Part(Rated):
    """One step, pillar, channel, entry or chapter of a system."""

    title: str = Field(min_length=1)
    """Its name."""


class Assessment(Rated):
    """One system, assessed: the whole, its parts, or both."""

    id: str = ""
    """The name of the file without its suffix, unless it is written."""
    concept: str
    """Id of the concept it answers, such as `E10`; one that is rated, not computed."""
    system: str = Field(min_length=1)
    """The heading under which the report shows it; files of one system stand together."""
    title: str = ""
    """What is rated, where the concept's own title does not say it."""
    scale: dict[int, str] = SCALE
    """Step → what it means, from worst to best."""
    parts: tuple[Part, ...] = ()
    """What is rated, or only listed, one by one."""
    reviewed: Review | None = None
    """Who looked it over."""

    @model_validator(mode="after")
    def _sound(self) -> Assessment:
        concept = CONCEPTS.get(self.concept)
        if concept is None:
            raise ValueError(f"{self.concept!r} is no concept; they run from A01 to E11")
        if not concept.rated:
            raise ValueError(f"{self.concept} is computed from the data, not rated")
        for name, rated in self.all():
            for step in (rated.rating, *(rater.rating for rater in rated.raters)):
                if step is not None and step not in self.scale:
                    raise ValueError(f"{f'{name}: ' if name else ''}{step} is no step of the scale")
        return self

    def all(self) -> Iterator[tuple[str, Rated]]:
        """(title, rated) of the whole, whose title is empty, and of each part."""
        yield "", self
        yield from ((part.title, part) for part in self.parts)

    @property
    def about(self) -> Concept:
        """The concept."""
        return CONCEPTS[self.concept]

    @property
    def heading(self) -> str:
        """What is rated, in words."""
        return self.title or self.about.title

    @property
    def ratings(self) -> int:
        """How many of its ratings are there: the whole and the parts."""
        return sum(rated.rated for _, rated in self.all())

    @property
    def begun(self) -> bool:
        """Whether anything was filled in: a rating, a reason, evidence or a fact."""
        each = (rated for _, rated in self.all())
        return any(r.rated or r.rationale or r.evidence or any(r.facts.values()) for r in each)
