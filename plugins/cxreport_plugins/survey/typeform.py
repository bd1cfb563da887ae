"""Typeform: one header record, `#` first, dates in UTC, one column a question or (before 2019) a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import by_role, columns, distinct
from cxreport_plugins.survey.model import Column, Layout, Question, Role
from cxreport_plugins.survey.profile import Profile

SYSTEM = "typeform"
SIGNATURE = {"#", "submit date utc", "network id"}
_ROLES: dict[str, Role] = {
    "#": "id", "start date utc": "started", "stage date utc": "ended", "submit date utc": "created",
    "response type": "finished", "network id": "device", "tags": "tags",
}  # fmt: skip
_METADATA = frozenset({"ending", "score"})
_RECALL = re.compile(r"\{\{[^{}]*\}\}")


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a Typeform export, else None."""
    for index, record in enumerate(preview):
        names = {reading.norm(cell) for cell in record}
        if names >= SIGNATURE:
            variant = "2023+" if "response type" in names else ""
            return Detection(SYSTEM, variant, 1.0, "columns #, Submit Date (UTC) and Network ID"), index, 1
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header record says."""
    found = columns(headers[0])
    roles = by_role(found, _ROLES)
    taken = {column.index for column in roles.values()}
    extra = tuple(c for c in found if reading.norm(c.name) in _METADATA)
    asked = [c for c in found if c.index not in taken and c not in extra and c.name]
    return Layout(
        roles=roles,
        questions=distinct(Question(f"Q{n}", _text(c.name), (c,), (c.name,)) for n, c in enumerate(asked, 1)),
        extra=extra,
        zone="UTC",
        joiners=(" / ", ", "),
        dates_completion=True,
    )


def _text(name: str) -> str:
    """A title without recall tokens and marks of bold and italic."""
    return _RECALL.sub("…", name).replace("*", "").strip("_ ")


def regroup(questions: tuple[Question, ...], profiles: Mapping[int, Profile]) -> tuple[Question, ...]:
    """Old exports give each choice a column that holds its own header when chosen: neighbours are one question."""
    out: list[Question] = []
    for question in questions:
        column = question.columns[0]
        if _is_choice(column, profiles) and out and _is_choice(out[-1].columns[-1], profiles):
            out[-1] = _joined(out[-1], column)
        else:
            out.append(question)
    return tuple(out)


def _is_choice(column: Column, profiles: Mapping[int, Profile]) -> bool:
    return profiles[column.index].values == (column.name,)


def _joined(question: Question, column: Column) -> Question:
    found = tuple(replace(c, label=c.name) for c in (*question.columns, column))
    return replace(question, columns=found, text=" / ".join(c.name for c in found))
