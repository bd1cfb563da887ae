"""Open data sets: Yelp, and Amazon in its generations."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from cxreport_plugins.reviews import loose

from .exports import Loaded, Write, detect, extra, jsonl

YELP = {
    "review_id": "y1", "user_id": "u1", "business_id": "b1", "stars": 4.0, "useful": 3, "funny": 1, "cool": 0,
    "text": "Fine", "date": "2014-02-17 21:16:02",
}  # fmt: skip
A2023 = {
    "rating": 2.0, "title": "Thin", "text": "It broke.<br /><br />Twice &#34;new&#34;", "images": [], "asin": "B1",
    "parent_asin": "P1", "user_id": "U1", "timestamp": 1588687728923, "helpful_vote": 7, "verified_purchase": True,
}  # fmt: skip
A2014 = {
    "reviewerID": "R1", "asin": "B1", "reviewerName": "Ada North", "helpful": [2, 5], "reviewText": "It's fine",
    "overall": 4.0, "summary": "Fine", "unixReviewTime": 1405036800, "reviewTime": "07 11, 2014",
}  # fmt: skip
A2018 = {
    "reviewerID": "R2", "asin": "B1", "overall": 5.0, "verified": True, "vote": "1,234", "style": {"Color:": " Black"},
    "unixReviewTime": 1252800000, "reviewTime": "09 13, 2009", "image": ["https://m.example/a.jpg"],
}  # fmt: skip


def test_yelp_packed_and_with_odd_counts(write: Write) -> None:
    older = {
        "review_id": "y2",
        "business_id": "b1",
        "stars": 1,
        "votes": {"useful": 2},
        "text": "Bad",
        "date": "2012-01-02",
    }
    odd = {**YELP, "review_id": "y3", "useful": -1}
    loaded = Loaded(write("yelp_academic_dataset_review.json.gz", gzip.compress(jsonl(YELP, older, odd).encode())))
    assert loaded.found.system == "yelp"
    rows = loaded.by_id
    assert (rows["y1"]["rating_value"], rows["y1"]["helpful_votes"], rows["y1"]["location_id"]) == (4.0, 3, "b1")
    assert (rows["y1"]["created_at"], rows["y1"]["tz_source"]) == (
        datetime(2014, 2, 17, 21, 16, 2, tzinfo=UTC),
        "unknown",
    )
    assert (rows["y2"]["helpful_votes"], rows["y2"]["time_precision"]) == (2, "day")
    assert (rows["y3"]["helpful_votes"], extra(rows["y3"])["useful"]) == (None, "-1")


def test_amazon_2023(write: Write) -> None:
    loaded = Loaded(write("All.jsonl", jsonl(A2023, {**A2023, "user_id": "U2"}, A2023)))
    first, second, same = loaded.rows
    assert (loaded.found.system, loaded.found.format) == ("amazon", "2023")
    assert first["created_at"] == datetime(2020, 5, 5, 14, 8, 48, 923000, UTC)
    assert first["text"] == 'It broke.\n\nTwice "new"'
    assert first["text_original"] == A2023["text"]
    assert (first["product_id"], first["sku"], first["helpful_votes"], first["verified_purchase"]) == (
        "P1",
        "B1",
        7,
        True,
    )
    assert first["native_id"] == same["native_id"] != second["native_id"]


def test_amazon_2023_through_a_spreadsheet(write: Write) -> None:
    table = "rating,title,text,asin,parent_asin,user_id,timestamp,helpful_vote,verified_purchase\n5,Good,Fine,B1,P1,U1,1.52309E+12,0,TRUE\n"
    [row] = Loaded(write("a.csv", table)).rows
    assert (row["created_at"], row["time_precision"]) == (datetime(2018, 4, 7, tzinfo=UTC), "day")
    assert row["created_at_raw"] == "1.52309E+12"


def test_amazon_2014_and_2018(write: Write) -> None:
    loaded = Loaded(write("reviews.json", jsonl(A2014, A2018)))
    first, second = loaded.rows
    assert loaded.found.format == "2014-2018"
    assert (first["created_at"], first["time_precision"]) == (datetime(2014, 7, 11, tzinfo=UTC), "day")
    assert (first["created_at_raw"], first["helpful_votes"]) == ("1405036800", 2)
    assert extra(first) == {"helpful": "[2, 5]"}
    assert (second["helpful_votes"], second["kind"], second["verified_purchase"]) == (1234, "rating_only", True)
    assert second["created_at"] == datetime(2009, 9, 13, tzinfo=UTC)
    assert extra(second)["style/Color:"] == " Black"


def test_amazon_2014_as_python_literals(write: Write) -> None:
    lines = [
        repr(A2014),
        "{'reviewerID': open('x')}",
        "",
        repr({**A2014, "reviewerID": "R\ud800", "helpful": (0, 1)}),
        "[",
    ]
    loaded = Loaded(write("reviews_Cat.json.gz", gzip.compress("\n".join(lines).encode())))
    first, second = loaded.rows
    assert loaded.found.format == "2014, Python literals"
    assert (first["text"], first["author_name"], first["source_pointer"]) == ("It's fine", "Ada North", "/0")
    assert (second["author_id"], second["helpful_votes"]) == ("R\ufffd", 0)
    assert [(reject.row, reject.code) for reject in loaded.rejects] == [(1, "broken"), (3, "broken")]


@pytest.mark.parametrize("seconds", [86_400 * 10**12, -86_400 * 10**11, 86_400 * 10**9, 10**30, "x"])
def test_amazon_impossible_times_are_told(write: Write, seconds: object) -> None:
    [row] = Loaded(write("a.jsonl", jsonl({**A2014, "unixReviewTime": seconds}))).rows
    assert (row["created_at_raw"], row["warnings"]) == (str(seconds), ["date_unreadable"])


@pytest.mark.parametrize("cell", ["1.5E+17", "9E+300", "-1E+18", "nan"])
def test_amazon_impossible_rounded_times_are_told(write: Write, cell: str) -> None:
    [row] = Loaded(write("a.csv", f"rating,text,asin,parent_asin,user_id,timestamp\n5,Fine,B1,P1,U1,{cell}\n")).rows
    assert row["created_at"] is None


def test_amazon_time_only_in_words(write: Write) -> None:
    item = {key: value for key, value in A2018.items() if key != "unixReviewTime"}
    [row] = Loaded(write("a.json", jsonl(item))).rows
    assert (row["created_at"], row["created_at_raw"]) == (datetime(2009, 9, 13, tzinfo=UTC), "09 13, 2009")


def test_alexa_table(write: Write) -> None:
    table = "\ufeffrating\tdate\tvariation\tverified_reviews\tfeedback\n5\t31-Jul-18\tCharcoal Fabric \tLove it!\t1\n"
    [row] = Loaded(write("a.tsv", table)).rows
    assert (row["created_at"], row["text"]) == (datetime(2018, 7, 31, tzinfo=UTC), "Love it!")
    assert extra(row) == {"feedback": "1"}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{" * 50_000, "(" * 300, "'" * 9, "x" * (loose.LITERAL_CHARS + 1), "b'x'", "{1}", "1j"]
)
def test_hostile_literals_are_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ValueError, match="it"):
        loose.literal(text)
    assert time.perf_counter() - start < 2


def test_literals_of_other_files_are_not_claimed(write: Write) -> None:
    assert detect(write("a.json", "{'a': 1}\n")) is None
