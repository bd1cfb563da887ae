"""Gorgias: satisfaction surveys of its API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import Cell, ObjectFormat, first, listed, metadata, text
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "gorgias.api"
_SIGNATURE = frozenset(("ticket_id", "customer_id", "score", "body_text"))
_ROLES: dict[str, Role] = {"id": "id", "scored_datetime": "created", "customer_id": "reference"}


def recognise(look: Look) -> Detection | None:
    """`data` of objects with a score, a text, a ticket and a customer."""
    if first(look, "data").keys() >= _SIGNATURE:
        return Detection(
            SYSTEM, "API JSON", 1.0, "satisfaction surveys with ticket_id, customer_id, score and body_text"
        )
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    """A survey that nobody answered has no score, and is left out as an empty response."""
    yield Cell("score", text(item.get("score")), "score", scale=("csat", 1, 5))
    yield Cell("body_text", text(item.get("body_text")), "comment")
    yield from metadata(item, without=("score", "body_text", "uri"))


def _layout(columns: Sequence[Cell]) -> Layout:
    """Its times name no zone and are UTC."""
    return layout(columns, _ROLES, zone="UTC")


FORMAT = ObjectFormat(SYSTEM, recognise, listed("data"), _cells, _layout)
