"""Duplicates: the same words said twice are counted once, and how often they were said is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Relation


@hookimpl
def cxreport_relations() -> list[type[Relation]]:
    """Exact duplicates after normalisation, and reposts per original."""
    from cxreport_plugins.duplicates.relation import Duplicates

    return [Duplicates]
