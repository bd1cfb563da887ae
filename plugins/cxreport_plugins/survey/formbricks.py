"""Formbricks: one header record; questions are numbered (`1. How …`), what else there is stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.api import formbricks as api
from cxreport_plugins.survey.headers import SEPARATOR, by_role, columns, distinct
from cxreport_plugins.survey.model import Column, Layout, Question, Role

SYSTEM = api.SYSTEM
SIGNATURE = {"no", "response id", "survey id", "formbricks id internal"}
_ROLES: dict[str, Role] = {
    "response id": "id", "timestamp": "created", "finished": "finished", "user id": "reference", "tags": "tags",
}  # fmt: skip
_PERSONAL = frozenset({"formbricks id internal"})
_NUMBERED = re.compile(r"(\d+)\.\s+(.+)", re.DOTALL)
_OPTION = f"{SEPARATOR}Option ID"


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a Formbricks export, else None."""
    for index, record in enumerate(preview):
        if {reading.norm(cell) for cell in record} >= SIGNATURE:
            reason = "columns No., Response ID, Survey ID and Formbricks ID (internal)"
            return Detection(SYSTEM, "table", 1.0, reason), index, 1
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header record says; times are those of whoever exported, in an unnamed zone."""
    found = columns(headers[0])
    roles = by_role(found, _ROLES)
    taken = {column.index for column in roles.values()}
    rest = [c for c in found if c.index not in taken and c.name]
    personal = tuple(c for c in rest if reading.norm(c.name) in _PERSONAL)
    asked = [c for c in rest if _NUMBERED.fullmatch(c.name) and not c.name.endswith(_OPTION)]
    return Layout(
        roles=roles,
        questions=distinct(_questions(asked)),
        extra=tuple(c for c in rest if c not in asked and c not in personal),
        personal=personal,
        joiners=("; ",),
    )


def _questions(asked: Sequence[Column]) -> Iterator[Question]:
    """Columns of one number are the rows of a grid: `3. Rate - Crew`, `3. Rate - Food`."""
    groups: dict[str, list[Column]] = {}
    for column in asked:
        groups.setdefault(column.name.partition(".")[0], []).append(column)
    for number, members in groups.items():
        texts = [column.name.partition(".")[2].strip() for column in members]
        parts = [text.rpartition(SEPARATOR) for text in texts]
        is_grid = len(members) > 1 and len({head for head, _, _ in parts}) == 1
        text = parts[0][0] if is_grid else texts[0]
        rows = [replace(c, label=row) for c, (_, _, row) in zip(members, parts, strict=True)] if is_grid else members
        names = (text, *(column.name for column in members))
        yield Question(f"Q{number}", text, tuple(rows), tuple(dict.fromkeys(names)))
