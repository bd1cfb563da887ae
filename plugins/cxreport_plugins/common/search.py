"""Looking for many patterns in many texts: first for the letters that a pattern cannot do without, all in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

SHORTEST = 3
"""Letters; shorter ones are in too many texts to tell anything."""
MOST = 0.6
"""Where more than this share of the texts may hold a pattern, all are searched: fetching them costs more."""
ELSEWHERE = re.compile(r"\(\?(?!:|P?<[^=!])|\[\[|\[\^?\]|\[:|&&|--|~~|\\[<>xuUpPz]|\\b\{")
"""Spellings that Rust's regexes and Python's read in different ways."""
Literals = frozenset[str]
Rows = NDArray[np.uint32]


@lru_cache(maxsize=256)
def search(patterns: tuple[str, ...]) -> Search:
    """A search for these patterns."""
    return Search(patterns)


class Search:
    """Finds patterns (Rust regexes on folded text), each by itself: one alternation of all takes three times the CPU.

    Most patterns need words that few texts have. These words are looked for together (Aho-Corasick), and a pattern
    only in the texts that hold what it needs.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._needs = [(pattern, needed(pattern)) for pattern in patterns]
        self._words = sorted({word for _, needs in self._needs for words in needs for word in words})

    def rows(self, folded: pl.Series) -> list[pl.Series]:
        """For each pattern, the numbers of the texts in which it is found, ascending."""
        there = self._there(folded)
        return [_found(folded, pattern, _candidates(needs, there, len(folded))) for pattern, needs in self._needs]

    def _there(self, folded: pl.Series) -> dict[str, Rows]:
        """The rows that hold each word, once for each time."""
        if not self._words:
            return {}
        held = folded.str.extract_many(self._words, overlapping=True).cast(pl.List(pl.Enum(self._words)))
        numbered = pl.DataFrame({"row": pl.int_range(len(folded), dtype=pl.UInt32, eager=True), "word": held})
        pairs = numbered.explode("word").drop_nulls()
        word = pairs["word"].to_physical().to_numpy()
        order = np.argsort(word, kind="stable")
        starts = np.searchsorted(word[order], np.arange(1, len(self._words)))
        return dict(zip(self._words, np.split(pairs["row"].to_numpy()[order], starts), strict=True))


def _candidates(needs: Sequence[Literals], there: dict[str, Rows], height: int) -> NDArray[np.bool_]:
    """Which texts hold a word of each of `needs`."""
    fits = np.ones(height, dtype=np.bool_)
    for words in needs:
        held = np.zeros(height, dtype=np.bool_)
        for word in words:
            held[there[word]] = True
        fits &= held
    return fits


def _found(folded: pl.Series, pattern: str, candidates: NDArray[np.bool_]) -> pl.Series:
    rows = pl.Series(np.flatnonzero(candidates), dtype=pl.UInt32)
    if len(rows) > MOST * len(folded):
        return folded.str.contains(pattern).arg_true().cast(pl.UInt32)
    return rows.filter(folded.gather(rows).str.contains(pattern)) if len(rows) else rows


def needed(pattern: str) -> tuple[Literals, ...]:
    """Sets of words: every match of `pattern` holds at least one word of each; none where that cannot be told.

    Read from the parse tree of Python's own regexes; what only Rust's know is searched everywhere.
    """
    if ELSEWHERE.search(pattern):
        return ()
    try:
        return tuple(dict.fromkeys(_needed(_parser.parse(pattern))))
    except (re.error, OverflowError, RecursionError):
        return ()


def _needed(items: Iterable[tuple[Any, Any]]) -> Iterator[Literals]:
    """What each part of a sequence needs."""
    run = ""
    for kind, value in items:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        yield from _long_enough(run)
        run = ""
        yield from _of_part(kind, value)
    yield from _long_enough(run)


def _long_enough(word: str) -> Iterator[Literals]:
    if len(word) >= SHORTEST:
        yield frozenset({word})


def _of_part(kind: Any, value: Any) -> Iterator[Literals]:
    """What a group, an alternation or a repetition needs; an alternation needs the best of each of its branches."""
    if kind is _constants.SUBPATTERN:
        yield from _needed(value[3])
    elif kind is _constants.BRANCH:
        branches = [_best(_needed(branch)) for branch in value[1]]
        if all(branches):
            yield frozenset().union(*branches)
    elif kind is _constants.MAX_REPEAT and value[0] > 0:
        yield from _needed(value[2])


def _best(needs: Iterable[Literals]) -> Literals:
    """The longest words, and few of them; none where nothing is needed."""
    return max(needs, key=lambda words: (min(map(len, words)), -len(words)), default=frozenset())
