"""X (Twitter): archives, API downloads and the tables that public data sets of posts come in."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Posts of X, in the formats of `formats.FORMATS`."""
    from cxreport_plugins.twitter.source import Twitter

    return [Twitter]
