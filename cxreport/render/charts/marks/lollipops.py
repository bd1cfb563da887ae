"""Lollipops: how many times as often something is said on one side as on the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from cxreport.render.charts.marks.canvas import SMALL, Part, Span, at, checked_once, dots, nothing, picture, rules, text
from cxreport.render.charts.marks.dots import ENGLISH
from cxreport.render.charts.marks.lanes import Aside, Lanes, lanes
from cxreport.render.charts.marks.rows import Estimate
from cxreport.render.charts.marks.text import width
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

ROW = 26
"""Pixels a row."""


@checked_once
def lollipop(
    first: Sequence[Estimate],
    second: Sequence[Estimate],
    tokens: Tokens,
    size: Size,
    *,
    colours: tuple[str, str] = ("cat-1", "cat-3"),
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Ratios above 1, with their intervals: the rows of `first` to the right of the middle, those of `second` left.

    The scale is logarithmic: twice as often lies as far right as half as often lies left. Beside each head stands
    its ratio, such as 3.2×.
    """
    rows = [*first, *second]
    if not rows:
        return nothing(tokens, size, words.say("No records to show"))
    signs = [1] * len(first) + [-1] * len(second)
    names = [r.name(size != "wide") for r in rows]
    lane = lanes(names, [Aside("") for _ in rows], tokens, size, top=28, row=ROW)
    beside = max(width(_times(r.value or 1, words), SMALL, True) for r in rows) + 14
    reach = max(1.0, *(math.log2(max(r.ends)) for r in rows))
    x = Span(
        -reach if second else 0,
        reach if first else 0,
        lane.left + (beside if second else 6),
        lane.right - (beside if first else 6),
    )
    signed = enumerate(zip(rows, signs, strict=True))
    drawn = [_head(i, r, s, tokens.paint(colours[s < 0]), words) for i, (r, s) in signed]
    y = lane.y.y("i")
    heads = [text([d for d in drawn if d["sign"] == s], x.x("edge"), y, colour=tokens.paint("ink"), size=SMALL,
                  strong=True, align="left" if s > 0 else "right", dx=8 * s) for s in (1, -1)]  # fmt: skip
    stems = [rules([d], d["line"], 2, x=x.x("zero"), x2="value:Q", y=y) for d in drawn]
    parts: list[Part] = [
        *_grid(lane, x, reach, words),
        rules(drawn, tokens.paint("mark"), 5, x=x.x("low"), x2="high:Q", y=y),
        *stems,
        dots(drawn, x.x("value"), y, size=80),
        *heads,
        *lane.texts(),
    ]
    return picture(parts, tokens.width(size), lane.height)


def _head(i: int, row: Estimate, sign: int, colour: str, words: Words) -> dict[str, Any]:
    value, low, high = (sign * math.log2(end or 1) for end in (row.value, row.low, row.high))
    told = _times(row.value or 1, words)
    return {
        "i": i + 0.5, "zero": 0, "value": value, "low": low, "high": high, "sign": sign,
        "edge": max(sign * high, sign * value) * sign, "line": colour, "fill": colour, "text": told,
        "tip": "\n".join([row.label, told, *([words.base(row.n)] if row.n is not None else [])]),
    }  # fmt: skip


def _grid(lane: Lanes, x: Span, reach: float, words: Words) -> list[Part]:
    """A line at each doubling; where they would crowd, at every other one."""
    step = max(1, math.ceil(width("32×", SMALL) * 1.6 / abs(x.pixel(1) - x.pixel(0))))
    most = int(reach)
    doublings = [d for d in range(-most, most + 1) if d % step == 0 and x.low <= d <= x.high]
    marks = [{"v": d, "text": _times(2.0 ** abs(d), words)} for d in doublings]
    paint, top, bottom = lane.tokens.paint, at(lane.y.start - 4), at(lane.y.end)
    return [
        rules([m for m in marks if m["v"]], paint("grid"), x=x.x("v"), y=top, y2=bottom),
        rules([{"v": 0}], paint("ink-3"), x=x.x("v"), y=top, y2=bottom),
        text(marks, x.x("v"), at(lane.y.start - 15), colour=paint("ink-2"), size=SMALL),
    ]


def _times(ratio: float, words: Words) -> str:
    """3.2×, 12×, 1×."""
    return f"{words.number(ratio, 0 if ratio >= 10 or ratio == int(ratio) else 1)}×"
