"""Months in a row: one series in ink, others quiet, gaps where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
from babel.dates import format_date

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
    extent,
    halo,
    nothing,
    picture,
    placed,
    rules,
    text,
    ticks,
)
from cxreport.render.charts.marks.dots import ENGLISH
from cxreport.render.charts.marks.lanes import tick_text
from cxreport.render.charts.marks.placing import dodge
from cxreport.render.charts.marks.rows import Month, months_between
from cxreport.render.charts.marks.text import cut, width
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

SHORTEST = 4
"""Fewer months in a row are points: a line would claim a course."""
CROWDED = 40
"""From so many months on, points go and only the line is left."""
SMALL_BASE = 30
MOST_EVENTS, LINE = 3, 17


@dataclass(frozen=True)
class _Plot:
    tokens: Tokens
    size: Size
    words: Words
    unit: str
    months: tuple[str, ...]
    x: Span
    y: Span
    steps: tuple[float, ...]
    height: float

    def at(self, month: str) -> int:
        return self.months.index(month)


@checked_once
def monthly_line(
    rows: Sequence[Month],
    tokens: Tokens,
    size: Size,
    *,
    unit: str = "points",
    name: str = "",
    others: Mapping[str, Sequence[Month]] | None = None,
    events: Sequence[tuple[str, str]] = (),
    target: float | None = None,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """A value for each month with its interval as a band; `others` are quiet lines with a name at their end.

    A month without a value is a gap, and stretches of fewer than four months are points with whiskers. `events`
    (month, words; at most three are drawn) and the `target` are marked. Bases below 30 are hollow.
    """
    series = {name: list(rows), **{key: list(more) for key, more in (others or {}).items()}}
    valued = [m for line in series.values() for m in line if m.value is not None]
    if not valued:
        return nothing(tokens, size, words.say("No records to show"))
    plot = _plot(series, valued, target, tokens, size, unit, words, min(MOST_EVENTS, len(events)))
    parts: list[Part] = [
        *_axes(plot),
        *_target(target, valued, plot),
        *_events(events, plot),
        *(part for key, line in series.items() if key != name for part in _course(line, plot, quiet=True)),
        *_course(rows, plot, quiet=False),
        *_ends(series, name, plot),
    ]
    return picture(parts, tokens.width(size), plot.height)


def _plot(
    series: Mapping[str, Sequence[Month]],
    valued: Sequence[Month],
    target: float | None,
    tokens: Tokens,
    size: Size,
    unit: str,
    words: Words,
    eventful: int,
) -> _Plot:
    full, narrow = tokens.width(size), size != "wide"
    months = tuple(months_between([m.month for line in series.values() for m in line]))
    numbers = [v for m in valued for v in (m.value, m.low, m.high) if v is not None]
    pool = [
        *numbers,
        *([] if target is None else [target]),
        *([0.0] if unit in ("points", "share", "records") else []),
    ]
    low, high = extent(pool, zero=False)
    steps = ticks(low, high, 4)
    step = steps[1] - steps[0]
    left = max(width(tick_text(s, step, unit, words), BASE) for s in steps) + 12
    ends = [_end_text(key, line, unit, words, full) for key, line in series.items()]
    right = full - max((width(e, BASE, True) for e in ends), default=0) - 16
    height = 250.0 if narrow else 290.0
    y = Span(low, high, height - 50, 14 + LINE * eventful)
    x = Span(-0.3, max(len(months) - 1, 0) + 0.3, left, right)
    return _Plot(tokens, size, words, unit, months, x, y, tuple(steps), height)


def _end_text(name: str, line: Sequence[Month], unit: str, words: Words, full: float) -> str:
    last = next((m.value for m in reversed(line) if m.value is not None), None)
    if last is None:
        return ""
    figure = words.amount(last, unit)
    return f"{figure} {cut(name, full * 0.2, BASE, True)}" if name else figure


def _axes(plot: _Plot) -> list[Part]:
    paint, letter = plot.tokens.paint, BASE if plot.size == "wide" else SMALL
    step = plot.steps[1] - plot.steps[0]
    lines = [{"v": v, "text": tick_text(v, step, plot.unit, plot.words)} for v in plot.steps]
    signed = plot.y.low < 0
    ends: Places = {"x": at(plot.x.start), "x2": at(plot.x.end)}
    return [
        rules([r for r in lines if r["v"] or not signed], paint("grid"), y=plot.y.y("v"), **ends),
        rules([r for r in lines if not r["v"] and signed], paint("ink-3"), y=plot.y.y("v"), **ends),
        text(lines, at(plot.x.start - 9), plot.y.y("v"), colour=paint("ink-2"), size=letter, align="right"),
        text(_dates(plot, letter), plot.x.x("i"), at(plot.y.start + 8), colour=paint("ink-2"), size=letter,
             baseline="top"),
    ]  # fmt: skip


def _dates(plot: _Plot, letter: int) -> list[dict[str, object]]:
    """Names of as many months as have room, Januaries among them; the year stands once, below."""
    days = [date(int(m[:4]), int(m[5:7]), 1) for m in plot.months]
    names = [format_date(d, "LLL", locale=plot.words.language).rstrip(".") for d in days]
    each = (plot.x.end - plot.x.start) / max(1, len(days))
    room = max(*(width(n, letter) for n in names), width("2026", letter)) + 8
    every = next((k for k in (1, 2, 3, 6, 12) if k * each >= room), 12 * max(1, round(room / (12 * each) + 0.5)))
    if every >= 12:
        firsts = [i for i, d in enumerate(days) if d.month == 1 and (d.year - days[0].year) % (every // 12) == 0]
        return [{"i": i, "text": str(days[i].year)} for i in firsts or [0]]
    rows: list[dict[str, object]] = []
    year = None
    for i, day in enumerate(days):
        if (day.month - 1) % every == 0 or len(days) <= 2:
            rows.append({"i": i, "text": names[i] if day.year == year else f"{names[i]}\n{day.year}"})
            year = day.year
    return rows


def _course(line: Sequence[Month], plot: _Plot, *, quiet: bool) -> list[Part]:
    parts: list[Part] = []
    for run in _runs(line, plot):
        parts += _run(run, plot, quiet=quiet) if len(run) >= SHORTEST else []
        parts += _single(run, plot, quiet=quiet, whiskers=len(run) < SHORTEST)
    return parts


def _runs(line: Sequence[Month], plot: _Plot) -> list[list[Month]]:
    """Stretches of months without a gap."""
    known = {m.month: m for m in line if m.value is not None}
    runs: list[list[Month]] = [[]]
    for month in plot.months:
        if month in known:
            runs[-1].append(known[month])
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _run(run: Sequence[Month], plot: _Plot, *, quiet: bool) -> list[Part]:
    x, paint = plot.x.x("i"), plot.tokens.paint
    rows = [{"i": plot.at(m.month), "v": m.value} for m in run]
    line = data(rows).mark_line(color=paint("mark" if quiet else "ink"), strokeWidth=1.5 if quiet else 2.5)
    bounds = [] if quiet else [{"i": plot.at(m.month), "low": m.low, "high": m.high} for m in run
                               if m.low is not None and m.high is not None]  # fmt: skip
    if len(bounds) < len(run):
        return [placed(line, x=x, y=plot.y.y("v"))]
    edge: dict[str, Any] = {"strokeWidth": 0.8, "color": paint("mark")}
    return [
        placed(data(bounds).mark_area(color=paint("band")), x=x, y=plot.y.y("low"), y2="high:Q"),
        *(placed(data(bounds).mark_line(**edge), x=x, y=plot.y.y(end)) for end in ("low", "high")),
        placed(line, x=x, y=plot.y.y("v")),
    ]


def _single(run: Sequence[Month], plot: _Plot, *, quiet: bool, whiskers: bool) -> list[Part]:
    """The months themselves: always when they are few, with whiskers where no line carries a band."""
    paint = plot.tokens.paint
    line = paint("mark" if quiet else "ink")
    rows = [
        {"i": plot.at(m.month), "v": m.value, "low": m.low, "high": m.high, "line": line, "tip": _tip(m, plot),
         "fill": paint("paper") if m.n is not None and m.n < SMALL_BASE else line}
        for m in run
    ]  # fmt: skip
    bars = [r for r in rows if whiskers and not quiet and r["low"] is not None and r["high"] is not None]
    small = [] if (len(plot.months) > CROWDED and not whiskers) or (quiet and not whiskers) else rows
    x = plot.x.x("i")
    return [
        rules(bars, paint("mark"), 3.5, x=x, y=plot.y.y("low"), y2="high:Q"),
        dots(small, x, plot.y.y("v"), size=45),
    ]


def _tip(month: Month, plot: _Plot) -> str:
    amount, words = plot.words.amount, plot.words
    lines = [
        words.month(date(int(month.month[:4]), int(month.month[5:7]), 1)),
        amount(month.value or 0, plot.unit),
    ]
    if month.low is not None and month.high is not None:
        lines.append(words.say("{low} to {high}", low=amount(month.low, plot.unit), high=amount(month.high, plot.unit)))
    return "\n".join([*lines, *([words.base(month.n)] if month.n is not None else [])])


def _target(target: float | None, valued: Sequence[Month], plot: _Plot) -> list[Part]:
    """A dashed line, with its words where the data leave the most room."""
    if target is None:
        return []
    label = plot.words.say("target {value}", value=plot.words.amount(target, plot.unit))
    row = [{"v": target, "text": label}]
    line = rules(row, plot.tokens.paint("ink-3"), 1.5, (5, 3), x=at(plot.x.start), x2=at(plot.x.end), y=plot.y.y("v"))
    wide, above = width(label, SMALL), plot.y.pixel(target) - 9
    places = [plot.x.start + 4 + k / 6 * (plot.x.end - plot.x.start - wide - 8) for k in range(7)]
    free = {place: _room(place - 4, place + wide + 4, above, valued, plot) for place in places}
    best = max(places, key=lambda place: (min(free[place], 30), -place))
    note = text(row, at(best), at(above), colour=plot.tokens.paint("ink-2"), size=SMALL, align="left")
    return [line, halo(note, plot.tokens, 4), note]


def _room(left: float, right: float, y: float, valued: Sequence[Month], plot: _Plot) -> float:
    """How far the data stay away from a height, between two x, in pixels."""
    near = [m for m in valued if left - 20 <= plot.x.pixel(plot.at(m.month)) <= right + 20]
    ends = [v for m in near for v in (m.value, m.low, m.high) if v is not None]
    return min((abs(plot.y.pixel(v) - y) for v in ends), default=99.0)


def _events(events: Sequence[tuple[str, str]], plot: _Plot) -> list[Part]:
    """Dotted lines, each with its words on a line of its own."""
    parts: list[Part] = []
    known = [(plot.at(month), label) for month, label in events if month in plot.months][:MOST_EVENTS]
    for k, (i, label) in enumerate(known):
        right = plot.x.pixel(i) > (plot.x.start + plot.x.end) / 2
        room = plot.x.pixel(i) - plot.x.start if right else plot.x.end - plot.x.pixel(i)
        row = [{"i": i, "text": cut(label, room - 10, SMALL)}]
        top = 10 + LINE * k
        line = rules(row, plot.tokens.paint("mark"), 1, (2, 4), x=plot.x.x("i"), y=at(top - 6), y2=at(plot.y.start))
        note = text(row, plot.x.x("i"), at(top), colour=plot.tokens.paint("ink-2"), size=SMALL,
                    align="right" if right else "left", dx=-5 if right else 5)  # fmt: skip
        parts += [line, halo(note, plot.tokens, 4), note]
    return parts


def _ends(series: Mapping[str, Sequence[Month]], name: str, plot: _Plot) -> list[Part]:
    """The last value of each line with its name, kept apart."""
    ends = []
    for key, line in series.items():
        last = next((m for m in reversed(line) if m.value is not None), None)
        if last is not None and last.value is not None:
            label = _end_text(key, line, plot.unit, plot.words, plot.tokens.width(plot.size))
            ends.append((key == name, label, plot.y.pixel(last.value), plot.x.pixel(plot.at(last.month))))
    places = dodge([e[2] for e in ends], 17, plot.y.end, plot.y.start)
    y = Span(0, plot.height, 0, plot.height).y("y")
    full = plot.tokens.width(plot.size)
    x, paint = Span(0, full, 0, full).x("x"), plot.tokens.paint
    rows = [
        {"x": round(last + 11, 1), "y": round(place, 1), "text": label, "own": own}
        for (own, label, _, last), place in zip(ends, places, strict=True)
    ]
    return [
        text([r for r in rows if r["own"]], x, y, colour=paint("ink"), strong=True, align="left"),
        text([r for r in rows if not r["own"]], x, y, colour=paint("ink-2"), size=SMALL, align="left"),
    ]
