"""Microsoft Forms: a workbook of one header record, its first columns in the language of the form's owner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import by_role, columns, distinct
from cxreport_plugins.survey.model import Layout, Question, Role

SYSTEM = "ms_forms"
_STARTED = frozenset({"start time", "heure de début", "startzeit", "hora de inicio", "hora de início"})
_ENDED = frozenset({
    "completion time", "heure de fin", "fertigstellungszeit", "hora de finalización", "hora de conclusão",
})  # fmt: skip
_EMAIL = frozenset({"email", "adresse de messagerie", "e mail", "correo electrónico"})
_NAME = frozenset({"name", "nom", "nombre", "nome"})
_EXTRA = frozenset({
    "last modified time", "heure de la dernière modification", "uhrzeit der letzten änderung",
    "hora de última modificación", "total points", "quiz feedback", "grade posted time",
})  # fmt: skip
_GRADED = re.compile(r"(Points|Feedback) - ")
_ROLES: dict[str, Role] = {
    **dict.fromkeys(_STARTED, "started"), **dict.fromkeys(_ENDED, "created"), **dict.fromkeys(_EMAIL, "email"),
    "id": "id",
}  # fmt: skip
_HEAD = 6
"""The tool's own columns stand among the first; further on `Name` is a question of the form."""


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a Forms workbook, else None."""
    for index, record in enumerate(preview):
        names = [reading.norm(cell) for cell in record[:3]]
        if len(names) == 3 and names[0] == "id" and names[1] in _STARTED and names[2] in _ENDED:
            reason = f"columns {', '.join(cell.strip() for cell in record[:3])}"
            return Detection(SYSTEM, "", 0.95, reason), index, 1
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header record says. Ids count from 1 in each file; times are those of the owner's unnamed zone."""
    found = columns(headers[0])
    head = found[:_HEAD]
    roles = by_role(head, _ROLES)
    taken = {column.index for column in roles.values()}
    personal = tuple(c for c in head if c.index not in taken and reading.norm(c.name) in _NAME)
    rest = [c for c in found if c.index not in taken and c not in personal and c.name]
    extra = tuple(c for c in rest if reading.norm(c.name) in _EXTRA or _GRADED.match(c.name))
    asked = [c for c in rest if c not in extra]
    return Layout(
        roles=roles,
        questions=distinct(Question(f"Q{n}", c.name, (c,), (c.name,)) for n, c in enumerate(asked, 1)),
        extra=extra,
        personal=personal,
        joiners=(";",),
        dates_completion=True,
        ids_per_file=True,
    )
