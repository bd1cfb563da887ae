"""Wootric (InMoment): responses of its API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import Cell, ObjectFormat, first, listed, metadata, sequence, text
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "wootric"
_ROLES: dict[str, Role] = {
    "id": "id", "created_at": "created", "end_user_id": "reference", "end_user.id": "reference",
    "end_user.email": "email", "tags": "tags",
}  # fmt: skip


def recognise(look: Look) -> Detection | None:
    """Objects with a score, a text and an end user."""
    names = first(look, "responses").keys()
    if {"score", "text", "survey_id"} <= names and names & {"end_user", "end_user_id"}:
        return Detection(SYSTEM, "API JSON", 0.9, "objects with score, text, survey_id and end_user")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    yield Cell("score", text(item.get("score")), "score", scale=("nps", 0, 10))
    yield Cell("text", text(item.get("text")), "comment")
    yield Cell("tags", ",".join(map(str, sequence(item.get("tags")))) or None)
    yield from metadata(item, without=("score", "text", "tags"))


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, zone="UTC")


FORMAT = ObjectFormat(SYSTEM, recognise, listed("responses"), _cells, _layout)
