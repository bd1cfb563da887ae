"""Looking for many patterns in many texts: first for the letters that a pattern cannot do without, all in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport_plugins.common.needs import Words, needed

Rows = NDArray[np.uint32]


@lru_cache(maxsize=256)
def search(patterns: tuple[str, ...]) -> Search:
    """A search for these patterns."""
    return Search(patterns)


def first_found(folded: pl.Series, groups: Sequence[Sequence[str]]) -> pl.DataFrame:
    """group, row, place: each text in which a pattern of a group is found, and the first that is; sorted.

    Groups and rows are numbered from 0, the patterns of a group (`place`) from 1.
    """
    hits = search(tuple(pattern for group in groups for pattern in group)).rows(folded)
    named = [(number, place) for number, group in enumerate(groups) for place in range(1, len(group) + 1)]
    group, place = np.array(named, dtype=np.uint32).reshape(-1, 2).repeat([len(rows) for rows in hits], axis=0).T
    rows = pl.concat([pl.Series([], dtype=pl.UInt32), *hits])
    frame = pl.DataFrame({"group": group, "row": rows, "place": place})
    return frame.group_by("group", "row").agg(pl.col("place").min()).sort("group", "row")


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
        asked = [_candidates(needs, there, len(folded)) for _, needs in self._needs]
        read = pl.col("said").gather
        found = {
            str(n): read(rows).str.contains(pattern).implode()
            for n, ((pattern, _), rows) in enumerate(zip(self._needs, asked, strict=True))
            if len(rows)
        }
        held = pl.DataFrame({"said": folded}).select(**found)
        return [rows.filter(held[str(n)][0]) if len(rows) else rows for n, rows in enumerate(asked)]

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


def _candidates(needs: Sequence[Words], there: dict[str, Rows], height: int) -> pl.Series:
    """Which texts hold a word of each of `needs`."""
    fits = np.ones(height, dtype=np.bool_)
    for words in needs:
        held = np.zeros(height, dtype=np.bool_)
        for word in words:
            held[there[word]] = True
        fits &= held
    return pl.Series(np.flatnonzero(fits), dtype=pl.UInt32)
