"""Grids of cells, and the key of the sentiment classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from cxreport.render.charts.marks.canvas import (
    BASE,
    SMALL,
    Part,
    Span,
    at,
    boxes,
    checked_once,
    frames,
    nothing,
    picture,
    text,
)
from cxreport.render.charts.marks.rows import Cell
from cxreport.render.charts.marks.text import width, wrap
from cxreport.render.charts.tokens import DIVERGING, Size, Tokens
from cxreport.render.words import NBSP, Words

ENGLISH = Words()
LEGEND_WIDTH, LEGEND_HEIGHT = 330, 34
GAP = 3


@dataclass(frozen=True)
class Grid:
    """Where cells lie, in pixels."""

    left: float
    top: float
    wide: float
    tall: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def place(self, cell: Cell) -> dict[str, float]:
        """Edges and middle of a cell."""
        x = self.left + self.columns.index(cell.column) * self.wide
        y = self.top + self.rows.index(cell.row) * self.tall
        return {
            "x": x + GAP / 2, "x2": x + self.wide - GAP / 2, "cx": x + self.wide / 2,
            "y": y + GAP / 2, "y2": y + self.tall - GAP / 2, "cy": y + self.tall / 2,
        }  # fmt: skip


@checked_once
def heatmap(
    cells: Sequence[Cell],
    tokens: Tokens,
    size: Size,
    *,
    words: Words = ENGLISH,
    legend: bool = True,
) -> alt.LayerChart:
    """Net scores (−100..100) by row and column, each printed with its base, in the fixed sentiment classes.

    Rows and columns come in the order in which the cells name them; a missing cell is not testable. Small bases
    are starred, those that only point a direction hatched; hidden and untestable cells are dashed frames. In a
    narrow drawing more columns than rows change places.
    """
    if not cells:
        return nothing(tokens, size, words.say("No records to show"))
    rows, columns = (tuple(dict.fromkeys(names)) for names in zip(*((c.row, c.column) for c in cells), strict=True))
    if size != "wide" and len(columns) > max(5, len(rows)):
        cells = [replace(c, row=c.column, column=c.row) for c in cells]
        rows, columns = columns, rows
    grid = _grid(rows, columns, tokens, size, LEGEND_HEIGHT + 14 if legend else 0)
    have = {(c.row, c.column): c for c in cells}
    every = [have.get((r, c), Cell(r, c, status="not_testable")) for r in rows for c in columns]
    shown = [_cell(c, grid, tokens, words) for c in every if c.shown]
    gone = [_gone(c, grid, tokens, words) for c in every if not c.shown]
    places = _places(tokens.width(size), grid.top + grid.tall * len(rows))
    parts = [
        *(_legend(tokens, LEGEND_WIDTH if size == "wide" else tokens.width(size), words) if legend else []),
        boxes(shown, tip=True, **places.box),
        boxes([s for s in shown if s["faint"]], tokens.hatch, **places.box),
        frames(gone, tokens, **places.box),
        *_figures(shown, gone, grid, places),
        *_heads(grid, tokens, size),
    ]
    return picture(parts, tokens.width(size), grid.top + grid.tall * len(rows))


@checked_once
def legend_diverging(tokens: Tokens, size: Size = "wide", *, words: Words = ENGLISH) -> alt.LayerChart:
    """The key of the seven sentiment classes with their limits."""
    wide = min(LEGEND_WIDTH, tokens.width(size))
    return picture(_legend(tokens, wide, words), wide, LEGEND_HEIGHT)


@dataclass(frozen=True)
class _Places:
    box: dict[str, Any]
    x: Any
    y: Any


def _places(wide: float, tall: float) -> _Places:
    across, down = Span(0, wide, 0, wide), Span(0, tall, 0, tall)
    box = {"x": across.x("x"), "x2": "x2:Q", "y": down.y("y"), "y2": "y2:Q"}
    return _Places(box, across.x("cx"), down.y("cy"))


def _grid(rows: Sequence[str], columns: Sequence[str], tokens: Tokens, size: Size, above: float) -> Grid:
    full, letter = tokens.width(size), BASE if size == "wide" else SMALL
    most = full * 0.24
    left = max(width(wrap(row, most, letter), letter) for row in rows) + 12
    wide = (full - left) / len(columns)
    heads = [wrap(column, wide - 2, letter, 2, strong=True) for column in columns]
    head = 42 if any("\n" in h for h in heads) else 26
    tall = 58 if wide >= 44 else 40
    return Grid(left, above + head, wide, tall, tuple(rows), tuple(columns))


def _cell(cell: Cell, grid: Grid, tokens: Tokens, words: Words) -> dict[str, Any]:
    value = words.signed(cell.value or 0)
    fill, ink = tokens.diverging(cell.value or 0)
    base = "" if cell.n is None else f"n{NBSP}{words.number(cell.n)}"
    lines = [f"{cell.row}, {cell.column}", value + cell.star, base]
    return {
        **grid.place(cell), "fill": fill, "ink": ink, "text": value + cell.star, "base": base,
        "faint": cell.status == "directional", "tip": "\n".join(line for line in lines if line),
    }  # fmt: skip


def _gone(cell: Cell, grid: Grid, tokens: Tokens, words: Words) -> dict[str, Any]:
    mark = words.say("<10" if cell.status == "hidden" else "n/t")
    return {**grid.place(cell), "text": mark, "ink": tokens.paint("ink-3")}


def _figures(shown: list[dict[str, Any]], gone: list[dict[str, Any]], grid: Grid, at_: _Places) -> list[Part]:
    """Value over base; the base is left to the table where a cell has no room for it."""
    room = grid.wide - GAP - 4
    based = grid.tall > 50 and all(width(s["base"], SMALL) <= room for s in shown) and any(s["base"] for s in shown)
    letter = 16 if all(width(s["text"], 16, True) <= room for s in shown) else SMALL
    parts = [text(shown, at_.x, at_.y, colour="@ink", size=letter, strong=True, dy=-9 if based else 0)]
    if based:
        parts.append(text(shown, at_.x, at_.y, colour="@ink", field="base", size=SMALL, dy=10))
    return [*parts, text(gone, at_.x, at_.y, colour="@ink", size=SMALL)]


def _heads(grid: Grid, tokens: Tokens, size: Size) -> list[Part]:
    letter = BASE if size == "wide" else SMALL
    most = grid.left - 12
    columns = [{"x": grid.left + (i + 0.5) * grid.wide, "text": wrap(name, grid.wide - 2, letter, 2, strong=True)}
               for i, name in enumerate(grid.columns)]  # fmt: skip
    rows = [
        {"y": grid.top + (i + 0.5) * grid.tall, "text": wrap(name, most + 1, letter)}
        for i, name in enumerate(grid.rows)
    ]
    plain = Span(0, 1000, 0, 1000)
    ink, top, edge = tokens.paint("ink"), at(grid.top - 7), at(grid.left - 10)
    return [
        text(columns, plain.x("x"), top, colour=ink, size=letter, strong=True, baseline="bottom"),
        text(rows, edge, plain.y("y"), colour=ink, size=letter, align="right"),
    ]


def _legend(tokens: Tokens, wide: float, words: Words) -> list[Part]:
    step = wide / len(DIVERGING)
    span = Span(0, wide, 0, wide)
    swatches = [{"x": i * step, "x2": (i + 1) * step, "fill": tokens.paint(name)} for i, name in enumerate(DIVERGING)]
    limits = [{"x": (i + 1) * step, "text": words.signed(limit)} for i, limit in enumerate(tokens.chart.div_limits)]
    return [
        boxes(swatches, x=span.x("x"), x2="x2:Q", y=at(0), y2=at(12)),
        text(limits, span.x("x"), at(18), colour=tokens.paint("ink-2"), size=SMALL, baseline="top"),
    ]
