"""Freshdesk satisfaction ratings of its API: codes, not values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import items
from cxreport_plugins.support.freshdesk import CODES, HIGHEST, LOWEST, METRIC, NOTE
from cxreport_plugins.support.items import dicts, first, text
from cxreport_plugins.support.personal import extra
from cxreport_plugins.support.raw import RATING, Raw, Records

SYSTEM: Final = "freshdesk"
FORM: Final = "satisfaction ratings"
_MAIN = "default_question"
_MAPPED = frozenset((
    "id", "user_id", "agent_id", "ticket_id", "feedback", "ratings", "created_at", "updated_at",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Objects with `ratings`, `ticket_id` and `survey_id`."""
    if {"ratings", "ticket_id", "survey_id"} <= first(look, "satisfaction_ratings").keys():
        return Detection(SYSTEM, FORM, 1.0, "satisfaction ratings with survey_id, ticket_id and ratings")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """One record a response: its main question, and the others in `extra`."""
    yield from items.read(data, records, ("satisfaction_ratings",), _raw, "no_answer")
    records.facts.notes.append(NOTE)


def _raw(response: dict[str, Any], records: Records) -> Iterator[Raw]:
    answers, words = _answers(response.get("ratings")), text(response.get("feedback"))
    main = answers.pop(_MAIN, None)
    if main is None and words is None:
        return
    ident = text(response.get("id"))
    scale = {"metric": METRIC, "rating_raw": text(main), "rating_min": LOWEST, "rating_max": HIGHEST}
    others = {**{name: value for name, value in response.items() if name not in _MAPPED}, "ratings": answers}
    yield {
        **(scale if main is not None else {}), "rating_value": CODES.get(main) if isinstance(main, int) else None,
        "kind": RATING, "native_id": f"rating/{ident}" if ident else None, "text": words,
        "created": text(response.get("created_at")), "updated": text(response.get("updated_at")),
        "conversation_id": text(response.get("ticket_id")), "author": text(response.get("user_id")), "role": "customer",
        "extra": extra(others, (), records.dropped),
    }  # fmt: skip


def _answers(ratings: object) -> dict[str, object]:
    """Question → code, of an object or of a list of `{question, value}`, as some connectors reshape it."""
    if isinstance(ratings, dict):
        return dict(ratings)
    listed = dicts(ratings)
    return {text(answer.get("question")) or "?": answer.get("value") for answer in listed}
