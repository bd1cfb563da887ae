"""Alchemer (formerly SurveyGizmo): one header record, a column an option (`Option:Question`) or row of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import by_role, columns, distinct, is_other
from cxreport_plugins.survey.model import Column, Layout, Question, Role

SYSTEM = "alchemer"
SIGNATURE = {"response id", "time started", "date submitted", "referer"}
_ROLES: dict[str, Role] = {
    "response id": "id", "time started": "started", "date submitted": "created", "status": "finished",
    "contact id": "reference", "language": "language", "longitude": "lon", "latitude": "lat",
}  # fmt: skip
_EXTRA = frozenset({
    "legacy comments", "comments", "referer", "sessionid", "extended referer", "country", "city", "state region",
})  # fmt: skip
_PERSONAL = frozenset({"user agent", "ip address", "postal"})
_HEAD = 22
"""The tool's own columns stand first; a question further on may be called `Comments`."""


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of an Alchemer export, else None."""
    for index, record in enumerate(preview):
        if {reading.norm(cell) for cell in record} >= SIGNATURE:
            reason = "columns Response ID, Time Started, Date Submitted and Referer"
            return Detection(SYSTEM, "", 1.0, reason), index, 1
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header record says. Ids count from 1 in each survey; times are US Eastern, as documented."""
    found = columns(headers[0])
    head = found[:_HEAD]
    roles = by_role(head, _ROLES)
    if "finished" in roles:
        roles["status"] = roles["finished"]
    taken = {column.index for column in roles.values()}
    own = [c for c in head if c.index not in taken]
    personal = tuple(c for c in own if reading.norm(c.name) in _PERSONAL)
    extra = tuple(c for c in own if reading.norm(c.name) in _EXTRA)
    asked = [c for c in found if c.index not in taken and c not in personal and c not in extra and c.name]
    return Layout(
        roles=roles,
        questions=distinct(_questions(asked)),
        extra=extra,
        personal=personal,
        zone="America/New_York",
        zone_source="spec",
        ids_per_file=True,
    )


def _questions(asked: Sequence[Column]) -> Iterator[Question]:
    """Neighbours that share what stands after the first colon are one question."""
    groups: list[tuple[str, list[Column]]] = []
    for column in asked:
        label, colon, text = (part.strip() for part in column.name.partition(":"))
        member = replace(column, label=label, is_other=is_other(label)) if colon and text else column
        if member.label and groups and groups[-1][0] == text:
            groups[-1][1].append(member)
        else:
            groups.append((text if member.label else column.name, [member]))
    for number, (text, members) in enumerate(groups, 1):
        if len(members) == 1:
            alone = replace(members[0], label=None, is_other=False)
            yield Question(f"Q{number}", alone.name, (alone,), (alone.name,))
        else:
            yield Question(f"Q{number}", text, tuple(members), (text, *(member.name for member in members)))
