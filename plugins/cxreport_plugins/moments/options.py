"""Options of the enricher `moments`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cxreport.api import Options

Pack = Literal["airline", "bank", "hotel", "retail", "telecom"]
PACKS: tuple[Pack, ...] = ("airline", "bank", "hotel", "retail", "telecom")


_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def _many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_many), WithJsonSchema(_NAMES)]
"""One name, or a list of them."""


class MapRule(Options):
    """One rule of the map: what a record comes from → its moment, and who could see it."""

    rule: str = "project"
    """Name by which a record's `moment_rule` says that this rule decided."""
    source: Names = ()
    """Ids of sources of config.yaml."""
    channel: Names = ()
    """Values of the column `channel`."""
    kind: Names = ()
    """Values of the column `kind`, such as `review`."""
    metric: Names = ()
    """Values of the column `metric`, such as `nps`."""
    question: str | None = None
    """Rust regex, looked for in the lower-case question."""
    moment: Literal["stimulus", "zmot", "fmot", "smot", "none", "text"]
    """What such a record is about; `none`: no moment, or all of them; `text`: only what is said can tell."""
    shared: Literal["public", "semi", "private"] | None = None
    """Who could see it: anybody, members, or the company alone."""


NO_BACKSLASH = r"^[^\\]+$"
"""Of names that go into a JSON path."""


class DateRule(Options):
    """Dates of the transaction that a record is about, by their names in the export."""

    source: Names = Field(min_length=1)
    """Ids of sources of config.yaml."""
    ordered: str | None = Field(default=None, pattern=NO_BACKSLASH)
    """Field with the date of the order or booking, as the export calls it (a key of the column `extra`)."""
    received: str | None = Field(default=None, pattern=NO_BACKSLASH)
    """Field with the date of the delivery, stay, flight or first use."""
    day_first: bool = False
    """Whether 05/06/2026 is the fifth of June."""

    @model_validator(mode="after")
    def _says_something(self) -> DateRule:
        if not (self.ordered or self.received):
            raise ValueError("name `ordered`, `received` or both")
        return self


class MomentsOptions(Options):
    """The project's own map and the words of its trade."""

    map: tuple[MapRule, ...] = ()
    """Rules that come before the default ones, in order."""
    dates: tuple[DateRule, ...] = ()
    """Sources whose exports tell when a record's author ordered and got it. `experienced_at` needs no rule."""
    packs: tuple[Pack, ...] = ()
    """Trades whose words count, besides those of every trade."""
    minimum: int = Field(default=2, ge=1)
    """Least score at which a text tells a moment or an act."""
