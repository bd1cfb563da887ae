"""Reviews of the airline's app, before they take a store's form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .dice import Dice
from .opinions import Opinions
from .people import Crowd
from .story import END, RECOVERY

_GOOD, _MIDDLE = 4, 3


@dataclass(frozen=True)
class AppReview:
    """One review of the app."""

    language: str
    name: str
    at: datetime
    stars: int
    version: str
    title: str
    text: str
    reply: tuple[datetime, str] | None


class AppReviews:
    """Writes app reviews for one store."""

    def __init__(self, dice: Dice, source: str) -> None:
        self.dice, self.source = dice, source
        self.opinions, self.crowd = Opinions(dice), Crowd(dice)

    def make(self, at: datetime) -> AppReview:
        """One review of that moment."""
        person, dice = self.crowd.newcomer(), self.dice
        around = self.opinions.writer.scene(person, at, named=True)
        stars = self.opinions.stars(self.source, at)
        say = self.opinions.writer.say
        level = "high" if stars >= _GOOD else "mid" if stars == _MIDDLE else "low"
        new = at >= RECOVERY
        version = f"5.0.{dice.between(0, 4)}" if new else f"4.{dice.between(8, 11)}.{dice.between(0, 3)}"
        when = at + timedelta(hours=dice.between(2, 60) if new else dice.between(40, 300))
        reply = say(person.language, "app.reply.new" if new else "app.reply.old", around)
        answered = stars <= _MIDDLE and dice.chance(0.7 if new else 0.25) and when < END
        text = self.opinions.writer.careless(say(person.language, self._rule(stars, new), around))
        title = say(person.language, f"app.title.{level}", around)
        return AppReview(
            person.language, person.name, at, stars, version, title, text, (when, reply) if answered else None
        )

    def _rule(self, stars: int, new: bool) -> str:
        """Nobody praises version 5 before it exists."""
        return f"app.{stars}" if new or stars < _GOOD else f"app.old.{stars}"
