"""Freshdesk: ratings are codes; the ticket export."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, dump, read, table

Shared = Callable[[str], Path]


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
