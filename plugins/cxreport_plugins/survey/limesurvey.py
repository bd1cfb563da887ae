"""LimeSurvey: the export of results, headed by codes, texts or both, and the VV export of codes below texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import columns, distinct, is_email, tidy
from cxreport_plugins.survey.model import Column, Layout, Question, Role

SYSTEM = "limesurvey"
SIGNATURES = ({"submitdate", "lastpage", "startlanguage"}, {"date submitted", "last page", "start language"})
_ROLES: dict[str, Role] = {
    "id": "id", "response id": "id", "submitdate": "created", "date submitted": "created",
    "datestamp": "ended", "date last action": "ended", "startdate": "started", "date started": "started",
    "startlanguage": "language", "start language": "language", "token": "reference", "access code": "reference",
    "interviewtime": "duration", "total time": "duration",
}  # fmt: skip
_EXTRA = frozenset({"lastpage", "last page", "seed", "refurl", "referrer url"})
_PERSONAL = frozenset({"ipaddr", "ip address", "firstname", "first name", "lastname", "last name"})
_TIMING = re.compile(r"(?:groupTime\d+|[A-Za-z]\w*Time|Group time: .*|Question time: .*)")
_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\[\]]*\]){0,2})\.\s+(.*)", re.DOTALL)
_PARTS = re.compile(r"(.+?)\s*\[([^\[\]]*)\](?:\s*\[([^\[\]]*)\])?", re.DOTALL)
_BESIDE = frozenset({"other", "comment"})
NEVER = "1980-01-01 00:00:00"
"""When a response to a survey without time stamps was submitted."""
_RESULTS = (("\\n", "\n"),)
_VV = (
    ("{newline}", "\n"), ("{cr}", "\r"), ("{tab}", "\t"), ("{quote}", '"'), ("{lbrace}", "{"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    """One column of answers: the question's code or text, and the part of it that the column holds."""

    column: Column
    base: str
    part: str
    text: str


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a LimeSurvey export, else None."""
    reason = "columns submitdate, lastpage and startlanguage"
    if len(preview) > 1 and _is_header(preview[1]) and len(preview[0]) == len(preview[1]):
        return Detection(SYSTEM, "VV", 1.0, f"{reason} below the texts of the questions"), 0, 2
    first = next((index for index, record in enumerate(preview[:3]) if _is_header(record)), None)
    return None if first is None else (Detection(SYSTEM, "results", 1.0, reason), first, 1)


def _is_header(record: Sequence[str]) -> bool:
    names = {_key(cell) for cell in record}
    return any(signature <= names for signature in SIGNATURES)


def _key(cell: str) -> str:
    """The name of a metadata column: of `submitdate. Date submitted` the code."""
    coded = _CODED.fullmatch(cell.strip())
    return reading.norm(coded[1] if coded else cell)


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header records say. Ids count from 1 in each survey; times are those of the server's unnamed zone."""
    is_vv = len(headers) == 2
    found = columns(headers[-1])
    texts = [tidy(cell) for cell in headers[0]] if is_vv else ["" for _ in found]
    roles: dict[Role, Column] = {}
    for column in found:
        role = _ROLES.get(_key(column.name)) or ("email" if is_email(column.name) else None)
        if role is not None and role not in roles:
            roles[role] = column
    taken = {column.index for column in roles.values()}
    rest = [c for c in found if c.index not in taken and c.name]
    personal = [c for c in rest if _key(c.name) in _PERSONAL]
    extra = [c for c in rest if _key(c.name) in _EXTRA or _TIMING.fullmatch(c.name)]
    asked = [c for c in rest if c not in personal and c not in extra]
    fields = [_vv_field(c, texts[c.index], asked) if is_vv else _field(c) for c in asked]
    return Layout(
        roles=roles,
        questions=distinct(_questions(fields)),
        extra=tuple(extra),
        personal=tuple(personal),
        not_shown=("{question_not_shown}",),
        dates_completion=True,
        undated=(NEVER,),
        escapes=_VV if is_vv else _RESULTS,
        ids_per_file=True,
    )


def _field(column: Column) -> _Field:
    """Of `Q1[SQ001]`, `Q1[SQ001]. Text [Row]` or `Text [Row]`."""
    coded = _CODED.fullmatch(column.name)
    code, text = (coded[1], coded[2]) if coded else (column.name, "")
    base, part = _split(code)
    said, row = _split(text)
    return _Field(column, base, part if part in _BESIDE else row or part, said or ("" if coded else base))


def _split(name: str) -> tuple[str, str]:
    found = _PARTS.fullmatch(name)
    return (found[1], " ".join(filter(None, found.groups()[1:]))) if found else (name, "")


def _vv_field(column: Column, text: str, asked: Sequence[Column]) -> _Field:
    """Of `Q1_SQ001` below its text; a code with `_` is a part only where others have the same beginning."""
    base, _, part = column.name.partition("_")
    is_part = part and sum(c.name.partition("_")[0] == base for c in asked) > 1
    return _Field(column, base if is_part else column.name, part if is_part else "", text)


def _questions(fields: Sequence[_Field]) -> Iterator[Question]:
    groups: dict[str, list[_Field]] = {}
    for field in fields:
        groups.setdefault(field.base, []).append(field)
    for base, members in groups.items():
        found = tuple(replace(f.column, label=f.part or None, is_other=f.part in _BESIDE) for f in members)
        names = (base, *(column.name for column in found))
        yield Question(base, members[0].text, found, tuple(dict.fromkeys(names)))
