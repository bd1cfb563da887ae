"""Options of the source `survey`: which question is which metric, and on what scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, get_args

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic_core import CoreSchema

from cxreport.api import Options, SourceOptions

Metric = Literal["nps", "csat", "ces", "stars", "smiley", "thumbs", "binary", "custom", "text", "ignore"]
"""What a question may be; a user maps the first three only, the other scores are known by their format."""
Chosen = Literal["nps", "csat", "ces", "text", "ignore"]


class QuestionOptions(Options):
    """What one question measures. `nps` alone in the YAML means `{metric: nps}`."""

    metric: Chosen
    """`text` for open answers, `ignore` for what shall not be read."""
    min: float | None = None
    """Lowest value of the scale; absent: by the question, its labels or its answers."""
    max: float | None = None
    """Highest value of the scale."""
    reversed: bool | None = None
    """True when a low number is the good answer."""
    version: Literal["1.0", "2.0"] | None = None
    """CES only: 2.0 is agreement with "made it easy", 1–7; 1.0 is effort, 1–5, where low is good."""
    topic: str | None = None
    """CSAT and CES: the part of the experience that it rates, such as `Check-in`. Such a question is no score of the
    whole; the page Drivers tells how much goes with it. In a grid each row is such a part by itself."""
    labels: dict[str, float] = Field(default_factory=dict)
    """Answers in words and their values, where the export holds words: `{Very easy: 7, …}`."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        low, high = self.min, self.max
        if self.version is not None and self.metric != "ces":
            raise ValueError("`version` belongs to `ces` only")
        if self.topic is not None and self.metric not in ("csat", "ces"):
            raise ValueError("`topic` belongs to `csat` and `ces` only")
        if low is not None and high is not None and low >= high:
            raise ValueError("`min` must be below `max`")
        if self.metric == "nps" and ((low or 0) != 0 or high not in (None, 10)):
            raise ValueError("NPS is asked on 0 to 10 only; map other scales as csat")
        if self.metric == "nps" and self.reversed:
            raise ValueError("NPS is never reversed")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors are told of the short form too."""
        return {"anyOf": [{"enum": list(get_args(Chosen))}, {**handler.resolve_ref_schema(handler(schema))}]}


Canonical = Literal[
    "segment", "location_id", "location_name", "product_id", "product_name", "brand",
    "country", "region", "city", "conversation_id",
]  # fmt: skip
"""Columns of the records that metadata of a survey may fill."""


class SurveyOptions(SourceOptions):
    """Where the responses lie, and what their questions measure."""

    questions: dict[str, QuestionOptions] | None = None
    """Column, question id or question text → what it measures; absent: guessed, and the guess reported."""
    columns: dict[Canonical, str] = Field(default_factory=dict)
    """Column of the records → column of the file, for embedded data such as `{location_id: store}`."""
    day_first: bool | None = None
    """Whether 05/06/2026 is 5 June; absent: decided by the dates of the file."""

    @field_validator("questions", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {str(key): {"metric": what} if isinstance(what, str) else what for key, what in value.items()}
