"""Conversations: a customer's post, strangers who join, the brand's answer, the customer's last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .clock import meridian_answer, rival_answer
from .dice import Dice
from .people import Person
from .posts import BRANDS, Ids, Post, Role, Subject, Voice, later, popularity
from .scene import Scene
from .story import ANSWER_FACTOR, END, RECOVERY
from .writer import Writer

_TONE_BEFORE = {"old": 78, "good": 22}
_TONE_AFTER = {"new": 74, "good": 18, "old": 8}
_LAST_WORD = {
    "old": {"still.neg": 50, "dm.neu": 36, "thanks.pos": 14},
    "good": {"still.neg": 14, "dm.neu": 12, "thanks.pos": 74},
    "new": {"still.neg": 11, "dm.neu": 9, "thanks.pos": 80},
}
_PEERS = {"peer.neg": 70, "peer.neu": 16, "peer.pos": 14}
_MOST = 0.95


class Threads:
    """Builds conversations and keeps every post made."""

    def __init__(self, dice: Dice, writer: Writer, ids: Ids, strangers: list[Person]) -> None:
        self.dice, self.writer, self.ids = dice, writer, ids
        self.strangers = strangers
        self.posts: list[Post] = []

    def root(self, person: Person, topic: str, at: datetime, about: Subject, around: Scene, brand: str) -> Post:
        """A customer's opening post."""
        text = self.writer.post(person, topic, around, brand)
        return self.add(person, at, text, "customer", "root", about, topic)

    def meridian(self, root: Post, around: Scene, p: float, directed: bool = True) -> None:
        """What follows a post about Meridian; ``p`` is the chance of an answer to an ordinary complaint."""
        factor = ANSWER_FACTOR.get(root.topic, 1.0) * (1.0 if directed else 0.2)
        self._peers(root, around)
        if not self.dice.chance(min(_MOST, p * factor)):
            self._nudge(root, around)
            return
        at = meridian_answer(self.dice, root.at)
        tone = self.dice.weighted(_TONE_AFTER if root.at >= RECOVERY else _TONE_BEFORE)
        rule = _answer_rule(root, tone)
        if answer := self.answer(root, at, rule, around):
            self._last_word(root, answer, tone, around)

    def norda(self, root: Post, around: Scene, p: float) -> None:
        """What follows a post about Norda."""
        if not self.dice.chance(p):
            return
        answer = self.answer(root, rival_answer(self.dice, root.at), "r.reply", around)
        if answer and self.dice.chance(0.24):
            topic = self.dice.weighted({"n.thanks.pos": 72, "n.still.neg": 28})
            self.reply(root.author, answer, later(self.dice, answer.at, 4, 300), topic, "last_word", around)

    def answer(self, parent: Post, at: datetime, rule: str, around: Scene) -> Post | None:
        """The brand's reply, unless it would come after the export was made."""
        if at >= END:
            return None
        brand: Voice = "norda" if parent.subject == "norda" else "meridian"
        said = self.writer.say(parent.author.language, rule, around)
        text = f"@{parent.author.handle} {said}"
        return self.add(BRANDS[brand], at, text, brand, "answer", parent.subject, "brand.neu", parent)

    def reply(self, person: Person, parent: Post, at: datetime, topic: str, role: Role, around: Scene) -> Post | None:
        """A customer's reply to any post."""
        if at >= END:
            return None
        said = self.writer.reply(person, topic, around, parent.subject == "norda")
        handles = dict.fromkeys((parent.author.handle, *_mentioned(parent, person)))
        text = " ".join(f"@{h}" for h in handles if h != person.handle) + " " + said
        return self.add(person, at, text, "customer", role, parent.subject, topic, parent)

    def add(
        self,
        author: Person,
        at: datetime,
        text: str,
        voice: Voice,
        role: Role,
        subject: Subject,
        topic: str,
        parent: Post | None = None,
        language: str | None = None,
    ) -> Post:
        """Keep a new post."""
        language = language or (parent.language if parent and voice != "customer" else author.language)
        post = Post(self.ids.at(self.dice, at), author, at, text, language, voice, role, subject, topic, parent)
        if voice != "noise":
            post = popularity(self.dice, post)
        self.posts.append(post)
        return post

    def swap(self, old: Post, **changes: object) -> Post:
        """Replace a kept post by a changed copy (before anything refers to it)."""
        new = replace(old, **changes)  # type: ignore[arg-type]
        self.posts[self.posts.index(old)] = new
        return new

    def _peers(self, root: Post, around: Scene) -> None:
        if not self.dice.chance(0.11 if root.polarity == "neg" else 0.03):
            return
        peers = [p for p in self.strangers if p.language == root.language]
        peer = self.dice.one(peers)
        topic = self.dice.weighted(_PEERS) if root.polarity == "neg" else "peer.neu"
        own = around | self.writer.scene(peer, root.at)
        self.reply(peer, root, later(self.dice, root.at, 3, 900), topic, "peer", own)

    def _nudge(self, root: Post, around: Scene) -> None:
        if root.polarity == "neg" and self.dice.chance(0.09):
            at = later(self.dice, root.at, 600, 5000)
            self.reply(root.author, root, at, "silence.neg", "follow_up", around)

    def _last_word(self, root: Post, answer: Post, tone: str, around: Scene) -> None:
        if not self.dice.chance(0.52 if root.polarity == "neg" else 0.2):
            return
        topic = self.dice.weighted(_LAST_WORD[tone]) if root.polarity == "neg" else "thanks.pos"
        at = later(self.dice, answer.at, 3, 700)
        word = self.reply(root.author, answer, at, topic, "last_word", around)
        if word and topic == "thanks.pos" and self.dice.chance(0.3):
            self.answer(word, meridian_answer(self.dice, word.at), "b.reply.close", around)


def _answer_rule(root: Post, tone: str) -> str:
    if root.topic.startswith("outage"):
        return "b.reply.outage"
    if root.polarity == "pos":
        return "b.reply.praise"
    return "b.reply.ask" if root.polarity == "neu" else f"b.reply.{tone}"


def _mentioned(parent: Post, person: Person) -> list[str]:
    """The brand stays on the line when strangers and customers answer each other."""
    if parent.voice != "customer" or parent.subject == "none":
        return []
    brand = BRANDS[parent.subject].handle
    return [brand] if f"@{brand}" in parent.text else []
