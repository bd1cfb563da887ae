"""The parts of context files: the base of their models, instants, shares, ranges."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Fact(BaseModel):
    """Base of everything in a context file: unknown keys are errors, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def start_of(value: Any) -> Any:
    """A day or a moment as the instant at which it begins, UTC; what tells no zone is UTC."""
    return _instant(value, timedelta())


def end_of(value: Any) -> Any:
    """A day as the instant at which it is over; a moment as itself, UTC."""
    return _instant(value, timedelta(days=1))


def _instant(value: Any, whole_day: timedelta) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC) + whole_day
    try:
        text = str(value).strip()
        return _instant(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text), whole_day)
    except ValueError:
        raise ValueError("it must be a day such as 2026-01-31 or a moment such as 2026-01-31T05:30Z") from None


def _range(value: Any) -> Any:
    """`5` is known exactly, `[4, 6]` lies between, `[4, 5, 6]` also says what is likely."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"low": value, "high": value}
    if isinstance(value, (list, tuple)):
        if len(value) not in (2, 3):
            raise ValueError("write [low, high] or [low, likely, high]")
        return dict(zip(("low", "likely", "high") if len(value) == 3 else ("low", "high"), value, strict=True))
    return value


class Range(Fact):
    """What somebody knows of a figure: where it lies, and where it most likely lies. Never below zero."""

    low: float = Field(ge=0, allow_inf_nan=False)
    """The least it can be."""
    likely: float | None = Field(default=None, allow_inf_nan=False)
    """The mode of a triangular distribution; absent: every value between is as likely (uniform)."""
    high: float = Field(allow_inf_nan=False)
    """The most it can be."""
    source: str = ""
    """Who says so, where it is not the source of the whole file."""

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.low <= (self.low if self.likely is None else self.likely) <= self.high:
            raise ValueError("a range needs low ≤ likely ≤ high")
        return self


def _at_most_one(value: Range) -> Range:
    if value.high > 1:
        raise ValueError("a share lies between 0 and 1")
    return value


Amount = Annotated[Range, BeforeValidator(_range)]
"""A range, also written `5`, `[low, high]` or `[low, likely, high]`."""
Part = Annotated[Range, BeforeValidator(_range), AfterValidator(_at_most_one)]
"""A range of shares, 0 to 1."""
Start = Annotated[datetime, BeforeValidator(start_of)]
"""The instant at which a day or moment begins, UTC."""
End = Annotated[datetime, BeforeValidator(end_of)]
"""The first instant after a day; a moment as itself, UTC."""
