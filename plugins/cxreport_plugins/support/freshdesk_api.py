"""Freshdesk tickets of its API, with their conversations where they were asked for; and conversations on their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.support import items
from cxreport_plugins.support.freshdesk_ratings import SYSTEM
from cxreport_plugins.support.items import dicts, first, tags, text
from cxreport_plugins.support.markup import plain
from cxreport_plugins.support.personal import extra
from cxreport_plugins.support.raw import Raw, Records
from cxreport_plugins.support.threads import linked

TICKETS: Final = "tickets"
CONVERSATIONS: Final = "conversations"
_MAPPED = frozenset((
    "id", "subject", "description", "description_text", "structured_description", "requester_id", "requester", "tags",
    "created_at", "updated_at", "conversations",
))  # fmt: skip
_PERSONAL = frozenset((
    "to_emails", "cc_emails", "fwd_emails", "reply_cc_emails", "ticket_cc_emails", "email", "phone", "attachments",
))  # fmt: skip
_OUTBOUND = "10"
"""The `source` of a ticket that the brand itself began."""
_PRIVATE = "Private notes left out"


def detect_tickets(look: Look) -> Detection | None:
    """Objects with `requester_id`, `responder_id`, `subject`, and status and source as numbers."""
    ticket = first(look, "tickets")
    is_coded = isinstance(ticket.get("status"), int) and isinstance(ticket.get("source"), int)
    if is_coded and {"requester_id", "responder_id", "subject"} <= ticket.keys():
        return Detection(SYSTEM, TICKETS, 1.0, "tickets with requester and responder, status and source as numbers")
    return None


def detect_conversations(look: Look) -> Detection | None:
    """Objects with `ticket_id`, `incoming` and `private`."""
    if {"ticket_id", "incoming", "private"} <= first(look, "conversations").keys():
        return Detection(SYSTEM, CONVERSATIONS, 1.0, "conversations with ticket_id, incoming and private")
    return None


def read_tickets(data: Input, records: Records) -> Iterator[Batch]:
    """The description first, then each public conversation."""
    yield from items.read(data, records, ("tickets",), _ticket, "empty_ticket")


def read_conversations(data: Input, records: Records) -> Iterator[Batch]:
    """A message each, without the description of its ticket and without links: they come in any order."""
    yield from items.read(data, records, ("conversations",), _alone, "private_or_empty")


def _ticket(ticket: dict[str, Any], records: Records) -> Iterator[Raw]:
    number, labels = text(ticket.get("id")), tags(ticket.get("tags"))
    kept = {name: value for name, value in ticket.items() if name not in _PERSONAL}
    records.dropped.update(ticket.keys() & _PERSONAL)
    head = {"title": text(ticket.get("subject")), "extra": extra(kept, _MAPPED, records.dropped)}
    is_ours = text(ticket.get("source")) == _OUTBOUND
    opening = {
        "native_id": f"ticket/{number}" if number else None,
        "text": text(ticket.get("description_text")) or plain(text(ticket.get("description"))),
        "created": text(ticket.get("created_at")),
        "author": text(ticket.get("responder_id" if is_ours else "requester_id")),
        "role": "agent" if is_ours else "customer",
    }
    for message in linked([opening, *_messages(ticket, records)], number):
        yield {**message, **head, "tags": labels}
        head = {}


def _messages(ticket: dict[str, Any], records: Records) -> Iterator[Raw]:
    yield from (made for each in dicts(ticket.get("conversations")) if (made := _message(each, records)) is not None)


def _message(said: dict[str, Any], records: Records) -> Raw | None:
    """One conversation; None for a private note."""
    if said.get("private") is True:
        records.left_out[_PRIVATE] += 1
        return None
    ident = text(said.get("id"))
    return {
        "native_id": f"conversation/{ident}" if ident else None,
        "text": text(said.get("body_text")) or plain(text(said.get("body"))),
        "created": text(said.get("created_at")),
        "updated": text(said.get("updated_at")),
        "author": text(said.get("user_id")),
        "role": "customer" if said.get("incoming") is True else "agent",
    }


def _alone(said: dict[str, Any], records: Records) -> Iterator[Raw]:
    made = _message(said, records)
    yield from (
        {**message, "in_reply_to_id": None} for message in linked([made] if made else [], text(said.get("ticket_id")))
    )
