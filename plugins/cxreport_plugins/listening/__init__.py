"""Social listening and publishing tools: their exports of mentions and of own posts."""

from __future__ import annotations

from cxreport.api import Source, hookimpl


@hookimpl
def cxreport_sources() -> list[type[Source]]:
    """Mentions and own posts, in the formats of `vendors.VENDORS`."""
    from cxreport_plugins.listening.source import Listening

    return [Listening]
