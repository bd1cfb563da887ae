"""Sentiment: how positive or negative the words of a record are."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.sentiment.enricher import Sentiment


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Sentiment by word lists in eight languages."""
    return [Sentiment]
