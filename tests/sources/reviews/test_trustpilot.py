"""Trustpilot by its API, and its product reviews."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from openpyxl import Workbook

from .exports import Loaded, Write, extra

REVIEW = {
    "links": [], "id": "r1", "consumer": {"id": "c1", "displayName": "Ada North", "displayLocation": "GB", "numberOfReviews": 3},
    "businessUnit": {"id": "b1", "identifyingName": "meridian.example", "displayName": "Meridian Air"}, "stars": 2,
    "title": "Late", "text": "Three hours late", "language": "en", "createdAt": "2026-01-02T10:00:00.000Z",
    "updatedAt": None, "experiencedAt": "2025-12-30T00:00:00.000Z", "isVerified": True, "numberOfLikes": 4,
    "companyReply": {"text": "Sorry", "createdAt": "2026-01-03T10:00:00Z", "updatedAt": None}, "status": "active",
    "reviewVerificationLevel": "invited", "location": {"id": "l1", "name": "Gate 4", "externalId": "X"},
    "tags": [{"group": "journey", "value": "delay"}], "referralEmail": "ada@example.com", "referenceId": "ORDER-7",
}  # fmt: skip


def test_api(write: Write) -> None:
    organic = {**REVIEW, "id": "r2", "companyReply": None, "reviewVerificationLevel": "verified", "tags": []}
    silent = {**REVIEW, "id": "r3", "stars": None, "title": None, "text": None}
    loaded = Loaded(write("reviews.json", json.dumps({"links": [], "reviews": [REVIEW, organic, silent]})))
    first, second, reply = (loaded.by_id[key] for key in ("r1", "r2", "r1#reply"))
    assert loaded.found.system == "trustpilot.api"
    assert (first["invited"], second["invited"], first["verified_purchase"]) == (True, False, True)
    assert first["experienced_at"] == datetime(2025, 12, 30, tzinfo=UTC)
    assert (first["author_country"], first["author_posts"], first["helpful_votes"]) == ("GB", 3, 4)
    assert (first["tags"], second["tags"]) == (["invited", "delay"], ["verified"])
    assert (reply["text"], reply["created_at"]) == ("Sorry", datetime(2026, 1, 3, 10, tzinfo=UTC))
    assert extra(first) == {
        "businessUnit": {"identifyingName": "meridian.example"}, "location": {"externalId": "X"}, "status": "active",
    }  # fmt: skip
    assert "ada@" not in str(loaded.rows)
    assert "ORDER-7" not in str(loaded.rows)
    assert [reject.code for reject in loaded.rejects] == ["no_content"]


def test_pages_of_the_api_one_a_line(write: Write) -> None:
    pages = [json.dumps({"reviews": [{**REVIEW, "id": name}]}) for name in ("a", "b")]
    loaded = Loaded(write("pages.jsonl", "\n".join(pages)))
    assert set(loaded.by_id) == {"a", "b", "a#reply", "b#reply"}
    assert loaded.by_id["b"]["source_pointer"] == "/1/reviews/0"


def test_product_reviews(write: Write) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["review_id", "stars", "product_name", "product_sku", "content", "consumer_name", "created_at"])
    sheet.append(["p1", 4, "Neck pillow", "NP-1", "Soft", "Ada North", "2026-01-02T10:00:00Z"])
    path = write("products.xlsx", b"")
    book.save(path)
    loaded = Loaded(path)
    [row] = loaded.rows
    assert (loaded.found.system, loaded.facts.frame) == ("trustpilot.products", "without_replies")
    assert (row["rating_value"], row["sku"], row["product_name"], row["text"]) == (4.0, "NP-1", "Neck pillow", "Soft")


def test_order_numbers_of_the_business_export_stay_out(write: Write) -> None:
    table = "Review Id,Review Stars,Review Content,Reference Id,Review User Email\nr1,4,Fine,ORDER-7,ada@example.com\n"
    loaded = Loaded(write("t.csv", table))
    assert "ORDER-7" not in str(loaded.rows)
    assert "Reference Id" in loaded.notes
