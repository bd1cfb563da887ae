"""A mapping file: what the columns of one system's export are, and how surely that is known."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from cxreport_plugins.table.layout import Layout
from cxreport_plugins.table.options import TableOptions
from cxreport_plugins.table.scales import Headers
from cxreport_plugins.table.spelling import stands

Sureness = Literal["fair", "low"]
CONFIDENCE: Final[dict[str | None, float]] = {None: 0.9, "fair": 0.8, "low": 0.6}
"""Confidence of a detection by a mapping file: below what is recognised exactly, above a guess."""
LEAST: Final = 3
"""A signature of fewer headers would fit tables of other systems."""


class Mapping(Layout):
    """A mapping file. All its columns may be absent from a file, besides those of the signature."""

    system: Annotated[str, Field(pattern=r"^[a-z0-9]+([._][a-z0-9]+)*$")]
    """Id of the system in the ledger, such as `g2.csv`."""
    title: str
    """The export in words."""
    sure: Sureness | None = None
    """How surely the headers are known: `fair` or `low`; absent when somebody has seen the files."""
    rests_on: tuple[Literal["docs", "code", "memory"], ...] = ()
    """What that rests on: the vendor's documentation, public code that reads such files, memory."""
    signature: tuple[Headers, ...] = ()
    """Headers that tell this export from others, each perhaps with its other spellings; at least three."""
    channel: str | None = None
    """The channel of all records."""
    timezone: str | None = None
    """IANA zone of times that carry none."""
    timezone_from: Literal["header", "spec"] = "spec"
    """What tells that zone: a header of the file, or the documentation of the format."""
    notes: tuple[str, ...] = ()
    """What a person should know of every such file, for the ledger."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.says:
            raise ValueError("map at least one of `text`, `title`, `rating` and `answers`: else no row says anything")
        if 0 < len(self.signature) < LEAST:
            raise ValueError(f"a signature of fewer than {LEAST} headers fits other tables too")
        return self

    def header_at(self, records: Sequence[Set[str]]) -> int | None:
        """0-based index of the first record that holds the whole signature, else None; names are normalised."""
        if not self.signature:
            return None
        return next((at for at, names in enumerate(records) if self._has_signature(names)), None)

    def _has_signature(self, names: Set[str]) -> bool:
        return all(stands(spellings, names) for spellings in self.signature)

    def below(self, options: TableOptions) -> TableOptions:
        """The options with this mapping under them: what they say themselves counts more."""
        told = {name for name in options.model_fields_set if getattr(options, name) is not None}
        mine = {name: getattr(self, name) for name in self.model_fields_set & TableOptions.model_fields.keys() - told}
        both = {name: {**getattr(self, name), **getattr(options, name)} for name in ("columns", "values", "pseudonyms")}
        return options.model_copy(update={**mine, **both})
