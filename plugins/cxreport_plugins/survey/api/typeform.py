"""Typeform: responses of its API. Titles of questions stand in the form's definition, not here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import (
    Cell,
    Kind,
    ObjectFormat,
    first,
    joined,
    listed,
    mapping,
    metadata,
    sequence,
    text,
)
from cxreport_plugins.survey.model import Layout, Role
from cxreport_plugins.survey.typeform import SYSTEM

_NEVER = "0001-01-01T00:00:00Z"
"""When a response that was not finished was submitted."""
_ROLES: dict[str, Role] = {
    "token": "id", "response_id": "id", "submitted_at": "created", "landed_at": "started",
    "response_type": "finished",    "metadata.network_id": "device", "tags": "tags",
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "text": "open",
    "number": "answer",
    "boolean": "choice",
    "choice": "choice",
    "date": "choice",
}
_NPS = ("nps", 0.0, 10.0)
_PERSONAL = frozenset(("metadata.referer", "metadata.user_agent"))


def recognise(look: Look) -> Detection | None:
    """`items` with `landed_at` and `answers` of fields."""
    item = first(look, "items")
    if {"landed_at", "answers"} <= item.keys() or {"landed_at", "submitted_at", "token"} <= item.keys():
        return Detection(SYSTEM, "API JSON", 1.0, "responses with landed_at and answers of fields")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    for answer in sequence(item.get("answers")):
        yield from _answer(mapping(answer))
    submitted = text(item.get("submitted_at"))
    yield Cell("submitted_at", None if submitted == _NEVER else submitted)
    same = ("landing_id", "response_id") if item.get("token") else ("landing_id",)
    yield from metadata(item, without=("answers", "submitted_at", "variables", *same))
    for variable in sequence(item.get("variables")):
        key = mapping(variable).get("key")
        yield Cell(f"variables.{key}", text(mapping(variable).get(str(mapping(variable).get("type")))))


def _answer(answer: dict[str, Any]) -> Iterator[Cell]:
    """One answer; what it holds stands under the name of its type. Addresses and telephones are left out."""
    field, kind = mapping(answer.get("field")), str(answer.get("type"))
    value, key = answer.get(kind), text(field.get("ref")) or text(field.get("id")) or "?"
    title = text(field.get("title")) or ""
    if kind == "choices":
        chosen = mapping(value)
        yield Cell(key, joined([*sequence(chosen.get("labels")), chosen.get("other")]), "multi", title)
    elif kind in ("email", "phone_number", "file_url", "payment"):
        yield Cell(f"{key}.{kind}", text(value))
    else:
        single = mapping(value).get("label") or mapping(value).get("other") if isinstance(value, dict) else value
        scale = _NPS if field.get("type") == "nps" else None
        yield Cell(key, text(single), "score" if scale else _KINDS.get(kind, "answer"), title, scale=scale)


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, personal=_PERSONAL, zone="UTC", dates_completion=True)


FORMAT = ObjectFormat(SYSTEM, recognise, listed("items"), _cells, _layout)
