"""How discovery is spoken of: ids of its measures, names of its cues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cxreport.api import Edition, Result, Words
from cxreport_plugins.common.say import Labelled
from cxreport_plugins.discovery import lists

FEWEST: Final = 0.005
VOICE: Final = "discovery.share_of_voice"
SEARCH: Final = "discovery.search_results"
QUESTIONS: Final = "discovery.questions"
SOURCES: Final = "discovery.sources"
CITED: Final = "discovery.cited"
PLACES: Final = "discovery.places"
INFLUENCE: Final = "discovery.influence"
TOPICS: Final = "discovery.topics"
TECHNOLOGIES: Final = "discovery.technologies"
OUTCOME: Final = "discovery.outcome"
BREADTH: Final = "discovery.breadth"
RIVALS: Final = "discovery.rivals"
LADDER: Final = "discovery.ladder"
REASONS: Final = "discovery.reasons"
OPENNESS: Final = "discovery.openness"
TRIGGER: Final = "discovery.trigger"
LOOP: Final = "discovery.loop"
PERCEPTION: Final = "discovery.perception"
KEYNESS: Final = "discovery.keyness"
CONNECTED: Final = "discovery.connected"
PILLARS: Final = "discovery.pillars"


def company(edition: Edition, entity: str) -> str:
    """The name of a company: the brand's own, a rival's from its slug."""
    return edition.meta.brand if entity == "brand" else entity.replace("-", " ").title()


def named(group: str, ident: str, words: Words) -> str:
    """What pages call a cue; what is no cue, by itself."""
    cues = lists.cues(group)
    return words.say(cues[ident].title if ident in cues else ident.replace("_", " ").capitalize())


def theme(edition: Edition, ident: str) -> str:
    """The label of a theme, as the codebook of the audit has it."""
    book = edition.get("themes.share", part="codebook")
    labels = {str(row["id"]): str(row["label"]) for row in book.rows} if book else {}
    return labels.get(ident, ident.replace("-", " ").capitalize())


def told(result: Result | None, words: Words) -> str:
    """The value with its interval and base, or why there is none."""
    if result is None:
        return ""
    if not result.shown:
        return words.retell(result.reason) or words.value(result)
    if result.kind == "series":
        return words.base(result.n)
    ends = words.interval(result)
    base = f", {words.base(result.n)}" if result.kind != "count" else ""
    value = words.value(result)
    return f"{value}{base}" if not ends or ends == value else f"{value} ({ends}{base})"


def by_size(rows: Sequence[Labelled]) -> list[Labelled]:
    """Labelled shares, the largest first; those that would be printed as 0% are left out."""
    drawn = [one for one in rows if (one[1].value or 0) >= FEWEST]
    return sorted(drawn, key=lambda one: (-(one[1].value or 0), one[0]))
