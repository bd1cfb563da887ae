"""From records to frames: all text, one column per header, and `__row` to say where each row stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from .problems import RowProblem

ROW = "__row"
"""The column that holds the 1-based record number in the file."""
_FLUSH_CHARS = 128 << 20


@dataclass(frozen=True, slots=True)
class TableBatch:
    """A stretch of a table: `frame` is all `pl.String` plus `__row` (Int64); rejects are rows not in it."""

    frame: pl.DataFrame
    rejects: list[RowProblem]


@dataclass(slots=True)
class Group:
    """Consecutive records; `first` is the 1-based number of the first. Then what was rejected after them."""

    first: int
    rows: list[list[str]] = field(default_factory=list)
    frame: pl.DataFrame | None = None
    """The records in place of `rows`, where they are as wide as the header, with the header's columns by position."""
    rejects: list[RowProblem] = field(default_factory=list)
    chars: int = 0
    """About how much text the rows hold."""


@dataclass(slots=True)
class Tally:
    """What was counted while reading."""

    blank_rows: int = 0
    short_rows: int = 0
    formula_cells: int = 0


class Batcher:
    """Collects groups of records column by column and cuts them into batches of about `size` rows."""

    def __init__(self, header: Sequence[str], tally: Tally) -> None:
        self._header, self._tally = header, tally
        self._whole: list[pl.DataFrame] = []
        """What has come as frames, or was made one; the rows of `_columns` come after."""
        self._held = 0
        self._clear()
        self._rejects: list[RowProblem] = []
        self._chars = 0

    def _clear(self) -> None:
        self._columns: list[list[str | None]] = [[] for _ in self._header]
        self._numbers: list[int] = []

    def batches(self, groups: Iterable[Group], size: int) -> Iterator[TableBatch]:
        """Batches of at most `size` rows, of fewer when cells are very long; never one without content."""
        for group in groups:
            self._add(group)
            while self._height >= size:
                yield self._cut(size)
            if self._chars > _FLUSH_CHARS:
                yield self._cut(size)
        if self._height or self._rejects:
            yield self._cut(size)

    @property
    def _height(self) -> int:
        return self._held + len(self._numbers)

    def _add(self, group: Group) -> None:
        width = len(self._header)
        if group.frame is not None:
            self._settle()
            self._hold(group.frame, pl.int_range(group.first, group.first + group.frame.height, dtype=pl.Int64))
        elif set(map(len, group.rows)) == {width}:
            for column, cells in zip(self._columns, zip(*group.rows, strict=True), strict=True):
                column.extend(cells)
            self._numbers.extend(range(group.first, group.first + len(group.rows)))
        else:
            for number, row in enumerate(group.rows, group.first):
                self._fit(number, row)
        self._rejects += group.rejects
        self._chars += group.chars

    def _hold(self, frame: pl.DataFrame, numbers: pl.Expr | pl.Series) -> None:
        named = frame.select(pl.all())
        named.columns = list(self._header)
        self._whole.append(named.with_columns(numbers.alias(ROW)))
        self._held += frame.height

    def _settle(self) -> None:
        """Make a frame of the rows that wait in `_columns`."""
        if self._numbers:
            cells = [pl.Series(f"c{at}", column, dtype=pl.String) for at, column in enumerate(self._columns)]
            self._hold(pl.DataFrame(cells), pl.Series(self._numbers, dtype=pl.Int64))
            self._clear()

    def _fit(self, number: int, row: list[str]) -> None:
        width = len(self._header)
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            detail = f"{len(row)} cells where the header has {width}"
            self._rejects.append(RowProblem(number, "too_many_cells", detail))
            return
        if not any(cell.strip() for cell in row):
            self._tally.blank_rows += 1
            return
        self._tally.short_rows += len(row) < width
        for column, cell in zip(self._columns, [*row[:width], *[None] * (width - len(row))], strict=True):
            column.append(cell)
        self._numbers.append(number)

    def _cut(self, size: int) -> TableBatch:
        """The first `size` rows as a batch; the rest stays."""
        self._settle()
        schema: dict[str, Any] = {**dict.fromkeys(self._header, pl.String), ROW: pl.Int64}
        whole = pl.concat(self._whole, rechunk=True) if self._whole else pl.DataFrame(schema=schema)
        frame, rest = whole.head(size), whole.slice(size)
        self._whole, self._held = ([rest] if rest.height else []), rest.height
        rejects, self._rejects, self._chars = self._rejects, [], 0
        return TableBatch(self._counted(frame), rejects)

    def _counted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame without rows that are blank throughout; those and formula cells are counted."""
        text = pl.exclude(ROW)  # not by name: a file may call a column `*` or `^.*$`, which Polars expands
        guarded = frame.filter(pl.any_horizontal(text.str.starts_with("'"))).select(
            text.str.contains(r"^'[=+\-@]").sum()
        )
        formulas = frame.select(text.str.starts_with("=").sum())
        self._tally.formula_cells += sum(formulas.row(0)) + sum(guarded.row(0))
        maybe = frame.filter(_is_blank(pl.nth(0)))
        blank = maybe.filter(pl.all_horizontal(_is_blank(text)))[ROW]
        if not len(blank):
            return frame
        self._tally.blank_rows += len(blank)
        return frame.filter(~pl.col(ROW).is_in(blank.implode()))


def _is_blank(column: pl.Expr) -> pl.Expr:
    return column.is_null() | column.str.contains(r"^\s*$")
