"""Options of the enricher `moments`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from cxreport.api import Options

Pack = Literal["bank", "telecom", "travel"]
PACKS: tuple[Pack, ...] = ("bank", "telecom", "travel")


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


class MomentsOptions(Options):
    """The project's own map and the words of its trade."""

    map: tuple[MapRule, ...] = ()
    """Rules that come before the default ones, in order."""
    packs: tuple[Pack, ...] = PACKS
    """Trades whose words count."""
    minimum: int = Field(default=2, ge=1)
    """Least score at which a text tells a moment or an act."""
