"""TripAdvisor, G2, Feefo, Yotpo and Reviews.io as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from .exports import Loaded, Row, Write, detect, extra, jsonl

STAY: Row = {
    "id": 7, "url": "https://m.example/7", "title": "Quiet", "text": "Slept well", "rating": 4, "publishedDate": "2024-06-02",
    "travelDate": "2024-05", "tripType": "SOLO", "lang": "en",
    "user": {"userId": "u1", "name": "Ada North", "contributions": 3},
    "ownerResponse": {"text": "Thank you", "publishedDate": "2024-06-05", "responder": "Front desk"},
    "subratings": [{"name": "Sleep", "value": 5}, {"name": "Rooms", "value": 30}], "helpfulVotes": 2,
    "placeInfo": {"id": "p1", "name": "Meridian Inn", "rating": 4.5},
}  # fmt: skip


def test_tripadvisor(write: Write) -> None:
    loaded = Loaded(write("t.json", json.dumps([STAY])))
    row, reply = loaded.rows
    assert loaded.found.system == "tripadvisor"
    assert (row["experienced_at"], row["time_precision"]) == (datetime(2024, 5, 1, tzinfo=UTC), "day")
    assert (row["location_name"], row["tags"], row["helpful_votes"]) == ("Meridian Inn", ["SOLO"], 2)
    assert (reply["text"], reply["created_at"]) == ("Thank you", datetime(2024, 6, 5, tzinfo=UTC))
    assert loaded.scores == {"Sleep": ("5", 5.0), "Rooms": ("3.0", 3.0)}
    assert extra(row) == {
        "ownerResponse": {"responder": "Front desk"}, "placeInfo": {"rating": 4.5}, "user": {"contributions": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "value"),
    [(45, 4.5), ("bubble_45", 4.5), (50, 5.0), (10, 1.0), (4, 4.0), ("4.5", 4.5), (60, None), (0, None)],
)
def test_tripadvisor_counts_bubbles(write: Write, rating: Any, value: float | None) -> None:
    row = Loaded(write("t.json", json.dumps([{**STAY, "rating": rating}]))).rows[0]
    assert (row["rating_value"], row["rating_raw"], row["rating_max"]) == (value, str(rating), 5.0)


def survey(number: str, stars: Any, **more: Any) -> Row:
    attributes = {
        "product_name": "Meridian Desk", "star_rating": stars, "title": "Mixed",
        "comment_answers": {
            "love": {"text": "What do you like best?", "value": "Fast"},
            "hate": {"text": "What do you dislike?", "value": "Dear"},
            "benefits": {"text": "Benefits?", "value": "Time"},
        },
        "secondary_answers": {"nps": {"value": 9}, "meets_requirements": {"value": 6}},
        "submitted_at": "2026-01-02T10:00:00.000-05:00", "updated_at": "2026-01-03T10:00:00.000-05:00",
        "verified_current_user": True, "user": {"name": "Ada", "title": "Lead", "company_segment": "Small-Business"},
        "regions": ["Europe"], **more,
    }  # fmt: skip
    return {"id": number, "type": "survey_responses", "attributes": attributes}


def test_g2(write: Write) -> None:
    loaded = Loaded(write("g2.json", json.dumps({"data": [survey("1", 4.5), survey("2", 0)], "meta": {}})))
    first, second = loaded.rows
    assert loaded.found.system == "g2"
    assert (first["text_positive"], first["text_negative"], first["text"]) == ("Fast", "Dear", "Fast\n\nDear")
    assert (first["rating_norm"], second["rating_norm"], first["rating_scale_source"]) == (0.9, 0.0, "spec")
    assert first["created_at"] == datetime(2026, 1, 2, 15, tzinfo=UTC)
    assert first["tags"] == ["Small-Business", "Europe"]
    assert loaded.scores == {"Benefits?": ("Time", None), "nps": ("9", 9.0), "meets_requirements": ("6", 6.0)}
    assert [row["scale_max"] for row in loaded.answers[:3]] == [None, 10.0, None]
    assert extra(first) == {"user": {"title": "Lead"}}


def test_g2_one_rating_above_five_tells_the_scale_of_all(write: Write) -> None:
    loaded = Loaded(write("g2.jsonl", jsonl({"data": [survey("1", 4.5)]}, {"data": [survey("2", "9.0")]})))
    assert [row["rating_norm"] for row in loaded.rows] == [0.45, 0.9]
    assert [row["rating_scale_source"] for row in loaded.rows] == ["observed"] * 2
    assert [row["warnings"] for row in loaded.rows] == [["scale_observed"]] * 2
    assert "0 to 10" in loaded.notes


FEEFO: Row = {
    "merchant": {"identifier": "meridian"}, "url": "https://m.example/f",
    "customer": {"display_name": "Ada", "display_location": "London", "email": "ada@example.com"},
    "service": {
        "id": "s1", "rating": {"min": 1.0, "max": 5.0, "rating": 4.0}, "title": "Good", "review": "Kind crew",
        "created_at": "2026-01-02T10:00:00.000Z", "helpful_votes": 1, "feedback_verification_state": "feedback_verified",
        "attributes": [{"name": "Speed", "rating": {"min": 1, "max": 5, "rating": 3}}],
        "thread": [
            {"author": "customer", "comment": "And?", "created_at": "2026-01-03T10:00:00Z"},
            {"author": "merchant", "comment": "Thanks", "created_at": "2026-01-04T10:00:00Z"},
        ],
    },
    "products": [{
        "id": "p1", "rating": {"min": 1, "max": 10, "rating": 7}, "review": "Soft", "created_at": "2026-01-02T10:00:00Z",
        "product": {"title": "Neck pillow", "sku": "NP-1", "url": "https://m.example/np"},
    }],
    "nps": {"rating": 10},
}  # fmt: skip


def test_feefo_uses_the_scale_of_the_record(write: Write) -> None:
    loaded = Loaded(write("feefo.json", json.dumps({"reviews": [FEEFO], "summary": {}})))
    service, product, reply = (loaded.by_id[key] for key in ("s1", "p1", "s1#reply"))
    assert (service["rating_norm"], service["rating_scale_source"]) == (0.75, "file")
    assert (product["rating_max"], abs(product["rating_norm"] - 6 / 9) < 1e-12) == (10.0, True)
    assert (product["sku"], product["product_name"], product["text"]) == ("NP-1", "Neck pillow", "Soft")
    assert (reply["text"], reply["created_at"]) == ("Thanks", datetime(2026, 1, 4, 10, tzinfo=UTC))
    assert (service["verified_purchase"], service["location_id"]) == (True, "meridian")
    assert loaded.scores["Speed"] == ("3", 3.0)
    assert {row["scale_max"] for row in loaded.answers if row["question_id"] == "nps"} == {10.0}
    assert service["source_pointer"] == "/reviews/0/service"
    assert "ada@example.com" not in str(loaded.rows)


def test_feefo_a_senseless_scale_is_not_used(write: Write) -> None:
    odd = {"merchant": {}, "service": {"id": "s", "rating": {"min": 5, "max": 1, "rating": 4}, "review": "x"}}
    [row] = Loaded(write("feefo.json", json.dumps({"reviews": [odd]}))).rows
    assert (row["rating_min"], row["rating_max"], row["rating_scale_source"]) == (1.0, 5.0, "spec")


YOTPO: Row = {
    "id": 1290000000000000001, "title": "Soft", "content": "Very soft", "score": 5, "votes_up": 2, "votes_down": 0,
    "created_at": "2026-01-02T10:00:00.000Z", "updated_at": "2026-01-03T10:00:00.000Z", "sentiment": 0.93, "sku": "NP-1",
    "name": "Ada", "email": "ada@example.com", "reviewer_type": "verified_buyer", "deleted": False,
}  # fmt: skip


def test_yotpo_drops_what_the_shop_deleted(write: Write) -> None:
    site = {**YOTPO, "id": 3, "sku": "yotpo_site_reviews"}
    loaded = Loaded(write("y.json", json.dumps({"reviews": [{**YOTPO, "id": 2, "deleted": True}, YOTPO, site]})))
    first, second = loaded.rows
    assert loaded.facts.skipped == {"deleted by the shop": 1}
    assert (first["native_id"], first["source_row"], first["sentiment_vendor"]) == ("1290000000000000001", 1, "0.93")
    assert (first["sku"], second["sku"], second["tags"]) == ("NP-1", None, ["yotpo_site_reviews"])
    assert "ada@example.com" not in str(loaded.rows)


def test_yotpo_widget_has_the_shops_comment(write: Write) -> None:
    widget = {
        "id": 9, "score": 2, "votes_up": 0, "votes_down": 0, "content": "Flat", "title": "No", "created_at": "2026-01-02T10:00:00Z",
        "product_id": 77, "verified_buyer": True, "user": {"user_id": 4, "display_name": "Bo", "user_type": "User"},
        "custom_fields": {"--1": {"title": "Fit", "value": "Tight"}}, "comment": {"id": 1, "content": "Sorry", "created_at": "2026-01-04T10:00:00Z"},
    }  # fmt: skip
    loaded = Loaded(write("w.json", json.dumps({"status": {"code": 200}, "response": {"reviews": [widget]}})))
    row, reply = loaded.rows
    assert loaded.found.system == "yotpo"
    assert (row["author_id"], row["product_id"], row["verified_purchase"]) == ("4", "77", True)
    assert (reply["text"], reply["in_reply_to_id"]) == ("Sorry", "9")
    assert loaded.scores == {"Fit": ("Tight", None)}


def test_reviews_io_in_both_shapes(write: Write) -> None:
    older = {
        "name": "Ada", "rating": 4, "review": "Fine", "email": "ada@example.com", "date": "2026-01-02 10:00:00",
        "branch": "Gate 4", "order_id": "ORDER-7",
    }  # fmt: skip
    loaded = Loaded(write("r.jsonl", jsonl(older, {**older, "date": "2026-02-02 10:00:00"})))
    first, second = loaded.rows
    assert (loaded.found.system, first["text"], first["location_name"]) == ("reviews_io", "Fine", "Gate 4")
    assert first["native_id"] != second["native_id"]
    assert "ORDER-7" not in str(loaded.rows)
    assert "ada@example.com" not in str(loaded.rows)
    current = {
        "store_review_id": 5, "rating": 2, "comments": "Late", "date_created": "2026-01-02 10:00:00", "order_id": "ORDER-8",
        "reviewer": {"first_name": "Bo", "last_name": "East", "email": "bo@example.com", "verified_buyer": "yes"},
        "branch": {"name": "Gate 5"}, "tags": ["delay"],
        "replies": [{"comments": "Sorry", "date": "2026-01-03 10:00:00"}, {"comments": "Again", "date": "2026-01-04"}],
    }  # fmt: skip
    loaded = Loaded(write("c.json", json.dumps({"reviews": [current], "stats": {}})))
    row, reply = loaded.rows
    assert (row["author_name"], row["location_name"], row["verified_purchase"], row["tags"]) == (
        "Bo East",
        "Gate 5",
        True,
        ["delay"],
    )
    assert (reply["text"], reply["in_reply_to_id"]) == ("Sorry", "5")
    assert extra(row) == {"replies": [{"comments": "Again", "date": "2026-01-04"}]}
    assert "ORDER-8" not in str(loaded.rows)
    assert "bo@example.com" not in str(loaded.rows)


@pytest.mark.parametrize(
    "item", [{"rating": 4, "publishedDate": "2024-06-02", "text": "x"}, {"score": 1, "content": "x"}, {"merchant": {}}]
)
def test_what_is_only_alike_is_not_claimed(write: Write, item: Row) -> None:
    assert detect(write("x.json", json.dumps([item]))) is None
