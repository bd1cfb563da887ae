"""What the coders do not agree on, to be settled by talking."""

from __future__ import annotations

import polars as pl

from cxreport.model.coding import FIELDS, MULTIPLE, NONE, SETTLED, Coding


def disputes(coding: Coding, texts: pl.DataFrame) -> pl.DataFrame:
    """A sheet for the coder `settled`: one row a record with an open dispute, most disputed first.

    Who said what of a field stands in its column `said_…`, empty where all agree: there it needs no code. `texts`
    holds `record_id` and what is shown of a record.
    """
    said = pl.DataFrame({"record_id": coding.ids})
    disputed = [field for field in FIELDS if _said(coding, field).height]
    for field in disputed:
        said = said.join(_said(coding, field), on="record_id", how="left")
    columns = [f"said_{field}" for field in disputed]
    count = pl.sum_horizontal(pl.lit(0), *(pl.col(column).is_not_null() for column in columns))
    open_ = said.with_columns(count=count).filter(pl.col("count") > 0)
    first = coding.rows.group_by("record_id").agg(pl.col("stratum", "weight").drop_nulls().first())
    rows = open_.join(first, on="record_id").join(texts, on="record_id", how="left")
    shown = [column for column in texts.columns if column != "record_id"]
    empty = dict.fromkeys(disputed, pl.lit(None, pl.String))
    whole = rows.sort("count", "record_id", descending=[True, False]).with_columns(coder=pl.lit(SETTLED), **empty)
    return whole.select("record_id", "coder", "stratum", "weight", *shown, *columns, *disputed)


def _said(coding: Coding, field: str) -> pl.DataFrame:
    """`record_id, said_field`: `ada: negative; ben: neutral` where the deciding coders differ."""
    code = pl.col(field)
    if field in MULTIPLE:
        code = pl.when(code.list.len() > 0).then(code.list.sort().list.join(", ")).otherwise(pl.lit(NONE))
    given = coding.deciding(field).select("record_id", "coder", code=code).sort("record_id", "coder")
    differing = given.filter(pl.col("code").n_unique().over("record_id") > 1)
    said = pl.concat_str("coder", "code", separator=": ").str.join("; ")
    return differing.group_by("record_id").agg(said.alias(f"said_{field}"))
