"""Lists of codes, such as the column `warnings`, from conditions."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def listed(conditions: Mapping[str, pl.Expr]) -> pl.Expr:
    """The list of those codes whose condition holds, in order; null where none does."""
    codes = pl.concat_list([pl.when(condition).then(pl.lit(code)) for code, condition in conditions.items()])
    found = codes.list.drop_nulls()
    return pl.when(found.list.len() > 0).then(found)


def count(records: pl.DataFrame, code: str) -> int:
    """How many records carry a warning."""
    return int(records["warnings"].list.contains(code).sum())
