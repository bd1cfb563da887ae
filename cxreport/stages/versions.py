"""Versions: the same item read twice (pages that overlap, monthly files) is one record, with a count."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cxreport.engine.base import Engine

_PLACE = ("source_id", "source_file", "source_member", "source_row", "source_pointer")


def merge_versions(engine: Engine) -> int:
    """Keep the newest version of each `record_id`, counted in the column `versions`; how many rows went.

    Newest by `updated_at`, then a record in its own right before one seen only as a parent, then by place.
    """
    records = engine.open("records")
    counts = records.select(rows=nw.len(), ids=nw.col("record_id").n_unique()).collect()
    surplus = int(counts["rows"].item() - counts["ids"].item())
    if surplus:
        engine.write(_newest(records), "records")
    return surplus


def _newest(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    edited = records.with_columns(
        __edited=nw.coalesce("updated_at", "created_at"), versions=nw.len().over("record_id").cast(nw.Int64)
    )
    stale = (nw.col("__edited") < nw.col("__edited").max().over("record_id")).fill_null(value=False)
    key = nw.concat_str(
        stale.cast(nw.Int8).cast(nw.String),
        nw.col("is_context").cast(nw.Int8).cast(nw.String),
        *(nw.col(column).cast(nw.String) for column in _PLACE),
        separator="\x1f",
        ignore_nulls=True,
    )
    keyed = edited.with_columns(__key=key)
    first = nw.col("__key") == nw.col("__key").min().over("record_id")
    return keyed.filter(first).drop("__edited", "__key")
