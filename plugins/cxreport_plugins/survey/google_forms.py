"""Google Forms: one header record whose first cell is the time stamp, in the language of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import columns, distinct
from cxreport_plugins.survey.model import Column, Layout, Question, Role

SYSTEM = "google_forms"
_TIMESTAMP = frozenset({
    "timestamp", "carimbo de data hora", "horodateur", "zeitstempel", "marca temporal",
    "informazioni cronologiche", "tijdstempel", "タイムスタンプ", "отметка времени",
})  # fmt: skip
_EMAIL = frozenset({
    "email address", "username", "endereço de e mail", "e mail adresse", "adresse e mail",
    "dirección de correo electrónico", "indirizzo email", "e mailadres", "メールアドレス",
    "адрес электронной почты", "nome de usuário",
})  # fmt: skip
_SCORE = frozenset({"score", "pontuação", "punktzahl", "puntuación", "punteggio", "баллы"})
_GRID = re.compile(r"(.+?)\s*\[([^\[\]]+)\]")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\d+(\.\d+)?$")


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records); weak, for only the first header speaks."""
    if not preview or not preview[0] or reading.norm(preview[0][0]) not in _TIMESTAMP or len(preview[0]) < 2:
        return None
    if any(record and record[0].strip() and not _DATE.match(record[0].strip()) for record in preview[1:]):
        return None
    reason = f"the first column is called {preview[0][0].strip()!r}; please confirm"
    return Detection(SYSTEM, "", 0.6, reason), 0, 1


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header record says."""
    stamp, *found = columns(headers[0])
    email = next((c for c in found if reading.norm(c.name) in _EMAIL), None)
    extra = tuple(c for c in found if reading.norm(c.name) in _SCORE)
    asked = [c for c in found if c is not email and c not in extra]
    roles: dict[Role, Column] = {"created": stamp}
    if email is not None:
        roles["email"] = email
    return Layout(
        roles=roles,
        questions=distinct(_questions(asked)),
        extra=extra,
        joiners=(";", ", "),
        dates_completion=True,
    )


def _questions(asked: Sequence[Column]) -> Iterator[Question]:
    """Neighbours `Question [Row]` of one text are a grid."""
    groups: list[tuple[str, list[Column]]] = []
    for column in asked:
        grid = _GRID.fullmatch(column.name)
        text = grid[1] if grid else column.name
        member = replace(column, label=grid[2]) if grid else column
        if grid and groups and groups[-1][0] == text and groups[-1][1][0].label:
            groups[-1][1].append(member)
        else:
            groups.append((text, [member]))
    for number, (text, members) in enumerate(groups, 1):
        whole = members[0].name if len(members) == 1 else text
        yield Question(f"Q{number}", whole, tuple(members), tuple(member.name for member in members))
