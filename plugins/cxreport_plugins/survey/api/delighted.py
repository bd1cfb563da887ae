"""Delighted: survey responses of its API."""

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

SYSTEM = "delighted"
_SCALES: dict[str, tuple[str, float, float]] = {
    "nps": ("nps", 0, 10), "csat": ("csat", 1, 5), "ces": ("ces", 1, 7), "5-star": ("stars", 1, 5),
    "smileys": ("smiley", 1, 5), "thumbs": ("thumbs", 0, 1),
}  # fmt: skip
_ROLES: dict[str, Role] = {"id": "id", "created_at": "created", "person": "reference", "tags": "tags"}
_MAPPED = frozenset(("person", "score", "comment", "additional_answers", "tags", "id", "created_at"))
_PERSONAL = frozenset(("notes", "permalink"))
"""Notes are staff's words about a person; the permalink opens the response to whoever has it."""


def recognise(look: Look) -> Detection | None:
    """Objects with `survey_type`, `score` and `person`."""
    if {"survey_type", "score", "person"} <= first(look).keys():
        return Detection(SYSTEM, "API JSON", 1.0, "objects with survey_type, score and person")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    kind = str(item.get("survey_type"))
    scale = _SCALES.get(kind, ("custom", 0, 10))
    yield Cell("id", text(item.get("id")))
    yield Cell("created_at", text(item.get("created_at")))
    person = item.get("person")
    yield Cell("person", text(person.get("id") if isinstance(person, dict) else person))
    yield Cell("tags", ",".join(str(tag) for tag in sequence(item.get("tags"))) or None)
    yield Cell(f"score ({kind})", text(item.get("score")), "score", scale=scale if kind in _SCALES else None)
    yield Cell("comment", text(item.get("comment")), "comment")
    yield from metadata(item, without=_MAPPED)
    yield from metadata({key: v for key, v in mapping(person).items() if key != "id"}, prefix="person.")
    for answer in sequence(item.get("additional_answers")):
        yield from _answer(mapping(answer))


def _answer(answer: dict[str, Any]) -> Iterator[Cell]:
    """An additional question: its value stands under the name of its kind."""
    question, value = mapping(answer.get("question")), mapping(answer.get("value"))
    key, asked = text(question.get("id")) or text(answer.get("id")) or "?", text(question.get("text")) or ""
    kinds: dict[str, Kind] = {
        "free_response": "open",
        "scale": "answer",
        "select_one": "choice",
        "select_many": "multi",
    }
    kind = next((name for name in kinds if name in value), "")
    found = value.get(kind)
    if kind == "select_many":
        cell = joined(mapping(choice).get("text", choice) for choice in sequence(found))
    else:
        cell = text(mapping(found).get("text", found))
    if kind:
        yield Cell(key, cell, kinds[kind], asked)


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, personal=_PERSONAL, zone="UTC")


FORMAT = ObjectFormat(SYSTEM, recognise, listed(), _cells, _layout)
