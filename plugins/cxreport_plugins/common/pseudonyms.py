"""Pseudonyms: keyed stand-ins for what is personal and tells people or orders apart."""

from __future__ import annotations

import polars as pl

from cxreport.api import Context


def pseudonyms(cells: pl.Series, context: Context, kind: str) -> pl.Series:
    """Keyed stand-ins for personal numbers, such as those of reservations; null stays null, and so does blank."""
    plain = cells.str.strip_chars()
    table = {value: context.pseudonym(value, kind) for value in plain.drop_nulls().unique().sort() if value}
    return plain.replace_strict(table, default=None, return_dtype=pl.String)
