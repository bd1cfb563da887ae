"""Multi-valued columns: the labels of a row as a list."""

from __future__ import annotations

import polars as pl

from cxreport.api import LABELS

FOUND: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32, "label": pl.String, "weight": pl.Float64, "rule": pl.String,
}  # fmt: skip
"""A label found: which row it belongs to, how strongly, and by which rule."""


def gathered(found: pl.DataFrame, height: int) -> pl.Series:
    """A list of labels for each of `height` rows, in the order in which `found` (see `FOUND`) has them."""
    lists = found.group_by("row", maintain_order=True).agg(labels=pl.struct("label", "weight", "rule"))
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    joined = rows.join(lists, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("labels").fill_null(pl.lit([], LABELS))).to_series()
