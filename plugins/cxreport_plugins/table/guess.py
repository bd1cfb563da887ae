"""A mapping guessed from the header of a table: a proposal for a person, never used by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from cxreport.api import reading
from cxreport_plugins.table import rating
from cxreport_plugins.table.aliases import ALIASES, LIKELY, PLAIN, RATING, SUBRATING, SURE, UNSURE

_PROSE_WORDS = 4
"""A column whose cells have at least so many words on average may well be the text."""
_TOPS = (1.0, 5.0, 7.0, 10.0, 100.0)
"""Upper ends of scales in use."""
_MOST = 0.6
"""At least this share of a score's cells must be numbers."""


@dataclass(slots=True)
class Guess:
    """Headers by column of a record, each with how sure that is; the rating's and the sub-ratings' headers."""

    columns: dict[str, str] = field(default_factory=dict)
    rating: str | None = None
    answers: list[str] = field(default_factory=list)
    sureness: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The guess in words, for the reason of a detection."""
        parts = [f"{name} ← {header} ({self.sureness[header]})" for name, header in self.columns.items()]
        if self.rating:
            parts.append(f"rating ← {self.rating} ({self.sureness[self.rating]})")
        return ", ".join(parts)

    def has_content(self) -> bool:
        """Whether rows would say anything."""
        return bool(self.rating or {"text", "title", "text_positive", "text_negative"} & self.columns.keys())


def guess(header: Sequence[str], records: Sequence[Sequence[str]]) -> Guess:
    """What the columns may be, by their names, and by the first records where no name tells the text."""
    free = {reading.norm(name): name for name in reversed(header) if name}
    out = Guess()
    for column, names in ALIASES.items():
        _take(out, column, names, free)
    taken = _first(RATING, free)
    if taken:
        out.rating = free.pop(taken)
        out.sureness[out.rating] = LIKELY if taken in PLAIN else SURE
        out.answers = [name for norm, name in free.items() if norm.endswith(SUBRATING)]
        out.answers.sort(key=list(header).index)
    if "url" in out.columns and not _are_links(records, list(header).index(out.columns["url"])):
        del out.columns["url"]
    if "text" not in out.columns:
        _take_prose(out, header, records, frozenset(free.values()))
    return out


def _first(names: Sequence[str], free: dict[str, str]) -> str | None:
    return next((name for name in names if name in free), None)


def _take(out: Guess, column: str, names: Sequence[str], free: dict[str, str]) -> None:
    taken = _first(names, free)
    if taken is not None:
        out.columns[column] = free.pop(taken)
        out.sureness[out.columns[column]] = LIKELY if taken in PLAIN else SURE


def _are_links(records: Sequence[Sequence[str]], at: int) -> bool:
    """Whether cells hold addresses that can be linked to, not paths within somebody's site."""
    return any(record[at].startswith(("http://", "https://")) for record in records if at < len(record))


def _take_prose(out: Guess, header: Sequence[str], records: Sequence[Sequence[str]], free: frozenset[str]) -> None:
    """The column with the most words, if a cell of it has as many as a sentence."""
    cells = {name: _words(records, at) for at, name in enumerate(header) if name in free}
    longest = max(cells, key=lambda name: sum(cells[name]), default=None)
    if longest is not None and sum(cells[longest]) >= _PROSE_WORDS * max(len(cells[longest]), 1):
        out.columns["text"] = longest
        out.sureness[longest] = UNSURE


def _words(records: Sequence[Sequence[str]], at: int) -> list[int]:
    """How many words each cell has that is not blank."""
    return [len(record[at].split()) for record in records if at < len(record) and record[at].strip()]


def scale(header: str, cells: pl.Series) -> dict[str, Any] | None:
    """`column`, `metric`, `min` and `max` of a score, from its name and its values; None if it is no score."""
    filled = cells.to_frame("cell").select(reading.blank(pl.col("cell"))).drop_nulls()
    found = filled.select(v=rating.number(pl.col("cell")))["v"].drop_nulls()
    if not len(found) or len(found) < _MOST * filled.height:
        return None
    least, most = float(found.min()), float(found.max())  # type: ignore[arg-type]
    top = next((top for top in _TOPS if most <= top), None)
    if top is None or least < 0:
        return None
    name = reading.norm(header)
    if "nps" in name and top == 10:
        return {"column": header, "metric": "nps"}
    low = 0 if least < 1 or top in (1.0, 100.0) else 1
    metric = "csat" if "csat" in name or "satisf" in name else "custom"
    if top == 5 and low == 1 and ("star" in name or "rating" in name):
        return {"column": header, "metric": "stars"}
    return {"column": header, "metric": metric, "min": low, "max": int(top)}
