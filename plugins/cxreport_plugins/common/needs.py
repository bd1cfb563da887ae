"""Which words a pattern cannot do without, read from its spelling: a text without them need not be searched.

After Cox 2012, "Regular expression matching with a trigram index". A stretch of a pattern that can be spelled in few
ways, such as `(my|our) (bag|seat)s?`, needs one of these spellings; other stretches need nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Words = frozenset[str]
SHORTEST: Final = 3
"""Characters of a word; shorter ones are in too many texts to tell anything, unless they hold a rare sign."""
COMMON: Final = frozenset(".,:;!?'\"-@#")
"""Signs that are not rare."""
MANY: Final = 16
"""Ways to spell a stretch that are told apart."""
EMPTY: Final[Words] = frozenset({""})
GROUP: Final = re.compile(r"\((\?:|\?P?<\w+>|(?!\?))")
SET: Final = re.compile(r"\[(?!\^?\])(\^?)((?:[^\\\[\]&~]|\\.)+)\]")
COUNT: Final = re.compile(r"\{(\d+)(,?)(\d*)\}")
EDGE: Final = re.compile(r"[\^$]|\\[bBAz](?!\{)")
CHARACTER: Final = re.compile(r"[^\\.+*?()|\[\]{}^$]|\\[^A-Za-z0-9<>]")
ANY: Final = re.compile(r"\.|\\[dDsSwW]")
SIGNS: Final[Mapping[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


class Unread(Exception):
    """A spelling that this reader does not know."""


@dataclass(frozen=True)
class Part:
    """What is known of a part of a pattern."""

    spelled: Words | None = None
    """All that it can match, where that is little."""
    needs: tuple[Words, ...] = ()
    """Of each of these sets, every match holds a word."""


def needed(pattern: str) -> tuple[Words, ...]:
    """Sets of words: every match of the Rust regex `pattern` holds a word of each; none where that cannot be told."""
    reader = _Reader(pattern)
    try:
        part = reader.alternation()
    except (Unread, RecursionError):
        return ()
    return tuple(dict.fromkeys(part.needs)) if reader.at == len(pattern) else ()


@dataclass
class _Reader:
    """A recursive descent through a pattern."""

    pattern: str
    at: int = 0

    def alternation(self) -> Part:
        """`this|that`."""
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else _either(branches)

    def sequence(self) -> Part:
        """One thing after the other."""
        stretch = _Stretch()
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            part = self.atom()
            least, most = self.repeated()
            stretch.add(part, least, most)
        return stretch.ended()

    def atom(self) -> Part:
        """A character, a set of them, an edge, or a group."""
        if self.match(GROUP):
            inner = self.alternation()
            if not self.take(")"):
                raise Unread
            return inner
        if self.match(EDGE):
            return Part(EMPTY)
        if self.match(ANY):
            return Part()
        if found := self.match(SET):
            return _one_of(found[2]) if not found[1] else Part()
        if found := self.match(CHARACTER):
            return Part(frozenset({found[0][-1]}))
        raise Unread

    def repeated(self) -> tuple[int, int | None]:
        """How often at least and at most what was just read may stand; None for any number."""
        times = self.times()
        if times is None:
            return 1, 1
        self.take("?")
        if self.pattern[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise Unread
        return times

    def times(self) -> tuple[int, int | None] | None:
        """What `?`, `*`, `+` or `{2,5}` says; None where none of them stands."""
        if found := self.match(COUNT):
            least, ranges, most = int(found[1]), found[2], found[3]
            return least, int(most or least) if most or not ranges else None
        for sign, times in SIGNS.items():
            if self.take(sign):
                return times
        return None

    def match(self, what: re.Pattern[str]) -> re.Match[str] | None:
        """What stands here, if it is that; then the reader is behind it."""
        found = what.match(self.pattern, self.at)
        self.at = found.end() if found else self.at
        return found

    def take(self, what: str) -> bool:
        """Whether that stands here; then the reader is behind it."""
        there = self.pattern.startswith(what, self.at)
        self.at += len(what) * there
        return there


class _Stretch:
    """A sequence as it grows: the spellings of its last stretch, and what the stretches before it need."""

    def __init__(self) -> None:
        self.run = EMPTY
        self.whole = True
        self.needs: list[Words] = []

    def add(self, part: Part, least: int, most: int | None) -> None:
        """`part` follows, so often."""
        if part.spelled is None:
            self.cut(EMPTY)
            self.needs += part.needs if least else ()
        elif most == 1:
            self.spell(part.spelled if least else part.spelled | EMPTY)
        elif least:
            self.spell(part.spelled)
            self.cut(part.spelled)
        else:
            self.cut(EMPTY)

    def spell(self, words: Words) -> None:
        """The stretch goes on with one of these words; if that were too many ways, a new one begins with them."""
        if len(self.run) * len(words) > MANY:
            self.cut(words)
        else:
            self.run = frozenset(before + word for before in self.run for word in words)

    def cut(self, beginning: Words) -> None:
        """The stretch ends, the next has these beginnings."""
        self.needs += _useful(self.run)
        self.run, self.whole = beginning, False

    def ended(self) -> Part:
        """All of it."""
        return Part(self.run if self.whole else None, (*self.needs, *_useful(self.run)))


def _either(branches: Iterable[Part]) -> Part:
    """An alternation needs the best of what each of its branches needs."""
    spelled = [part.spelled for part in branches]
    if all(words is not None for words in spelled):
        every = frozenset[str]().union(*(words for words in spelled if words))
        if len(every) <= MANY:
            return Part(every, _useful(every))
    best = [_best(part.needs) for part in branches]
    return Part(None, _useful(frozenset().union(*best))) if all(best) else Part()


def _one_of(characters: str) -> Part:
    """A set of characters; of one with ranges or classes nothing is known."""
    if "\\" in characters or "-" in characters[1:-1]:
        return Part()
    return Part(frozenset(characters))


def _best(needs: Iterable[Words]) -> Words:
    """The longest words, and few of them; none where nothing is needed."""
    return max(needs, key=lambda words: (min(map(len, words)), -len(words)), default=frozenset())


def _useful(words: Words) -> tuple[Words, ...]:
    """The words without those that hold another; nothing where one is too short to tell anything."""
    least = frozenset(word for word in words if not any(other in word for other in words if other != word))
    return (least,) if all(map(_telling, least)) else ()


def _telling(word: str) -> bool:
    rare = (sign for sign in word if not (sign.isalnum() or sign.isspace() or sign in COMMON))
    return len(word) >= SHORTEST or any(rare)
