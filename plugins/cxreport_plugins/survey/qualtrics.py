"""Qualtrics: three header records (names, texts, ImportIds), two without ImportIds, and the legacy layout."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cxreport.api import Detection, reading
from cxreport_plugins.survey.headers import columns, common_text, distinct, tidy
from cxreport_plugins.survey.model import Column, Layout, Question, Role

SYSTEM = "qualtrics"
_IMPORT = '{"ImportId"'
_QID = re.compile(r"((?:\d+_)?QID\d+)(.*)")
_NAME = re.compile(r"((?:\d+_)?Q\d+(?:\.\d+)?)((?:_.*)?)")
_PART = re.compile(r"_(?:x?\d+)(?:_\d+)*$")
_NO_ANSWER = re.compile(
    r"(Topics|Sentiment|SentimentScore|SentimentPolarity)$| - Sentiment"
    r"|_DO(_|$)|_(FIRST|LAST)_CLICK$|_PAGE_SUBMIT$|_CLICK_COUNT$"
)
"""Columns beside the answers: text analysis, display order, timing."""
_ROLES: dict[str, Role] = {
    "startdate": "started", "enddate": "ended", "recordeddate": "created", "status": "status",
    "duration": "duration", "duration in seconds": "duration", "finished": "finished",
    "recordid": "id", "responseid": "id", "recipientemail": "email", "emailaddress": "email",
    "externaldatareference": "reference", "externalreference": "reference",
    "locationlatitude": "lat", "locationlongitude": "lon", "userlanguage": "language", "weight": "weight",
}  # fmt: skip
_PERSONAL = frozenset({"ipaddress", "recipientlastname", "recipientfirstname", "name"})
_METADATA = frozenset({"progress", "distributionchannel", "responseset", "locationaccuracy"})
SIGNATURE = {"startdate", "enddate", "responseid"}
_LEGACY = {"v1", "v2", "v8", "v10"}


@dataclass(frozen=True, slots=True)
class _Field:
    """One column with what the header records say of it."""

    column: Column
    text: str
    import_id: str

    @property
    def key(self) -> str:
        """The language-free name of a metadata column."""
        return reading.norm(self.import_id or self.column.name)


def recognise(preview: Sequence[Sequence[str]]) -> tuple[Detection, int, int] | None:
    """(detection, index of the header, number of header records) of a Qualtrics export, else None."""
    for index, record in enumerate(preview[:3]):
        if any(_is_import(cell) for cell in record):
            reason = f"row {index + 1} holds Qualtrics ImportIds"
            return Detection(SYSTEM, f"{index + 1} header rows", 1.0, reason), 0, index + 1
    if not preview:
        return None
    names = {reading.norm(cell) for cell in preview[0]}
    second = {reading.norm(cell) for cell in preview[1]} if len(preview) > 1 else set()
    if names >= _LEGACY and "responseid" in second:
        return Detection(SYSTEM, "legacy", 0.95, "columns V1 … V10 over ResponseID"), 0, 2
    if names >= SIGNATURE:
        rows = 1 if _is_response(preview) else 2
        return Detection(SYSTEM, f"{rows} header rows", 0.9, "columns StartDate, EndDate and ResponseId"), 0, rows
    return None


def layout(headers: Sequence[Sequence[str]]) -> Layout:
    """What the header records say."""
    fields = _fields(headers)
    roles: dict[Role, Column] = {}
    for field in fields:
        role = _ROLES.get(field.key)
        if role is not None:
            roles.setdefault(role, field.column)
    taken = {column.index for column in roles.values()}
    rest = [field for field in fields if field.column.index not in taken]
    personal = [field for field in rest if field.key in _PERSONAL]
    asked = [field for field in rest if field not in personal and _base(field, headers)]
    extra = [f for f in rest if f not in personal and f not in asked and f.column.name]
    return Layout(
        roles=roles,
        questions=_questions(asked, headers),
        extra=tuple(field.column for field in extra),
        personal=tuple(field.column for field in personal),
        zone=_zone(headers),
        missing=("-99",),
        joiners=(",",),
    )


def _fields(headers: Sequence[Sequence[str]]) -> list[_Field]:
    imports = next((record for record in headers if any(map(_is_import, record))), [])
    texts = headers[1] if len(headers) > 1 and headers[1] is not imports else []
    legacy = {reading.norm(cell) for cell in headers[0]} >= _LEGACY
    out = []
    for column in columns(headers[0]):
        text = tidy(texts[column.index]) if column.index < len(texts) else ""
        parsed = _import(imports[column.index]) if column.index < len(imports) else {}
        is_metadata = legacy and re.fullmatch(r"V\d+", column.name)
        named = replace(column, name=text) if is_metadata else column
        out.append(_Field(named, text, str(parsed.get("ImportId", ""))))
    return out


def _is_import(cell: str) -> bool:
    return cell.replace("'", '"').startswith(_IMPORT)


def _import(cell: str) -> dict[str, Any]:
    try:
        parsed = json.loads(cell)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _zone(headers: Sequence[Sequence[str]]) -> str | None:
    for cell in next((record for record in headers if any(map(_is_import, record))), []):
        zone = _import(cell).get("timeZone")
        if isinstance(zone, str) and zone:
            return "UTC" if zone == "Z" else zone
    return None


def _is_response(preview: Sequence[Sequence[str]]) -> bool:
    """Whether the second record is a response already: no header has an id of `R_…`."""
    at = [reading.norm(cell) for cell in preview[0]].index("responseid")
    return len(preview) > 1 and at < len(preview[1]) and preview[1][at].startswith(("R_", "FS_"))


def _base(field: _Field, headers: Sequence[Sequence[str]]) -> str | None:
    """The question that a column belongs to; None for metadata, embedded data and text analysis."""
    if field.key in _METADATA or not field.column.name or _NO_ANSWER.search(field.import_id or field.column.name):
        return None
    if field.import_id:
        found = _QID.match(field.import_id)
        return found[1] if found else None
    named = _NAME.fullmatch(field.column.name)
    if named:
        return named[1]
    has_text = len(headers) > 1 and field.text not in ("", field.column.name)
    return field.column.name if has_text else None


def _questions(fields: Sequence[_Field], headers: Sequence[Sequence[str]]) -> tuple[Question, ...]:
    groups: dict[str, list[_Field]] = {}
    for field in fields:
        groups.setdefault(_base(field, headers) or "", []).append(field)
    return distinct(_question(base, found) for base, found in groups.items())


def _question(base: str, fields: Sequence[_Field]) -> Question:
    group = next((f for f in fields if _suffix(f, base) == "_NPS_GROUP"), None)
    parts = [f for f in fields if f is not group] or [f for f in fields if f is group]
    named = [f.text or f.column.name for f in parts]
    text, labels = common_text(named) if len(parts) > 1 else (named[0], [""])
    found = tuple(_column(f, base, label) for f, label in zip(parts, labels, strict=True))
    main = [c for c in found if not c.is_other]
    names = dict.fromkeys([base, *(f.column.name for f in parts), *(f.import_id for f in parts if f.import_id)])
    ident = main[0].name if len(main) == 1 else _PART.sub("", parts[0].column.name)
    return Question(
        id=ident.removesuffix("_TEXT"),
        text=text,
        columns=found,
        names=tuple(names),
        is_open=True if len(main) == 1 and _suffix(parts[0], base) == "_TEXT" else None,
        group=group.column if group is not None and group not in parts else None,
    )


def _suffix(field: _Field, base: str) -> str:
    """What follows the question in the ImportId, or in the name where there is none."""
    return (field.import_id or field.column.name).removeprefix(base)


def _column(field: _Field, base: str, label: str) -> Column:
    suffix = _suffix(field, base)
    other = suffix.endswith("_TEXT") and suffix != "_TEXT"
    return replace(field.column, label=label.removesuffix(" - Text") or None, is_other=other)
