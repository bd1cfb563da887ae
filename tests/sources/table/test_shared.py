"""Real exports, where they are at hand, against ten lines of Polars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

Shared = Callable[[str], Path]
SKYTRAX: dict[str, Any] = {
    "columns": {
        "created_at": "date", "title": "title", "text": "content", "author_name": "author",
        "author_country": "author_country", "brand": "airline_name",
    },
    "rating": {"column": "overall_rating", "metric": "custom", "min": 0, "max": 10},
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "subratings"), [("lounge.csv", 2264, 7), ("seat.csv", 1258, 7)])
def test_skytrax(shared: Shared, load: Callable[..., Any], name: str, rows: int, subratings: int) -> None:
    path = shared(f"data/skytrax/{name}")
    plain = pl.read_csv(path, infer_schema=False, null_values="")
    headers = [header for header in plain.columns if header.endswith("_rating") and header != "overall_rating"]
    assert len(headers) == subratings
    answers = [{"column": header, "min": 0, "max": 5} for header in headers]
    found = load(path, answers=answers, **SKYTRAX)
    assert found.records.height == plain.height == rows
    rated = plain["overall_rating"].cast(pl.Float64)
    assert found.records["rating_value"].equals(rated, check_names=False)
    assert sorted(found.records["brand"].value_counts().rows()) == sorted(plain["airline_name"].value_counts().rows())
    assert found.answers.height == sum(plain[header].drop_nulls().len() for header in headers)
    assert found.answers["value_number"].null_count() == 0
    undated = (plain["date"] == "1970-01-01").sum()
    assert found.records["created_at"].null_count() == undated
    named = plain["author_country"].drop_nulls().len()
    assert found.records["author_country"].drop_nulls().len() >= 0.99 * named


def test_reviews_in_portuguese(shared: Shared, load: Callable[..., Any]) -> None:
    found = load(
        shared("data/olist-reviews-pt/olist_order_reviews_dataset.csv"),
        columns={
            "native_id": "review_id", "created_at": "review_creation_date", "title": "review_comment_title",
            "text": "review_comment_message",
        },
        rating={"column": "review_score", "metric": "stars"},
        language="pt",
    )  # fmt: skip
    assert found.facts.rows_read == found.records.height == 8225
    assert found.records["rating_value"].null_count() == 0
    wordless = found.records["text"].is_null() & found.records["title"].is_null()
    assert (found.records["kind"] == "rating_only").equals(wordless, check_names=False)
