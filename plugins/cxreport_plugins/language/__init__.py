"""Language: which language each record is written in, and how that is known."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.language.enricher import Language


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """The language of each record."""
    return [Language]
