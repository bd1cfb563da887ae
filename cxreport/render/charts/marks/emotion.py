"""The emotion curve of a journey: net sentiment at each moment, and what is shared leading back to research."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from cxreport.render.charts.marks.canvas import (
    SMALL,
    Part,
    Span,
    at,
    checked_once,
    data,
    dots,
    extent,
    frames,
    halo,
    nothing,
    picture,
    placed,
    rules,
    text,
    ticks,
)
from cxreport.render.charts.marks.dots import ENGLISH, lean, range_text, tip_text
from cxreport.render.charts.marks.placing import Point, clear_of
from cxreport.render.charts.marks.rows import Estimate, numbers
from cxreport.render.charts.marks.text import width, wrap
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

RING = 15
"""Radius of the ring around what is shared, with its stroke."""


@dataclass(frozen=True)
class _Frame:
    """Columns of equal width, and the scale of the values between head and foot."""

    tokens: Tokens
    size: Size
    words: Words
    columns: int
    top: float
    y: Span
    base: float
    """Where the line of the echo runs."""
    height: float

    @property
    def narrow(self) -> bool:
        return self.size != "wide"

    @property
    def column(self) -> float:
        return self.tokens.width(self.size) / self.columns

    def x(self, i: float) -> float:
        return (i + 0.5) * self.column


@dataclass(frozen=True)
class _Label:
    """A text beside a point, and how far down it reaches."""

    x: float
    y: float
    text: str


@checked_once
def emotion_curve(
    rows: Sequence[Estimate],
    tokens: Tokens,
    size: Size,
    *,
    shared: Estimate | None = None,
    echo: str = "",
    echo_to: int = 1,
    named: bool | None = None,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Net scores of the moments in order, joined by straight segments with their interval as a band.

    `shared` stands apart in a ring; with `echo` (a sentence) a dashed line leads from it to moment `echo_to`. The
    columns are equal parts of the width, so a grid of as many columns fits below. Names stand on the drawing
    where it is narrow or `named` says so. A moment without a number leaves a gap and a dashed frame.
    """
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    every = [*rows, *([shared] if shared else [])]
    headed = size != "wide" if named is None else named
    f = _frame(every, tokens, size, words, headed, bool(echo and shared and shared.shown))
    points = [(i, r) for i, r in enumerate(every) if r.shown]
    runs = _runs(rows)
    values, ranges = _labels(points, runs, f, len(rows))
    parts: list[Part] = [
        *_grid(every, values, f),
        *([_divider(len(rows), f)] if shared else []),
        *(part for run in runs for part in _stretch(run, f)),
        *(_echo(every, min(echo_to, len(rows) - 1), ranges, echo, f) if echo and shared and shared.shown else []),
        *_points(points, f, len(rows) if shared else None),
        *_texts(values, f, strong=True),
        *(_texts(ranges, f, strong=False) if not f.narrow else []),
        *_absent(every, f),
        *([_names(every, f)] if headed else []),
    ]
    return picture(parts, tokens.width(size), f.height)


def _frame(every: Sequence[Estimate], tokens: Tokens, size: Size, words: Words, headed: bool, echoing: bool) -> _Frame:
    narrow = size != "wide"
    top = 24.0 if headed else 2.0
    bottom = 278.0 if narrow else 296.0
    y = Span(*extent(numbers(every), zero=True), bottom - 26, top + 26)
    base = bottom + 22
    height = base + (44 if narrow else 30) if echoing else bottom
    return _Frame(tokens, size, words, len(every), top, y, base, height)


def _runs(rows: Sequence[Estimate]) -> list[list[tuple[int, Estimate]]]:
    """Stretches of moments next to each other that have numbers."""
    runs: list[list[tuple[int, Estimate]]] = [[]]
    for i, row in enumerate(rows):
        if row.shown:
            runs[-1].append((i, row))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _edge(row: Estimate, f: _Frame, *, upper: bool) -> float:
    bound = row.high if upper else row.low
    return f.y.pixel(bound if bound is not None else row.value or 0)


