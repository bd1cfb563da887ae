"""Databases and data lakes, through a query that DuckDB answers."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Answers to queries."""
    from cxreport_plugins.sql.source import Sql

    return [Sql]
