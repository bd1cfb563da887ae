"""Zendesk satisfaction ratings of its API: good or bad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import items
from cxreport_plugins.support.items import first, tags, text
from cxreport_plugins.support.personal import extra
from cxreport_plugins.support.raw import RATING, Raw, Records
from cxreport_plugins.support.zendesk import SYSTEM, opinion

FORM: Final = "satisfaction ratings"
_MAPPED = frozenset((
    "id", "url", "score", "comment", "reason", "created_at", "updated_at", "ticket_id", "requester_id", "assignee_id",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """`satisfaction_ratings` with `score` and `ticket_id`."""
    names = first(look, "satisfaction_ratings").keys()
    if {"score", "ticket_id", "requester_id"} <= names:
        return Detection(SYSTEM, FORM, 1.0, "satisfaction ratings with score, ticket_id and requester_id")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """Ratings that were given; one that was only offered is no answer."""
    yield from items.read(data, records, ("satisfaction_ratings",), _raw, "no_answer")


def _raw(rating: dict[str, Any], records: Records) -> Iterator[Raw]:
    found, ident = opinion(rating.get("score")), text(rating.get("id"))
    if found:
        yield {
            **found, "kind": RATING, "native_id": f"rating/{ident}" if ident else None,
            "text": text(rating.get("comment")), "created": text(rating.get("created_at")),
            "updated": text(rating.get("updated_at")), "conversation_id": text(rating.get("ticket_id")),
            "author": text(rating.get("requester_id")), "role": "customer", "tags": tags(rating.get("reason")),
            "extra": extra(rating, _MAPPED, records.dropped),
        }  # fmt: skip
