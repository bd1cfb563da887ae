"""What the cells of a column look like: the evidence on which a question is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from cxreport_plugins.survey.model import Layout
from cxreport_plugins.survey.words import plain, words

NUMBER = r"^-?\d+(?:\.\d+|,\d{1,2})?$"
"""A cell that is a number; a comma before three digits may be a thousands separator and is not one."""
SCORE = r"^(-?\d{1,4}(?:[.,]\d+)?)(?:\s+[-–—:=(]?\s*\p{L}.*|\s*[=:(]\s*\p{L}.*)?$"
"""A number, or one before its label (`10 - Extremely likely`); `2-Jan` and `30-44` are none."""
LABELLED = r"^\p{L}[^\d]*\s[-–—:=(]?\s*(\d{1,2})\)?$"
"""A number after its label: `Extremely likely - 10`."""
VALUES = 40
"""Distinct values kept; a column of more is no short scale."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts over the answered cells of one column."""

    answered: int = 0
    numbers: int = 0
    """Cells that are numbers and nothing else."""
    scores: int = 0
    """Cells that begin with a number and may add its label."""
    whole: bool = False
    """Whether all scores are whole numbers."""
    low: float | None = None
    high: float | None = None
    distinct: int = 0
    chars: float = 0.0
    """Mean length in characters."""
    spaced: float = 0.0
    """Share of cells of more than one word."""
    values: tuple[str, ...] = ()
    """The distinct cells, sorted, when there are at most `VALUES`."""
    unscored: tuple[str, ...] = ()
    """The first `VALUES` distinct cells that hold no score, sorted."""

    @property
    def is_score(self) -> bool:
        """Whether every answer, "not applicable" left aside, is a whole number."""
        return self.scores > 0 and self.whole and all(plain(v) in words().no_answer for v in self.unscored)

    @property
    def is_number(self) -> bool:
        """Whether every answer, "not applicable" left aside, is a number."""
        return 0 < self.numbers == self.scores and all(plain(v) in words().no_answer for v in self.unscored)

    @property
    def is_prose(self) -> bool:
        """Whether people wrote freely: mostly several words, seldom the same ones."""
        return self.spaced >= 0.4 and self.chars >= 10 and self.distinct >= 0.5 * self.answered > 0


def score(cells: pl.Expr) -> pl.Expr:
    """The number a cell holds or begins with, else null."""
    found = pl.coalesce(cells.str.extract(SCORE, 1), cells.str.extract(LABELLED, 1))
    return found.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def number(cells: pl.Expr) -> pl.Expr:
    """The number that a cell is, else null."""
    bare = cells.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(cells.str.contains(NUMBER)).then(bare)


def profiles(frame: pl.DataFrame, layout: Layout) -> dict[int, Profile]:
    """Column position → profile, for all columns of questions, in a frame of clean cells."""
    columns = [c for q in layout.questions for c in (*q.columns, *((q.group,) if q.group else ()))]
    return {column.index: profile(frame.get_column(column.cell)) for column in columns}


def profile(cells: pl.Series) -> Profile:
    """The profile of one column of clean cells (null where there is no answer)."""
    found = cells.drop_nulls().alias("v")
    if found.is_empty():
        return Profile()
    v, points = pl.col("v"), score(pl.col("v"))
    row: dict[str, Any] = (
        found.to_frame()
        .select(
            numbers=v.str.contains(NUMBER).sum(),
            scores=points.count(),
            whole=(points.drop_nulls() % 1 == 0).all(),
            low=points.min(),
            high=points.max(),
            distinct=v.n_unique(),
            chars=v.str.len_chars().mean(),
            spaced=v.str.contains(r"\S\s+\S").mean(),
        )
        .row(0, named=True)
    )
    values = found.unique().sort()
    unscored = values.to_frame().filter(points.is_null()).to_series().head(VALUES)
    few = values.to_list() if len(values) <= VALUES else []
    return Profile(answered=len(found), values=tuple(few), unscored=tuple(unscored), **row)
