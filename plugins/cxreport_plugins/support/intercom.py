"""Intercom conversations: what opened them, their parts, and the rating."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import items
from cxreport_plugins.support.items import dicts, first, mapping, tags, text
from cxreport_plugins.support.markup import plain
from cxreport_plugins.support.personal import extra
from cxreport_plugins.support.raw import RATING, Raw, Records
from cxreport_plugins.support.threads import linked

SYSTEM: Final = "intercom"
FORM: Final = "conversations"
_MAPPED = frozenset((
    "type", "id", "created_at", "updated_at", "title", "source", "contacts", "teammates", "admin_assignee_id", "tags",
    "conversation_rating", "conversation_parts", "first_contact_reply", "user", "customers", "assignee",
    "linked_objects",
))  # fmt: skip
_ROLES = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "admin": "agent",
    "team": "agent",
    "bot": "bot",
}
_PUBLIC = frozenset(("comment", "open", "close", "assignment", "quick_reply", "message"))
"""Parts that customers see, where they hold words; all others are events, or notes of the staff."""
_STEPS = {"terrible": 1.0, "bad": 2.0, "ok": 3.0, "good": 4.0, "amazing": 5.0}
_PRIVATE, _GONE = "Private notes left out", "Messages deleted by their authors left out"


def detect(look: Look) -> Detection | None:
    """Objects of type conversation, or with `source` and `conversation_parts`."""
    item = first(look, "conversations")
    names = item.keys()
    is_one = item.get("type") == "conversation" or "conversation_parts" in names or "conversation_rating" in names
    if is_one and {"id", "created_at", "source"} <= names:
        return Detection(SYSTEM, FORM, 1.0, "conversations with source, parts and rating")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """The opening message first, then each part that the customer sees; and the rating, if there is one."""
    yield from items.read(data, records, ("conversations",), _raw, "empty_conversation")


def _raw(conversation: dict[str, Any], records: Records) -> Iterator[Raw]:
    ident = text(conversation.get("id"))
    labels = tags([tag.get("name") for tag in dicts(mapping(conversation.get("tags")).get("tags"))])
    source = mapping(conversation.get("source"))
    head = {
        "title": text(conversation.get("title")) or plain(text(source.get("subject"))),
        "tags": labels,
        "url": text(source.get("url")) if "@" not in (text(source.get("url")) or "") else None,
        "extra": extra(conversation, _MAPPED, records.dropped),
    }
    for message in linked(_messages(conversation, source, ident, records), ident):
        yield {**message, **head}
        head = {"tags": labels}
    rating = _rating(mapping(conversation.get("conversation_rating")), ident)
    if rating:
        yield {**rating, "tags": labels}


def _messages(
    conversation: dict[str, Any], source: dict[str, Any], ident: str | None, records: Records
) -> Iterator[Raw]:
    yield {
        "native_id": f"conversation/{ident}" if ident else None, "text": plain(text(source.get("body"))),
        "created": text(conversation.get("created_at")), **_who(source),
    }  # fmt: skip
    parts = mapping(conversation.get("conversation_parts")).get("conversation_parts")
    for part in dicts(parts if parts is not None else conversation.get("conversation_parts")):
        kind = text(part.get("part_type")) or ""
        if part.get("redacted") is True:
            records.left_out[_GONE] += 1
        elif "note" in kind:
            records.left_out[_PRIVATE] += 1
        elif kind in _PUBLIC:
            number = text(part.get("id"))
            yield {
                "native_id": f"part/{number}" if number else None, "text": plain(text(part.get("body"))),
                "created": text(part.get("created_at")), "updated": text(part.get("updated_at")), **_who(part),
            }  # fmt: skip


def _who(message: dict[str, Any]) -> Raw:
    author = mapping(message.get("author"))
    return {"author": text(author.get("id")), "role": _ROLES.get(text(author.get("type")) or "")}


def _rating(rating: dict[str, Any], ident: str | None) -> Raw | None:
    """1 to 5, as a number or in the words of the bot's own question; None when nobody rated."""
    told = rating.get("rating")
    if told in (None, ""):
        return None
    number = float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None
    value = _STEPS.get(str(told).lower()) if number is None else number if 1 <= number <= 5 else None
    return {
        "kind": RATING, "native_id": f"rating/{ident}" if ident else None, "text": text(rating.get("remark")),
        "metric": "csat", "rating_raw": text(told), "rating_value": value, "rating_min": 1.0, "rating_max": 5.0,
        "created": text(rating.get("created_at")), "conversation_id": ident,
        "author": text(mapping(rating.get("contact")).get("id")), "role": "customer",
    }  # fmt: skip
