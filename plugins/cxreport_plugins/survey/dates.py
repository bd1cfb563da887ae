"""When a response was given, and how long it took."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import polars as pl

from cxreport.api import reading
from cxreport_plugins.survey.model import Layout, Role

_DATES: tuple[Role, ...] = ("created", "ended", "started")
"""The first of these that a response holds is its time."""


def times(frame: pl.DataFrame, layout: Layout, zone: str | None, day_first: bool | None) -> pl.DataFrame:
    """`created_at`, `created_at_raw`, `time_precision`, `tz_source` and `duration_s` of clean cells.

    The zone that the file tells goes before the one that the options give. Raises ReadError for an unknown one.
    """
    found = reading.parse_times(_raw(frame, layout), zone=layout.zone or zone, day_first=day_first).frame
    if layout.zone is not None:
        found = found.with_columns(pl.col("tz_source").replace("assumed", layout.zone_source))
    return found.with_columns(_duration(frame, layout, day_first))


def _raw(frame: pl.DataFrame, layout: Layout) -> pl.Series:
    cells = [pl.col(layout.roles[role].cell) for role in _DATES if role in layout.roles]
    if layout.undated:
        cells = [pl.when(~cell.is_in(layout.undated)).then(cell) for cell in cells]
    if not cells:
        return pl.Series("raw", [None] * frame.height, dtype=pl.String)
    return frame.select(raw=pl.coalesce(cells))["raw"]


def _duration(frame: pl.DataFrame, layout: Layout, day_first: bool | None) -> pl.Series:
    """Seconds as told by the export, else from start to end."""
    roles = layout.roles
    if "duration" in roles:
        told = reading.to_float(pl.col(roles["duration"].cell))
        return frame.select(duration_s=told)["duration_s"]
    last = roles.get("created") or roles.get("ended")
    if last is None or "started" not in roles:
        return pl.Series("duration_s", [None] * frame.height, dtype=pl.Float64)
    ends = [_instant(frame, column.cell, day_first) for column in (roles["started"], last)]
    seconds = (ends[1] - ends[0]).dt.total_milliseconds() / 1000
    return seconds.to_frame("d").select(duration_s=pl.when(pl.col("d") >= 0).then("d"))["duration_s"]


def _instant(frame: pl.DataFrame, column: str, day_first: bool | None) -> pl.Series:
    return reading.parse_times(frame.get_column(column), day_first=day_first).frame["created_at"]


def order(
    look: pl.DataFrame, layout: Layout, asked: bool | None, rest: Callable[[], Iterable[pl.DataFrame]]
) -> tuple[bool | None, str | None]:
    """Whether dates of this file are day first, and a note when nothing tells.

    What the options ask goes first, then a date of the looked-at rows that tells, then one of `rest` (only
    read if needed), then what is usual in the system.
    """
    if asked is not None:
        return asked, None
    seen = reading.parse_times(_raw(look, layout))
    if seen.day_first is None:
        return layout.day_first, None
    told: bool | None = seen.day_first
    if seen.ambiguous:
        told = reading.decide_day_first(_raw(frame, layout) for frame in itertools.chain([look], rest()))
    if told is not None:
        return told, None
    if layout.day_first is not None:
        words = "day first" if layout.day_first else "month first"
        return layout.day_first, f"No date tells whether day or month is first; read {words}, as this tool writes them."
    return seen.day_first, next(iter(seen.warnings), None)
