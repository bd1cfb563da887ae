"""Looking for many patterns in many texts: first for the letters that a pattern cannot do without, all in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants, _parser, error  # type: ignore[attr-defined]
from typing import Any

import polars as pl

SHORTEST = 3
"""Letters; shorter ones are in too many texts to tell anything."""
MOST = 0.3
"""Where more than this share of the texts holds such letters, all are searched: fetching them costs more."""
Literals = frozenset[str]


@lru_cache(maxsize=256)
def search(patterns: tuple[str, ...]) -> Search:
    """A search for these patterns."""
    return Search(patterns)


class Search:
    """Finds patterns (Rust regexes on folded text), each by itself: one alternation of all takes three times the CPU.

    Most patterns need a word that few texts have. These words are looked for together (Aho-Corasick), and a pattern
    only in the texts that hold one of its own.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._needs = [(pattern, needed(pattern)) for pattern in patterns]
        self._words = sorted({word for _, words in self._needs for word in words})

    def rows(self, folded: pl.Series) -> list[pl.Series]:
        """For each pattern, the numbers of the texts in which it is found, ascending."""
        there = self._there(folded)
        return [self._found(folded, pattern, words, there) for pattern, words in self._needs]

    def _there(self, folded: pl.Series) -> dict[str, pl.Series]:
        """The rows that hold each word."""
        if not self._words or not len(folded):
            return {}
        held = folded.str.extract_many(self._words, overlapping=True)
        numbered = pl.DataFrame({"row": pl.int_range(len(folded), dtype=pl.UInt32, eager=True), "word": held})
        pairs = numbered.explode("word").drop_nulls().unique()
        return {str(key[0]): part["row"] for key, part in pairs.partition_by("word", as_dict=True).items()}

    def _found(self, folded: pl.Series, pattern: str, words: Literals, there: dict[str, pl.Series]) -> pl.Series:
        parts = [there[word] for word in sorted(words) if word in there]
        if not words or sum(map(len, parts)) > MOST * len(folded):
            return folded.str.contains(pattern).arg_true().cast(pl.UInt32)
        if not parts:
            return pl.Series([], dtype=pl.UInt32)
        rows = pl.concat(parts).unique().sort()
        return rows.filter(folded.gather(rows).str.contains(pattern))


def needed(pattern: str) -> Literals:
    """Words one of which every match of `pattern` holds; none where that cannot be told.

    Read from the parse tree of Python's own regexes; what only Rust's know gets no words, and is searched everywhere.
    """
    try:
        return _needed(_parser.parse(pattern)) or frozenset()
    except (error, OverflowError, RecursionError):
        return frozenset()


def _needed(items: Iterable[tuple[Any, Any]]) -> Literals:
    """The best of what each part of a sequence needs: the longest words, and few of them."""
    offers: list[Literals] = []
    run = ""
    for kind, value in items:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        offers.append(frozenset({run}))
        run = ""
        offers.append(_of_part(kind, value))
    offers.append(frozenset({run}))
    usable = [offer for offer in offers if offer and min(map(len, offer)) >= SHORTEST]
    return max(usable, key=lambda offer: (min(map(len, offer)), -len(offer)), default=frozenset())


def _of_part(kind: Any, value: Any) -> Literals:
    """What a group, an alternation or a repetition needs; an alternation all that its branches need."""
    if kind is _constants.SUBPATTERN:
        return _needed(value[3])
    if kind is _constants.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if kind is _constants.MAX_REPEAT and value[0] > 0:
        return _needed(value[2])
    return frozenset()
