"""Versions: the same item read twice (pages that overlap, monthly files) is one record, with a count."""

from __future__ import annotations

from functools import partial

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine, Lazy

_SEPARATOR = "\x1f"
_PLACE = ("source_id", "source_file", "source_member", "source_row", "source_pointer")


def merge_versions(engine: Engine) -> int:
    """Keep the newest version of each `record_id`, counted in the column `versions`; how many rows went.

    Newest by `updated_at`, then a record in its own right before one seen only as a parent, then by place.
    """
    records = engine.open("records")
    counts = records.select(rows=nw.len(), ids=nw.col("record_id").n_unique()).collect()
    surplus = int(counts["rows"].item() - counts["ids"].item())
    if surplus:
        engine.rewrite("records", partial(_current, _judged(records, engine)))
    return surplus


def _judged(records: Lazy, engine: Engine) -> pl.DataFrame:
    """`record_id, __place, __versions, __first` of all rows whose id occurs more than once; looks at few columns."""
    ranked = _ranked(records.select("record_id", "updated_at", "created_at", "is_context", *_PLACE))
    first = nw.col("__key") == nw.col("__key").min().over("record_id")
    return engine.collect({"judged": ranked.with_columns(__first=first).drop("__key")})["judged"]


def _current(judged: pl.DataFrame, part: pl.DataFrame) -> pl.DataFrame:
    """The rows of a part that are the newest of their record, in order, with the count of versions."""
    placed = nw.from_native(part).with_columns(__place=_place()).to_native()
    told = placed.join(judged, on=["record_id", "__place"], how="left", maintain_order="left")
    kept = told.filter(pl.col("__first").fill_null(value=True))
    return kept.with_columns(versions=pl.coalesce("__versions", "versions")).select(part.columns)


def _ranked(rows: Lazy) -> Lazy:
    """Rows whose id occurs more than once, with how often, and a key whose smallest value is the newest."""
    twice = rows.with_columns(
        __edited=nw.coalesce("updated_at", "created_at"),
        __place=_place(),
        __versions=nw.len().over("record_id").cast(nw.Int64),
    ).filter(nw.col("__versions") > 1)
    stale = (nw.col("__edited") < nw.col("__edited").max().over("record_id")).fill_null(value=False)
    signs = (sign.cast(nw.Int8).cast(nw.String) for sign in (stale, nw.col("is_context")))
    key = nw.concat_str(*signs, nw.col("__place"), separator=_SEPARATOR, ignore_nulls=True)
    return twice.with_columns(__key=key).select("record_id", "__versions", "__place", "__key")


def _place() -> nw.Expr:
    return nw.concat_str(
        *(nw.col(column).cast(nw.String) for column in _PLACE), separator=_SEPARATOR, ignore_nulls=True
    )
