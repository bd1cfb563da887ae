"""Drivers: which parts of the experience go with the score, and what themes have to do with it."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Importance of rated parts, impact of themes."""
    from cxreport_plugins.drivers.importance import Importance
    from cxreport_plugins.drivers.theme_impact import ThemeImpact

    return [Importance, ThemeImpact]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page Drivers."""
    from cxreport_plugins.drivers.section import Drivers

    return [Drivers]
