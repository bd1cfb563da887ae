"""How moments are spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from cxreport.api import MOMENTS, Edition, Result, Words
from cxreport_plugins.common.say import unsure
from cxreport_plugins.journey.profile import MOST_UNCLASSIFIED, NONE, SPANNING

MEASURE = "journey.moments"
MATRIX = "journey.matrix"
PHASES = "journey.phases"
ENGAGEMENT = "journey.engagement"
BREAKS = "journey.breaks"
NEEDS = "journey.needs"
WHEN = {
    "stimulus": "when {who} first hear of it",
    "zmot": "while {who} research",
    "fmot": "when {who} choose",
    "smot": "once {who} use it",
}
"""The moment as part of a sentence."""


def when(moment: str, who: str = "they") -> str:
    """When customers are at a moment: `once they use it`."""
    return WHEN[moment].format(who=who)


def feelings(edition: Edition) -> list[tuple[str, Result]]:
    """Net sentiment of the four moments, in their order; those that no result tells are left out."""
    found = [(moment, edition.get(MEASURE, moment=moment)) for moment in MOMENTS]
    return [(moment, result) for moment, result in found if result is not None]


def part(edition: Edition, moment: str, name: str) -> Result | None:
    """The count (`records`) or `share` of a moment, if it may be shown."""
    result = edition.get(MEASURE, moment=moment, part=name)
    return result if result is not None and result.shown else None


def unclassified(edition: Edition) -> float | None:
    """Share of the records whose moment nothing tells."""
    share = part(edition, NONE, "share")
    return None if share is None else share.value


def directional(edition: Edition) -> bool:
    """Whether too many records have no moment for the moments to be compared, or too much rests on classifiers that err
    too often."""
    share = unclassified(edition)
    return (share is not None and share > MOST_UNCLASSIFIED) or unsure(r for _, r in feelings(edition))


def banner(edition: Edition, words: Words) -> str:
    """What a reader must know before comparing moments; empty where nothing stands in the way."""
    share = unclassified(edition)
    if share is None or share <= MOST_UNCLASSIFIED:
        return ""
    return f"Directional: nothing tells the moment of {words.share(share)} of the records, so moments are not tested."


def caution(results: Sequence[Result]) -> str:
    """That what they point to is no test, and why; to be put behind a statement."""
    doubts = sorted({r.reason for r in results if unsure((r,)) and r.reason})
    return f"; still a direction, not a test: {'; '.join(doubts)}" if doubts else ""


def left_out(edition: Edition, words: Words) -> str:
    """How many records the journey leaves out, and why."""
    share, spanning = unclassified(edition), part(edition, SPANNING, "records")
    said = []
    if share is not None and not directional(edition):
        said.append(f"Nothing tells the moment of {words.share(share)} of the records; none is guessed.")
    if spanning is not None and spanning.value:
        said.append(f"{words.plural(int(spanning.value), 'record is', 'records are')} about all moments by nature.")
    return " ".join(said)
