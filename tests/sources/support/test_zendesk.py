"""Zendesk: tickets, ratings that are good or bad, survey responses, views."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, dump, lines, read, table


def comment(ident: int, who: int, body: str, minute: int, **more: Any) -> dict[str, Any]:
    return {
        "id": ident, "author_id": who, "body": body, "html_body": f"<p>{body}</p>", "public": True,
        "created_at": f"2026-02-01T10:{minute:02}:00Z", "via": {"channel": "email"}, **more,
    }  # fmt: skip


def ticket(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "url": "https://meridian.example/api/v2/tickets/1.json", "created_at": "2026-02-01T10:00:00Z",
        "updated_at": "2026-02-01T12:00:00Z", "subject": "Bag lost", "raw_subject": "Bag lost",
        "description": "My bag did not arrive", "status": "solved", "priority": None, "type": "question",
        "via": {"channel": "email", "source": {"from": {"address": "ana@example.org", "name": "Ana Exemplo"}}},
        "requester_id": 11, "submitter_id": 11, "assignee_id": 21, "group_id": 5, "brand_id": 3, "tags": ["bags"],
        "custom_fields": [{"id": 900, "value": "T2"}, {"id": 901, "value": "bo@example.org"}],
        "satisfaction_rating": {"score": "unoffered"}, **more,
    }  # fmt: skip


TALK = [
    comment(1, 11, "My bag did not arrive", 0),
    comment(2, 21, "Customer sounds upset, check belt 4", 5, public=False),
    comment(3, 21, "We found it and will bring it today", 9),
    comment(4, 11, "Thanks", 20),
]


def test_tickets_become_messages_in_answer_to_each_other(tmp_path: Path) -> None:
    got = read(lines(tmp_path / "tickets.json", [ticket(7, comments=TALK)]))
    assert (got.detection.system, got.detection.format, got.detection.confidence) == ("zendesk", "tickets", 1.0)
    assert got.records["native_id"].to_list() == ["ticket/7", "comment/3", "comment/4"]
    assert got.records["in_reply_to_id"].to_list() == [None, "ticket/7", "comment/3"]
    assert set(got.records["conversation_id"]) == {"7"}
    assert set(got.records["kind"]) == {"ticket_message"}
    assert got.records["brand_authored"].to_list() == [False, True, False]
    assert got.records["brand_authored_basis"].to_list() == ["heuristic"] * 3
    first = got.by_id("ticket/7")
    assert (first["title"], first["text"], first["tags"]) == ("Bag lost", "My bag did not arrive", ["bags"])
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 2, 1, 10, tzinfo=UTC), "explicit")
    assert first["author_id"] == CONTEXT.pseudonym("11") != got.by_id("comment/3")["author_id"]
    assert json.loads(first["extra"])["custom_fields"] == [{"id": 900, "value": "T2"}, {"id": 901}]
    assert "belt 4" not in got.everything()
    assert "Private notes left out: 1." in got.notes
    assert "because the customer who asked did not write them: 1." in got.notes
    for secret in ("example.org", "Exemplo"):
        assert secret not in got.everything()
    assert got.accounts()


def test_without_comments_the_description_is_the_message_and_has_the_same_id(tmp_path: Path) -> None:
    got = read(dump(tmp_path / "tickets.json", {"tickets": [ticket(7), ticket(8, submitter_id=21)], "count": 2}))
    assert got.records["native_id"].to_list() == ["ticket/7", "ticket/8"]
    assert got.records["brand_authored"].to_list() == [False, True]
    assert got.records["source_pointer"].to_list() == ["/tickets/0", "/tickets/1"]
    assert got.accounts()


def test_a_description_that_is_a_private_note_stays_private(tmp_path: Path) -> None:
    hidden = [comment(1, 21, "My bag did not arrive", 0, public=False), comment(2, 21, "We called you", 4)]
    got = read(lines(tmp_path / "t.json", [ticket(7, comments=hidden), ticket(8, comments=hidden[:1])]))
    assert got.records["text"].to_list() == ["We called you"]
    assert got.facts.skipped == {"empty_ticket": 1}
    assert got.accounts()


def test_roles_go_before_who_asked(tmp_path: Path) -> None:
    told = [comment(1, 11, "My bag did not arrive", 0), comment(2, 99, "Me too", 3, author={"role": "end-user"})]
    got = read(lines(tmp_path / "t.json", [ticket(7, comments=told)]))
    assert got.by_id("comment/2")["brand_authored"] is False
    assert got.by_id("comment/2")["brand_authored_basis"] == "role"


@pytest.mark.parametrize(("score", "value"), [("good", 1.0), ("bad", 0.0)])
def test_good_and_bad_are_binary(tmp_path: Path, score: str, value: float) -> None:
    rating = {"score": score, "id": 77, "comment": "As it should be", "reason": "Speed"}
    got = read(lines(tmp_path / "t.json", [ticket(7, satisfaction_rating=rating)]))
    rated = got.by_id("rating/77")
    assert (rated["metric"], rated["rating_value"], rated["rating_norm"], rated["rating_max"]) == (
        "binary",
        value,
        value,
        1,
    )
    assert (rated["kind"], rated["text"], rated["tags"]) == ("survey_response", "As it should be", ["bags", "Speed"])
    assert (rated["csat_value"], rated["conversation_id"], rated["in_reply_to_id"]) == (None, "7", None)
    assert rated["warnings"] == ["date_of_ticket"]
    assert got.accounts()


@pytest.mark.parametrize("score", ["offered", "unoffered"])
def test_what_was_only_offered_is_no_answer(tmp_path: Path, score: str) -> None:
    got = read(lines(tmp_path / "t.json", [ticket(7, satisfaction_rating={"score": score})]))
    assert got.records["rating_value"].to_list() == [None]
    assert got.records["kind"].to_list() == ["ticket_message"]


def test_ratings_of_the_api(tmp_path: Path) -> None:
    base = {"ticket_id": 7, "requester_id": 11, "assignee_id": 21, "group_id": 5, "created_at": "2026-02-02T10:00:00Z"}
    scores = ["good", "offered", "bad_with_comment", "unoffered"]
    items = [base | {"id": i, "score": score, "comment": None} for i, score in enumerate(scores, 1)]
    got = read(dump(tmp_path / "r.json", {"satisfaction_ratings": items, "next_page": None}))
    assert got.detection.format == "satisfaction ratings"
    assert got.records["native_id"].to_list() == ["rating/1", "rating/3"]
    assert got.records["rating_value"].to_list() == [1.0, 0.0]
    assert got.facts.skipped == {"no_answer": 2}
    assert got.by_id("rating/1")["created_at"] == datetime(2026, 2, 2, 10, tzinfo=UTC)
    assert got.accounts()


def test_survey_responses_of_the_api(tmp_path: Path) -> None:
    scale = {"type": "rating_scale", "rating": 4, "rating_category": "good", "created_at": "2026-02-02T10:00:00Z"}
    items = [
        {"id": "s1", "responder_id": 11, "survey": {"id": "v"}, "subjects": [{"id": "1", "zrn": "zen:ticket:7"}],
         "answers": [scale, {"type": "open_ended", "value": "Sorted out"}]},
        {"id": "s2", "responder_id": 12, "subjects": [{"id": "8", "type": "ticket"}],
         "answers": [{"type": "rating_scale", "rating": None, "rating_category": "bad"}]},
        {"id": "s3", "responder_id": 13, "subjects": [], "answers": []},
    ]  # fmt: skip
    got = read(dump(tmp_path / "s.json", {"survey_responses": items}))
    first, second = got.by_id("survey/s1"), got.by_id("survey/s2")
    assert (first["metric"], first["csat_value"], first["csat_max"], first["text"]) == ("csat", 4, 5, "Sorted out")
    assert (first["conversation_id"], first["created_at"]) == ("7", datetime(2026, 2, 2, 10, tzinfo=UTC))
    assert (second["metric"], second["rating_value"], second["csat_value"], second["conversation_id"]) == (
        "binary",
        0,
        None,
        "8",
    )
    assert got.facts.skipped == {"no_answer": 1}
    assert got.accounts()


VIEW = [
    "Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email", "Requester domain",
    "Submitter", "Assignee", "Group", "Subject", "Tags", "Status", "Created at", "Updated at", "Organization",
    "Satisfaction Score", "Reopens",
]  # fmt: skip


def test_a_view(tmp_path: Path) -> None:
    def row(number: str, score: str) -> list[str]:
        who = ["Ana Exemplo", "11", "x1", "ana@example.org", "example.org", "Ana Exemplo", "Bo Beispiel"]
        return [
            "1",
            number,
            *who,
            "Desk",
            "Bag lost",
            "bags, vip",
            "Solved",
            "2026-02-01 15:03",
            "2026-02-02 09:00",
            "",
            score,
            "0",
        ]

    rows = [row("7", "Good"), row("8", "Offered"), row("9", "Bad"), row("10", "Not Offered")]
    got = read(table(tmp_path / "view.csv", [VIEW, *rows]), timezone="Europe/Berlin")
    assert got.detection.system == "zendesk.view"
    assert got.records["rating_value"].to_list() == [1.0, None, 0.0, None]
    assert got.records["metric"].to_list() == ["binary", None, "binary", None]
    first = got.by_id("7")
    assert (first["kind"], first["title"], first["text"], first["tags"]) == (
        "ticket",
        "Bag lost",
        None,
        ["bags", "vip"],
    )
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 2, 1, 14, 3, tzinfo=UTC), "assumed")
    assert first["author_id"] == CONTEXT.pseudonym("11")
    for secret in ("Exemplo", "example.org", "Beispiel"):
        assert secret not in got.everything()
    assert "Requester email" in got.notes
    assert got.accounts()


def test_the_time_zone_of_a_view_is_not_invented(tmp_path: Path) -> None:
    row = ["1", "7", *[""] * 8, "Bag lost", "", "Solved", "2026-02-01 15:03", "", "", "", ""]
    got = read(table(tmp_path / "view.csv", [VIEW, row]))
    assert got.by_id("7")["tz_source"] == "unknown"
    assert got.by_id("7")["warnings"] == ["tz_unknown"]


def test_ids_that_a_spreadsheet_rounded(tmp_path: Path) -> None:
    row = ["1", "3.5E+17", *[""] * 8, "Bag lost", "", "Solved", "2026-02-01 15:03", "", "", "Good", ""]
    got = read(table(tmp_path / "view.csv", [VIEW, row]))
    [record] = got.records.to_dicts()
    assert (record["native_id"], record["conversation_id"], record["id_damaged"]) == (None, None, True)
    assert got.facts.ids_damaged == 1
