"""Freshdesk: ratings are codes; tickets of the API are threads; the ticket export."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, dump, read, table


def rating(ident: int, ratings: Any, feedback: str | None = None) -> dict[str, Any]:
    return {
        "id": ident, "survey_id": 1, "user_id": 11, "agent_id": 21, "ticket_id": 7, "group_id": 5, "feedback": feedback,
        "ratings": ratings, "created_at": "2026-02-01T10:00:00Z", "updated_at": "2026-02-01T10:00:00Z",
    }  # fmt: skip


def test_ratings_are_codes_and_no_values(tmp_path: Path) -> None:
    codes = [103, 100, -103, 42]
    items = [rating(i, {"default_question": code, "question_2": 101}, "Fine") for i, code in enumerate(codes, 1)]
    items.append(rating(5, [{"question": "default_question", "value": -101}]))
    items.append(rating(6, {}, None))
    got = read(dump(tmp_path / "r.json", items))
    assert (got.detection.system, got.detection.format) == ("freshdesk", "satisfaction ratings")
    assert got.records["rating_value"].to_list() == [7.0, 4.0, 1.0, None, 3.0]
    assert got.records["rating_raw"].to_list() == ["103", "100", "-103", "42", "-101"]
    assert set(got.records["metric"]) == {"custom"}
    assert got.records["rating_norm"].to_list() == [1.0, 0.5, 0.0, None, pytest.approx(1 / 3)]
    assert got.by_id("rating/4")["warnings"] == ["rating_out_of_scale"]
    first = got.by_id("rating/1")
    assert json.loads(first["extra"])["ratings"] == {"question_2": 101}
    assert (first["conversation_id"], first["author_id"]) == ("7", CONTEXT.pseudonym("11"))
    assert got.facts.skipped == {"no_answer": 1}
    assert "confidence fair" in got.notes
    assert got.accounts()


HEADER = [
    "Ticket ID", "Subject", "Description", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time",
    "Last update time", "Resolution time (in hrs)", "Resolution status", "Tags", "Survey results", "Product",
    "Full name", "Email", "Company Name",
]  # fmt: skip


def row(number: str, subject: str, description: str, result: str) -> list[str]:
    return [
        number, subject, description, "Closed", "Low", "Email", "", "Bo Beispiel", "Desk", "2026-02-01 10:00:00",
        "2026-02-02 10:00:00", "5:03:00", "Within SLA", "bags,vip", result, "App", "Ana Exemplo", "ana@example.org", "Exemplar",
    ]  # fmt: skip


def test_the_ticket_export(tmp_path: Path) -> None:
    rows = [
        row("7", "Bag lost", "It never\ncame", "Extremely happy"), row("8", "Seat", "", ""),
        row("9", "Meal", "Cold", "Top!"), row("", "", "", ""),
    ]  # fmt: skip
    got = read(table(tmp_path / "tickets.csv", [HEADER, *rows]))
    assert got.detection.system == "freshdesk.tickets"
    first = got.by_id("7")
    assert (first["kind"], first["title"], first["text"]) == ("ticket", "Bag lost", "It never\ncame")
    assert (first["metric"], first["rating_value"], first["rating_raw"]) == ("custom", 7.0, "Extremely happy")
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 2, 1, 10, tzinfo=UTC), "unknown")
    assert (first["updated_at"], first["tags"]) == (datetime(2026, 2, 2, 10, tzinfo=UTC), ["bags", "vip"])
    assert first["author_id"] == CONTEXT.pseudonym("ana@example.org")
    assert (got.by_id("8")["metric"], got.by_id("9")["rating_value"]) == (None, None)
    assert json.loads(first["extra"])["Resolution time (in hrs)"] == "5:03:00"
    assert [(reject.row, reject.code) for reject in got.rejects] == [(5, "no_content")]
    for secret in ("Exemplo", "example.org", "Beispiel"):
        assert secret not in got.everything()
    assert got.accounts()


TICKET = {
    "id": 7, "subject": "Bag lost", "description": "<p>My bag is <b>lost</b></p>", "requester_id": 11, "responder_id": 21,
    "status": 5, "source": 1, "priority": 1, "created_at": "2026-02-01T09:00:00Z", "updated_at": "2026-02-02T10:00:00Z",
    "tags": ["bags"], "to_emails": ["ana@example.org"], "custom_fields": {"cf_airport": "BER"},
}  # fmt: skip


def said(number: int, body: str, *, incoming: bool = False, private: bool = False, **more: Any) -> dict[str, Any]:
    who = {"user_id": 11 if incoming else 21, "to_emails": ["ana@example.org"]}
    at = f"2026-02-01T1{number}:00:00Z"
    return {"id": number, "body_text": body, "incoming": incoming, "private": private, "created_at": at, **who, **more}


def test_tickets_of_the_api_are_threads(tmp_path: Path) -> None:
    talk = [said(3, "Thank you!", incoming=True), said(1, "We are searching"), said(2, "a note", private=True)]
    got = read(dump(tmp_path / "tickets.json", [{**TICKET, "conversations": talk}, {**TICKET, "id": 8, "source": 10}]))
    assert (got.detection.system, got.detection.format) == ("freshdesk", "tickets")
    thread = got.records.filter(conversation_id="7")
    assert thread.select("native_id", "in_reply_to_id", "author_role", "text").rows() == [
        ("ticket/7", None, "customer", "My bag is lost"),
        ("conversation/1", "ticket/7", "agent", "We are searching"),
        ("conversation/3", "conversation/1", "customer", "Thank you!"),
    ]
    opening = got.by_id("ticket/7")
    assert (opening["title"], opening["tags"], opening["author_id"]) == ("Bag lost", ["bags"], CONTEXT.pseudonym("11"))
    assert json.loads(opening["extra"])["custom_fields"] == {"cf_airport": "BER"}
    assert got.by_id("ticket/8")["author_role"] == "agent", "the brand wrote first"
    assert "Private notes left out: 1" in got.notes
    assert "example.org" not in got.everything()
    assert got.accounts()


def test_conversations_of_the_api_without_their_tickets(tmp_path: Path) -> None:
    talk = [said(1, "We are searching", ticket_id=7), said(2, "a note", private=True, ticket_id=7)]
    got = read(dump(tmp_path / "conversations.json", talk))
    assert got.detection.format == "conversations"
    assert got.records.select("conversation_id", "in_reply_to_id", "text").rows() == [("7", None, "We are searching")]
    assert got.facts.skipped == {"private_or_empty": 1}
    assert got.accounts()
