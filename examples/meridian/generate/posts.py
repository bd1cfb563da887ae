"""Posts on X before they become JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from .dice import Dice
from .people import Person

Voice = Literal["customer", "meridian", "norda", "noise"]
Role = Literal[
    "root",
    "answer",
    "last_word",
    "follow_up",
    "peer",
    "closing",
    "announcement",
    "comment",
    "repost",
    "quote",
]
Subject = Literal["meridian", "norda", "none"]

MERIDIAN = Person("2710443185", "meridianair", "Meridian Air", "en", False, 184_220, 412, 61_877, verified=True)
NORDA = Person("2944017726", "flynorda", "Norda", "en", False, 203_915, 288, 74_310, verified=True)
BRANDS = {"meridian": MERIDIAN, "norda": NORDA}
_EPOCH_MS = 1_288_834_974_657
_LIKES = ((0.0, 0.0), (0.5, 1.0), (0.8, 4.0), (0.95, 19.0), (0.99, 90.0), (1.0, 420.0))
_SPREAD_NEG = ((0.0, 0.0), (0.6, 0.0), (0.85, 2.0), (0.95, 7.0), (0.99, 46.0), (1.0, 210.0))
_SPREAD_REST = ((0.0, 0.0), (0.85, 0.0), (0.97, 2.0), (1.0, 11.0))


@dataclass(frozen=True)
class Post:
    """One post. ``parent`` is the post it replies to, quotes or reposts."""

    id: int
    author: Person
    at: datetime
    text: str
    language: str
    voice: Voice
    role: Role
    subject: Subject
    topic: str
    parent: Post | None = None
    missing_parent: int | None = None
    likes: int = 0
    spread: int = 0
    context_only: bool = False
    """Only among ``includes.tweets``: the search itself did not return it."""

    @property
    def polarity(self) -> str:
        """``pos``, ``neu`` or ``neg``, as the phrase was written."""
        return self.topic.rsplit(".", maxsplit=1)[-1]

    @property
    def root(self) -> Post:
        """The first post of the conversation."""
        post = self
        while post.parent is not None and post.role not in ("repost", "quote"):
            post = post.parent
        return post

    @property
    def conversation(self) -> int:
        """The id of the conversation, even when its first post is lost."""
        return self.root.missing_parent or self.root.id


class Ids:
    """Snowflake identifiers: the time in milliseconds, then a counter, never the same twice."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def at(self, dice: Dice, at: datetime) -> int:
        """A new id whose time is ``at``, to the second."""
        ms = int(at.timestamp()) * 1000 + dice.below(1000) - _EPOCH_MS
        found = (ms << 22) | dice.below(4096)
        while found in self._used:
            found += 1
        self._used.add(found)
        return found


def popularity(dice: Dice, post: Post) -> Post:
    """The post with likes and reposts; complaints are passed on more often than praise."""
    reach = 1.0 + post.author.followers / 20_000
    negative = post.polarity == "neg" and post.role in ("root", "peer")
    spread = dice.quantile(_SPREAD_NEG if negative else _SPREAD_REST)
    return replace(post, likes=int(dice.quantile(_LIKES) * reach), spread=int(spread * reach))


def later(dice: Dice, at: datetime, low: int, high: int) -> datetime:
    """A moment ``low`` to ``high`` minutes after, to the second."""
    return at + timedelta(minutes=dice.between(low, high), seconds=dice.below(60))
