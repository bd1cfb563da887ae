"""What an export can show at all, in words, and what that forbids to say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cxreport.api import Edition, Load, Words

HOLDS = {
    "complete": "all of it",
    "answered_only": "answered items only",
    "capped": "a part only",
    "own_posts": "own posts only",
    "without_replies": "no replies",
}
NO_CARE = "response rate and response time are not computed from it"
Sentence = tuple[str, str]
"""The ends of two sentences about an export: what cannot be said, and what it holds and means."""
MEANING: dict[str, Sentence] = {
    "answered_only": (
        "holds only what was answered, so how many customers get no answer there cannot be told",
        f"holds only what the brand answered, so {NO_CARE}",
    ),
    "own_posts": (
        "holds what the account itself wrote, so what customers wrote to it is missing",
        "holds what the account itself wrote and no customer's words, so no measure of customers rests on it. To hear "
        "customers, add an export of their mentions: from the network's API or from a social listening tool",
    ),
    "without_replies": (
        "does not hold what the brand answered, so who was answered there cannot be told",
        f"comes without the brand's replies, so {NO_CARE}",
    ),
}
SILENT: Sentence = (
    "shows no reply of a brand, so who was answered there cannot be told",
    f"shows no reply of a brand. Silence and an export without replies look the same, so {NO_CARE}",
)
PRIVATE = frozenset(("survey", "phone", "email", "chat", "support"))
"""Channels on which no answer in public is to be expected."""


def held(load: Load) -> list[str]:
    """What a file holds, in few words."""
    parts = [HOLDS.get(load.frame, load.frame)]
    return [*parts, HOLDS["capped"]] if load.cap and load.frame != "capped" else parts


def incomplete(edition: Edition, words: Words) -> list[tuple[str, str]]:
    """(what cannot be said, what it means) for each kind of export that is not the whole of it."""
    read = sorted((load for load in edition.loads if not load.problem), key=_kind)
    told = (_told(*kind, loads=list(same), words=words) for kind, same in groupby(read, key=_kind))
    return [(limit, meaning) for limit, meaning in told if limit]


def _kind(load: Load) -> tuple[str, str, str]:
    return (load.system_title or load.source_id, load.frame, load.cap)


def _told(title: str, frame: str, cap: str, *, loads: Sequence[Load], words: Words) -> tuple[str, str]:
    """Both sentences about one kind of export; empty where it holds everything."""
    found = []
    if frame in MEANING:
        found.append(MEANING[frame])
    elif _is_silent(loads):
        found.append(SILENT)
    if frame == "capped" or cap:
        found.append(_capped(cap, loads, words))
    limits, meanings = zip(*found, strict=True) if found else ((), ())
    limit = f"The export “{title}” {'. It '.join(limits)}." if limits else ""
    return limit, f"“{title}” {'. It '.join(meanings)}." if meanings else ""


def _is_silent(loads: Sequence[Load]) -> bool:
    """Whether people spoke there in public and no brand did."""
    public = any(set(load.channels) - PRIVATE for load in loads)
    return public and not any(load.replies for load in loads)


def _capped(cap: str, loads: Sequence[Load], words: Words) -> Sentence:
    """What is missing, with how far back the files at hand reach."""
    holds = f"holds at most {cap}" if cap else "holds only a part, which the platform or tool chose"
    records, first = sum(load.records for load in loads), [load.date_min for load in loads if load.date_min]
    reach = f" since {words.date(min(first))}" if first else ""
    here = f"here {words.plural(records, 'record', 'records')}{reach}"
    return holds, f"{holds}: {here}. Volumes, their months and every trend are those of this part"
