"""The response curve: how many got an answer, and how soon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from cxreport.model.message import message
from cxreport.render.charts.marks.canvas import (
    BASE,
    SMALL,
    Part,
    Side,
    Span,
    at,
    checked_once,
    data,
    halo,
    nothing,
    picture,
    placed,
    rules,
    text,
)
from cxreport.render.charts.marks.dots import ENGLISH
from cxreport.render.charts.marks.placing import Box, settle
from cxreport.render.charts.marks.rows import Instant
from cxreport.render.charts.marks.text import width
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import NBSP, Words

HOUR, DAY = 60.0, 1440.0
WEEK = 7 * DAY
HATCH_ROOM = 0.18
"""Share of the unanswered from which their words stand in the hatch."""


@dataclass(frozen=True)
class _Plot:
    tokens: Tokens
    size: Size
    words: Words
    x: Span
    y: Span
    height: float

    @property
    def narrow(self) -> bool:
        return self.size != "wide"


@dataclass(frozen=True)
class _Said:
    """A label with the box it fills; `x` is its anchor."""

    text: str
    x: float
    box: Box
    align: Side
    strong: bool = False
    quiet: bool = False


@checked_once
def response_curve(
    points: Sequence[Instant],
    tokens: Tokens,
    size: Size,
    *,
    marks: Sequence[tuple[float, str]] = ((4 * HOUR, "4 hours"), (DAY, "a day")),
    horizon: float = WEEK,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Cumulative share answered by minutes since posting, as steps (Kaplan–Meier); linear time up to `horizon`.

    The unanswered stay visible as a hatched band. Each of `marks` (minutes, words) gets
    a dot and its share. Whether half were ever answered is said, not left to the eye.
    """
    if not points:
        return nothing(tokens, size, words.say("No records to show"))
    plot = _plot(tokens, size, horizon, words)
    known = _known(points, plot)
    steps = _steps(known, plot)
    last = steps[-1]
    said = _labels(known, last, marks, plot)
    dotted = [{"t": t, "s": _share(known, t)} for t, _ in marks if t < horizon]
    parts: list[Part] = [
        *_axes(plot, horizon),
        *_areas(steps, last, plot),
        *_half(last.share, plot),
        *_lines(steps, plot),
        placed(data(dotted).mark_point(filled=True, size=70, color=tokens.paint("ink"), strokeWidth=0),
            x=plot.x.x("t"), y=plot.y.y("s")
        ) if dotted else None,
        *_words(said, plot),
    ]  # fmt: skip
    return picture(parts, tokens.width(size), plot.height)


def _plot(tokens: Tokens, size: Size, horizon: float, words: Words) -> _Plot:
    height = 330.0 if size == "wide" else 290.0
    x = Span(0, horizon, 48, tokens.width(size) - 8)
    return _Plot(tokens, size, words, x, Span(0, 1, height - 30, 12), height)


def _known(points: Sequence[Instant], plot: _Plot) -> list[Instant]:
    """Every point from 0 to the horizon: what words and dots are taken from, whatever the drawing leaves out."""
    inside = sorted((p for p in points if 0 <= p.minutes <= plot.x.high), key=lambda p: p.minutes)
    return inside if inside and inside[0].minutes <= 0 else [Instant(0, 0, 0, 0), *inside]


def _steps(known: Sequence[Instant], plot: _Plot) -> list[Instant]:
    """The curve up to its horizon, without points closer than half a pixel to the one before."""
    kept: list[Instant] = []
    for point in known:
        near = kept and plot.x.pixel(point.minutes) - plot.x.pixel(kept[-1].minutes) < 0.5
        if near and len(kept) > 1:
            kept[-1] = point
        else:
            kept.append(point)
    final = kept[-1]
    return [*kept, Instant(plot.x.high, final.share, final.low, final.high)]


def _share(steps: Sequence[Instant], minutes: float) -> float:
    return steps[max(0, bisect_right([s.minutes for s in steps], minutes) - 1)].share


def _axes(plot: _Plot, horizon: float) -> list[Part]:
    paint, end = plot.tokens.paint, plot.tokens.width(plot.size)
    shares = [{"s": s, "text": plot.words.share(s)} for s in (0, 0.25, 0.5, 0.75, 1)]
    times = _times(horizon, plot)
    y0 = at(plot.y.start + 18)
    return [
        rules(shares, paint("grid"), x=at(plot.x.start), x2=at(plot.x.end), y=plot.y.y("s")),
        text(
            shares,
            at(plot.x.start - 9),
            plot.y.y("s"),
            colour=paint("ink-2"),
            size=_letter(plot),
            align="right",
        ),
        text(times[:-1], plot.x.x("t"), y0, colour=paint("ink-2"), size=_letter(plot)),
        text(times[-1:], at(end), y0, colour=paint("ink-2"), size=_letter(plot), align="right"),
    ]


def _letter(plot: _Plot) -> int:
    return SMALL if plot.narrow else BASE


