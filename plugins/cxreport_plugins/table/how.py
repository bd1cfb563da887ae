"""How one file is read: the options of the project, over a mapping file where there is one."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cxreport.api import Context, Input, reading
from cxreport_plugins.table.columns import Columns, columns
from cxreport_plugins.table.mapping import Mapping
from cxreport_plugins.table.options import TableOptions
from cxreport_plugins.table.spelling import normed, stands


@dataclass(frozen=True)
class How:
    """What decides how a table is read."""

    own: TableOptions
    """What the project itself has written."""
    mapping: Mapping | None
    context: Context

    @cached_property
    def options(self) -> TableOptions:
        """All that is known of the table."""
        return self.mapping.below(self.own) if self.mapping else self.own

    @property
    def channel(self) -> str | None:
        """The channel of all records, where one is known."""
        return self.own.channel or (self.mapping.channel if self.mapping else None)

    @property
    def zone(self) -> str | None:
        """Zone of times that carry none."""
        return self.own.timezone or (self.mapping.timezone if self.mapping else None)

    @property
    def zone_source(self) -> Literal["header", "spec", "assumed"]:
        """Who tells that zone."""
        return self.mapping.timezone_from if self.mapping and not self.own.timezone else "assumed"

    @property
    def scale_source(self) -> Literal["spec", "user"]:
        """How the scale of the rating is known: by a mapping file that states how sure it is, or by the project."""
        return "spec" if self.mapping and self.mapping.sure and not self.own.rating else "user"

    def table(self, data: Input) -> reading.Table:
        """The table, opened; its header is the row that holds the signature or the named columns. Raises ReadError."""
        return reading.open_table(
            data,
            encoding=self.options.encoding,
            delimiter=self.options.delimiter,
            header=self.options.header_row or self._header,
            sheet=self.options.sheet,
        )

    def columns(self, data: Input, table: reading.Table) -> Columns:
        """Where the columns stand. Raises ReadError that names those which are missing."""
        return columns(data, table.header, self.options, self.own)

    def _header(self, records: list[list[str]]) -> int | None:
        """The first record with all headers that the project names, or with the signature of the mapping."""
        if self.own.wanted:
            return next((at for at, names in enumerate(normed(records)) if self._has_own(names)), None)
        return self.mapping.header_at(normed(records)) if self.mapping else None

    def _has_own(self, names: Set[str]) -> bool:
        return all(stands(headers, names) for headers in self.own.wanted)
