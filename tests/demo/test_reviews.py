"""Reviews in the layouts of their platforms."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .demo import DATA, facts, play, table

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
MONTHS = ("202601", "202603", "202605")


def mean(values: list[int]) -> float:
    return round(sum(values) / len(values), 2)


def google() -> dict[str, Any]:
    body: dict[str, Any] = json.loads((DATA / "reviews/google-reviews.json").read_text("utf-8"))
    return body


def test_trustpilot() -> None:
    header, *rows = table("reviews/trustpilot-meridianair.csv", "utf-8-sig")
    known = facts("trustpilot-meridianair.csv")
    assert {"Review Id", "Review Stars", "Review Content", "Company Response", "Review Created (UTC)"} <= {*header}
    assert {len(row) for row in rows} == {len(header)}
    cell = {name: i for i, name in enumerate(header)}
    assert len(rows) == known["records"]
    assert sum(bool(row[cell["Company Response"]]) for row in rows) == known["company_replies"]
    assert [i + 2 for i, row in enumerate(rows) if row[cell["Review Stars"]] == "9"] == [42]
    assert [i + 2 for i, row in enumerate(rows) if not row[cell["Review Id"]]] == [205]
    bad_date = [i + 2 for i, row in enumerate(rows) if not is_date(row[cell["Review Created (UTC)"]])]
    assert bad_date == [137]
    sound = [int(row[cell["Review Stars"]]) for i, row in enumerate(rows) if i + 2 not in (42, 137)]
    assert mean(sound) == known["mean_stars"]
    assert all(re.fullmatch(r"[0-9a-f]{24}|", row[cell["Review Id"]]) for row in rows)


def is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return False
    return True


def test_google() -> None:
    body, known = google(), facts("google-reviews.json")
    reviews = body["reviews"]
    assert body["totalReviewCount"] == len(reviews) == known["records"]
    assert sum("reviewReply" in review for review in reviews) == known["owner_replies"]
    stars = [STARS[review["starRating"]] for review in reviews if review["starRating"] in STARS]
    assert len(stars) == len(reviews) - 1
    assert mean(stars) == known["mean_stars"]
    assert body["averageRating"] == round(known["mean_stars"], 1)
    assert sum("reviewId" not in review for review in reviews) == 1
    assert sum("(Translated by Google)" in review.get("comment", "") for review in reviews) == 1
    assert any("." in review["createTime"] for review in reviews)


@pytest.mark.parametrize("month", MONTHS)
def test_play(month: str) -> None:
    header, *rows = play(month)
    known = facts(f"{month}.csv")
    assert len(header) == 16
    assert header[0] == "Package Name"
    assert len(rows) == known["records"]
    cell = {name: i for i, name in enumerate(header)}
    stars = [int(row[cell["Star Rating"]]) for row in rows if row[cell["Star Rating"]]]
    assert mean(stars) == known["mean_stars"]
    for row in rows:
        updated = int(row[cell["Review Last Update Millis Since Epoch"]])
        assert updated >= int(row[cell["Review Submit Millis Since Epoch"]])


def review_ids(month: str) -> list[str]:
    links = [row[15] for row in play(month)[1:]]
    return [parse_qs(urlsplit(link).query)["reviewId"][0] for link in links if link]


def test_one_play_review_comes_back_edited() -> None:
    ids = [number for month in MONTHS for number in review_ids(month)]
    again = {number for number in ids if ids.count(number) > 1}
    assert len(again) == 1
    assert again == set(review_ids("202601")) & set(review_ids("202605"))


def test_app_store() -> None:
    feed = json.loads((DATA / "reviews/app-store-rss-gb.json").read_text("utf-8"))["feed"]
    app, *reviews = feed["entry"]
    assert "im:rating" not in app
    assert len(reviews) == facts("app-store-rss-gb.json")["records"] <= 50
    assert [i for i, entry in enumerate(feed["entry"]) if entry.get("im:rating", {}).get("label") == "9"] == [32]
    dates = [datetime.fromisoformat(review["updated"]["label"]) for review in reviews]
    assert dates == sorted(dates, reverse=True)
    assert all(str(date.tzinfo) == "UTC-07:00" for date in dates)