def _times(horizon: float, plot: _Plot) -> list[dict[str, object]]:
    """Days from three days on, else hours; some seven steps, the last one with its unit."""
    unit, name = (DAY, message("days")) if horizon >= 3 * DAY else (HOUR, message("hours"))
    length = horizon / unit
    most = 7 if plot.narrow else 8
    even = (1, 2, 7, 14, 28, 56) if unit == DAY else (1, 2, 3, 4, 6, 8, 12, 24)
    step = next((s for s in even if length / s <= most), even[-1])
    values = [i * step for i in range(int(length // step) + 1)]
    rows: list[dict[str, object]] = [{"t": v * unit, "text": plot.words.number(v)} for v in values]
    rows[-1]["text"] = f"{rows[-1]['text']}{NBSP}{plot.words.say(name)}"
    apart = plot.x.pixel(values[-1] * unit) - plot.x.pixel(values[-2] * unit) if len(values) > 1 else 999
    return rows if apart > width(str(rows[-1]["text"]), BASE) + 8 else [*rows[:-2], rows[-1]]


def _areas(steps: Sequence[Instant], last: Instant, plot: _Plot) -> list[Part]:
    x, y = plot.x, plot.y
    edges = [{"t": t, "s": 1, "low": last.share} for t in (0, x.high)]
    open_ = placed(data(edges).mark_area(color=plot.tokens.hatch), x=x.x("t"), y=y.y("s"), y2="low:Q")
    rows = _bounds(steps)
    band = data(rows).mark_area(color=plot.tokens.paint("band"), interpolate="step-after") if rows else None
    return [open_ if last.share < 1 else None, band and placed(band, x=x.x("t"), y=y.y("low"), y2="high:Q")]


def _bounds(steps: Sequence[Instant]) -> list[dict[str, float]]:
    rows = [{"t": s.minutes, "low": s.low, "high": s.high} for s in steps if s.low is not None and s.high is not None]
    return rows if len(rows) > 1 else []


def _lines(steps: Sequence[Instant], plot: _Plot) -> list[Part]:
    x, paint, bounds = plot.x.x("t"), plot.tokens.paint, data(_bounds(steps))
    curve = data([{"t": s.minutes, "s": s.share} for s in steps])
    edges = [
        placed(bounds.mark_line(interpolate="step-after", strokeWidth=0.8, color=paint("mark")), x=x, y=plot.y.y(end))
        for end in ("low", "high") if _bounds(steps)
    ]  # fmt: skip
    line = curve.mark_line(interpolate="step-after", strokeWidth=2.5, color=paint("ink"))
    return [*edges, placed(line, x=x, y=plot.y.y("s"))]


def _half(final: float, plot: _Plot) -> list[Part]:
    """The line at one half; where it is not reached, that is said."""
    row = [{"s": 0.5, "text": plot.words.say("half: not reached")}]
    line = rules(row, plot.tokens.paint("mark"), 1, (3, 3), x=at(plot.x.start), x2=at(plot.x.end), y=plot.y.y("s"))
    if final >= 0.5:
        return [line]
    note = text(row, at(plot.x.start + 6), plot.y.y("s"), colour=plot.tokens.paint("ink-2"), size=SMALL,
                align="left", dy=-9)  # fmt: skip
    return [line, halo(note, plot.tokens), note]


def _labels(
    steps: Sequence[Instant],
    last: Instant,
    marks: Sequence[tuple[float, str]],
    plot: _Plot,
) -> list[_Said]:
    """The words at the end of the curve, then those at its marks, none on top of another."""
    words, share = plot.words, plot.words.share
    right, end = plot.x.end - 10, plot.y.pixel(last.share)
    rest = words.say("{share} not answered by then", share=share(1 - last.share))
    inside = 1 - last.share >= HATCH_ROOM
    middle = (plot.y.end + min(end, plot.y.pixel(0.5))) / 2 if last.share < 0.5 else (plot.y.end + end) / 2
    place = middle - 8 if inside else end + 36
    said = [_text(rest, right, place, "right", 15, strong=True)]
    low = end + 18 > plot.y.start - 8
    said.append(
        _text(
            words.say("{share} answered", share=share(last.share)),
            right,
            end - 22 if low else end + 18,
            "right",
            15,
            strong=True,
        )
    )
    for minutes, name in marks:
        if minutes < plot.x.high:
            said += _marked(
                minutes,
                words.say("{share} within {time}", share=share(_share(steps, minutes)), time=name),
                steps,
                said,
                plot,
            )
    return said


def _marked(minutes: float, label: str, steps: Sequence[Instant], said: Sequence[_Said], plot: _Plot) -> list[_Said]:
    """Below and right of the curve, where it never goes, or above a very low one; left out where there is no room."""
    x, y = plot.x.pixel(minutes), plot.y.pixel(_share(steps, minutes))
    wished = _text(label, x + 9, y + 13, "left", BASE)
    if wished.box.right > plot.x.end:
        wished = _text(label, x - 4, y + 16, "right", BASE)
    step = 4.0
    if wished.box.bottom > plot.y.start:
        wished, step = _text(label, x + 9, y - 22, "left", BASE), -4.0
    box = settle(wished.box, [s.box for s in said], step, plot.y.end, plot.y.start + 2)
    return [] if box is None else [_Said(label, wished.x, box, wished.align)]


def _text(
    label: str, x: float, y: float, align: Side, letter: float, *, strong: bool = False, quiet: bool = False
) -> _Said:
    wide = width(label, letter, strong)
    left = x if align == "left" else x - wide
    return _Said(label, x, Box(left, y - letter * 0.6, left + wide, y + letter * 0.6), align, strong, quiet)


def _words(said: Sequence[_Said], plot: _Plot) -> list[Part]:
    full, parts = plot.tokens.width(plot.size), []
    x, y = Span(0, full, 0, full), Span(0, plot.height, 0, plot.height)
    for s in said:
        row = [{"x": round(s.x, 1), "y": round((s.box.top + s.box.bottom) / 2, 1), "text": s.text}]
        colour = plot.tokens.paint("ink-2" if s.quiet else "ink")
        letter = 15 if s.strong else SMALL if s.quiet else BASE
        label = text(row, x.x("x"), y.y("y"), colour=colour, size=letter, strong=s.strong, align=s.align)
        parts += [halo(label, plot.tokens), label]
    return parts
