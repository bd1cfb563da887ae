"""Options of the source `table`."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from cxreport.api import SourceOptions
from cxreport_plugins.table.layout import Layout


class TableOptions(Layout, SourceOptions):
    """What may be written for a source of type `table`."""

    mapping: str | None = None
    """Name of a shipped mapping file, such as `g2`, or path of the project's own; what stands beside it counts more."""

    @model_validator(mode="after")
    def _content(self) -> Self:
        if self.columns and not self.says and self.mapping is None:
            raise ValueError("map at least one of `text`, `title`, `rating` and `answers`: else no row says anything")
        return self

    @property
    def is_described(self) -> bool:
        """Whether somebody has said what the columns are."""
        return bool(self.mapping or self.wanted)
