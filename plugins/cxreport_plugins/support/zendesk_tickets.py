"""Zendesk tickets with their comments: one a line, or listed under `tickets`."""

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
from cxreport_plugins.support.zendesk import SYSTEM, identity, opinion

FORM: Final = "tickets"
_MAPPED = frozenset((
    "id", "created_at", "updated_at", "subject", "raw_subject", "description", "comments", "requester_id", "requester",
    "submitter_id", "submitter", "assignee_id", "assignee", "tags", "satisfaction_rating", "url", "collaborator_ids",
    "follower_ids", "email_cc_ids", "collaborators", "fields",
))  # fmt: skip
_ROLES = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_PRIVATE = "Private notes left out"


def detect(look: Look) -> Detection | None:
    """Objects with `requester_id`, `status`, `subject` and what else only a Zendesk ticket has."""
    names = first(look, "tickets").keys()
    who = names & {"requester_id", "requester"} and names & {"submitter_id", "submitter"}
    if who and {"subject", "status", "created_at"} <= names:
        return Detection(SYSTEM, FORM, 1.0, "tickets with requester, submitter, subject and status")
    return None


def read(data: Input, records: Records) -> Iterator[Batch]:
    """The description first, then each public comment; and the rating, if there is one."""
    yield from items.read(data, records, ("tickets",), _raw, "empty_ticket")


def _raw(ticket: dict[str, Any], records: Records) -> Iterator[Raw]:
    number, requester = text(ticket.get("id")), identity(ticket, "requester")
    others = extra(ticket, _MAPPED, records.dropped)
    labels = tags(ticket.get("tags"))
    head = {"title": text(ticket.get("subject")) or text(ticket.get("raw_subject")), "tags": labels, "extra": others}
    for message in linked(_messages(ticket, requester, records), number):
        yield {**message, **head}
        head = {"tags": labels}
    rating = _rating(ticket, number, requester)
    if rating:
        yield {**rating, "tags": tags(labels or [], mapping(ticket.get("satisfaction_rating")).get("reason"))}


def _messages(ticket: dict[str, Any], requester: str | None, records: Records) -> Iterator[Raw]:
    """The description, unless it is the first comment, as a rule it is; then the public comments."""
    number, comments = text(ticket.get("id")), dicts(ticket.get("comments"))
    description = text(ticket.get("description"))
    opening = f"ticket/{number}" if number else None
    told = [_words(comment) for comment in comments]
    is_first = not comments or (description is not None and _same(description) not in map(_same, told))
    if is_first and description is not None:
        author = identity(ticket, "submitter") or requester
        yield {
            "native_id": opening, "text": description, "created": text(ticket.get("created_at")),
            "updated": text(ticket.get("updated_at")) if not comments else None, **_who(author, requester, None),
        }  # fmt: skip
    for index, (comment, words) in enumerate(zip(comments, told, strict=True)):
        if comment.get("public") is False:
            records.left_out[_PRIVATE] += 1
            continue
        role = mapping(comment.get("author")).get("role")
        ident = text(comment.get("id"))
        yield {
            "native_id": opening if index == 0 and not is_first else f"comment/{ident}" if ident else None,
            "text": words, "created": text(comment.get("created_at")),
            **_who(identity(comment, "author"), requester, role),
        }  # fmt: skip


def _words(comment: dict[str, Any]) -> str | None:
    return text(comment.get("plain_body")) or text(comment.get("body")) or plain(text(comment.get("html_body")))


def _same(words: str | None) -> str:
    return " ".join((words or "").split())


def _who(author: str | None, requester: str | None, role: object) -> Raw:
    """The role that the export tells; else whoever is not the requester is taken for the brand."""
    if isinstance(role, str) and role in _ROLES:
        return {"author": author, "role": _ROLES[role], "basis": "role"}
    if author is None or requester is None:
        return {"author": author}
    return {"author": author, "role": "customer" if author == requester else "agent", "basis": "heuristic"}


def _rating(ticket: dict[str, Any], number: str | None, requester: str | None) -> Raw | None:
    """Good or bad; a rating within a ticket has no date of its own, and gets that of the ticket's last change."""
    told = mapping(ticket.get("satisfaction_rating"))
    found = opinion(told.get("score"))
    if not found:
        return None
    ident, own = text(told.get("id")), text(told.get("updated_at")) or text(told.get("created_at"))
    return {
        **found, "kind": RATING, "native_id": f"rating/{ident}" if ident else f"rating/of/{number}" if number else None,
        "text": text(told.get("comment")), "created": own or text(ticket.get("updated_at")),
        "is_dated_by_ticket": own is None, "conversation_id": number, "author": requester, "role": "customer",
    }  # fmt: skip
