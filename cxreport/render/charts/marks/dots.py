"""Dots with intervals: scores by moment, shares by theme, bounds, and the miniature of a KPI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from cxreport.render.charts.marks.canvas import (
    BASE,
    SMALL,
    Part,
    Places,
    Span,
    at,
    checked_once,
    data,
    dots,
    frames,
    halo,
    nothing,
    picture,
    placed,
    rules,
    text,
)
from cxreport.render.charts.marks.lanes import Aside, Lanes, figure, lanes, value_span
from cxreport.render.charts.marks.rows import Estimate, numbers
from cxreport.render.charts.marks.text import width
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import NBSP, Words

ENGLISH = Words()


@checked_once
def dot_interval(
    rows: Sequence[Estimate],
    tokens: Tokens,
    size: Size,
    *,
    unit: str = "points",
    words: Words = ENGLISH,
    target: float | None = None,
) -> alt.LayerChart:
    """A dot and an interval bar for each row, with its value and its base or its change.

    `unit` is that of `Result.unit`. Points are coloured by their sign where the interval excludes zero and hollow
    where it does not; other units are ink. With previous values a tick marks each, and hollow means no clear
    change; one that may not be compared is parted from its dot. A hidden or untestable row is a dashed frame.
    """
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    lane = lanes([r.name(size != "wide") for r in rows], [_aside(r, unit, words) for r in rows], tokens, size,
                 below=8 if target is None else 24)  # fmt: skip
    goal = [] if target is None else [target]
    beside = max((width(_shown(r, unit, words), SMALL, True) for r in rows), default=0) if lane.dense else 0
    held, zero = [*numbers(rows), *goal], unit in ("points", "share", "records")
    x, steps = value_span(held, lane.left, lane.right - beside, zero=zero)
    drawn = [_dot(i, r, tokens, unit, words) for i, r in enumerate(rows) if r.shown]
    parts: list[Part] = [
        *lane.grid(x, steps, unit, words),
        *_target(target, lane, x, unit, words),
        *_intervals(rows, lane, x, tokens),
        *_before(drawn, lane, x, tokens),
        dots(drawn, x.x("value"), lane.y.y("i"), size=100),
        *_values(drawn, lane, x, tokens),
        *_absent(rows, lane, x, tokens, words),
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


@checked_once
def range_bars(
    rows: Sequence[Estimate],
    tokens: Tokens,
    size: Size,
    *,
    unit: str = "share",
    words: Words = ENGLISH,
    domain: tuple[float, float] | None = None,
) -> alt.LayerChart:
    """Bounds: a bar from the lowest to the highest value that the data allow, with a tick at an estimate if any."""
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    figures = [Aside(range_text(r, unit, words), strong=True) if r.bounded else Aside("") for r in rows]
    lane = lanes([r.name(size != "wide") for r in rows], figures, tokens, size)
    x, steps = value_span([*numbers(rows), *(domain or ())], lane.left, lane.right)
    bars = [{"i": i + 0.5, "low": r.low, "high": r.high, "tip": tip_text(r, unit, words)}
            for i, r in enumerate(rows) if r.bounded]  # fmt: skip
    marks = [{"i": i + 0.5, "value": r.value} for i, r in enumerate(rows) if r.shown]
    bar = data(bars).mark_rule(strokeWidth=12, color=tokens.paint("mark")) if bars else None
    tick = data(marks).mark_tick(thickness=3, height=24, color=tokens.paint("ink")) if marks else None
    y = lane.y.y("i")
    parts: list[Part] = [
        *lane.grid(x, steps, unit, words),
        bar and placed(bar, x=x.x("low"), x2="high:Q", y=y, tooltip="tip:N"),
        tick and placed(tick, x=x.x("value"), y=y),
        *_absent([r if not r.bounded else Estimate("", 0) for r in rows], lane, x, tokens, words),
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


@checked_once
def mini_interval(
    row: Estimate,
    tokens: Tokens,
    size: Size = "mini",
    *,
    domain: tuple[float, float],
    target: float | None = None,
    hollow: bool = False,
) -> alt.LayerChart:
    """The line under a KPI: its interval on a scale, a tick for the previous value, a triangle for the target.

    Values beyond `domain` are drawn at its edge. Without a number the line stays empty.
    """
    full = tokens.width(size)
    x, paint, middle = Span(*domain, 6, full - 6), tokens.paint, at(14)

    def inside(value: float) -> float:
        return min(max(value, domain[0]), domain[1])

    base = [{"low": domain[0], "high": domain[1]}]
    band = (
        [{"low": inside(row.low), "high": inside(row.high)}]
        if row.bounded and row.low is not None and row.high is not None
        else []
    )
    empty = hollow or row.value is None
    dot = (
        [{"value": inside(row.value), "fill": paint("paper" if empty else "ink"), "line": paint("ink")}]
        if row.shown and row.value is not None
        else []
    )
    was = [{"value": inside(row.previous)}] if row.previous is not None else []
    goal = [{"value": inside(target)}] if target is not None else []
    tick = data(was).mark_tick(thickness=2, height=16, color=paint("ink-3")) if was else None
    aim = data(goal).mark_point(shape="triangle-down", filled=True, size=50, color=paint("ink-2"), strokeWidth=0)
    parts: list[Part] = [
        rules(base, paint("rule"), x=x.x("low"), x2="high:Q", y=middle),
        tick and placed(tick, x=x.x("value"), y=middle),
        rules(band, paint("mark"), 5, x=x.x("low"), x2="high:Q", y=middle),
        dots(dot, x.x("value"), middle, size=80, tip=False),
        placed(aim, x=x.x("value"), y=at(4)) if goal else None,
    ]
    return picture(parts, full, 24)


def _dot(i: int, row: Estimate, tokens: Tokens, unit: str, words: Words) -> dict[str, Any]:
    quiet = row.broken or (row.hollow if unit == "points" or row.changed is not None else False)
    line = "mark" if quiet else lean(row) if unit == "points" and row.changed is None else "ink"
    return {
        "i": i + 0.5, "value": row.value, "low": row.low, "high": row.high, "previous": row.previous,
        "broken": row.broken, "line": tokens.paint(line),
        "fill": tokens.paint("paper" if quiet or row.status == "directional" else line),
        "text": _shown(row, unit, words), "tip": tip_text(row, unit, words),
    }  # fmt: skip


def _shown(row: Estimate, unit: str, words: Words) -> str:
    return figure(row.value, unit, words) + row.star if row.shown and row.value is not None else ""


def lean(row: Estimate) -> str:
    """The colour of a single score: by its sign where the interval excludes zero, quiet where it does not."""
    if row.value is None or row.hollow:
        return "mark"
    return "neg-2" if row.value < 0 else "pos-2"


def tip_text(row: Estimate, unit: str, words: Words) -> str:
    """What is told of a row on hover."""
    lines = [row.label]
    if row.shown:
        lines.append(_shown(row, unit, words))
    if row.bounded:
        lines.append(range_text(row, unit, words))
    if row.previous is not None:
        lines.append(words.say("previously {value}", value=figure(row.previous, unit, words)))
    return "\n".join([*lines, *([words.base(row.n)] if row.n is not None else [])])


def range_text(row: Estimate, unit: str, words: Words) -> str:
    """+8 to +16."""
    low, high = (figure(end or 0, unit, words) for end in (row.low, row.high))
    return words.say("{low} to {high}", low=low, high=high)


def _aside(row: Estimate, unit: str, words: Words) -> Aside:
    """The change if it was tested, that it may not be, else the base."""
    if row.shown and row.broken and row.previous is not None:
        return Aside(words.say("not comparable"))
    if row.shown and row.changed is False:
        return Aside(words.say("no clear change"))
    if row.shown and row.changed and row.previous is not None:
        change = ((row.value or 0) - row.previous) * (100 if unit == "share" else 1)
        digits = 0 if unit in ("points", "share", "records", "people") else 1
        figure = words.signed(change, digits)
        return Aside(
            words.say("{value}\u00a0pts", value=figure) if unit in ("points", "share") else figure, strong=True
        )
    return Aside("" if row.n is None else f"n{NBSP}{words.number(row.n)}")


def _intervals(rows: Sequence[Estimate], lane: Lanes, x: Span, tokens: Tokens) -> list[Part]:
    solid: list[dict[str, Any]] = []
    dashed: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        if row.bounded and row.shown:
            ends = {"i": i + 0.5, "low": row.low, "high": row.high}
            (dashed if row.status == "directional" else solid).append(ends)
    places: Places = {"x": x.x("low"), "x2": "high:Q", "y": lane.y.y("i")}
    grey = tokens.paint("mark")
    return [rules(solid, grey, 3.5, **places), rules(dashed, grey, 2, (3, 3), **places)]


def _before(drawn: list[dict[str, Any]], lane: Lanes, x: Span, tokens: Tokens) -> list[Part]:
    """The previous value as a tick, joined to the dot; where the two are not comparable the line is broken."""
    had = [d for d in drawn if d["previous"] is not None]
    if not had:
        return []
    y, grey = lane.y.y("i"), tokens.paint("mark")
    joined = [rules([d], d["line"], x=x.x("previous"), x2="value:Q", y=y) for d in had if not d["broken"]]
    broken = [d for d in had if d["broken"]]
    parted = rules(broken, grey, 1, (2, 4), x=x.x("previous"), x2="value:Q", y=y)
    tick = placed(data(had).mark_tick(thickness=2, height=14, color=grey), x=x.x("previous"), y=y)
    middle = [{"i": d["i"], "x": (d["previous"] + d["value"]) / 2, "text": "≠"} for d in broken]
    sign = text(middle, x.x("x"), y, colour=tokens.paint("ink-2"), size=SMALL)
    return [*joined, parted, tick, halo(sign, tokens, 3), sign]


def _values(drawn: list[dict[str, Any]], lane: Lanes, x: Span, tokens: Tokens) -> list[Part]:
    """The value above its dot; in dense rows to the right of its interval."""
    y, ink = lane.y.y("i"), tokens.paint("ink")
    if not lane.dense:
        shown = text(drawn, x.x("value"), y, colour=ink, strong=True, dy=-14)
        return [halo(shown, tokens, 4), shown]
    placed = [{**d, "edge": _edge(d, x)} for d in drawn]
    beside = text(placed, x.x("edge"), y, colour=ink, size=SMALL, strong=True, align="left")
    return [halo(beside, tokens, 4), beside]


def _edge(dot: dict[str, Any], x: Span) -> float:
    """Right of everything in its row, where the scale left room for it."""
    ends: list[float] = [v for v in (dot["value"], dot["low"], dot["high"], dot["previous"]) if v is not None]
    return max(ends) + x.unit(10)


def _target(target: float | None, lane: Lanes, x: Span, unit: str, words: Words) -> list[Part]:
    if target is None:
        return []
    row = [{"v": target, "text": words.say("target {value}", value=words.amount(target, unit))}]
    line = rules(
        row,
        lane.tokens.paint("ink-3"),
        1.5,
        (5, 3),
        x=x.x("v"),
        y=at(lane.y.start - 4),
        y2=at(lane.y.end + 20),
    )
    side: Any = "right" if x.pixel(target) > (lane.left + lane.right) / 2 else "left"
    note = text(row, x.x("v"), at(lane.y.end + 13), colour=lane.tokens.paint("ink-2"), size=SMALL, align=side,
                dx=-5 if side == "right" else 5)  # fmt: skip
    return [line, halo(note, lane.tokens, 4), note]


def _absent(rows: Sequence[Estimate], lane: Lanes, x: Span, tokens: Tokens, words: Words) -> list[Part]:
    gone = [
        {**lane.bar(i, 22), "text": words.say("<10" if row.status == "hidden" else "n/t")}
        for i, row in enumerate(rows)
        if not row.shown
    ]
    low, middle = x.start, 28
    frame = frames(gone, tokens, x=at(low), x2=at(low + 2 * middle), y=lane.y.y("top"), y2="end:Q")
    return [frame, text(gone, at(low + middle), lane.y.y("i"), colour=tokens.paint("ink-3"), size=BASE - 1)]
