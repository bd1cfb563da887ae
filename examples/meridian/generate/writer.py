"""Turns a topic into the text of a post: phrase, ending, emoji, handle, the odd typo."""

from __future__ import annotations

from datetime import datetime

from .dice import Dice
from .people import Person
from .phrasebook import Phrasebook
from .scene import Scene, by_name, scene

_TYPO_LENGTH = 5


class Writer:
    """Writes in both languages and never runs out of breath."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._books = {language: Phrasebook.load(language) for language in ("en", "ru")}

    def scene(self, person: Person, at: datetime, rival: bool = False, named: bool = False) -> Scene:
        """A fresh scene for the person."""
        return scene(self._dice, person, at, rival, named)

    def say(self, language: str, rule: str, around: Scene) -> str:
        """One plain phrase of the rule."""
        return self._books[language].say(rule, around, self._dice)

    def reply(self, person: Person, topic: str, around: Scene, rival: bool) -> str:
        """A reply inside a conversation, where the handle already stands in front."""
        return self.post(person, topic, around | by_name(person, rival), None)

    def post(self, person: Person, topic: str, around: Scene, brand: str | None) -> str:
        """A whole post by a customer, with the brand's handle or name in it when one is given."""
        dice, language = self._dice, person.language
        text = self.say(language, rule_of(topic), around)
        mood = "neg" if topic.endswith(".neg") else "pos" if topic.endswith(".pos") else None
        dull = topic.startswith("n.")
        if mood and dice.chance(0.15 if dull else 0.45) and "#" not in text:
            text += " " + self.say(language, f"end.{mood}", around)
        if mood and dice.chance(0.05 if dull else 0.16):
            text += " " + self.say(language, f"mood.{mood}", around)
        if mood and dice.chance(0.07) and "#" not in text:
            text += " " + self.say(language, f"tag.{mood}", around)
        text = self.careless(text)
        return self._address(text, brand) if brand and brand.split(" ")[0] not in text else text

    def careless(self, text: str) -> str:
        """Now and then all lower case, or a typo, as people write on a phone."""
        if self._dice.chance(0.10):
            text = " ".join(w if w.startswith(("@", "#", "http")) else w.lower() for w in text.split(" "))
        return self.typo(text) if self._dice.chance(0.06) else text

    def typo(self, text: str) -> str:
        """Two letters of one longer word change places."""
        words = text.split(" ")
        long = [i for i, w in enumerate(words) if len(w) > _TYPO_LENGTH and w.isalpha()]
        if not long:
            return text
        i = self._dice.one(long)
        word, at = words[i], self._dice.between(1, len(words[i]) - 3)
        words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return " ".join(words)

    def _address(self, text: str, brand: str) -> str:
        if brand.startswith("@"):
            return f"{brand} {text}" if self._dice.chance(0.65) else f"{text} {brand}"
        return f"{brand}: {text}" if self._dice.chance(0.6) else f"{text} ({brand})"


def rule_of(topic: str) -> str:
    """The rule for a topic: those about Norda have their own name, all others begin with ``x``."""
    return topic if topic.startswith("n.") else f"x.{topic}"
