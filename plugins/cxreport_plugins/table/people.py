"""Personal columns: pseudonyms instead of what tells people apart."""

from __future__ import annotations

import polars as pl

from cxreport.api import Context
from cxreport_plugins.common.pseudonyms import pseudonyms

EMAIL = "email"
"""The kind of pseudonyms of addresses, the same in every source: one person stays one."""


def identified(frame: pl.DataFrame, name: str, column: str, context: Context) -> pl.Series:
    """Pseudonyms of a column, as the column `name` of a record; addresses in lower case."""
    cells = frame[column]
    is_address = cells.str.contains("@", literal=True).fill_null(value=False)
    addresses = pseudonyms(cells.set(~is_address, None).str.to_lowercase(), context, EMAIL)
    others = pseudonyms(cells.set(is_address, None), context, name)
    return pl.select(pl.coalesce(addresses, others).alias(name)).to_series()
