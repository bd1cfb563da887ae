"""Bars from zero: shares in order, answers from worst to best, exclusions, tiers."""

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
    boxes,
    checked_once,
    frames,
    nothing,
    picture,
    rules,
    text,
)
from cxreport.render.charts.marks.dots import ENGLISH, tip_text
from cxreport.render.charts.marks.lanes import Aside, Lanes, figure, lanes, value_span
from cxreport.render.charts.marks.rows import Amount, Estimate, Split, numbers
from cxreport.render.charts.marks.text import width
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import NBSP, Words

ROW = 38
"""Pixels a row."""


@checked_once
def share_bars(
    rows: Sequence[Estimate],
    tokens: Tokens,
    size: Size,
    *,
    unit: str = "share",
    words: Words = ENGLISH,
    accent: str = "",
) -> alt.LayerChart:
    """Ranked bars from zero with their interval and value; the row labelled `accent` is ink, the rest are quiet.

    Without `accent` all are ink. Small bases are starred, those that only point a direction hatched.
    """
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    alike = len(rows) > 1 and len({r.n for r in rows}) == 1
    lane = lanes(
        [r.name(size != "wide") for r in rows],
        [] if alike else [_base(r.n, words) for r in rows],
        tokens,
        size,
        top=6,
        row=ROW,
    )
    widest = max((width(figure(r.value or 0, unit, words) + r.star, BASE, True) for r in rows if r.shown), default=0)
    x, _ = value_span(numbers(rows), lane.left, lane.right - widest - 12, inset=0)
    loud = [r.label == accent or not accent for r in rows]
    drawn = [_bar(i, r, lane, unit, words, loud[i]) for i, r in enumerate(rows) if r.shown]
    ends: Places = {"x": x.x("zero"), "x2": "value:Q", "y": lane.y.y("top"), "y2": "end:Q"}
    whiskers = [d for d in drawn if d["low"] is not None and d["high"] is not None]
    parts: list[Part] = [
        boxes(drawn, tip=True, **ends),
        boxes([d for d in drawn if d["faint"]], tokens.hatch, **ends),
        _zero(lane, x),
        rules(whiskers, tokens.paint("paper"), 2, x=x.x("low"), x2="value:Q", y=lane.y.y("i")),
        rules(whiskers, tokens.paint("ink-2"), 2, x=x.x("value"), x2="high:Q", y=lane.y.y("i")),
        text(drawn, x.x("reach"), lane.y.y("i"), colour=tokens.paint("ink"), strong=True, align="left", dx=8),
        *_missing(rows, lane, tokens, words),
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


@checked_once
def diverging_bars(
    rows: Sequence[Split],
    tokens: Tokens,
    size: Size,
    *,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Answers from worst (left) to best (right), three or five to a bar, centred on the middle, which is hatched.

    Shares that have room are printed in their segment. Raises `ValueError` for another number of shares.
    """
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    lane = lanes([r.label for r in rows], [_base(r.n, words) for r in rows], tokens, size, top=6, row=ROW)
    pieces = [piece for i, row in enumerate(rows) for piece in _pieces(i, row, lane, words)]
    low, high = max([*(-p["x"] for p in pieces), 0.01]), max([*(p["x2"] for p in pieces), 0.01])
    x = Span(-low, high, lane.left, lane.right)
    places: Places = {"x": x.x("x"), "x2": "x2:Q", "y": lane.y.y("top"), "y2": "end:Q"}
    roomy = [p for p in pieces if (p["x2"] - p["x"]) >= x.unit(width(p["text"], SMALL, True) + 6)]
    parts: list[Part] = [
        _zero(lane, x),
        boxes(pieces, tip=True, **places),
        boxes([p for p in pieces if p["middle"]], tokens.hatch, **places),
        text(roomy, x.x("cx"), lane.y.y("i"), colour="@ink", size=SMALL, strong=True),
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


@checked_once
def waterfall(
    steps: Sequence[Amount],
    tokens: Tokens,
    size: Size,
    *,
    words: Words = ENGLISH,
    rest: str = "",
) -> alt.LayerChart:
    """From everything loaded to what is measured: the first amount is the whole, each further one is taken off.

    With `rest` a last bar shows what is left. What is taken off is hollow, what stays is ink.
    """
    if not steps:
        return nothing(tokens, size, words.say("No records to show"))
    bars = _falls(steps, tokens, words, rest)
    asides = [Aside(b["text"], strong=b["whole"]) for b in bars]
    lane = lanes([b["label"] for b in bars], asides, tokens, size, top=6, row=ROW)
    bars = [{**b, **lane.bar(i)} for i, b in enumerate(bars)]
    whole = max(float(steps[0].count), 1.0)
    x = Span(0, whole, lane.left, lane.right)
    places: Places = {"x": x.x("from"), "x2": "to:Q", "y": lane.y.y("top"), "y2": "end:Q"}
    thin = [{**b, "next": b["i"] + 1} for b in bars[:-1]]
    taken = [b for b in bars if not b["whole"]]
    seen = [{**b, "to": max(b["to"], b["from"] + x.unit(1.5))} for b in taken if b["to"] > b["from"]]
    parts: list[Part] = [
        rules(thin, tokens.paint("rule"), x=x.x("level"), y=lane.y.y("i"), y2="next:Q"),
        boxes([b for b in bars if b["whole"]], tip=True, **places),
        boxes(seen, tip=True, **places),
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


@checked_once
def pyramid(
    tiers: Sequence[Amount],
    tokens: Tokens,
    size: Size,
    *,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Tiers as centred bars from top to bottom with their counts; nobody is named."""
    if not tiers:
        return nothing(tokens, size, words.say("No records to show"))
    figures = [Aside(words.number(t.count) + (f" {t.note}" if t.note else ""), strong=True) for t in tiers]
    lane = lanes([t.label for t in tiers], figures, tokens, size, top=6, row=ROW)
    most = max([t.count for t in tiers] + [1])
    x = Span(-most / 2, most / 2, lane.left, lane.right)
    least = x.unit(2) / 2
    rows = [
        {**lane.bar(i, 22 if lane.stacked else ROW - 4), "x": -max(t.count / 2, least), "x2": max(t.count / 2, least),
         "fill": tokens.paint("ink-2"), "tip": f"{t.label}\n{figures[i].text}"}
        for i, t in enumerate(tiers)
    ]  # fmt: skip
    places: Places = {"x": x.x("x"), "x2": "x2:Q", "y": lane.y.y("top"), "y2": "end:Q"}
    return picture([boxes(rows, tip=True, **places), *lane.texts()], tokens.width(size), lane.height)


def _zero(lane: Lanes, x: Span) -> Part:
    """The line bars start from; in pieces where labels stand between them."""
    if lane.stacked:
        rows = [{"v": 0, **lane.bar(i, 28)} for i in range(len(lane.labels))]
        return rules(rows, lane.tokens.paint("ink-3"), x=x.x("v"), y=lane.y.y("top"), y2="end:Q")
    return rules([{"v": 0}], lane.tokens.paint("ink-3"), x=x.x("v"), y=at(lane.y.start), y2=at(lane.y.end))


def _base(n: int | None, words: Words) -> Aside:
    return Aside("" if n is None else f"n{NBSP}{words.number(n)}")


def _bar(i: int, row: Estimate, lane: Lanes, unit: str, words: Words, loud: bool) -> dict[str, Any]:
    ends = [v for v in (row.value, row.high) if v is not None]
    return {
        **lane.bar(i), "zero": 0, "value": row.value, "low": row.low,
        "high": row.high, "reach": max(ends), "fill": lane.tokens.paint("ink-2" if loud else "mark"),
        "faint": row.status == "directional", "text": figure(row.value or 0, unit, words) + row.star,
        "tip": tip_text(row, unit, words),
    }  # fmt: skip


def _missing(rows: Sequence[Estimate], lane: Lanes, tokens: Tokens, words: Words) -> list[Part]:
    gone = [
        {**lane.bar(i), "text": words.say("<10" if r.status == "hidden" else "n/t")}
        for i, r in enumerate(rows) if not r.shown
    ]  # fmt: skip
    frame = frames(gone, tokens, x=at(lane.left), x2=at(lane.left + 56), y=lane.y.y("top"), y2="end:Q")
    return [frame, text(gone, at(lane.left + 28), lane.y.y("i"), colour=tokens.paint("ink-3"), size=SMALL)]


FIVE = (("neg-2", "on-2"), ("neg-1", "on-1"), ("mid", "on-1"), ("pos-1", "on-1"), ("pos-2", "on-2"))


def _pieces(i: int, row: Split, lane: Lanes, words: Words) -> list[dict[str, Any]]:
    """Segments of one bar; zero lies in the middle of the middle answer."""
    if len(row.shares) not in (3, 5):
        raise ValueError(f"{row.label!r} has {len(row.shares)} shares: a diverging bar takes three or five")
    paints = FIVE if len(row.shares) == 5 else (FIVE[0], FIVE[2], FIVE[4])
    half = len(row.shares) // 2
    start = -sum(row.shares[:half]) - row.shares[half] / 2
    pieces: list[dict[str, Any]] = []
    for k, (share, (fill, ink)) in enumerate(zip(row.shares, paints, strict=True)):
        pieces.append({
            **lane.bar(i, 22), "x": start, "x2": start + share, "cx": start + share / 2, "middle": k == half,
            "fill": lane.tokens.paint(fill), "ink": lane.tokens.paint(ink),
            "text": words.share(share), "tip": f"{row.label}\n{words.share(share)}",
        })  # fmt: skip
        start += share
    return [p for p in pieces if p["x2"] > p["x"]]


def _falls(steps: Sequence[Amount], tokens: Tokens, words: Words, rest: str) -> list[dict[str, Any]]:
    """Bars of a waterfall from top to bottom; `level` is what is left after each."""
    level = float(steps[0].count)
    bars = [_fall(steps[0].label, 0.0, level, level, words.number(level), tokens, whole=True)]
    for step in steps[1:]:
        left = max(0.0, level - step.count)
        bars.append(_fall(step.label, left, level, left, words.number(-step.count), tokens, whole=False))
        level = left
    if rest:
        bars.append(_fall(rest, 0.0, level, level, words.number(level), tokens, whole=True))
    return bars


def _fall(
    label: str, start: float, end: float, level: float, shown: str, tokens: Tokens, *, whole: bool
) -> dict[str, Any]:
    return {
        "label": label, "from": start, "to": end, "level": level, "text": shown, "whole": whole,
        "fill": tokens.paint("ink-2" if whole else "mark"), "tip": f"{label}\n{shown}",
    }  # fmt: skip
