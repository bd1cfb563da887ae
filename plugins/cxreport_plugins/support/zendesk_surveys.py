"""Zendesk survey responses of its API: ratings from 1 to 5 and open answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import items
from cxreport_plugins.support.items import dicts, first, mapping, text
from cxreport_plugins.support.personal import extra
from cxreport_plugins.support.raw import RATING, Raw, Records
from cxreport_plugins.support.zendesk import SYSTEM, opinion

FORM: Final = "survey responses"
_MAPPED = frozenset(("id", "url", "answers", "subjects", "responder_id", "created_at", "updated_at"))


def detect(look: Look) -> Detection | None:
    """`survey_responses` with `responder_id`."""
    names = first(look, "survey_responses", "survey_response").keys()
    if {"responder_id", "answers"} <= names:
        return Detection(SYSTEM, FORM, 1.0, "survey responses with responder_id and answers")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """Responses that hold a rating or words."""
    yield from items.read(data, records, ("survey_responses",), _raw, "no_answer")


def _raw(response: dict[str, Any], records: Records) -> Iterator[Raw]:
    answers = dicts(response.get("answers"))
    words = [told for answer in answers if (told := text(answer.get("value"))) and answer.get("type") == "open_ended"]
    found = next((raw for answer in answers if (raw := _rating(answer))), None)
    if found or words:
        ident = text(response.get("id"))
        dates = [text(answer.get(name)) for answer in answers for name in ("created_at", "updated_at")]
        yield {
            **(found or {}), "kind": RATING, "native_id": f"survey/{ident}" if ident else None,
            "text": "\n\n".join(words) or None,
            "created": text(response.get("created_at")) or next(filter(None, dates), None),
            "updated": text(response.get("updated_at")), "conversation_id": _ticket(response),
            "author": text(response.get("responder_id")), "role": "customer",
            "extra": extra(response, _MAPPED, records.dropped),
        }  # fmt: skip


def _rating(answer: dict[str, Any]) -> Raw:
    """1 to 5; where only the category is given, good or bad."""
    if answer.get("type") != "rating_scale":
        return {}
    told = answer.get("rating")
    if isinstance(told, int) and not isinstance(told, bool):
        value = float(told) if 1 <= told <= 5 else None
        return {"metric": "csat", "rating_raw": text(told), "rating_value": value, "rating_min": 1.0, "rating_max": 5.0}
    return opinion(answer.get("rating_category"))


def _ticket(response: dict[str, Any]) -> str | None:
    """The ticket among the subjects: `{id, type}`, or the end of a name such as `zen:ticket:35436`."""
    for subject in dicts(response.get("subjects")):
        name = text(subject.get("zrn")) or ""
        if ":ticket:" in name:
            return name.rpartition(":")[2] or None
        if subject.get("type") == "ticket":
            return text(subject.get("id"))
    return text(mapping(response.get("subject")).get("id"))
