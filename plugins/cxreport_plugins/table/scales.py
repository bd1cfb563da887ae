"""Scores and their scales, stated and never guessed."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic_core import CoreSchema

from cxreport.api import Options

Metric = Literal["stars", "nps", "csat", "ces", "thumbs", "smiley", "binary", "custom"]
AnswerType = Literal["text", "single", "multi", "scale", "date", "number", "rank"]
_SCALES: Final = {"stars": (1.0, 5.0), "nps": (0.0, 10.0), "thumbs": (0.0, 1.0), "binary": (0.0, 1.0)}


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Headers = Annotated[
    tuple[str, ...],
    Field(min_length=1),
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A header, or several under which files know the column; the first that a file has is read."""


class Ends(Options):
    """The two ends of a scale, and words that stand for its values."""

    min: float | None = None
    """Lowest value of the scale."""
    max: float | None = None
    """Highest value of the scale."""
    words: dict[str, float] = Field(default_factory=dict)
    """Cell → its value, for scores that are written in words, such as `{good: 1, bad: 0}`; case does not matter."""

    @model_validator(mode="after")
    def _range(self) -> Self:
        if (self.min is None) != (self.max is None):
            raise ValueError("a scale has two ends: state both `min` and `max`")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise ValueError("`min` must be less than `max`")
        return self


class Asked(Ends):
    """What a score measures, and on which scale."""

    metric: Metric = "custom"
    """What it measures; `stars`, `nps`, `thumbs` and `binary` have a scale that need not be written."""
    reversed: bool = False
    """Whether the lowest value is the best one."""
    question: str | None = None
    """What was asked."""

    @model_validator(mode="before")
    @classmethod
    def _scale(cls, value: Any) -> Any:
        """Stars, NPS and yes or no have one scale each, which need not be written."""
        if isinstance(value, dict) and value.get("metric") in _SCALES:
            low, high = _SCALES[value["metric"]]
            return {"min": low, "max": high, **value}
        return value

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.min is None and not getattr(self, "cases", None):
            raise ValueError("state the scale, for example `min: 1` and `max: 5`")
        if self.metric == "nps" and ((self.min, self.max) != (0, 10) or self.reversed):
            raise ValueError("NPS is asked on a scale from 0 to 10; choose `metric: custom` for another one")
        return self


class Rating(Asked):
    """The main score of a record."""

    column: Headers
    """Header of the column, or several that it may have."""
    by: Headers | None = None
    """Header of the column that says what was asked, where that differs from row to row."""
    cases: dict[str, Asked] = Field(default_factory=dict)
    """Cell of the column `by` → what was asked then: metric and scale; rows of other cells have no value."""

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.cases) != (self.by is not None):
            raise ValueError("`by` names the column, `cases` what its cells mean: write both or neither")
        return self


class Answer(Ends):
    """One further question, or sub-rating, of each row."""

    column: Headers
    """Header of the column, or several that it may have; the first is the question's id."""
    question: str | None = None
    """What was asked; by default the header."""
    type: AnswerType | None = None
    """By default `scale` with a scale, else `number` or `text` cell by cell."""
    topic: str | None = None
    """The part of the experience that it rates on its scale, such as `Crew`: see the page Drivers."""

    @model_validator(mode="after")
    def _part(self) -> Self:
        if self.topic is not None and self.min is None:
            raise ValueError("`topic` rates on a scale: state `min` and `max`")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors are told that a header alone is enough."""
        return {"anyOf": [{"type": "string"}, {**handler.resolve_ref_schema(handler(schema))}]}


class Reply(Options):
    """What the brand answered, beside what it answers."""

    text: Headers
    """Header of the answer."""
    created_at: Headers | None = None
    """Header of its time."""
