"""Recommendations: what follows from findings, what it should bring, and how that will be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from cxreport.model.fact import Amount, Fact, Range

T = TypeVar("T")
SCALE = {1: "very small", 2: "small", 3: "medium", 4: "large", 5: "very large"}
"""Steps of impact and effort."""


def _on_scale(value: Range) -> Range:
    if not min(SCALE) <= value.low <= value.high <= max(SCALE):
        raise ValueError(f"it lies between {min(SCALE)} (very small) and {max(SCALE)} (very large)")
    return value


def _some(value: tuple[T, ...]) -> tuple[T, ...]:
    if not value:
        raise ValueError("it must not be empty")
    return value


_WRITTEN = {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}]}
Judged = Annotated[Amount, AfterValidator(_on_scale), WithJsonSchema(_WRITTEN, mode="validation")]
"""A step of the scale, 1 to 5, or a range of steps: `4`, `[3, 5]`."""


class Horizon(Fact):
    """When steps begin."""

    name: str = Field(min_length=1)
    """Its name, such as `now`."""
    means: str = Field(min_length=1)
    """What that is, such as `within 30 days`."""


HORIZONS = (
    Horizon(name="now", means="within 30 days"),
    Horizon(name="next", means="within a quarter"),
    Horizon(name="later", means="within a year"),
)
"""The horizons of a roadmap, unless a file names others."""


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

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    """Its anchor on the page, such as `close-complaints`."""
    title: str = Field(min_length=1)
    """What to do, as a sentence."""
    findings: Annotated[tuple[str, ...], AfterValidator(_some)]
    """Ids of the findings it follows from."""
    why: str = ""
    """What the findings come to, in a sentence or two."""
    action: str = Field(min_length=1)
    """How it is done."""
    owner: str = ""
    """Who does it: a role."""
    horizon: str
    """When it begins: the name of one of the `horizons`."""
    impact: Judged
    """What it does for customers, as its author judges: 1 very small to 5 very large."""
    effort: Judged
    """What it takes, likewise."""
    expected: Annotated[tuple[Expected, ...], AfterValidator(_some)]
    """What should change, as ranges of measures."""
    measured: str = Field(min_length=1)
    """How and when it will be measured."""


class Recommendations(Fact):
    """A file of recommendations."""

    note: str = ""
    """What the author wants to say before them."""
    horizons: Annotated[tuple[Horizon, ...], AfterValidator(_some)] = HORIZONS
    """The stretches of the roadmap, the nearest first."""
    recommendations: Annotated[tuple[Recommendation, ...], AfterValidator(_some)]
    """In the order in which they are numbered."""

    def by_horizon(self) -> Iterator[tuple[Horizon, tuple[tuple[int, Recommendation], ...]]]:
        """(horizon, its numbered recommendations), the nearest first; without those that have none."""
        numbered = tuple(enumerate(self.recommendations, start=1))
        for horizon in self.horizons:
            if found := tuple(one for one in numbered if one[1].horizon == horizon.name):
                yield horizon, found

    def horizon_of(self, one: Recommendation) -> Horizon:
        """When it begins."""
        return next(horizon for horizon in self.horizons if horizon.name == one.horizon)
