"""Themes: what customers talk about, by a codebook, and the phrases that tell good from bad and now from before."""

from __future__ import annotations

from cxreport.api import Enricher, Measure, Section, hookimpl


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Themes."""
    from cxreport_plugins.themes.enricher import Themes

    return [Themes]


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Shares, net sentiment, change, phrases; what is beyond price, and what was intended."""
    from cxreport_plugins.themes.beyond import BeyondPrice
    from cxreport_plugins.themes.change import Change
    from cxreport_plugins.themes.feeling import Feeling
    from cxreport_plugins.themes.intended import Intended
    from cxreport_plugins.themes.phrases import Phrases
    from cxreport_plugins.themes.share import Share

    return [Share, Feeling, Change, Phrases, BeyondPrice, Intended]


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """What customers talk about."""
    from cxreport_plugins.themes.section import Themes

    return [Themes]
