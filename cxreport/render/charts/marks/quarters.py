"""Two numbers of each thing against each other, in four quarters: importance and performance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt

from cxreport.render.charts.marks.canvas import (
    BASE,
    SMALL,
    Part,
    Span,
    at,
    checked_once,
    dots,
    extent,
    halo,
    nothing,
    picture,
    rules,
    text,
    ticks,
)
from cxreport.render.charts.marks.lanes import tick_text
from cxreport.render.charts.marks.placing import Box
from cxreport.render.charts.marks.rows import Estimate, numbers
from cxreport.render.charts.marks.text import width, wrap
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

ENGLISH: Final = Words()
HEIGHTS: Final[dict[Size, int]] = {"wide": 460, "narrow": 420, "mini": 210}
LINE: Final = 17
"""Pixels of a line of text."""
FAR: Final = 15
"""Pixels between a dot and its label from which a line joins them."""
Side = Literal["left", "center", "right"]
_ASIDE: Final[tuple[tuple[float, float, Side], ...]] = (
    (1, 0, "left"), (-1, 0, "right"), (0.6, -1, "left"), (-0.6, -1, "right"), (0.6, 1, "left"), (-0.6, 1, "right"),
    (0, -1, "center"), (0, 1, "center"),
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A thing with two numbers, each with its interval: how far right it stands, and how high."""

    label: str
    across: Estimate
    up: Estimate

    @property
    def shown(self) -> bool:
        """Whether both numbers may be printed."""
        return self.across.shown and self.up.shown

    def unsure(self, middle: tuple[float, float]) -> bool:
        """Whether an interval of it crosses a line, so that its quarter cannot be told."""
        sides = ((self.across, middle[0]), (self.up, middle[1]))
        return any(one.low is None or one.high is None or one.low <= line <= one.high for one, line in sides)


@dataclass(frozen=True)
class Quarters:
    """What stands around and between the spots: the lines, the names of both axes and of the quarters."""

    middle: tuple[float, float]
    across: str
    up: str
    names: tuple[str, str, str, str]
    """Upper left, upper right, lower left, lower right."""
    units: tuple[str, str] = ("score", "share")
    scale: tuple[float, float] | None = None
    """First and last step of a scale that both axes show whole; None: what the spots need."""


@dataclass(frozen=True)
class _Plane:
    """Where things lie, in pixels."""

    x: Span
    y: Span
    box: Box
    wide: float
    letter: int


@checked_once
def quadrants(
    rows: Sequence[Spot], tokens: Tokens, size: Size, *, quarters: Quarters, words: Words = ENGLISH
) -> alt.LayerChart:
    """A dot with both intervals for each spot, labelled directly; hollow where an interval crosses a line."""
    spots = [row for row in rows if row.shown]
    if not spots:
        return nothing(tokens, size, words.say("No records to show"))
    plane = _plane(spots, quarters, tokens, size, words)
    drawn = [_dot(spot, quarters, tokens, words) for spot in spots]
    corners = [] if size == "mini" else _corners(plane, quarters)
    paint = tokens.paint
    parts: list[Part] = [
        *_grid(plane, quarters, tokens, words),
        *_texts(corners, plane, paint("ink-3"), SMALL),
        rules(drawn, paint("mark"), 3, x=plane.x.x("low"), x2="high:Q", y=plane.y.y("up")),
        rules(drawn, paint("mark"), 3, x=plane.x.x("across"), y=plane.y.y("from"), y2="to:Q"),
        *_labels(spots, plane, corners, tokens),
        dots(drawn, plane.x.x("across"), plane.y.y("up"), size=100),
    ]
    return picture(parts, plane.wide, HEIGHTS[size])


def _plane(spots: Sequence[Spot], quarters: Quarters, tokens: Tokens, size: Size, words: Words) -> _Plane:
    full, letter = tokens.width(size), BASE if size == "wide" else SMALL
    right, high = (quarters.scale or extent([*numbers(of), line], zero=zero) for of, line, zero in (
        ([s.across for s in spots], quarters.middle[0], False), ([s.up for s in spots], quarters.middle[1], True),
    ))  # fmt: skip
    steps = ticks(*high)
    left = max(width(tick_text(v, steps[1] - steps[0], quarters.units[1], words), letter) for v in steps) + 10
    box = Box(left, 30, full - 1, HEIGHTS[size] - 48)
    free = 6 if size == "mini" else 4 + LINE * (1 if size == "wide" else 2)
    x, y = Span(*right, box.left + 14, box.right - 14), Span(*high, box.bottom - free, box.top + free + 4)
    return _Plane(x, y, box, full, letter)


