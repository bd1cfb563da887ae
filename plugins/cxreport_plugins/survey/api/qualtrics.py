"""Qualtrics: responses as JSON. The names of the fields are the ImportIds of its tables; texts are not in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey import qualtrics
from cxreport_plugins.survey.api.items import (
    SEPARATOR,
    Cell,
    ObjectFormat,
    first,
    joined,
    listed,
    mapping,
    metadata,
    text,
)
from cxreport_plugins.survey.model import Column, Layout, Question

CODE = " (code)"
"""Beside a choice in words, in `extra`: the number that the survey gave it."""


def recognise(look: Look) -> Detection | None:
    """`responses` with `values`, or such objects line by line."""
    item = first(look, "responses")
    values = mapping(item.get("values"))
    if "responseId" in item and values:
        return Detection(qualtrics.SYSTEM, "JSON", 1.0, "responses with values by question id")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    labels = mapping(item.get("labels"))
    values = {"_recordId": item.get("responseId"), **mapping(item.get("values"))}
    for key, value in values.items():
        label = labels.get(key) if key.startswith("QID") and not key.endswith("_NPS_GROUP") else None
        if isinstance(value, list):
            yield Cell(key, joined(label if isinstance(label, list) else value), "multi")
        elif isinstance(value, dict):
            yield from metadata(value, prefix=f"{key}.")
        else:
            yield Cell(key, text(label) or text(value))
        if label is not None:
            yield Cell(key + CODE, text(value))


def _layout(columns: Sequence[Cell]) -> Layout:
    names = [cell.key for cell in columns]
    found = qualtrics.layout([names, [""] * len(names), [json.dumps({"ImportId": name}) for name in names]])
    several = {index for index, cell in enumerate(columns) if cell.kind == "multi"}
    codes = {index for index, cell in enumerate(columns) if cell.key.endswith(CODE)}
    chosen = {cell.key.removesuffix(CODE) for cell in columns if cell.key.endswith(CODE)}
    asked = [_asked(question, several, codes, chosen) for question in found.questions]
    extra = tuple(Column(index, names[index]) for index in sorted(codes))
    return replace(
        found,
        questions=tuple(question for question in asked if question.columns),
        extra=(*found.extra, *extra),
        joiners=(),
        zone="UTC",
        zone_source="spec",
    )


def _asked(question: Question, several: set[int], codes: set[int], chosen: set[str]) -> Question:
    """The question without its codes, and with the separator of its choices; what has codes is no open question."""
    columns = tuple(column for column in question.columns if column.index not in codes)
    is_multi = len(columns) == 1 and columns[0].index in several
    if len(columns) == 1:
        columns = (replace(columns[0], label=None, is_other=False),)
    is_open = False if any(column.name in chosen for column in columns) else question.is_open
    joiner = SEPARATOR if is_multi else None
    return replace(question, id=question.names[0], text="", columns=columns, is_open=is_open, joiner=joiner)


FORMAT = ObjectFormat(qualtrics.SYSTEM, recognise, listed("responses"), _cells, _layout)
