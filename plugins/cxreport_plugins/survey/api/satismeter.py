"""SatisMeter: NPS responses of its API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import Cell, ObjectFormat, first, listed, mapping, metadata, sequence, text
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "satismeter"
_ROLES: dict[str, Role] = {
    "id": "id", "created": "created", "state": "status", "user.userId": "reference", "user.id": "reference",
}  # fmt: skip
_GROUP = "category"


def recognise(look: Look) -> Detection | None:
    """`responses` with rating, category and feedback."""
    names = first(look, "responses").keys()
    if {"rating", "category", "feedback"} <= names and names & {"campaign", "dismissed", "pending"}:
        return Detection(SYSTEM, "API JSON", 1.0, "responses with rating, category and feedback")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    state = next((name for name in ("dismissed", "pending") if item.get(name) is True), None)
    yield Cell("state", state)
    yield Cell("rating", text(item.get("rating")), "score", scale=("nps", 0, 10))
    yield Cell("feedback", text(item.get("feedback")), "comment")
    yield from metadata(item, without=("rating", "feedback", "answers", "dismissed", "pending"))
    for answer in sequence(item.get("answers")):
        asked = mapping(answer)
        key = text(asked.get("name")) or text(asked.get("id")) or "?"
        if key not in ("rating", "feedback"):
            yield Cell(f"answers.{key}", text(asked.get("value")), "answer", text(asked.get("label")) or "")


def _layout(columns: Sequence[Cell]) -> Layout:
    """The tool's own group of each response is compared with its score."""
    found = layout(columns, _ROLES)
    group = next((column for column in found.extra if column.name == _GROUP), None)
    rated = (replace(q, group=group) if q.id == "rating" else q for q in found.questions)
    return replace(found, questions=tuple(rated), extra=tuple(c for c in found.extra if c is not group))


FORMAT = ObjectFormat(SYSTEM, recognise, listed("responses"), _cells, _layout)
