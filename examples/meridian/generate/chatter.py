"""What stands around the conversations: announcements, comments, reposts, quotes and noise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .clock import moment, within
from .dice import Dice
from .hostile import hostile_for
from .people import Crowd, Person
from .posts import MERIDIAN, NORDA, Post, Subject, Voice, later
from .story import END, MONTHS, RECOVERY, START, Month
from .threads import Threads

_NOISE = {"news": 34, "advert": 16, "job": 12, "bot": 20, "spam": 14, "other": 7}
_NOISE_MONTHLY = 10
_COMMENTS = {
    "stimulus.pos": 38,
    "zmot.neu": 14,
    "zmot.pos": 7,
    "stimulus.neu": 8,
    "fmot.pos": 9,
    "stimulus.neg": 14,
    "silence.neg": 10,
}
_RT_LENGTH = 140


def announcements(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """The airlines' own posts, and what travellers write under them."""
    for month in MONTHS:
        for _ in range(3):
            post = _announce(threads, dice, month, MERIDIAN, "meridian", "b.post")
            for _ in range(dice.between(1, 4)):
                _comment(threads, crowd, dice, post)
        for _ in range(2):
            _announce(threads, dice, month, NORDA, "norda", "r.post")
        if month.start >= RECOVERY:
            _announce(threads, dice, month, MERIDIAN, "meridian", "b.post.care")


def _announce(threads: Threads, dice: Dice, month: Month, brand: Person, voice: Voice, rule: str) -> Post:
    at = moment(dice, month.start, month.end).replace(hour=dice.between(7, 15))
    language = "ru" if voice == "meridian" and dice.chance(0.25) else "en"
    reader = Person("0", "reader", "Reader", language, False, 0, 0, 0)
    text = threads.writer.say(language, rule, threads.writer.scene(reader, at, rival=voice == "norda"))
    subject: Subject = "norda" if voice == "norda" else "meridian"
    return threads.add(brand, at, text, voice, "announcement", subject, "brand.neu", language=language)


def _comment(threads: Threads, crowd: Crowd, dice: Dice, post: Post) -> None:
    person = crowd.newcomer(post.language)
    around = threads.writer.scene(person, post.at)
    topic = dice.weighted(_COMMENTS)
    comment = threads.reply(person, post, later(dice, post.at, 5, 2600), topic, "comment", around)
    if comment and dice.chance(0.18):
        rule = "b.reply.praise" if comment.polarity == "pos" else "b.reply.ask"
        threads.answer(comment, later(dice, comment.at, 30, 900), rule, around)


def amplify(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """Reposts and quotes of ordinary posts; complaints travel further."""
    for post in [p for p in threads.posts if p.voice == "customer" and p.role in ("root", "comment")]:
        negative = post.polarity == "neg"
        if dice.chance(0.105 if negative else 0.035):
            for _ in range(dice.between(1, 3 if negative else 1)):
                repost(threads, crowd, dice, post, 4000)
        if negative and dice.chance(0.035):
            quote(threads, crowd.newcomer(post.language), dice, post, 3000)


def repost(threads: Threads, crowd: Crowd, dice: Dice, post: Post, minutes: int) -> None:
    """A repost as the API gives it: cut at 140 characters."""
    at = later(dice, post.at, 2, 2 + int(minutes * dice.unit() * dice.unit() * dice.unit()))
    if at >= END:
        return
    text = f"RT @{post.author.handle}: {post.text}"
    if len(text) > _RT_LENGTH:
        text = text[: _RT_LENGTH - 1] + "…"
    person = crowd.newcomer(post.language if dice.chance(0.9) else None)
    threads.add(person, at, text, "customer", "repost", post.subject, post.topic, post, language=post.language)


def quote(threads: Threads, person: Person, dice: Dice, post: Post, minutes: int) -> None:
    """A post that quotes another."""
    at = later(dice, post.at, 4, minutes)
    if at >= END:
        return
    around = threads.writer.scene(person, at, rival=post.subject == "norda")
    topic = "viralquote.neg" if post.topic == "viral.neg" else "peer.neg"
    said = threads.writer.careless(threads.writer.say(person.language, f"x.{topic}", around))
    url = f"https://t.co/{around['tco']}"
    threads.add(person, at, f"{said} {url}", "customer", "quote", post.subject, topic, post)


def noise(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """News, adverts, jobs, bots, spam and the wrong kind of meridian: nobody's experience."""
    spam = [_noise_text(threads, dice, "spam", "en", datetime(START.year, 9, 1, tzinfo=UTC)) for _ in range(2)]
    for month in MONTHS:
        for _ in range(_NOISE_MONTHLY):
            kind = dice.weighted(_NOISE)
            author = crowd.newcomer()
            at = moment(dice, month.start, month.end)
            copied = kind == "spam" and author.language == "en"
            text = dice.one(spam) if copied else _noise_text(threads, dice, kind, author.language, at)
            subject: Subject = "none" if kind == "other" else "meridian"
            threads.add(author, at, text, "noise", "root", subject, f"{kind}.neu")


def _noise_text(threads: Threads, dice: Dice, kind: str, language: str, at: datetime) -> str:
    reader = Person("0", "reader", "Reader", language, False, 0, 0, 0)
    return threads.writer.say(language, f"noise.{kind}", threads.writer.scene(reader, at))


def echoes(threads: Threads, dice: Dice, crowd: Crowd) -> None:
    """Replies to posts nobody can load any more, and parents that only came along as context."""
    for _ in range(26):
        person = crowd.newcomer()
        at = within(dice, MONTHS[0].start + timedelta(days=3), END - timedelta(days=3))
        around = threads.writer.scene(person, at)
        text = f"@meridianair {threads.writer.reply(person, 'still.neg', around, rival=False)}"
        post = threads.add(person, at, text, "customer", "peer", "meridian", "still.neg")
        threads.swap(post, missing_parent=threads.ids.at(dice, at - timedelta(hours=dice.between(2, 60))))
    for _ in range(9):
        person = crowd.newcomer()
        at = within(dice, MONTHS[0].start - timedelta(days=2), MONTHS[0].start)
        around = threads.writer.scene(person, at)
        root = threads.root(person, "baggage.neg", at, "meridian", around, "@meridianair")
        root = threads.swap(root, context_only=True)
        answered = within(dice, MONTHS[0].start, MONTHS[0].start + timedelta(days=2))
        threads.answer(root, answered, "b.reply.old", around)


def attacks(threads: Threads, crowd: Crowd, dice: Dice) -> None:
    """Posts whose text attacks a careless reader or gives personal data away."""
    for number, nasty in enumerate(hostile_for("x-mentions")):
        month = MONTHS[number % len(MONTHS)]
        person = crowd.newcomer("en")
        at = moment(dice, month.start, month.end)
        text = f"@meridianair {nasty.text}"
        threads.add(person, at, text, "customer", "root", "meridian", "hostile.neg")
