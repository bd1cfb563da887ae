"""Any table, through a mapping of its columns that a person writes."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Tables by mapping."""
    from cxreport_plugins.table.source import Table

    return [Table]
