"""Network: how far customers' words can travel, and whose travel furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Enricher, Measure, Section


@hookimpl
def cxreport_enrichers() -> list[type[Enricher]]:
    """Variants missed, ideas offered, and what the brand's own posts are good for."""
    from cxreport_plugins.network.cues import Offers

    return [Offers]


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Reach in three ways, its asymmetry, audiences and tiers, conversation, presence, and the loudest complaints."""
    from cxreport_plugins.network.asymmetry import ReachAsymmetry
    from cxreport_plugins.network.audience import Audience
    from cxreport_plugins.network.graph import Conversation
    from cxreport_plugins.network.impressions import EstimatedImpressions, MeasuredImpressions
    from cxreport_plugins.network.layers import Advocacy, Layers
    from cxreport_plugins.network.loudest import LoudestUnanswered
    from cxreport_plugins.network.offers import Content, Offers
    from cxreport_plugins.network.potential import PotentialReach
    from cxreport_plugins.network.presence import Initiative, PresenceFit
    from cxreport_plugins.network.proactive import Proactive
    from cxreport_plugins.network.quadrants import Influence, Quadrants

    return [
        PotentialReach, EstimatedImpressions, MeasuredImpressions, ReachAsymmetry, Audience, LoudestUnanswered,
        Conversation, Layers, Advocacy, PresenceFit, Initiative, Quadrants, Influence,
        Offers, Content, Proactive,
    ]  # fmt: skip


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page Reach."""
    from cxreport_plugins.network.section import Reach

    return [Reach]
