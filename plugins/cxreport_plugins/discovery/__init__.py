"""Discovery: how customers find the brand and choose, and whether it is there when they look around."""

from __future__ import annotations

from cxreport.api import Enricher, Measure, Section, hookimpl


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Cues on the way to a choice."""
    from cxreport_plugins.discovery.enricher import Cues

    return [Cues]


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Visibility, questions, sources, the choice and its outcome."""
    from cxreport_plugins.discovery.breadth import Breadth
    from cxreport_plugins.discovery.connected import Connected
    from cxreport_plugins.discovery.influence import Influence
    from cxreport_plugins.discovery.keyness import Keyness
    from cxreport_plugins.discovery.ladder import Ladder
    from cxreport_plugins.discovery.loop import Loop
    from cxreport_plugins.discovery.openness import Openness
    from cxreport_plugins.discovery.outcome import Outcome
    from cxreport_plugins.discovery.perception import Perception
    from cxreport_plugins.discovery.pillars import Pillars
    from cxreport_plugins.discovery.places import Places
    from cxreport_plugins.discovery.questions import Questions
    from cxreport_plugins.discovery.rivals import Rivals
    from cxreport_plugins.discovery.search import SearchResults
    from cxreport_plugins.discovery.sources import Sources
    from cxreport_plugins.discovery.stated import Cited, Reasons
    from cxreport_plugins.discovery.technologies import Technologies
    from cxreport_plugins.discovery.topics import Topics
    from cxreport_plugins.discovery.trigger import Trigger
    from cxreport_plugins.discovery.voice import ShareOfVoice

    return [
        ShareOfVoice, SearchResults, Keyness, Questions, Sources, Cited, Places, Influence, Topics, Technologies,
        Outcome, Trigger, Breadth, Rivals, Ladder, Reasons, Openness, Loop, Perception,
        Connected, Pillars,
    ]  # fmt: skip


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """How customers find and choose."""
    from cxreport_plugins.discovery.section import Discovery

    return [Discovery]
