"""Charts shared by sections: functions of (rows, tokens, size) that return an Altair chart of known size.

Rows are plain values that were computed before; `size` is `wide` (768 px), `narrow` (300) or `mini` (190). Each
chart looks intended without any row, with one and with many. Altair takes half a second to import, and a build
with nothing to draw must not pay for it, so names are looked up when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxreport.render.charts.marks.bars import diverging_bars, pyramid, share_bars, waterfall
    from cxreport.render.charts.marks.dots import dot_interval, mini_interval, range_bars
    from cxreport.render.charts.marks.emotion import emotion_curve
    from cxreport.render.charts.marks.grids import heatmap, legend_diverging
    from cxreport.render.charts.marks.lollipops import lollipop
    from cxreport.render.charts.marks.months import monthly_line
    from cxreport.render.charts.marks.quarters import Quarters, Spot, quadrants
    from cxreport.render.charts.marks.response import response_curve
    from cxreport.render.charts.marks.rows import Amount, Cell, Estimate, Instant, Month, Split

_HOMES = {
    "bars": ("diverging_bars", "pyramid", "share_bars", "waterfall"),
    "dots": ("dot_interval", "mini_interval", "range_bars"),
    "emotion": ("emotion_curve",),
    "grids": ("heatmap", "legend_diverging"),
    "lollipops": ("lollipop",),
    "months": ("monthly_line",),
    "quarters": ("Quarters", "Spot", "quadrants"),
    "response": ("response_curve",),
    "rows": ("Amount", "Cell", "Estimate", "Instant", "Month", "Split"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Amount",
    "Cell",
    "Estimate",
    "Instant",
    "Month",
    "Quarters",
    "Split",
    "Spot",
    "diverging_bars",
    "dot_interval",
    "emotion_curve",
    "heatmap",
    "legend_diverging",
    "lollipop",
    "mini_interval",
    "monthly_line",
    "pyramid",
    "quadrants",
    "range_bars",
    "response_curve",
    "share_bars",
    "waterfall",
]


def __getattr__(name: str) -> Any:
    """Imports what is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
