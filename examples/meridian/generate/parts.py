"""What the flight survey asks about the parts of a journey, and how much each of them goes with the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .dice import Dice

QUESTION = "How satisfied were you with each part of your journey? (1 very dissatisfied, 5 very satisfied)"


@dataclass(frozen=True)
class Part:
    """A part of the journey: how well it is rated, and how much of the score people who like it give."""

    name: str
    level: float
    """Its rating beside a score of 7."""
    pull: float
    """Points of its rating for a point of the score."""
    weight: float
    """Share of what all parts explain of the score (LMG), of endless answers."""


PARTS = (
    Part("Booking", 4.3, 0.08, 0.026),
    Part("Check-in and boarding", 3.9, 0.11, 0.059),
    Part("Punctuality", 3.3, 0.22, 0.316),
    Part("Crew", 4.0, 0.15, 0.133),
    Part("Seat and cabin", 3.2, 0.09, 0.035),
    Part("Information on the day", 3.0, 0.26, 0.431),
)
UNANSWERED = 0.05
"""Chance that somebody skips the question, and a tenth of it that they skip one part."""
MOOD, NOISE = 1.2, 2.1
"""Widths of what all ratings of one person share, and of what each has for itself."""


def ratings(dice: Dice, score: int) -> list[str]:
    """The ratings of one person, in the order of `PARTS`; empty where they skipped it."""
    if dice.chance(UNANSWERED):
        return [""] * len(PARTS)
    mood = _spread(dice, MOOD)
    return ["" if dice.chance(UNANSWERED / 10) else str(_rating(dice, part, score, mood)) for part in PARTS]


def _rating(dice: Dice, part: Part, score: int, mood: float) -> int:
    wished = part.level + part.pull * (score - 7) + mood + _spread(dice, NOISE)
    return max(1, min(5, int(wished + 0.5)))


def _spread(dice: Dice, width: float) -> float:
    """A number around 0, seldom beyond `width`: the mean of three even ones."""
    return width * (2 * (dice.unit() + dice.unit() + dice.unit()) / 3 - 1)


def planted(answered: Sequence[Sequence[str]]) -> dict[str, object]:
    """What a test may want to know."""
    return {
        "parts": {part.name: part.weight for part in PARTS},
        "complete_answers": sum(all(row) for row in answered),
    }
