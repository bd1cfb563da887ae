"""Moments of truth: what a record is about, who could see it, what it does."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.moments.enricher import Moments


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Moments, audiences and acts."""
    return [Moments]
