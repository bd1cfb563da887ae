"""Formbricks: responses of its API. Questions go by their ids; their texts stand in the survey, not here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import (
    Cell,
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

SYSTEM: Final = "formbricks"
_ROLES: dict[str, Role] = {
    "id": "id", "createdAt": "created", "finished": "finished", "language": "language", "tags": "tags",
    "contact.userId": "reference", "contact.id": "reference", "person.userId": "reference", "person.id": "reference",
}  # fmt: skip
_LEFT_OUT = ("data", "tags", "ttc", "notes")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\+?[\d\s()/-]{7,}")


def recognise(look: Look) -> Detection | None:
    """Objects with `surveyId`, `finished` and `data`, alone or listed under `data`."""
    if {"surveyId", "finished", "data"} <= first(look, "data").keys():
        return Detection(SYSTEM, "API JSON", 1.0, "responses with surveyId, finished and data by question")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    yield from metadata(item, without=_LEFT_OUT)
    yield Cell("tags", ",".join(str(mapping(tag).get("name", tag)) for tag in sequence(item.get("tags"))) or None)
    for key, value in mapping(item.get("data")).items():
        yield from _answer(key, value)


def _answer(key: str, value: object) -> Iterator[Cell]:
    """Lists are choices, or the lines of an address, which are dropped; objects are the rows of a grid."""
    if isinstance(value, dict):
        rows = [(row, text(cell)) for row, cell in value.items()]
        yield from (Cell(f"{key}/{row}", cell, "answer", label=row, group=key) for row, cell in rows)
    elif isinstance(value, list):
        lines = [line for line in value if isinstance(line, str)]
        is_address = any(not line.strip() or _ADDRESS.fullmatch(line.strip()) for line in lines)
        yield Cell(f"{key}.address", joined(value)) if is_address else Cell(key, joined(value), "multi")
    else:
        yield Cell(key, text(value), "answer")


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES)


FORMAT = ObjectFormat(SYSTEM, recognise, listed("data"), _cells, _layout)
