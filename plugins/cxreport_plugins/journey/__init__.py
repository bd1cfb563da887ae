"""Journey: how customers feel at each moment of truth, on each channel, and in what they share."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Moments, moments by channel, phases, engagement, break points, budget and need."""
    from cxreport_plugins.journey.breaks import Breaks
    from cxreport_plugins.journey.engagement import Engagement
    from cxreport_plugins.journey.matrix import Matrix
    from cxreport_plugins.journey.moments import Moments
    from cxreport_plugins.journey.needs import Needs
    from cxreport_plugins.journey.phases import Phases

    return [Moments, Matrix, Phases, Engagement, Breaks, Needs]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Journey map and heatmap."""
    from cxreport_plugins.journey.heatmap import Heatmap
    from cxreport_plugins.journey.section import Journey

    return [Journey, Heatmap]
