"""AskNicely: responses of its API, and the same fields as a table."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cxreport.api import Detection
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.api.columns import layout
from cxreport_plugins.survey.api.items import Cell, ObjectFormat, has_fields, listed, metadata, text
from cxreport_plugins.survey.model import Layout, Role

SYSTEM: Final = "asknicely"
_SCALES: dict[str, tuple[str, float, float]] = {"NPS": ("nps", 0, 10), "5STAR": ("stars", 1, 5)}
"""CSAT and CES are asked on several scales; which one, the answers must show."""
SIGNATURE = frozenset(("response_id", "question_type", "answer", "responded"))
_ROLES: dict[str, Role] = {
    "response_id": "id", "responded": "created", "person_id": "reference", "contact_id": "reference",
}  # fmt: skip
_PERSONAL = frozenset(("name", "email", "publishedname", "phone", "mobile"))


def recognise(look: Look) -> Detection | None:
    """Objects or columns `response_id`, `question_type`, `answer` and `responded`."""
    if has_fields(look, SIGNATURE, "data"):
        form = "API JSON" if look.is_json else "CSV"
        return Detection(SYSTEM, form, 1.0, "fields response_id, question_type, answer and responded")
    return None


def _cells(item: dict[str, Any]) -> Iterator[Cell]:
    """Answers of each type of question in a column of their own; a time of "0" is none."""
    kind = (text(item.get("question_type")) or "?").upper()
    scale = _SCALES.get(kind)
    yield Cell(f"answer ({kind})", text(item.get("answer")), "score" if scale else "answer", scale=scale)
    comment = text(item.get("comment"))
    yield Cell("comment", html.unescape(comment) if comment else None, "comment")
    told = {name: None if value in ("0", 0) else value for name, value in item.items()}
    yield from metadata(told, without=("answer", "comment"))


def _layout(columns: Sequence[Cell]) -> Layout:
    return layout(columns, _ROLES, personal=_PERSONAL, zone="UTC", dates_completion=True)


FORMAT = ObjectFormat(SYSTEM, recognise, listed("data"), _cells, _layout, SIGNATURE)
