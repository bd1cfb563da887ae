"""SurveyMonkey: two header records, one flattened (`Question - Option`), and the SPSS-like variant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import SEPARATOR, columns, distinct, is_other, tidy
from cxreport_plugins.survey.model import Column, Layout, Question, Role
from cxreport_plugins.survey.words import plain, words

SYSTEM = "surveymonkey"
_CODE = re.compile(r"(q\d{4})(?:_\d{4})?", re.I)
_IDS = frozenset({"respondentid", "respondent id"})
_ROLES: dict[str, Role] = {
    "respondentid": "id", "respondent id": "id",
    "startdate": "started", "start date": "started", "enddate": "ended", "end date": "ended",
    "email address": "email", "weight": "weight",
}  # fmt: skip
_METADATA = frozenset({"collectorid", "collector id", "custom data", "customdata", "language"})
_PERSONAL = frozenset({"ip address", "ipaddress", "first name", "firstname", "last name", "lastname"})
_FLAT, _TWO, _SPSS = "1 header row", "2 header rows", "SPSS-like"


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a SurveyMonkey export, else None."""
    for index, record in enumerate(preview):
        names = {reading.norm(cell) for cell in record}
        if not names & _IDS:
            continue
        rows = 2 if index + 1 < len(preview) and _is_second(record, preview[index + 1]) else 1
        sure = "collectorid" in names or "collector id" in names or rows == 2
        form, confidence = _TWO if rows == 2 else _FLAT, 0.95 if sure else 0.85
        return Detection(SYSTEM, form, confidence, "a column Respondent ID"), index, rows
    if preview and _is_spss(preview[0]):
        reason = "columns StartDate, EndDate and q0001 …"
        return Detection(SYSTEM, _SPSS, 0.8, reason), 0, 1
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header records say."""
    found = columns(headers[0])
    roles: dict[Role, Column] = {}
    personal, extra, rest = [], [], []
    for column in found:
        name = reading.norm(column.name)
        if name in _ROLES and _ROLES[name] not in roles:
            roles[_ROLES[name]] = column
        elif name in _PERSONAL:
            personal.append(column)
        elif name.rstrip(" 0123456789") in _METADATA:
            extra.append(column)
        else:
            rest.append(column)
    is_spss = _is_spss(headers[0])
    if is_spss:
        extra += [c for c in rest if c.name and not _CODE.fullmatch(c.name)]
        rest = [c for c in rest if _CODE.fullmatch(c.name)]
    grouped = _coded(rest) if is_spss else _two(rest, headers[1]) if len(headers) == 2 else _flat(rest)
    return Layout(
        roles=roles,
        questions=distinct(grouped),
        extra=tuple(extra),
        personal=tuple(personal),
        missing=("NA",) if is_spss else (),
        joiners=(", ",),
        day_first=False,
    )


def _is_second(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a record is the second header: no respondent, but labels under questions.

    Either a question spans several columns, so that names are missing in the first header, or a label is one
    that SurveyMonkey itself writes.
    """
    ids = [i for i, cell in enumerate(first) if reading.norm(cell) in _IDS]
    labels = [plain(cell) for cell in second if cell.strip()]
    spans = any(not cell.strip() for cell in first) or bool({*labels} & (words().response | words().open))
    return bool(labels) and spans and all(i >= len(second) or not second[i].strip() for i in ids)


def _is_spss(record: Sequence[str]) -> bool:
    names = {reading.norm(cell) for cell in record}
    coded = sum(1 for cell in record if _CODE.fullmatch(cell.strip()))
    return names >= {"startdate", "enddate"} and coded >= 3 and "responseid" not in names


def _two(rest: Sequence[Column], second: Sequence[str]) -> Iterator[Question]:
    """Questions of the two-header layout: the text stands over the first column only and is carried on."""
    groups: list[tuple[str, list[Column]]] = []
    for column in rest:
        label = tidy(second[column.index]) if column.index < len(second) else ""
        if not (column.name or label):
            continue
        if column.name or not groups:
            groups.append((column.name, []))
        groups[-1][1].append(replace(column, label=label or None))
    for number, (text, members) in enumerate(groups, 1):
        yield _labelled(number, text, members)


def _labelled(number: int, text: str, members: Sequence[Column]) -> Question:
    """A question whose second header cells are options, or words such as `Open-Ended Response`."""
    kinds = {plain(member.label or "") for member in members}
    is_open = bool(kinds & words().open)
    bare = words().response | words().open
    named = tuple(
        replace(
            member,
            label=None if plain(member.label or "") in bare else member.label,
            is_other=len(members) > 1 and is_other(member.label or ""),
        )
        for member in members
    )
    return Question(f"Q{number}", text, named, _names(text), is_open=is_open if len(members) == 1 else None)


def _flat(rest: Sequence[Column]) -> Iterator[Question]:
    """Questions of the flattened layout: neighbours that share what stands before the last ` - `."""
    groups: list[tuple[str, list[Column]]] = []
    for column in (column for column in rest if column.name):
        text, label = _split(column.name)
        if groups and label and text == groups[-1][0]:
            groups[-1][1].append(replace(column, label=label, is_other=is_other(label)))
        elif label and not is_other(label):
            groups.append((text, [replace(column, label=label)]))
        else:
            groups.append((column.name, [column]))
    for number, (text, members) in enumerate(groups, 1):
        alone = len(members) == 1
        yield Question(f"Q{number}", members[0].name if alone else text, tuple(members), _names(text))


def _split(name: str) -> tuple[str, str]:
    text, separator, label = name.rpartition(SEPARATOR)
    return (text.strip(), label.strip()) if separator else (name, "")


def _coded(rest: Sequence[Column]) -> Iterator[Question]:
    """Questions of the SPSS-like layout: `q0004_0001` and its neighbours are options of `q0004`."""
    groups: dict[str, list[Column]] = {}
    for column in rest:
        found = _CODE.fullmatch(column.name)
        if found:
            groups.setdefault(found[1], []).append(column)
    for code, members in groups.items():
        yield Question(code, "", tuple(members), tuple(member.name for member in members))


def _names(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
