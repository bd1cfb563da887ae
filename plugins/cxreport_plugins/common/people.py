"""People behind records: the clusters that intervals are computed over, and how many there are."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

AGGREGATES = {
    "authors": nw.col("__author").n_unique(),
    "anonymous": nw.col("__anonymous").sum(),
    "nobody": nw.col("__nobody").max(),
}
"""What `people` reads, to be aggregated over records that went through `columns`."""
CLUSTERS = 64
"""Clusters of authors, fewer than the 512 buckets so that what is cut by many values stays a small table."""


def bucket() -> nw.Expr:
    """The cluster of a record: its author's bucket.

    A record without an author counts as somebody else's each time, so it falls into one of 256 further
    clusters by its id, which is a hash.
    """
    own = nw.concat_str(nw.lit("r"), nw.col("record_id").str.slice(0, 2))
    return nw.coalesce(nw.col("author_bucket").cast(nw.String), own)


def coarse(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Records whose `author_bucket` is one of `CLUSTERS`, or of 16 further ones, by their id, without an author."""
    digits = {digit: CLUSTERS + number for number, digit in enumerate("0123456789abcdef")}
    own = nw.col("record_id").str.slice(0, 1).replace_strict(digits, default=None, return_dtype=nw.Int64)
    return records.with_columns(author_bucket=nw.coalesce(nw.col("author_bucket").cast(nw.Int64) % CLUSTERS, own))


def columns(counted: nw.Expr) -> dict[str, nw.Expr]:
    """What `AGGREGATES` need, over the records for which `counted` holds."""
    return {
        "__author": nw.when(counted).then(nw.col("author_id")),
        "__anonymous": (counted & nw.col("author_id").is_null()).cast(nw.Int64),
        "__nobody": (~counted | nw.col("author_id").is_null()).cast(nw.Int64),
    }


def heads(records: nw.LazyFrame[Any], *keys: str) -> nw.LazyFrame[Any]:
    """One row per combination of `keys`, for `people`."""
    marked = records.with_columns(**columns(~nw.col("record_id").is_null()))
    return marked.group_by(*keys).agg(**AGGREGATES) if keys else marked.select(**AGGREGATES)


def people(rows: pl.DataFrame) -> int | None:
    """Distinct people behind aggregated rows of different clusters; None where no record has an author.

    Anonymous records count one person each. `nobody` tells whether a null was among the distinct authors.
    """
    authors = int((rows["authors"].cast(pl.Int64) - rows["nobody"].fill_null(1)).sum())
    return authors + int(rows["anonymous"].sum()) if authors > 0 else None
