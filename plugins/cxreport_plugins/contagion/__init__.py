"""Contagion: how experience spreads, how fast, how far, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Measure, Section


@hookimpl
def cxreport_measures() -> list[type[Measure]]:
    """Complaints in the open, passing on, cascades, bursts, ladders, moods of replies, and what others will meet."""
    from cxreport_plugins.contagion.branching import Branching
    from cxreport_plugins.contagion.bursts import Bursts
    from cxreport_plugins.contagion.complaints import ComplaintRate, Publicness
    from cxreport_plugins.contagion.exposure import Exposure
    from cxreport_plugins.contagion.ladder import Ladder
    from cxreport_plugins.contagion.mood import MoodOfReplies
    from cxreport_plugins.contagion.share_rate import ShareRate
    from cxreport_plugins.contagion.shareability import Shareability
    from cxreport_plugins.contagion.skew import NegativitySkew

    return [
        ComplaintRate, Publicness, ShareRate, Shareability, Branching, Bursts, Ladder, MoodOfReplies, Exposure,
        NegativitySkew,
    ]  # fmt: skip


@hookimpl
def cxreport_sections() -> list[type[Section]]:
    """The page How experience spreads."""
    from cxreport_plugins.contagion.section import Contagion

    return [Contagion]