def _labels(
    points: Sequence[tuple[int, Estimate]],
    runs: Sequence[Sequence[tuple[int, Estimate]]],
    f: _Frame,
    ringed: int,
) -> tuple[dict[int, _Label], dict[int, _Label]]:
    """Values above and ranges below, each pushed off the band where a slope would run through it."""
    over: dict[int, list[Point]] = {}
    under: dict[int, list[Point]] = {}
    for run in runs:
        upper = [(f.x(i), _edge(r, f, upper=True)) for i, r in run]
        lower = [(f.x(i), _edge(r, f, upper=False)) for i, r in run]
        for i, _ in run:
            over[i], under[i] = upper, lower
    values, ranges = {}, {}
    for i, row in points:
        own = [(f.x(i), _edge(row, f, upper=True))], [(f.x(i), _edge(row, f, upper=False))]
        clear = RING if i == ringed else 6
        middle = f.y.pixel(row.value or 0)
        value = f.words.signed(row.value or 0) + row.star
        values[i] = _beside(i, value, 16, over.get(i, own[0]), f, min(middle - clear, own[0][0][1]), above=True)
        if row.bounded:
            shown = range_text(row, "points", f.words)
            ranges[i] = _beside(
                i, shown, SMALL, under.get(i, own[1]), f, max(middle + clear, own[1][0][1]), above=False
            )
    return values, ranges


def _beside(i: int, label: str, letter: int, line: Sequence[Point], f: _Frame, reach: float, *, above: bool) -> _Label:
    half = width(label, letter, above) / 2 + 2
    dx, y = clear_of(line, f.x(i), half, above=above, shift=max(0.0, min(30.0, f.column / 2 - half)))
    edge = min(y, reach) - 13 if above else max(y, reach) + 13
    return _Label(f.x(i) + dx, edge, label)


def _grid(every: Sequence[Estimate], values: dict[int, _Label], f: _Frame) -> list[Part]:
    """Faint lines with their values at the left, unless the first moment's own figures stand there."""
    paint, full = f.tokens.paint, f.tokens.width(f.size)
    steps = ticks(f.y.low, f.y.high, 4)
    lines: list[dict[str, Any]] = [{"v": v, "text": f.words.signed(v)} for v in steps]
    first = values.get(0)
    tight = first is not None and first.x - width(first.text, 16, True) / 2 < 34
    blocked = [first.y, f.y.pixel(every[0].value or 0)] if first and tight else []
    free = [r for r in lines if all(abs(f.y.pixel(r["v"]) - 7 - b) > 17 for b in blocked)]
    return [
        rules([r for r in lines if r["v"]], paint("grid"), y=f.y.y("v"), x=at(0), x2=at(full)),
        rules([r for r in lines if not r["v"]], paint("ink-3"), y=f.y.y("v"), x=at(0), x2=at(full)),
        text(free, at(0), f.y.y("v"), colour=paint("ink-3"), size=SMALL, align="left", dy=-8),
    ]


def _divider(count: int, f: _Frame) -> Part:
    x = at(count * f.column)
    return rules([{"v": 0}], f.tokens.paint("mark"), 1, (2, 4), x=x, y=at(f.top - 8), y2=at(f.height))


def _stretch(run: Sequence[tuple[int, Estimate]], f: _Frame) -> list[Part]:
    if len(run) < 2:
        return []
    full = f.tokens.width(f.size)
    x = Span(0, full, 0, full)
    bounded = [{"x": f.x(i), "low": r.low, "high": r.high} for i, r in run if r.bounded]
    line = [{"x": f.x(i), "v": r.value} for i, r in run]
    band = data(bounded).mark_area(color=f.tokens.paint("band")) if len(bounded) == len(run) else None
    return [
        band and placed(band, x=x.x("x"), y=f.y.y("low"), y2="high:Q"),
        placed(data(line).mark_line(strokeWidth=2, color=f.tokens.paint("ink")), x=x.x("x"), y=f.y.y("v")),
    ]


def _points(points: Sequence[tuple[int, Estimate]], f: _Frame, ringed: int | None) -> list[Part]:
    full, paint = f.tokens.width(f.size), f.tokens.paint
    x = Span(0, full, 0, full).x("x")
    rows = []
    for i, r in points:
        line = lean(r)
        fill = "paper" if line == "mark" or r.status == "directional" else line
        rows.append({"x": f.x(i), "v": r.value, "low": r.low, "high": r.high, "line": paint(line), "fill": paint(fill),
                     "tip": tip_text(r, "points", f.words)})  # fmt: skip
    whiskers = [r for r in rows if r["low"] is not None and r["high"] is not None]
    ring = [{"x": f.x(i), "v": r.value} for i, r in points if i == ringed]
    circle = data(ring).mark_point(filled=False, size=360, color=paint("shared"), strokeWidth=2.5, opacity=1)
    return [
        rules(whiskers, paint("ink"), 1.5, x=x, y=f.y.y("low"), y2="high:Q"),
        placed(circle, x=x, y=f.y.y("v")) if ring else None,
        dots(rows, x, f.y.y("v"), size=130),
    ]


