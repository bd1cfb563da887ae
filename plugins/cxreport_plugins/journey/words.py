"""How moments are spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from cxreport.api import MOMENTS, Edition, Result, Words, message
from cxreport_plugins.common.say import unsure
from cxreport_plugins.journey.profile import MOST_UNCLASSIFIED, NONE, SPANNING

MEASURE = "journey.moments"
MATRIX = "journey.matrix"
PHASES = "journey.phases"
ENGAGEMENT = "journey.engagement"
BREAKS = "journey.breaks"
NEEDS = "journey.needs"
WHEN = {
    "stimulus": message("when customers first hear of it"),
    "zmot": message("while customers research"),
    "fmot": message("when customers choose"),
    "smot": message("once customers use it"),
}
"""The moment as part of a sentence."""
THEN = {
    "stimulus": message("when they first hear of it"),
    "zmot": message("while they research"),
    "fmot": message("when they choose"),
    "smot": message("once they use it"),
}
"""The same where the sentence has named customers already."""


def when(moment: str, words: Words) -> str:
    """When customers are at a moment: `once customers use it`."""
    return words.say(WHEN[moment])


def then(moment: str, words: Words) -> str:
    """When those are at a moment who were named before: `once they use it`."""
    return words.say(THEN[moment])


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
    said = untested(edition, words)
    return words.say("Directional: {reason}", reason=said[0].lower() + said[1:]) if said else ""


def untested(edition: Edition, words: Words) -> str:
    """That moments are not tested because too many records have none."""
    share = unclassified(edition)
    if share is None or share <= MOST_UNCLASSIFIED:
        return ""
    return words.say(
        "Nothing tells the moment of {share} of the records, so moments are not tested.", share=words.share(share)
    )


def caution(results: Sequence[Result], words: Words) -> str:
    """That what they point to is no test, and why; a sentence behind a statement, or nothing."""
    doubts = sorted({r.reason for r in results if unsure((r,)) and r.reason})
    if not doubts:
        return ""
    return words.say("Still a direction, not a test: {doubts}.", doubts="; ".join(map(words.retell, doubts)))


def left_out(edition: Edition, words: Words) -> str:
    """How many records the journey leaves out, and why."""
    share, spanning = unclassified(edition), part(edition, SPANNING, "records")
    said = []
    if share is not None and not directional(edition):
        told = words.share(share)
        said.append(words.say("Nothing tells the moment of {share} of the records; none is guessed.", share=told))
    if spanning is not None and spanning.value:
        said.append(
            words.count(
                int(spanning.value), "{n}\u00a0record is about all moments by nature.",
                "{n}\u00a0records are about all moments by nature.",
            )
        )  # fmt: skip
    return " ".join(said)
