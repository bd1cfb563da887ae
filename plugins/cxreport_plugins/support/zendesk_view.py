"""Zendesk: the CSV of a view, one ticket a row, without what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support.raw import Records
from cxreport_plugins.support.tables import TicketTable

SYSTEM: Final = "zendesk.view"
FORM: Final = ""
SIGNATURE: Final = frozenset(("summation column", "satisfaction score"))
_VALUES = {"good": 1.0, "bad": 0.0}


def _opinion(cells: pl.Expr) -> list[pl.Expr]:
    """Good and bad; what was offered, or not even that, is no answer."""
    value = cells.str.to_lowercase().replace_strict(_VALUES, default=None, return_dtype=pl.Float64)
    given = value.is_not_null()
    return [
        value.alias("rating_value"),
        pl.when(given).then(pl.lit("binary")).alias("metric"),
        pl.when(given).then(cells).alias("rating_raw"),
        pl.when(given).then(0.0).alias("rating_min"),
        pl.when(given).then(1.0).alias("rating_max"),
    ]


_TABLE = TicketTable(
    signature=SIGNATURE,
    columns={
        "native_id": "id", "title": "subject", "created": "created at", "updated": "updated at",
        "author": "requester id", "tags": "tags", "rating_raw": "satisfaction score",
    },
    personal=frozenset((
        "requester", "requester email", "requester external id", "requester domain", "submitter", "assignee",
    )),
    rating=_opinion,
)  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Columns `Summation column` and `Satisfaction Score`."""
    if _TABLE.is_in(look):
        return Detection(SYSTEM, FORM, 1.0, "columns Summation column and Satisfaction Score")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """A record a ticket."""
    yield from _TABLE.read(data, records)