def _texts(labels: dict[int, _Label], f: _Frame, *, strong: bool) -> list[Part]:
    full = f.tokens.width(f.size)
    rows = [{"x": round(label.x, 1), "y": round(label.y, 1), "text": label.text} for label in labels.values()]
    colour, size = ("ink", 16 if f.narrow else 18) if strong else ("ink-3", SMALL)
    x, y = Span(0, full, 0, full).x("x"), Span(0, f.height, 0, f.height).y("y")
    shown = text(rows, x, y, colour=f.tokens.paint(colour), size=size, strong=strong)
    return [halo(shown, f.tokens), shown]


def _absent(every: Sequence[Estimate], f: _Frame) -> list[Part]:
    full, middle = f.tokens.width(f.size), f.y.pixel(0)
    gone = [
        {"x": f.x(i) - 20, "x2": f.x(i) + 20, "cx": f.x(i),
         "text": f.words.say("<10" if r.status == "hidden" else "n/t")}
        for i, r in enumerate(every) if not r.shown
    ]  # fmt: skip
    x = Span(0, full, 0, full)
    frame = frames(gone, f.tokens, x=x.x("x"), x2="x2:Q", y=at(middle - 12), y2=at(middle + 12))
    return [frame, text(gone, x.x("cx"), at(middle), colour=f.tokens.paint("ink-3"), size=SMALL)]


def _names(every: Sequence[Estimate], f: _Frame) -> Part:
    full = f.tokens.width(f.size)
    rows = [{"x": f.x(i), "text": wrap(r.name(True).split(":")[0], f.column - 4, SMALL, 1, strong=True)}
            for i, r in enumerate(every)]  # fmt: skip
    x = Span(0, full, 0, full).x("x")
    return text(rows, x, at(8), colour=f.tokens.paint("ink"), size=SMALL, strong=True)


def _echo(every: Sequence[Estimate], goal: int, ranges: dict[int, _Label], words: str, f: _Frame) -> list[Part]:
    """From what is shared, below everything, up to the moment at which others read it."""
    full, colour = f.tokens.width(f.size), f.tokens.paint("shared")
    below = {} if f.narrow else ranges
    start = len(every) - 1
    x1, x2 = f.x(start), f.x(goal)
    y1 = below[start].y + 12 if start in below else _foot(every[start], f) + RING + 4
    y2 = below[goal].y + 14 if goal in below else _foot(every[goal], f) + 16
    path = [{"x": round(x, 1), "y": round(y, 1), "i": i} for i, (x, y) in enumerate(_loop((x1, y1), (x2, y2), f.base))]
    x, y = Span(0, full, 0, full), Span(0, f.height, 0, f.height)
    line = data(path).mark_line(color=colour, strokeWidth=2, strokeDash=[5, 4])
    head = data([{"x": x2, "y": y2}]).mark_point(
        shape="triangle-up", filled=True, size=110, color=colour, strokeWidth=0
    )
    label = [{"x": (x1 + x2) / 2, "text": wrap(words, full - 16 if f.narrow else x1 - x2 + 120, SMALL, 2)}]
    middle = full / 2 if f.narrow else (x1 + x2) / 2
    said = text(label, at(middle), at(f.base + 10), colour=f.tokens.paint("ink-2"), size=SMALL, baseline="top")
    return [
        placed(line, x=x.x("x"), y=y.y("y"), order="i:Q"),
        placed(head, x=x.x("x"), y=y.y("y")),
        halo(said, f.tokens),
        said,
    ]


def _foot(row: Estimate, f: _Frame) -> float:
    """The lowest point of a mark, whiskers included; of its frame where it has no number."""
    if not row.shown:
        return f.y.pixel(0) + 12
    return max(f.y.pixel(row.value or 0), _edge(row, f, upper=False))


def _loop(start: Point, end: Point, base: float, radius: float = 22) -> list[Point]:
    """Down, along `base`, and up again, with round corners."""
    (x1, y1), (x2, y2) = start, end
    r1, r2 = (max(0.0, min(radius, base - y, abs(x1 - x2) / 2)) for y in (y1, y2))
    way = -1 if x2 < x1 else 1
    turn = [math.pi / 2 * k / 6 for k in range(7)]
    first = [(x1 + way * r1 * (1 - math.cos(a)), base - r1 + r1 * math.sin(a)) for a in turn]
    last = [(x2 - way * r2 * (1 - math.sin(a)), base - r2 + r2 * math.cos(a)) for a in turn]
    return [start, *first, *last, end]
