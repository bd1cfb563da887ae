"""The last third of the period against what was before, and nothing that only a new channel could bring."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import narwhals as nw
import polars as pl

Frame = nw.LazyFrame[Any]

BEFORE, LATE = "before", "late"
BOUNDS = "bounds"
"""Name of the frame that holds the bounds."""


def bounds(records: Frame) -> Frame:
    """One row: `first`, `last` and `turn` (where the last third begins), in epoch milliseconds."""
    at = nw.col("created_at").dt.timestamp("ms")
    ends = records.select(first=at.min(), last=at.max())
    return ends.with_columns(turn=(nw.col("first") + 2 * nw.col("last")) // 3)


def parted(records: Frame) -> Frame:
    """Dated records with the column `part`; of channels that were heard in both parts."""
    at = nw.col("created_at").dt.timestamp("ms")
    dated = records.filter(~nw.col("created_at").is_null()).with_columns(__at=at)
    marked = dated.join(bounds(records), how="cross").with_columns(__late=nw.col("__at") >= nw.col("turn"))
    late = nw.col("__late").cast(nw.Int8)
    both = (late.min().over("channel") == 0) & (late.max().over("channel") == 1)
    named = nw.when(nw.col("__late")).then(nw.lit(LATE)).otherwise(nw.lit(BEFORE))
    return marked.with_columns(part=named, __both=both).filter(nw.col("__both"))


def turn(frame: pl.DataFrame) -> str:
    """The day on which the last third begins, `2026-03-01`; empty where nothing is dated."""
    at = frame["turn"].item() if frame.height else None
    return "" if at is None else datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
