"""Experience: what customers answer when they are asked for a score, and the stars they give unasked."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """NPS, CSAT, CES, stars; banality and delight, expectations, goals, peak and end, who answers, and when."""
    from cxreport_plugins.experience.banality import Banality
    from cxreport_plugins.experience.ces import Ces
    from cxreport_plugins.experience.csat import Csat
    from cxreport_plugins.experience.expectations import Expectations
    from cxreport_plugins.experience.goals import Goals
    from cxreport_plugins.experience.live import Live
    from cxreport_plugins.experience.nps import Nps
    from cxreport_plugins.experience.peak_end import PeakEnd
    from cxreport_plugins.experience.segments import Segments
    from cxreport_plugins.experience.stars import Stars

    return [Nps, Csat, Ces, Stars, Banality, Expectations, Goals, PeakEnd, Segments, Live]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Ratings."""
    from cxreport_plugins.experience.section import Experience

    return [Experience]
