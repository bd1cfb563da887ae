"""Review sites, app stores, shops and hotels: their exports, APIs, data sets and saved pages."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Reviews, in the formats of `formats.FORMATS`."""
    from cxreport_plugins.reviews.source import Reviews

    return [Reviews]
