"""Review sites and app stores: Google, Trustpilot, Google Play, App Store."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Reviews, in the formats of `formats.FORMATS`."""
    from cxreport_plugins.reviews.source import Reviews

    return [Reviews]