def _dot(spot: Spot, quarters: Quarters, tokens: Tokens, words: Words) -> dict[str, Any]:
    across, up = spot.across, spot.up
    hollow = spot.unsure(quarters.middle) or "directional" in (across.status, up.status)
    told = ((quarters.across, across, quarters.units[0]), (quarters.up, up, quarters.units[1]))
    lines = [f"{name}: {words.amount(one.value or 0, unit)}{one.star}" for name, one, unit in told]
    return {
        "across": across.value, "low": _or(across.low, across.value), "high": _or(across.high, across.value),
        "up": up.value, "from": _or(up.low, up.value), "to": _or(up.high, up.value),
        "line": tokens.paint("ink"), "fill": tokens.paint("paper" if hollow else "ink"),
        "tip": "\n".join([spot.label, *lines, *([words.base(up.n)] if up.n is not None else [])]),
    }  # fmt: skip


def _or(end: float | None, value: float | None) -> float | None:
    return value if end is None else end


def _grid(plane: _Plane, quarters: Quarters, tokens: Tokens, words: Words) -> Iterator[Part]:
    """Lines and values of both axes, their names, and the two lines between the quarters."""
    paint, box = tokens.paint, plane.box
    top, bottom, left, right = at(box.top), at(box.bottom), at(box.left), at(box.right)
    across, up = (
        [{"v": v, "text": tick_text(v, steps[1] - steps[0], unit, words)} for v in steps]
        for steps, unit in zip((ticks(plane.x.low, plane.x.high), ticks(plane.y.low, plane.y.high)), quarters.units,
                               strict=True)
    )  # fmt: skip
    yield rules(across, paint("grid"), x=plane.x.x("v"), y=top, y2=bottom)
    yield rules(up, paint("grid"), x=left, x2=right, y=plane.y.y("v"))
    ink, letter = paint("ink-2"), plane.letter
    yield text(across, plane.x.x("v"), at(box.bottom + 14), colour=ink, size=letter)
    yield text(up, at(box.left - 6), plane.y.y("v"), colour=ink, size=letter, align="right")
    yield text([{"text": quarters.up}], at(0), at(10), colour=ink, size=letter, align="left")
    yield text([{"text": quarters.across}], right, at(box.bottom + 36), colour=ink, size=letter, align="right")
    lines = [{"x": quarters.middle[0], "y": quarters.middle[1]}]
    yield rules(lines, paint("ink-3"), 1, (5, 3), x=plane.x.x("x"), y=top, y2=bottom)
    yield rules(lines, paint("ink-3"), 1, (5, 3), x=left, x2=right, y=plane.y.y("y"))


@dataclass(frozen=True)
class _Label:
    """A text in its place."""

    text: str
    box: Box
    side: Side
    leader: tuple[float, float] | None = None
    """Where the line to its dot ends, in pixels; None where it stands beside it."""


def _corners(plane: _Plane, quarters: Quarters) -> list[_Label]:
    """The names of the quarters, in the corners of the plane, where no spot lies."""
    box, found = plane.box, []
    for i, name in enumerate(quarters.names):
        words = wrap(name, (box.right - box.left) / 2 - 12, SMALL)
        wide, tall = width(words, SMALL), LINE * (words.count("\n") + 1)
        left = box.right - wide - 6 if i % 2 else box.left + 6
        top = box.bottom - tall - 2 if i > 1 else box.top + 2
        found.append(_Label(words, Box(left, top, left + wide, top + tall), "right" if i % 2 else "left"))
    return found


