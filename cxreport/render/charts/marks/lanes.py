"""Rows one below the other: a label on the left, the drawing in the middle, a figure on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxreport.render.charts.marks.canvas import BASE, SMALL, Part, Span, at, extent, halo, rules, text, ticks
from cxreport.render.charts.marks.text import width, wrap
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

AIRY, DENSE, STACKED = 44, 28, 50
"""Pixels a row: with the value above its dot, with the value beside it, and with the label above the drawing."""
LABEL_RISE = 22
"""How far a stacked label stands above the middle of its row."""
ROOMY = 92
"""The widest label, in pixels, that may stand left of a narrow drawing."""
MANY = 14
"""From so many rows on, rows are dense."""


@dataclass(frozen=True)
class Aside:
    """A figure at the right edge of a row."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Lanes:
    """Where rows lie: `left` and `right` bound the drawing, `y` maps row numbers (middle: i + 0.5) to pixels.

    Labels stand left of the drawing, or above it (`stacked`) where a narrow drawing would have no room left.
    """

    tokens: Tokens
    labels: tuple[str, ...]
    asides: tuple[Aside, ...]
    size: Size
    left: float
    right: float
    y: Span
    row: float
    below: float
    stacked: bool

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        return self.y.end + self.below

    @property
    def dense(self) -> bool:
        """Whether there is no room above a mark."""
        return self.stacked or self.row < AIRY

    @property
    def letter(self) -> int:
        """Size of the labels."""
        return BASE if self.size == "wide" else SMALL

    def bar(self, i: int, thick: float = 18) -> dict[str, float]:
        """Edges (`top`, `end`) and middle (`i`) of a bar of `thick` pixels, in rows."""
        half = thick / 2 / self.row
        return {"i": i + 0.5, "top": i + 0.5 - half, "end": i + 0.5 + half}

    def texts(self) -> list[Part]:
        """Labels and figures."""
        names = [{"i": i + 0.5, "text": label} for i, label in enumerate(self.labels)]
        figures = [{"i": i + 0.5, "text": a.text, "strong": a.strong} for i, a in enumerate(self.asides) if a.text]
        strong, quiet = ([f for f in figures if f["strong"] is wish] for wish in (True, False))
        y, edge, ink = self.y.y("i"), at(self.tokens.width(self.size)), self.tokens.paint
        up = -LABEL_RISE if self.stacked else 0
        label = text(names, at(0 if self.stacked else self.left - 10), y, colour=ink("ink"), size=self.letter,
                     align="left" if self.stacked else "right", dy=up)  # fmt: skip
        parts = [
            label,
            text(strong, edge, y, colour=ink("ink"), size=self.letter, strong=True, align="right", dy=up),
            text(quiet, edge, y, colour=ink("ink-3"), size=SMALL, align="right", dy=up),
        ]
        return [*(halo(part, self.tokens, 4) for part in parts if self.stacked), *parts]

    def grid(self, x: Span, values: Sequence[float], unit: str, words: Words) -> list[Part]:
        """Vertical lines with their values above; the zero line of a signed scale is darker."""
        paint, top, bottom = self.tokens.paint, at(self.y.start - 4), at(self.y.end)
        crossing = x.low < 0 < x.high or unit == "points"
        plain = [{"v": v} for v in values if v or not crossing]
        zero = [{"v": 0}] if crossing and x.low <= 0 <= x.high else []
        shown = thinned(values, x, unit, words)
        return [
            rules(plain, paint("grid"), x=x.x("v"), y=top, y2=bottom),
            rules(zero, paint("ink-3"), x=x.x("v"), y=top, y2=bottom),
            text(shown, x.x("v"), at(self.y.start - 15), colour=paint("ink-2"), size=self.letter),
        ]


def lanes(
    labels: Sequence[str],
    asides: Sequence[Aside],
    tokens: Tokens,
    size: Size,
    *,
    top: float = 30,
    row: float = AIRY,
    below: float = 8,
) -> Lanes:
    """Rows laid out so that every label and figure has its room; long labels take two lines, then are cut."""
    full, narrow = tokens.width(size), size != "wide"
    letter = SMALL if narrow else BASE
    aside = max((width(a.text, letter if a.strong else SMALL, a.strong) for a in asides), default=0)
    stacked = narrow and max((width(label, letter) for label in labels), default=0) > ROOMY
    tall = STACKED if stacked else row if len(labels) < MANY else min(row, DENSE)
    lines = 2 if tall >= 36 and not stacked else 1
    most = full - aside - 12 if stacked else 0.36 * full
    wrapped = tuple(wrap(label, most, letter, lines) for label in labels)
    left = 0 if stacked else max((width(label, letter) for label in wrapped), default=0) + 14
    right = full if stacked else full - (aside + 14 if aside else 6)
    start = top + (LABEL_RISE - 6 if stacked else 0)
    y = Span(0, max(1, len(labels)), start, start + tall * max(1, len(labels)))
    return Lanes(tokens, wrapped, tuple(asides), size, left, right, y, tall, below, stacked)


def value_span(
    numbers: Sequence[float], left: float, right: float, *, zero: bool = True, inset: float = 16
) -> tuple[Span, list[float]]:
    """A scale that holds all of `numbers`, and its ticks; `inset` keeps marks off the edges."""
    low, high = extent(numbers, zero=zero)
    room = right - left - 2 * inset
    return Span(low, high, left + inset, right - inset), ticks(low, high, about=5 if room > 300 else 3)


def figure(value: float, unit: str, words: Words) -> str:
    """A value in words; a share below one per cent keeps a decimal, for 0% would deny it."""
    return words.share(value, 1) if unit == "share" and 0 < abs(value) < 0.01 else words.amount(value, unit)


def tick_text(value: float, step: float, unit: str, words: Words) -> str:
    """A tick's label, with as many digits as the step needs."""
    if value == 0 and unit != "share":
        return "0"
    if unit == "share":
        return words.share(value, 0 if step >= 0.0099 else 1) if value else "0"
    if unit in ("points", "ratio", "stars", "score"):
        digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
        return words.signed(value, digits) if unit == "points" else words.number(value, digits)
    return words.amount(value, unit)


def thinned(values: Sequence[float], x: Span, unit: str, words: Words) -> list[dict[str, object]]:
    """Tick labels, leaving out every other one until they do not touch; zero is kept."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    made = [{"v": v, "text": tick_text(v, step, unit, words)} for v in values]
    keep = 1
    while keep < len(made):
        widest = max(width(str(m["text"]), BASE) for m in made) + 10
        if abs(x.unit(widest)) <= keep * step or len(made) < 2:
            break
        keep += 1
    anchor = next((i for i, v in enumerate(values) if v == 0), 0)
    return [m for i, m in enumerate(made) if (i - anchor) % keep == 0]
