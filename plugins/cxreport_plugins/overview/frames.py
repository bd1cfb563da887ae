"""What an export can show at all, in words, and what that forbids to say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cxreport.api import Edition, Load, Words, message

HOLDS = {
    "complete": message("all of it"),
    "answered_only": message("answered items only"),
    "capped": message("a part only"),
    "own_posts": message("own posts only"),
    "without_replies": message("no replies"),
}
Sentence = tuple[str, str]
"""Two sentences about an export: what cannot be said, and what it holds and means."""
MEANING: dict[str, Sentence] = {
    "answered_only": (
        message(
            "The export “{title}” holds only what was answered, so how many customers get no answer there "
            "cannot be told."
        ),
        message(
            "“{title}” holds only what the brand answered, so response rate and response time are not computed from it."
        ),
    ),
    "own_posts": (
        message("The export “{title}” holds what the account itself wrote, so what customers wrote to it is missing."),
        message(
            "“{title}” holds what the account itself wrote and no customer's words, so no measure of customers "
            "rests on it. To hear customers, add an export of their mentions: from the network's API or from a social "
            "listening tool."
        ),
    ),
    "without_replies": (
        message(
            "The export “{title}” does not hold what the brand answered, so who was answered there cannot be told."
        ),
        message(
            "“{title}” comes without the brand's replies, so response rate and response time are not computed from it."
        ),
    ),
}
SILENT: Sentence = (
    message("The export “{title}” shows no reply of a brand, so who was answered there cannot be told."),
    message(
        "“{title}” shows no reply of a brand. Silence and an export without replies look the same, so response rate "
        "and response time are not computed from it."
    ),
)
PRIVATE = frozenset(("survey", "phone", "email", "chat", "support"))
"""Channels on which no answer in public is to be expected."""


def held(load: Load, words: Words) -> list[str]:
    """What a file holds, in few words."""
    parts = [HOLDS.get(load.frame, load.frame)]
    return [words.say(part) for part in (*parts, *([HOLDS["capped"]] if load.cap and load.frame != "capped" else ()))]


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
    if frame in MEANING or _is_silent(loads):
        limit, meaning = MEANING.get(frame, SILENT)
        found.append((words.say(limit, title=title), words.say(meaning, title=title)))
    if frame == "capped" or cap:
        found.append(_capped(title, cap, loads, words))
    limits, meanings = zip(*found, strict=True) if found else ((), ())
    return " ".join(limits), " ".join(meanings)


def _is_silent(loads: Sequence[Load]) -> bool:
    """Whether people spoke there in public and no brand did."""
    public = any(set(load.channels) - PRIVATE for load in loads)
    return public and not any(load.replies for load in loads)


def _capped(title: str, cap: str, loads: Sequence[Load], words: Words) -> Sentence:
    """What is missing, with how far back the files at hand reach."""
    first = [load.date_min for load in loads if load.date_min]
    here = words.plural(sum(load.records for load in loads), "record", "records")
    if first:
        here = words.say("{records} since {date}", records=here, date=words.date(min(first)))
    means = words.say("Volumes, their months and every trend are those of this part.")
    if cap:
        most = {"title": title, "cap": words.retell(cap)}
        limit = words.say("The export “{title}” holds at most {cap}.", **most)
        return limit, words.say("“{title}” holds at most {cap}: here {records}.", **most, records=here) + f" {means}"
    limit = words.say("The export “{title}” holds only a part, which the platform or tool chose.", title=title)
    meaning = words.say(
        "“{title}” holds only a part, which the platform or tool chose: here {records}.", title=title, records=here
    )
    return limit, f"{meaning} {means}"
