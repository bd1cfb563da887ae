"""The few shapes every chart is made of, at exact places.

Charts have no axes of Vega's: labels, ticks and margins are laid out here, because a chart of known size whose text
is known to fit needs no second look. Scales map values to pixels of the drawing, so the data stay values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode

from cxreport.render.charts.tokens import Size, Tokens

Row = Mapping[str, Any]
Part = alt.Chart | None
"""A layer of a drawing; None where it has no rows."""
Places = dict[str, Any]
"""Encodings of place, by channel."""
Place = alt.X | alt.Y
Side = Literal["left", "center", "right"]
SMALL, BASE = 13, 14


@dataclass(frozen=True)
class Span:
    """A linear scale: values from `low` to `high` on pixels from `start` to `end` (either may run backwards)."""

    low: float
    high: float
    start: float
    end: float

    @property
    def scale(self) -> alt.Scale:
        """As Vega-Lite sees it."""
        domain, pixels = [self.low, self.high], [self.start, self.end]
        return alt.Scale(domain=domain, range=pixels, nice=False, zero=False)

    def x(self, field: str) -> alt.X:
        """The horizontal place of a field."""
        return alt.X(field, type="quantitative", scale=self.scale, axis=None)

    def y(self, field: str) -> alt.Y:
        """The vertical place of a field."""
        return alt.Y(field, type="quantitative", scale=self.scale, axis=None)

    def pixel(self, value: float) -> float:
        """Where a value lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def unit(self, pixels: float) -> float:
        """How much of the value `pixels` pixels are."""
        return pixels * (self.high - self.low) / (self.end - self.start)


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """At least two round values within `low`..`high`, in about so many steps."""
    power = 10.0 ** math.floor(math.log10((high - low) / about))
    wished = [m * power for m in (10, 5, 2, 1, 0.5) if m * power <= 1.6 * (high - low) / about]
    for step in [*wished, power / 10]:
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last > first:
            return [round(i * step, 10) + 0.0 for i in range(first, last + 1)]
    return [low, high]


def extent(numbers: Iterable[float], *, zero: bool) -> tuple[float, float]:
    """The range that holds all numbers, and zero if asked; never empty."""
    pool = [*numbers, *([0.0] if zero else [])] or [0.0]
    low, high = min(pool), max(pool)
    if high > low:
        return low, high
    return (low - abs(low) / 2, high + abs(high) / 2) if low else (0.0, 1.0)


@dataclass(frozen=True)
class At:
    """A place in pixels."""

    pixels: float


FIXED: dict[str, Any] = {"x": alt.XValue, "x2": alt.X2Value, "y": alt.YValue, "y2": alt.Y2Value}
P = ParamSpec("P")


def checked_once(mark: Callable[P, alt.LayerChart]) -> Callable[P, alt.LayerChart]:
    """A chart whose parts Altair does not check one by one: the whole is, when it becomes a specification."""

    @wraps(mark)
    def draw(*args: P.args, **kwargs: P.kwargs) -> alt.LayerChart:
        with debug_mode(False):
            return mark(*args, **kwargs)

    return draw


def data(rows: Iterable[Row]) -> alt.Chart:
    """A chart over rows given in the chart itself."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def placed(mark: alt.Chart, **channels: Any) -> alt.Chart:
    """The mark with its encodings; fixed places (`at`) become the channel's own values."""
    named = {name: FIXED[name](value.pixels) if isinstance(value, At) else value for name, value in channels.items()}
    encoded: alt.Chart = mark.encode(**named)
    return encoded


def at(pixels: float) -> At:
    """A fixed place."""
    return At(round(pixels, 1))


def own(channel: Literal["fill", "stroke", "color"], field: str) -> Any:
    """A paint that each row brings along."""
    kinds = {"fill": alt.Fill, "stroke": alt.Stroke, "color": alt.Color}
    return kinds[channel](field, type="nominal", scale=None, legend=None)


def picture(parts: Iterable[Part], width: float, height: float) -> alt.LayerChart:
    """The parts on top of each other, in a drawing of exactly this size."""
    layers = [part for part in parts if part is not None]
    drawing = alt.layer(*layers).resolve_scale(x="independent", y="independent")
    fixed = alt.AutoSizeParams(type="none")
    sized: alt.LayerChart = drawing.properties(width=width, height=round(height), autosize=fixed, padding=0)
    return sized


