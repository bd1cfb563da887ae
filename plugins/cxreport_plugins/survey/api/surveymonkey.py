"""SurveyMonkey: responses of its API. Question texts are there only with `simple=true`; labels else are choice ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

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
from cxreport_plugins.survey.surveymonkey import SYSTEM

_ROLES: dict[str, Role] = {
    "id": "id", "date_modified": "created", "date_created": "started", "total_time": "duration",
    "response_status": "finished", "recipient_id": "reference", "language": "language",
}  # fmt: skip
_LEFT_OUT = ("pages", "href", "analyze_url", "edit_url", "page_path", "logic_path")
"""Paths through the survey, and links that open the response to whoever has them."""


def recognise(look: Look) -> Detection | None:
    """Responses with `pages` of `questions`, and a `collector_id`."""
    item = first(look, "data")
    if {"pages", "collector_id", "survey_id"} <= item.keys():
        return Detection(SYSTEM, "API JSON", 1.0, "responses with collector_id and pages of questions")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    yield from metadata(item, without=_LEFT_OUT)
    for page in sequence(item.get("pages")):
        for question in sequence(mapping(page).get("questions")):
            yield from _question(mapping(question))


def _question(question: dict[str, Any]) -> Iterator[Cell]:
    """The rows of a grid, the choices, the words, and the words beside "Other", each in a column of its own."""
    key, title = text(question.get("id")) or "?", text(question.get("heading")) or ""
    answers = [mapping(answer) for answer in sequence(question.get("answers"))]
    others = [answer for answer in answers if "other_id" in answer]
    gridded = [answer for answer in answers if "row_id" in answer and answer not in others]
    plain = [answer for answer in answers if answer not in others and answer not in gridded]
    for answer in gridded:
        row = text(answer["row_id"]) or ""
        yield Cell(f"{key}/{row}", _value(answer), "answer", title, label=row, group=key)
    is_multi = question.get("family") == "multiple_choice" or len(plain) > 1
    if is_multi:
        yield Cell(key, joined(_value(answer) for answer in plain), "multi", title, group=key)
    elif plain:
        is_open = "choice_id" not in plain[0]
        yield Cell(key, _value(plain[0]), "open" if is_open else "choice", title, group=key)
    for answer in others:
        yield Cell(f"{key}/other", text(answer.get("text")), "open", title, label="Other", group=key, is_other=True)


def _value(answer: dict[str, Any]) -> str | None:
    """The words of an answer; of a choice without them its weight, else its id."""
    weight = mapping(answer.get("choice_metadata")).get("weight")
    return next((found for v in (answer.get("simple_text"), answer.get("text"), weight, answer.get("choice_id"))
                 if (found := text(v))), None)  # fmt: skip


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES)


FORMAT = ObjectFormat(SYSTEM, recognise, listed("data"), _cells, _layout)
