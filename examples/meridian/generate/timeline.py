"""The whole year on X: every conversation, in the order the generator needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from . import chatter, episodes, story
from .clock import moment
from .dice import Dice, stream
from .people import Crowd, Person
from .posts import Ids, Post
from .story import MONTHS, Month
from .threads import Threads
from .writer import Writer


@dataclass(frozen=True)
class Timeline:
    """Every post, oldest first, and the complaint that went viral, if one did."""

    posts: tuple[Post, ...]
    viral: Post | None


def timeline(ids: Ids, *, eventful: bool = True) -> Timeline:
    """Build the year; one that is not `eventful` has neither outage nor viral complaint."""
    dice = stream("x")
    crowd = Crowd(dice)
    threads = Threads(dice, Writer(dice), ids, [crowd.newcomer() for _ in range(160)])
    regulars: list[Person] = []
    for month in MONTHS:
        _meridian_month(threads, crowd, dice, month, regulars)
        _norda_month(threads, crowd, dice, month)
    episodes.series(threads, crowd, dice)
    if eventful:
        episodes.outage(threads, crowd, dice)
    chatter.announcements(threads, crowd, dice)
    chatter.amplify(threads, crowd, dice)
    viral = episodes.viral(threads, crowd, dice) if eventful else None
    chatter.noise(threads, crowd, dice)
    chatter.echoes(threads, dice, crowd)
    chatter.attacks(threads, crowd, dice)
    posts = tuple(sorted(threads.posts, key=lambda post: post.id))
    return Timeline(posts, viral)


def _meridian_month(threads: Threads, crowd: Crowd, dice: Dice, month: Month, regulars: list[Person]) -> None:
    for _ in range(month.roots):
        person = dice.one(regulars) if regulars and dice.chance(0.17) else crowd.newcomer()
        if dice.chance(0.25):
            regulars.append(person)
        at = moment(dice, month.start, month.end)
        named = dice.chance(story.NAME_ONLY)
        around = threads.writer.scene(person, at, named=named)
        topic = dice.weighted(story.topics(at))
        name = "Меридиан Эйр" if person.language == "ru" else "Meridian Air"
        brand = name if named else "@meridianair"
        root = threads.root(person, topic, at, "meridian", around, brand)
        threads.meridian(root, around, month.answered, directed=not named)


def _norda_month(threads: Threads, crowd: Crowd, dice: Dice, month: Month) -> None:
    for _ in range(story.RIVAL_ROOTS):
        person = crowd.newcomer()
        at = moment(dice, month.start, month.end - timedelta(hours=6))
        around = threads.writer.scene(person, at, rival=True)
        topic = dice.weighted(story.TOPICS_RIVAL)
        root = threads.root(person, topic, at, "norda", around, "@flynorda")
        threads.norda(root, around, story.RIVAL_ANSWERED)
