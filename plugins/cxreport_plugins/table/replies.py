"""The brand's answers that stand in the rows of what they answer, as records of their own."""

from __future__ import annotations

import polars as pl

from cxreport_plugins.table.columns import Columns

_SHARED = ("source_row", "channel", "product_id", "product_name", "location_id", "location_name")


def replies(frame: pl.DataFrame, whole: pl.DataFrame, found: Columns, times: pl.DataFrame) -> pl.DataFrame:
    """Replies to the records `whole`, row by row beside them; `times` are those of the replies, may have no columns."""
    ids = pl.col("native_id") if "native_id" in whole.columns else pl.lit(None, pl.String)
    made = whole.with_columns(frame[found.reply or ""].alias("__reply")).select(
        pl.col("__reply").alias("text"),
        *(name for name in _SHARED if name in whole.columns),
        (ids + "#reply").alias("native_id"),
        ids.alias("in_reply_to_id"),
        pl.lit("owner_reply").alias("kind"),
        pl.lit("brand").alias("author_role"),
        pl.lit(value=True).alias("brand_authored"),
        pl.lit("role").alias("brand_authored_basis"),
    )
    return made.hstack(times.get_columns()).filter(pl.col("text").is_not_null())