def _labels(spots: Sequence[Spot], plane: _Plane, corners: Sequence[_Label], tokens: Tokens) -> Iterator[Part]:
    """The label of each spot beside its dot, in the first place where it meets nothing."""
    points = [(plane.x.pixel(s.across.value or 0), plane.y.pixel(s.up.value or 0)) for s in spots]
    taken = [label.box for label in corners] + [Box(x - 8, y - 8, x + 8, y + 8) for x, y in points]
    strips = [strip for spot in spots for strip in _strips(spot, plane)]
    room = 0.36 * plane.wide
    placed: list[tuple[_Label, tuple[float, float]]] = []
    for spot, point in sorted(zip(spots, points, strict=True), key=lambda one: (one[1][1], one[1][0])):
        own = [box for box in taken if not _holds(box, point)]
        words = wrap(spot.label, room, plane.letter, 2)
        label = min(_places(words, point, plane), key=lambda one: _cost(one, own, strips, plane))
        placed.append((label, point))
        taken.append(label.box)
    joined = [
        {"x": point[0], "y": point[1], "x2": label.leader[0], "y2": label.leader[1]}
        for label, point in placed
        if label.leader is not None
    ]
    across, down = _pixels(plane.wide), _pixels(plane.box.bottom)
    yield rules(joined, tokens.paint("ink-3"), x=across.x("x"), x2="x2:Q", y=down.y("y"), y2="y2:Q")
    for part in _texts([label for label, _ in placed], plane, tokens.paint("ink"), plane.letter):
        yield halo(part, tokens, 4)
        yield part


def _places(words: str, point: tuple[float, float], plane: _Plane) -> Iterator[_Label]:
    """Where a label may stand, the nearest places first."""
    wide, tall = width(words, plane.letter), LINE * (words.count("\n") + 1)
    for far in (12.0, 20.0, 30.0, 44.0, 60.0):
        for right, down, side in _ASIDE:
            x, y = point[0] + right * far, point[1] + down * (far + (tall / 2 if down else 0) - 3)
            left = x if side == "left" else x - wide if side == "right" else x - wide / 2
            box = Box(left, y - tall / 2, left + wide, y + tall / 2)
            yield _Label(words, box, side, (x, y) if far > FAR else None)


def _cost(label: _Label, taken: Sequence[Box], strips: Sequence[Box], plane: _Plane) -> float:
    """How bad a place is: off the drawing, on another label or dot, on an interval, far from its dot."""
    box = label.box
    off = max(0, -box.left) + max(0, box.right - plane.wide) + max(0, plane.box.top - box.top)
    below = max(0, box.bottom - plane.box.bottom)
    met = sum(_overlap(box, other) for other in taken)
    crossed = sum(_overlap(box, strip) for strip in strips)
    return 1000 * (off + below) + 10 * met + 0.4 * crossed + (8 if label.leader else 0)


def _strips(spot: Spot, plane: _Plane) -> Iterator[Box]:
    """The intervals of a spot, as drawn."""
    x, y = plane.x.pixel(spot.across.value or 0), plane.y.pixel(spot.up.value or 0)
    if spot.across.low is not None and spot.across.high is not None:
        yield Box(plane.x.pixel(spot.across.low), y - 2, plane.x.pixel(spot.across.high), y + 2)
    if spot.up.low is not None and spot.up.high is not None:
        yield Box(x - 2, plane.y.pixel(spot.up.high), x + 2, plane.y.pixel(spot.up.low))


def _overlap(one: Box, other: Box) -> float:
    """Pixels that two boxes share."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, wide) * max(0, tall)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _pixels(end: float) -> Span:
    """A scale whose values are pixels."""
    return Span(0, end, 0, end)


def _texts(labels: Sequence[_Label], plane: _Plane, colour: str, letter: int) -> Iterator[Part]:
    """The labels, those of one alignment together."""
    across, down = _pixels(plane.wide), _pixels(plane.box.bottom)
    for side in ("left", "center", "right"):
        rows = [
            {"text": one.text, "y": (one.box.top + one.box.bottom) / 2, "x": _edge(one)}
            for one in labels
            if one.side == side
        ]
        yield text(rows, across.x("x"), down.y("y"), colour=colour, size=letter, align=side)


def _edge(label: _Label) -> float:
    middle = (label.box.left + label.box.right) / 2
    return {"left": label.box.left, "center": middle, "right": label.box.right}[label.side]
