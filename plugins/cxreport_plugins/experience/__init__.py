"""Experience: what customers answer when they are asked for a score, and the stars they give unasked."""

from __future__ import annotations

from cxreport.api import Measure, Section, hookimpl


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """NPS, CSAT, CES and stars."""
    from cxreport_plugins.experience.ces import Ces
    from cxreport_plugins.experience.csat import Csat
    from cxreport_plugins.experience.nps import Nps
    from cxreport_plugins.experience.stars import Stars

    return [Nps, Csat, Ces, Stars]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """Ratings."""
    from cxreport_plugins.experience.section import Experience

    return [Experience]
