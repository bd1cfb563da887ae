"""What a review or an open answer says: sentences that fit its stars."""

from __future__ import annotations

from datetime import datetime

from . import story
from .dice import Dice
from .scene import Scene
from .story import season
from .writer import Writer

_GOOD = {"crew": 30, "flight": 30, "price": 14, "booking": 13, "loyal": 13, "care": 4}
_BAD = {"bag": 24, "refund": 23, "rebook": 16, "delay": 13, "silence": 20, "cabin": 6}
_BAD_AFTER = _BAD | {"refund": 9, "silence": 8, "delay": 18, "cabin": 14}
_GOOD_AFTER = _GOOD | {"care": 22}
_LOW, _MIDDLE, _TOP = 2, 3, 5


class Opinions:
    """Composes texts in both languages for one file."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.writer = Writer(dice)
        self.meant: dict[str, str] = {}
        """Answers to open questions → the polarity they were written with."""

    def stars(self, source: str, at: datetime) -> int:
        """One to five stars, as the story says for that source and season."""
        weights = story.STARS[source][season(at)]
        return self.dice.weighted(dict(enumerate(weights, start=1)))

    def review(self, language: str, stars: int, at: datetime, around: Scene, longest: int = 4) -> str:
        """Sentences that fit the stars; low stars talk of what broke, three of both."""
        if stars == _MIDDLE:
            return self._join(language, self._middle(at), around)
        if stars > _MIDDLE:
            kinds = self._kinds(_GOOD_AFTER if at >= story.RECOVERY else _GOOD, 1, longest - 1, "pos")
            return self._join(language, kinds, around)
        kinds = self._kinds(self._bad(at), 1 + (stars == 1), longest - 1, "neg")
        if stars == _LOW and self.dice.chance(0.45):
            kinds.insert(0, "s.crew.pos")
        if stars == 1 and self.dice.chance(0.5):
            kinds.append("s.warn.neg")
        return self._join(language, kinds, around)

    def title(self, language: str, stars: int, around: Scene) -> str:
        """A headline that fits the stars."""
        return self.writer.say(language, f"t.{stars}", around)

    def short(self, language: str, polarity: str, at: datetime, around: Scene) -> str:
        """One or two sentences, as people answer an open question."""
        text = self._answer(language, polarity, at, around)
        self.meant[text] = polarity
        return text

    def _answer(self, language: str, polarity: str, at: datetime, around: Scene) -> str:
        if polarity == "neu":
            return self._join(language, ["s.flat.neu"], around)
        bad = polarity == "neg"
        good = _GOOD_AFTER if at >= story.RECOVERY else _GOOD
        kinds = self._kinds(self._bad(at) if bad else good, 1, 2, polarity)
        if bad and self.dice.chance(0.2):
            kinds.append("s.crew.pos")
        return self.writer.careless(self._join(language, kinds, around))

    def _bad(self, at: datetime) -> dict[str, int]:
        if at >= story.RECOVERY:
            return _BAD_AFTER
        after_outage = story.OUTAGE[0] <= at < story.VIRAL
        return _BAD | ({"outage": 40} if after_outage else {})

    def _middle(self, at: datetime) -> list[str]:
        if self.dice.chance(0.4):
            return ["s.flat.neu"]
        good = self.dice.weighted({"crew": 3, "flight": 2, "price": 1})
        return [f"s.{good}.pos", f"s.{self.dice.weighted(self._bad(at))}.neg"]

    def _kinds(self, weights: dict[str, int], low: int, high: int, polarity: str) -> list[str]:
        wanted = self.dice.between(low, max(low, high))
        picked: list[str] = []
        left = dict(weights)
        while len(picked) < wanted and left:
            kind = self.dice.weighted(left)
            del left[kind]
            picked.append(f"s.{kind}.{polarity}")
        return picked

    def _join(self, language: str, rules: list[str], around: Scene) -> str:
        return " ".join(self.writer.say(language, rule, around) for rule in rules)
