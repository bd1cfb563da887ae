"""Support systems: tickets and conversations, message by message, and what customers said of them."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """The source `support`."""
    from cxreport_plugins.support.source import Support

    return [Support]
