"""What the columns of JSON responses say: which are metadata, personal, or questions of which kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from cxreport.api import reading
from cxreport_plugins.survey.api.items import SEPARATOR, Cell
from cxreport_plugins.survey.headers import distinct, is_email, is_personal, tidy
from cxreport_plugins.survey.model import Column, Layout, Question, Role, Spec
from cxreport_plugins.survey.options import Metric

_PERSONAL = frozenset({
    "ip", "ip address", "user agent", "useragent", "first name", "last name", "firstname", "lastname", "name",
    "phone", "phone number", "avatar", "address", "postal", "payment", "file url",
})  # fmt: skip
"""Last parts of names of fields that tell who somebody is or where their device stands."""


def layout(
    columns: Sequence[Cell],
    roles: Mapping[str, Role],
    *,
    personal: frozenset[str] = frozenset(),
    zone: str | None = None,
    dates_completion: bool = False,
) -> Layout:
    """The layout of columns whose keys `roles` knows; `zone` is what the tool's documentation says of its times.

    Metadata with the name of a person's data, at any depth, is dropped.
    """
    found = [(Column(index, tidy(cell.key)), cell) for index, cell in enumerate(columns)]
    known = {role: column for key, role in reversed(list(roles.items())) for column, cell in found if cell.key == key}
    taken = {column.index for column in known.values()}
    rest = [(column, cell) for column, cell in found if not cell.kind and column.index not in taken]
    dropped = [column for column, cell in rest if cell.key in personal or _is_personal(cell.key)]
    return Layout(
        roles=known,
        questions=distinct(_questions([(column, cell) for column, cell in found if cell.kind])),
        extra=tuple(column for column, _ in rest if column not in dropped),
        personal=tuple(dropped),
        zone=zone,
        zone_source="spec",
        dates_completion=dates_completion,
    )


def _is_personal(key: str) -> bool:
    last = key.rpartition(".")[2]
    return reading.norm(last) in _PERSONAL or is_personal(last) or is_email(last)


def _questions(found: Sequence[tuple[Column, Cell]]) -> Iterator[Question]:
    """Columns of one group are one question."""
    groups: dict[str, list[tuple[Column, Cell]]] = {}
    for column, cell in found:
        groups.setdefault(cell.group or cell.key, []).append((column, cell))
    for ident, members in groups.items():
        yield _question(ident, members)


def _question(ident: str, members: Sequence[tuple[Column, Cell]]) -> Question:
    cell = members[0][1]
    spec = Spec(cast(Metric, cell.scale[0]), *cell.scale[1:]) if cell.scale else None
    columns = tuple(Column(c.index, c.name, found.label or None, found.is_other) for c, found in members)
    return Question(
        id=ident,
        text=tidy(cell.text),
        columns=columns,
        names=tuple(dict.fromkeys((ident, *(column.name for column in columns)))),
        is_open=None if cell.kind == "answer" else cell.kind in ("open", "comment"),
        spec=spec,
        joiner=SEPARATOR if cell.kind == "multi" else None,
        is_text=cell.kind == "comment",
    )
