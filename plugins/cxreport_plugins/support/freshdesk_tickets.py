"""Freshdesk: the ticket export, one ticket a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support.freshdesk import HIGHEST, LOWEST, METRIC, WORDS, WORDS_NOTE
from cxreport_plugins.support.raw import Records
from cxreport_plugins.support.tables import TicketTable

SYSTEM: Final = "freshdesk.tickets"
FORM: Final = ""
SIGNATURE: Final = frozenset(("ticket id", "resolution status", "survey results"))


def _opinion(cells: pl.Expr) -> list[pl.Expr]:
    """The step of a known answer; other words are kept as found."""
    value = cells.str.to_lowercase().replace_strict(WORDS, default=None, return_dtype=pl.Float64)
    given = cells.is_not_null()
    return [
        value.alias("rating_value"),
        pl.when(given).then(pl.lit(METRIC)).alias("metric"),
        pl.when(given).then(LOWEST).alias("rating_min"),
        pl.when(given).then(HIGHEST).alias("rating_max"),
    ]


_TABLE = TicketTable(
    signature=SIGNATURE,
    columns={
        "native_id": "ticket id", "title": "subject", "text": "description", "created": "created time",
        "updated": "last update time", "author": "email", "tags": "tags", "rating_raw": "survey results",
    },
    personal=frozenset((
        "full name", "contact id", "agent", "work phone", "mobile phone", "phone", "twitter id", "email", "name",
    )),
    rating=_opinion,
)  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Columns `Ticket ID`, `Resolution status` and `Survey results`."""
    if _TABLE.is_in(look):
        return Detection(SYSTEM, FORM, 1.0, "columns Ticket ID, Resolution status and Survey results")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """A record a ticket."""
    yield from _TABLE.read(data, records)
    records.facts.notes.append(WORDS_NOTE)
