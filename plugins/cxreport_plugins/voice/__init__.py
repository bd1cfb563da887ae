"""Customer voice: which records are a customer speaking, and by which rule."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.voice.enricher import Voice


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Customers told from companies, media, adverts, bots and spam."""
    return [Voice]
