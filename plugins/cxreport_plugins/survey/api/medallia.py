"""Medallia Agent Connect (formerly Stella Connect): feedback requests, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import (
    Cell,
    Kind,
    ObjectFormat,
    has_fields,
    joined,
    listed,
    metadata,
    sequence,
    text,
)
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "medallia.agent_connect"
SIGNATURE = frozenset(("request_id", "star_rating", "response_received_at"))
_ROLES: dict[str, Role] = {
    "request_id": "id", "response_received_at": "created", "request_sent_to": "email", "tags": "tags",
}  # fmt: skip
_PERSONAL = frozenset((
    "customer_name", "employee_first_name", "employee_last_name", "employee_email", "employee_custom_id",
    "team_leader", "external_url",
))  # fmt: skip
_ASKED: dict[str, Kind] = {
    "comments": "comment",
    "areas_for_improvement": "choice",
    "additional_question_response": "answer",
}


def recognise(look: Look) -> Detection | None:
    """Objects or columns `request_id`, `star_rating` and `response_received_at`."""
    if has_fields(look, SIGNATURE, "requests", "data"):
        form = "API JSON" if look.is_json else "CSV"
        return Detection(SYSTEM, form, 1.0, "fields request_id, star_rating and response_received_at")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    """A request that nobody answered has no answer in it, and is left out as an empty response."""
    yield Cell("star_rating", text(item.get("star_rating")), "score", scale=("stars", 1, 5))
    for name, kind in _ASKED.items():
        value = item.get(name)
        if isinstance(value, list):
            yield Cell(name, joined(value), "multi")
        else:
            yield Cell(name, text(value), kind)
    tags = item.get("tags")
    yield Cell("tags", ",".join(map(str, sequence(tags))) or None if isinstance(tags, list) else text(tags))
    yield from metadata(item, without=("star_rating", "tags", *_ASKED))


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, personal=_PERSONAL, zone="UTC")


FORMAT = ObjectFormat(SYSTEM, recognise, listed("requests", "data"), _cells, _layout, SIGNATURE)
