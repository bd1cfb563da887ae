"""Entity: whom each record is about, the brand or a rival, and by which rule."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.entity.enricher import Entity


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """The brand, a rival or unknown."""
    return [Entity]
