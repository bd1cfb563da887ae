"""Versions: the same item read twice (pages that overlap, monthly files) is one record, with a count."""

from __future__ import annotations

import narwhals as nw

from cxreport.engine.base import Engine, Lazy
from cxreport.engine.store import key_of
from cxreport.plugin.code import code_digest

_SEPARATOR = "\x1f"
_PLACE = ("source_id", "source_file", "source_member", "source_row", "source_pointer")


def merge_versions(engine: Engine) -> int:
    """Keep the newest version of each `record_id`, counted in the column `versions`; how many rows went.

    Newest by `updated_at`, then a record in its own right before one seen only as a parent, then by place.
    """
    records = engine.open("records")
    told = {"counts": records.select(rows=nw.len(), ids=nw.col("record_id").n_unique())}
    [(rows, ids)] = engine.collect(told)["counts"].iter_rows()
    if rows > ids:
        digest = key_of("versions", engine.digest("records"), code_digest(__name__))
        engine.rewrite("records", _current, _judged(records), digest)
    return int(rows - ids)


def _judged(records: Lazy) -> Lazy:
    """`record_id, __place, __versions, __first` of all rows whose id occurs more than once; looks at few columns."""
    ranked = _ranked(records.select("record_id", "updated_at", "created_at", "is_context", *_PLACE))
    first = nw.col("__key") == nw.col("__key").min().over("record_id")
    return ranked.with_columns(__first=first).drop("__key")


def _current(part: Lazy, judged: Lazy) -> Lazy:
    """The rows of a part that are the newest of their record, with the count of versions."""
    told = part.with_columns(__place=_place()).join(judged, on=["record_id", "__place"], how="left")
    kept = told.filter(nw.col("__first").fill_null(value=True))
    return kept.with_columns(versions=nw.coalesce("__versions", "versions")).drop("__place", "__versions", "__first")


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