def text(
    rows: Sequence[Row],
    x: Any,
    y: Any,
    *,
    colour: str,
    field: str = "text",
    size: float = BASE,
    strong: bool = False,
    align: Side = "center",
    baseline: Literal["top", "middle", "bottom"] = "middle",
    dx: float = 0,
    dy: float = 0,
) -> Part:
    """A text for each row; `colour` is a hex, or the field that holds one if it starts with `@`.

    Several lines stand around (`middle`) or above (`bottom`) their place; Vega would hang them all below it.
    """
    if not rows:
        return None
    fixed: dict[str, Any] = {} if colour.startswith("@") else {"color": colour}
    leading = round(size * 1.22)
    rise = {"middle": 0.5, "bottom": 1.0}.get(baseline, 0.0) * leading
    lines = [{**row, "more": str(row[field]).count("\n")} for row in rows]
    stacked = any(line["more"] for line in lines)
    mark = data(lines if stacked else rows).mark_text(
        align=align, baseline=baseline, dx=dx, dy=alt.ExprRef(f"{dy} - {rise} * datum.more") if stacked else dy,
        fontSize=size, fontWeight=600 if strong else 400, lineBreak="\n", lineHeight=leading, **fixed,
    )  # fmt: skip
    paint = {"color": own("color", colour[1:])} if colour.startswith("@") else {}
    return placed(mark, x=x, y=y, text=alt.Text(field, type="nominal"), **paint)


def halo(part: Part, tokens: Tokens, width: float = 5) -> Part:
    """The same text as a stroke in paper colour, to lie under a text on a busy ground."""
    if part is None:
        return None
    under = part.copy()
    under.mark.stroke, under.mark.strokeWidth, under.mark.color = (
        tokens.paint("paper"),
        width,
        tokens.paint("paper"),
    )
    under.mark.strokeJoin = "round"
    return under


def rules(rows: Sequence[Row], colour: str, thick: float = 1, dash: Sequence[float] = (), **places: Any) -> Part:
    """A straight line for each row."""
    if not rows:
        return None
    dashed: dict[str, Any] = {"strokeDash": list(dash)} if dash else {}
    return placed(data(rows).mark_rule(color=colour, strokeWidth=thick, **dashed), **places)


def dots(rows: Sequence[Row], x: Any, y: Any, size: float = 90, tip: bool = True) -> Part:
    """A point for each row, painted by its fields `fill` and `line`; its `tip` is told on hover."""
    if not rows:
        return None
    mark = data(rows).mark_point(filled=True, size=size, strokeWidth=2, opacity=1)
    tips = {"tooltip": alt.Tooltip("tip", type="nominal")} if tip else {}
    return placed(mark, x=x, y=y, fill=own("fill", "fill"), stroke=own("stroke", "line"), **tips)


def boxes(rows: Sequence[Row], fill: str | None = None, tip: bool = False, **places: Any) -> Part:
    """A rectangle for each row, in one fill or each in its field `fill`."""
    if not rows:
        return None
    mark = data(rows).mark_rect(color=fill) if fill else data(rows).mark_rect()
    paint = {} if fill else {"fill": own("fill", "fill")}
    tips = {"tooltip": alt.Tooltip("tip", type="nominal")} if tip else {}
    return placed(mark, **places, **paint, **tips)


def frames(rows: Sequence[Row], tokens: Tokens, **places: Any) -> Part:
    """A dashed outline for each row: there is nothing to show here, and that is said."""
    if not rows:
        return None
    mark = data(rows).mark_rect(
        color=tokens.paint("paper"), stroke=tokens.paint("mark"), strokeWidth=1, strokeDash=[2, 3]
    )
    return placed(mark, **places)


def nothing(tokens: Tokens, size: Size, words: str) -> alt.LayerChart:
    """What a chart without any row looks like: a dashed frame and the reason."""
    width = tokens.width(size)
    box = [{"text": words}]
    edge = {"x": at(1), "x2": at(width - 1), "y": at(1), "y2": at(55)}
    say = text(box, at(width / 2), at(28), colour=tokens.paint("ink-2"), size=SMALL)
    return picture([frames(box, tokens, **edge), say], width, 56)
