"""How a question was asked, as far as its cells show: ticks, a grid, choices joined in one cell, a number …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from cxreport_plugins.survey.model import Column, Question
from cxreport_plugins.survey.profile import Profile
from cxreport_plugins.survey.words import plain, words

AnswerType = Literal["text", "single", "multi", "number"]
SLASH = " / "
"""Typeform begins such cells with it, too."""
_CODES = r"^\d+(?:,\d+)+$"
_PARTS = 30
_PART_CHARS = 60


@dataclass(frozen=True, slots=True)
class Ticks:
    """The checkbox columns of a question: column → the label that a tick in it stands for."""

    labels: Mapping[int, str]


def ticks(question: Question, profiles: Mapping[int, Profile]) -> Ticks | None:
    """The checkbox columns, when the question is a group of them; None for grids and single columns."""
    if len(question.main) < 2:
        return None
    labels = {c.index: _tick(c, place, profiles[c.index]) for place, c in enumerate(question.columns, 1)}
    if any(labels[column.index] is None for column in question.main):
        return None
    if not any(_chosen(profiles[column.index]) for column in question.main):
        return None
    return Ticks({index: label for index, label in labels.items() if label})


def _chosen(profile: Profile) -> list[str]:
    return [value for value in profile.values if plain(value) not in words().unticked]


def _tick(column: Column, place: int, profile: Profile) -> str | None:
    """The label of a checkbox column; None when its cells say more than "ticked"."""
    chosen = _chosen(profile)
    label = column.label or (chosen[0] if chosen else column.name)
    if not profile.answered or (not chosen and profile.values):
        return label
    if len(chosen) != 1:
        return None
    value = plain(chosen[0])
    marks = {plain(label), plain(column.name), "1", "true", "yes", "x", "y", str(place)}
    says_unticked = len(profile.values) > 1
    return label if value in marks or says_unticked else None


def joined(questions: tuple[Question, ...], look: pl.DataFrame, joiners: tuple[str, ...]) -> dict[str, str]:
    """Question → what joins several choices in its one cell, for the questions that are asked so."""
    marks = {
        q.id: q.joiner or _joiner(look.get_column(q.single.cell), joiners)
        for q in questions
        if q.single and not q.is_open
    }
    return {ident: mark for ident, mark in marks.items() if mark is not None}


def _joiner(cells: pl.Series, joiners: tuple[str, ...]) -> str | None:
    found = cells.drop_nulls()
    for mark in joiners:
        if mark == ";" and len(found) and found.str.ends_with(mark).all():
            return mark
        if mark == SLASH and found.str.starts_with(SLASH.lstrip()).any():
            return mark
        if mark == ",":
            if found.str.contains(_CODES).any() and found.str.contains(r"^\d+(?:,\d+)*$").all():
                return mark
        elif _are_choices(found, mark):
            return mark
    return None


def _are_choices(found: pl.Series, mark: str) -> bool:
    """Whether splitting at `mark` leaves few short parts that are combined in several ways.

    A comma may stand within a label (`No, not at all`): then its parts always come together, so nearly all
    parts must occur in different cells; of other marks half of them do.
    """
    if found.str.contains(mark, literal=True).sum() < 2:
        return False
    cells = found.unique().str.split(mark)
    counts = Counter(part for cell in cells for part in {p.strip(" /") for p in cell} if part)
    combined = sum(1 for times in counts.values() if times > 1)
    short = all(len(part) <= _PART_CHARS for part in counts)
    needed = 0.8 if mark == ", " else 0.5
    return short and 1 < len(counts) <= _PARTS and combined >= needed * len(counts)


def answer_type(question: Question, profile: Profile) -> AnswerType:
    """What kind of answers one column holds."""
    if profile.is_number and not question.is_open:
        return "number"
    if question.is_open or profile.is_prose:
        return "text"
    return "single"
