"""Redaction: personal data in texts, masked before anyone reads them."""

from __future__ import annotations

from cxreport.api import Enricher, hookimpl
from cxreport_plugins.redaction.enricher import Redaction


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Masks of mail addresses, links, handles, names, telephones, cards, accounts and reference codes."""
    return [Redaction]
