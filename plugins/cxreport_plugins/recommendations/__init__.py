"""Recommendations: what the consultant advises, in which order, and what it should bring."""

from __future__ import annotations

from cxreport.api import Section, hookimpl


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Roadmap, impact against effort, expected changes."""
    from cxreport_plugins.recommendations.section import Advice

    return [Advice]
