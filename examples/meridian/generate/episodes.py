"""The three episodes of the year: the outage, the puppet Tomas, and people who write day after day."""

from __future__ import annotations

from datetime import datetime, timedelta

from . import story
from .chatter import quote, repost
from .clock import within
from .dice import Dice
from .people import Crowd, Person
from .posts import MERIDIAN, Post, Role, later
from .scene import Scene
from .threads import Threads

PUPPETEER = Person(
    "1183307724",
    "lanternpuppet7",
    "Ilse Varga | Lantern Puppets",
    "en",
    True,
    412_300,
    901,
    8_214,
    verified=True,
)


def outage(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """Two days without computers: a burst of opening posts, copied answers, a late first word."""
    start, end = story.OUTAGE
    _brand(threads, start + timedelta(hours=9, minutes=12), "b.reply.outage")
    for _ in range(story.OUTAGE_ROOTS):
        person = crowd.newcomer()
        at = start + (end - start) * dice.unit() * (0.35 + 0.65 * dice.unit())
        at = at.replace(microsecond=0)
        around = threads.writer.scene(person, at)
        topic = "outage.neu" if dice.chance(0.09) else "outage.neg"
        root = threads.root(person, topic, at, "meridian", around, "@meridianair")
        threads.meridian(root, around, story.OUTAGE_ANSWERED)


def viral(threads: Threads, crowd: Crowd, dice: Dice) -> Post:
    """The complaint everybody shares; the first answer comes after more than thirty-three hours."""
    at = story.VIRAL
    root = threads.add(PUPPETEER, at, _words(threads, "lost"), "customer", "root", "meridian", "viral.neg")
    root = threads.swap(root, likes=48_210, spread=11_764)
    _hers(threads, root, at + timedelta(hours=9, minutes=24), "hours", "viral.neg")
    _hers(threads, root, at + timedelta(hours=27, minutes=6), "show", "viral.neg")
    _brand(threads, at + timedelta(hours=7, minutes=18), "b.post")
    answer = _answered(threads, root, at + story.VIRAL_ANSWER, "canned")
    _hers(threads, answer, answer.at + timedelta(minutes=19), "rejoinder", "viral.neg")
    apology = _answered(threads, root, at + timedelta(days=4, hours=2, minutes=40), "apology")
    _hers(threads, apology, apology.at + timedelta(days=3, hours=5), "found", "viral.pos")
    _storm(threads, crowd, dice, root)
    return root


def _answered(threads: Threads, root: Post, at: datetime, which: str) -> Post:
    text = _words(threads, which)
    return threads.add(MERIDIAN, at, text, "meridian", "answer", "meridian", "brand.neu", root)


def _hers(threads: Threads, parent: Post, at: datetime, which: str, topic: str) -> None:
    role: Role = "last_word" if parent.voice == "meridian" else "follow_up"
    threads.add(PUPPETEER, at, _words(threads, which), "customer", role, "meridian", topic, parent)


def _words(threads: Threads, which: str) -> str:
    return threads.writer.say("en", f"tomas.{which}", {})


def _storm(threads: Threads, crowd: Crowd, dice: Dice, root: Post) -> None:
    for _ in range(story.VIRAL_REPOSTS):
        repost(threads, crowd, dice, root, 6500)
    for _ in range(story.VIRAL_QUOTES):
        quote(threads, crowd.newcomer(), dice, root, 4300)
    for _ in range(story.VIRAL_REPLIES):
        person, at = crowd.newcomer(), later(dice, root.at, 5, 3600)
        around = threads.writer.scene(person, at) | _since(root, at)
        threads.reply(person, root, at, "viralpeer.neg", "peer", around)
    for _ in range(story.VIRAL_ROOTS):
        person, at = crowd.newcomer(), later(dice, root.at, 60, 5700)
        around = threads.writer.scene(person, at) | _since(root, at)
        threads.root(person, "viralpeer.neg", at, "meridian", around, "@meridianair")


def _since(root: Post, at: datetime) -> Scene:
    return {"hours": str(max(5, int((at - root.at).total_seconds() // 3600))), "from": "Hamburg"}


def _brand(threads: Threads, at: datetime, rule: str) -> None:
    reader = Person("0", "reader", "Reader", "en", False, 0, 0, 0)
    text = threads.writer.say("en", rule, threads.writer.scene(reader, at))
    threads.add(MERIDIAN, at, text, "meridian", "announcement", "meridian", "brand.neu", language="en")


def series(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """People who open a new post every few days because nobody solves their case."""
    for month in story.MONTHS[:9]:
        for _ in range(3):
            person = crowd.newcomer()
            at = within(dice, month.start, month.end)
            around = threads.writer.scene(person, at)
            day = dice.between(5, 7)
            for _ in range(dice.between(3, 5)):
                step = {"day": str(day), "week": str(max(3, day - 2))}
                root = threads.root(person, "series.neg", at, "meridian", around | step, "@meridianair")
                threads.meridian(root, around, month.answered * 0.6)
                gap = dice.between(1, 3)
                day, at = day + gap, at + timedelta(days=gap, minutes=dice.between(-300, 300))
