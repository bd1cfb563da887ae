"""Phrase files and the sentences made from them.

A phrase file holds rules: a line ``:: name``, then one phrase a line. In a phrase ``{slot}`` stands for
a value of the scene or, if the scene has none, for another rule; ``[a|b|c]`` for one of the choices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from .dice import Dice

FOLDER = Path(__file__).parent / "phrases"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_SPACES = re.compile(r" {2,}")
_TRIES = 6


class Phrasebook:
    """All rules of one language."""

    def __init__(self, rules: Mapping[str, tuple[str, ...]]) -> None:
        self.rules = rules
        self._said: set[str] = set()
        self._left: dict[str, list[str]] = {}

    @classmethod
    def load(cls, language: str) -> Phrasebook:
        """Read ``phrases/<language>/*.txt``.

        Raises:
            ValueError: a phrase before the first rule, or a rule written twice.
        """
        rules: dict[str, tuple[str, ...]] = {}
        for path in sorted((FOLDER / language).glob("*.txt")):
            for name, phrases in _read(path).items():
                if name in rules:
                    raise ValueError(f"{path}: rule {name!r} is written twice")
                rules[name] = phrases
        return cls(rules)

    def say(self, rule: str, scene: Mapping[str, str], dice: Dice) -> str:
        """A phrase of the rule, filled in; a new one if a few tries find one."""
        text = ""
        for _ in range(_TRIES):
            text = self._fill(self._next(rule, dice), scene, dice)
            if text not in self._said:
                break
        self._said.add(text)
        return text[:1].upper() + text[1:]

    def _next(self, rule: str, dice: Dice) -> str:
        """Every phrase of a rule comes once, in a random order, before one comes again."""
        left = self._left.setdefault(rule, [])
        if not left:
            left += dice.some(self.rules[rule], len(self.rules[rule]))
        return left.pop()

    def _fill(self, phrase: str, scene: Mapping[str, str], dice: Dice) -> str:
        while choice := _CHOICE.search(phrase):
            picked = dice.one(choice.group(1).split("|"))
            phrase = phrase[: choice.start()] + picked + phrase[choice.end() :]
        while slot := _SLOT.search(phrase):
            phrase = phrase[: slot.start()] + self._value(slot.group(1), scene, dice) + phrase[slot.end() :]
        return _SPACES.sub(" ", phrase).strip()

    def _value(self, name: str, scene: Mapping[str, str], dice: Dice) -> str:
        if name in scene:
            return scene[name]
        if name in self.rules:
            return self._fill(self._next(name, dice), scene, dice)
        if name.endswith(".cap"):
            value = self._value(name.removesuffix(".cap"), scene, dice)
            return value[:1].upper() + value[1:]
        raise KeyError(f"nothing fills {{{name}}}")


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    rules: dict[str, list[str]] = {}
    phrases: list[str] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if line.startswith(":: "):
            phrases = rules.setdefault(line.removeprefix(":: "), [])
        elif line and not line.startswith("# "):
            if phrases is None:
                raise ValueError(f"{path}:{number}: a phrase before the first rule")
            phrases.append(line)
    return {name: tuple(found) for name, found in rules.items()}
