"""Posts of more than 280 characters: their whole text stands in `note-tweet.js`, under another id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cxreport.api import reading
from cxreport_plugins.twitter.archive.members import NOTES, Members
from cxreport_plugins.twitter.posts import mapping, text_of

NEAR_SECONDS = 2
"""A note is written at most this long before or after the post that it belongs to."""
_EPOCH_MS = 1288834974657
"""Begin of the clock inside X ids (2010-11-04)."""
_TAIL = re.compile(r"(?:\s*https?://\S*)*\s*…?\s*(?:https?://\S*)*\s*$")
_COMMON = 20


@dataclass(slots=True)
class Note:
    """One long text, when it was written (seconds since 1970), and whether its post was found."""

    id: str
    text: str
    second: int
    is_used: bool = False


@dataclass(slots=True)
class Notes:
    """The notes of an archive by the second they were written in."""

    by_second: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all(self) -> Iterator[Note]:
        """Every note."""
        return (note for notes in self.by_second.values() for note in notes)

    def join(self, post_id: str | None, text: str) -> Note | None:
        """The note of a post, which is then used; None for a post that has none.

        It was written within two seconds of the post, and begins like it; links are written differently in
        both, so that only the words before the first link are compared.
        """
        second = _second(post_id)
        if second is None or not self.by_second:
            return None
        near = (s for distance in range(NEAR_SECONDS + 1) for s in {second - distance, second + distance})
        for note in (note for s in near for note in self.by_second.get(s, ())):
            if not note.is_used and _is_beginning(text, note.text):
                note.is_used = True
                return note
        return None


def notes_of(members: Members) -> Notes:
    """All notes; those that cannot be understood are left out (their posts keep the short text)."""
    found = Notes()
    for part in members.parts(*NOTES):
        for _, _, value in reading.read_assigned(members.data, part):
            note = _note(mapping(mapping(value).get("noteTweet")))
            if note is not None:
                found.by_second[note.second].append(note)
    return found


def _note(value: dict[str, Any]) -> Note | None:
    text, name = text_of(mapping(value.get("core")).get("text")), text_of(value.get("noteTweetId"))
    second = _iso_second(text_of(value.get("createdAt")))
    second = _second(name) if second is None else second
    return Note(name or "", text, second) if text and second is not None else None


def _iso_second(text: str | None) -> int | None:
    try:
        return int(datetime.fromisoformat(text).timestamp()) if text and text.endswith("Z") else None
    except (ValueError, OverflowError):
        return None


def _second(post_id: str | None) -> int | None:
    """The second in which an id was given; None for ids from before 2010-11-04, which do not tell."""
    if post_id is None or not post_id.isdigit() or not 11 <= len(post_id) <= 19:
        return None
    return ((int(post_id) >> 22) + _EPOCH_MS) // 1000


def _is_beginning(post: str, note: str) -> bool:
    """Whether the shortened text of a post is the beginning of the note."""
    short = " ".join(_TAIL.sub("", post).partition("http")[0].split())
    whole = " ".join(note.partition("http")[0].split())
    length = min(len(short), len(whole))
    return length >= min(_COMMON, len(whole)) and short[:length] == whole[:length]
