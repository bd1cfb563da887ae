"""Intercom: conversations with parts and ratings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, dump, lines, read

START = 1769940000


def part(ident: str, kind: str, who: str, body: str | None, minutes: int, **more: Any) -> dict[str, Any]:
    author = {"type": who, "id": f"{who}1", "name": "Bo Beispiel", "email": "bo@example.org"}
    return {
        "type": "conversation_part", "id": ident, "part_type": kind, "body": body, "created_at": START + 60 * minutes,
        "author": author, "attachments": [], **more,
    }  # fmt: skip


PARTS = [
    part("p1", "comment", "bot", "<p>Hello, we <b>got</b> it</p>", 1),
    part("p2", "note", "admin", "<p>She is a difficult one</p>", 2),
    part("p3", "assignment", "admin", None, 3),
    part("p4", "comment", "admin", "<p>Seat 4A &amp; 4B are yours</p><p>Bye</p>", 4),
    part("p5", "close", "admin", "", 5),
    part("p6", "comment", "user", "<p>gone</p>", 6, redacted=True),
]


def conversation(ident: str, rating: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "conversation", "id": ident, "created_at": START, "updated_at": START + 900, "title": None, "state": "closed",
        "open": False, "read": True, "admin_assignee_id": 814,
        "source": {"type": "conversation", "id": "s1", "delivered_as": "customer_initiated", "subject": "<p>Seats</p>",
                   "body": "<p>Can we sit together?</p>", "url": "https://meridian.example/?u=ana@example.org",
                   "author": {"type": "user", "id": "user1", "name": "Ana Exemplo", "email": "ana@example.org"}},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "user1"}]},
        "teammates": {"admins": [{"type": "admin", "id": "814"}]},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "9", "name": "seats"}]},
        "conversation_rating": rating, "statistics": {"time_to_admin_reply": 240, "count_reopens": 0},
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": PARTS, "total_count": 6}, **more,
    }  # fmt: skip


RATED = {"rating": 2, "remark": "Slow", "created_at": START + 1000, "contact": {"type": "contact", "id": "user1"},
         "teammate": {"type": "admin", "id": 814}}  # fmt: skip


def test_conversations(tmp_path: Path) -> None:
    page = {"type": "conversation.list", "conversations": [conversation("c1", RATED)], "total_count": 1}
    got = read(dump(tmp_path / "c.json", page))
    assert (got.detection.system, got.detection.confidence) == ("intercom", 1.0)
    assert got.records["native_id"].to_list() == ["conversation/c1", "part/p1", "part/p4", "rating/c1"]
    assert got.records["in_reply_to_id"].to_list() == [None, "conversation/c1", "part/p1", None]
    assert got.records["brand_authored"].to_list() == [False, True, True, False]
    assert got.records["author_role"].to_list() == ["customer", "bot", "agent", "customer"]
    first, answer, rated = (got.by_id(ident) for ident in ("conversation/c1", "part/p4", "rating/c1"))
    assert (first["text"], first["title"], first["tags"]) == ("Can we sit together?", "Seats", ["seats"])
    assert first["created_at"] == datetime.fromtimestamp(START, UTC)
    assert first["author_id"] == rated["author_id"] == CONTEXT.pseudonym("user1")
    assert answer["text"] == "Seat 4A & 4B are yours\nBye"
    assert (rated["metric"], rated["csat_value"], rated["csat_max"], rated["text"]) == ("csat", 2, 5, "Slow")
    assert json.loads(first["extra"])["statistics"]["time_to_admin_reply"] == 240
    assert "Private notes left out: 1." in got.notes
    assert "Messages deleted by their authors left out: 1." in got.notes
    for secret in ("difficult", "gone", "Beispiel", "Exemplo", "example.org"):
        assert secret not in got.everything()
    assert got.accounts()


@pytest.mark.parametrize(
    ("told", "value"), [("amazing", 5.0), ("terrible", 1.0), (4, 4.0), (9, None), ("superb", None)]
)
def test_ratings_in_numbers_and_words(tmp_path: Path, told: Any, value: float | None) -> None:
    got = read(lines(tmp_path / "c.jsonl", [conversation("c1", RATED | {"rating": told})]))
    rated = got.by_id("rating/c1")
    assert (rated["rating_value"], rated["rating_raw"]) == (value, str(told))
    assert rated["warnings"] == (None if value else ["rating_out_of_scale"])


@pytest.mark.parametrize("rating", [None, {"rating": None, "created_at": START}, {}])
def test_no_rating_is_no_record(tmp_path: Path, rating: Any) -> None:
    got = read(lines(tmp_path / "c.jsonl", [conversation("c1", rating)]))
    assert "survey_response" not in got.records["kind"]


def test_a_conversation_without_words_is_skipped(tmp_path: Path) -> None:
    empty = conversation("c2", None, conversation_parts={"conversation_parts": []}, source={"body": None, "author": {}})
    got = read(lines(tmp_path / "c.jsonl", [conversation("c1", None), empty]))
    assert got.facts.skipped == {"empty_conversation": 1}
    assert got.accounts()
