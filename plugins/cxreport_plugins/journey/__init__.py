"""Journey: how customers feel at each moment of truth, on each channel, and in what they share."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Moments, and moments by channel."""
    from cxreport_plugins.journey.matrix import Matrix
    from cxreport_plugins.journey.moments import Moments

    return [Moments, Matrix]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Journey map and heatmap."""
    from cxreport_plugins.journey.heatmap import Heatmap
    from cxreport_plugins.journey.section import Journey

    return [Journey, Heatmap]
