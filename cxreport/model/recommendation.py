"""Recommendations: what follows from findings, what it should bring, and how that will be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from cxreport.model.fact import Amount, Fact, Range

SCALE = {1: "very small", 2: "small", 3: "medium", 4: "large", 5: "very large"}
"""Steps of impact and effort."""
HORIZONS = {"now": "within 30 days", "next": "within a quarter", "later": "within a year"}
"""The horizons of a roadmap, unless a file names others."""


def _on_scale(value: Range) -> Range:
    if not min(SCALE) <= value.low <= value.high <= max(SCALE):
        raise ValueError(f"it lies between {min(SCALE)} (very small) and {max(SCALE)} (very large)")
    return value


Judged = Annotated[Amount, AfterValidator(_on_scale)]
"""A step of the scale, 1 to 5, or a range of steps: `4`, `[3, 5]`."""


class Expected(Fact):
    """What a measure should come to, in its unit: shares 0 to 1, net scores in points, waits in minutes."""

    measure: str = Field(min_length=1)
    """A result of the audit, such as `care.response_rate` or `care.response_rate[channel=x]`: it is measured again."""
    low: float = Field(allow_inf_nan=False)
    """The least that is expected."""
    high: float = Field(allow_inf_nan=False)
    """The most that is expected."""
    by: date | None = None
    """By when."""

    @model_validator(mode="after")
    def _ordered(self) -> Expected:
        if self.low > self.high:
            raise ValueError(f"the range is reversed: {self.low:g} is more than {self.high:g}")
        return self


class Recommendation(Fact):
    """One step: from findings to an action, what it should bring, and how that will be measured."""

    id: str = Field(pattern=r"[a-z0-9][a-z0-9-]*")
    """Its anchor on the page, such as `close-complaints`."""
    title: str = Field(min_length=1)
    """What to do, as a sentence."""
    findings: tuple[str, ...] = Field(min_length=1)
    """Ids of the findings it follows from."""
    why: str = ""
    """What the findings come to, in a sentence or two."""
    action: str = Field(min_length=1)
    """How it is done."""
    owner: str = ""
    """Who does it: a role."""
    horizon: str
    """When it begins: one of `horizons`."""
    impact: Judged
    """What it does for customers, as its author judges: 1 very small to 5 very large."""
    effort: Judged
    """What it takes, likewise."""
    expected: tuple[Expected, ...] = Field(min_length=1)
    """What should change, as ranges of measures."""
    measured: str = Field(min_length=1)
    """How and when it will be measured."""


class Recommendations(Fact):
    """A file of recommendations."""

    note: str = ""
    """What the author wants to say before them."""
    horizons: dict[str, str] = Field(default=HORIZONS, min_length=1)
    """Horizon → what it means, from the nearest to the farthest."""
    recommendations: tuple[Recommendation, ...] = Field(min_length=1)
    """In the order in which they are numbered."""

    def by_horizon(self) -> Iterator[tuple[str, tuple[tuple[int, Recommendation], ...]]]:
        """(horizon, its numbered recommendations), the nearest first; without those that have none."""
        numbered = tuple(enumerate(self.recommendations, start=1))
        for name in self.horizons:
            if found := tuple(one for one in numbered if one[1].horizon == name):
                yield name, found
