"""Google Maps in its many exports: Takeout, Places API, Outscraper, Apify."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from .exports import Loaded, Write, extra, jsonl

OUTSCRAPER = (
    "query,name,google_id,place_id,rating,review_id,author_title,author_id,author_reviews_count,review_text,"
    "owner_answer,owner_answer_timestamp,owner_answer_timestamp_datetime_utc,review_link,review_rating,"
    "review_timestamp,review_datetime_utc,review_likes,review_questions_Food"
)
APIFY = {
    "title": "Meridian Lounge", "reviewerId": "102379501397919138214", "name": "Ada North", "isLocalGuide": True,
    "text": "Sehr gut", "textTranslated": "Very good", "originalLanguage": "de", "publishAt": "vor einem Jahr",
    "publishedAtDate": "2024-09-24T10:56:54.090Z", "likesCount": 2, "reviewId": "Ch1", "reviewUrl": "https://m.example/1",
    "reviewOrigin": "Google", "stars": 4, "rating": None, "responseFromOwnerDate": "2024-09-26T00:00:00.000Z",
    "responseFromOwnerText": "Danke", "reviewImageUrls": ["https://m.example/a.jpg"], "placeId": "P1",
    "reviewContext": {"Visited on": "Weekday"}, "reviewDetailedRating": {"Food": 5, "Service": 3},
    "location": {"lat": 1.5, "lng": 103.5}, "countryCode": "SG",
}  # fmt: skip


def place(**properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [13.4, 52.5]}, "properties": properties}


NOW = {
    "date": "2025-01-07T23:00:13.001902Z", "five_star_rating_published": 2, "google_maps_url": "https://m.example/p",
    "location": {"name": "Meridian Lounge", "address": "Gate 4", "country_code": "DE"}, "review_text_published": "Cold",
    "questions": [{"question": "Food", "rating": 4}, {"question": "Price", "selected_option": "€10–20"}],
}  # fmt: skip
OLD = {
    "Google Maps URL": "https://m.example/q", "Published": "2019-01-07T23:00:13Z", "Star Rating": 5,
    "Review Comment": "Warm", "Location": {"Business Name": "Old Lounge", "Country Code": "DE"},
}  # fmt: skip


def test_maps_takeout_in_both_spellings(write: Write) -> None:
    loaded = Loaded(write("Reviews.json", json.dumps({"type": "FeatureCollection", "features": [place(**NOW)]})))
    assert (loaded.found.system, loaded.found.format) == ("google.maps_takeout", "")
    [row] = loaded.rows
    assert (row["text"], row["rating_value"], row["location_name"]) == ("Cold", 2.0, "Meridian Lounge")
    assert (row["lat"], row["lon"], row["country"]) == (52.5, 13.4, "DE")
    assert row["created_at"] == datetime(2025, 1, 7, 23, 0, 13, 1902, UTC)
    assert extra(row) == {"location": {"address": "Gate 4"}}
    assert loaded.scores == {"Food": ("4", 4.0), "Price": ("€10–20", None)}
    assert [answer["answer_type"] for answer in loaded.answers] == ["scale", "text"]
    assert "one person" in loaded.notes
    older = Loaded(write("old.json", json.dumps({"type": "FeatureCollection", "features": [place(**OLD)]})))
    [row] = older.rows
    assert older.found.format == "older"
    assert (row["text"], row["rating_value"], row["location_name"]) == ("Warm", 5.0, "Old Lounge")
    assert row["native_id"] != loaded.rows[0]["native_id"]


def test_places_answer_and_bare_reviews(write: Write) -> None:
    review = {
        "author_name": "Ada North", "author_url": "https://m.example/contrib/1", "rating": 4, "text": "Fine",
        "time": 1757203200, "relative_time_description": "a month ago", "language": "en",
    }  # fmt: skip
    place = {"name": "Lounge", "place_id": "P1", "rating": 4.4, "user_ratings_total": 812, "reviews": [review, review]}
    answer = {"result": place, "status": "OK"}
    loaded = Loaded(write("places.json", json.dumps(answer)))
    row, _ = loaded.rows
    assert loaded.figures == {("Lounge", "rating_average", 4.4), ("Lounge", "rating_count", 812.0)}
    assert (loaded.found.system, loaded.facts.frame) == ("google.places", "capped")
    assert (row["created_at"], row["tz_source"]) == (datetime(2025, 9, 7, tzinfo=UTC), "spec")
    assert (row["location_id"], row["location_name"], row["source_pointer"]) == ("P1", "Lounge", "/result/reviews/0")
    assert "five reviews" in loaded.notes
    [bare] = Loaded(write("bare.json", json.dumps([review]))).rows
    assert (bare["text"], bare["location_id"]) == ("Fine", None)


def test_places_table(write: Write) -> None:
    table = "place_id,name,lat,lng,author_name,rating,text,opening_hours\nP1,Lounge,55.6,12.5,Ada,4,Fine,{'Monday': '05:00'}\n"
    [row] = Loaded(write("flat.csv", table)).rows
    assert (row["rating_value"], row["location_id"], row["lon"], row["created_at"]) == (4.0, "P1", 12.5, None)
    assert extra(row) == {"opening_hours": "{'Monday': '05:00'}"}


def test_outscraper_tells_the_review_from_the_place(write: Write) -> None:
    body = [
        'q,Lounge,g1,P1,4.7,r1,Ada North,102379501397919138214,12,"Late, again",Sorry,1736294400,,https://m.example/r1,1,1736290813,01/07/2025 23:00:13,3,4',
        "q,Lounge,g1,P1,4.7,r2,Bo,102379501397919138215,,,,,,,5,,01/08/2025 10:00:00,0,",
        "q,Lounge,g1,P1,4.7,r3,Cy,1.02379501E+20,,,,,,,,,01/09/2025 10:00:00,0,",
    ]
    loaded = Loaded(write("reviews.csv", "\n".join([OUTSCRAPER, *body])))
    first, second = loaded.by_id["r1"], loaded.by_id["r2"]
    assert (first["rating_value"], second["rating_value"], second["kind"]) == (1.0, 5.0, "rating_only")
    assert first["author_id"] == "102379501397919138214"
    assert first["created_at"] == datetime(2025, 1, 7, 23, 0, 13, tzinfo=UTC)
    assert second["created_at"] == datetime(2025, 1, 8, 10, tzinfo=UTC)
    assert (second["created_at_raw"], second["tz_source"]) == ("01/08/2025 10:00:00", "spec")
    assert loaded.by_id["r1#reply"]["created_at"] == datetime(2025, 1, 8, tzinfo=UTC)
    assert loaded.scores == {"Food": ("4", 4.0)}
    assert loaded.figures == {("Lounge", "rating_average", 4.7)}
    assert extra(first)["rating"] == "4.7"
    assert [(reject.row, reject.code) for reject in loaded.rejects] == [(4, "no_content")]


def test_outscraper_as_json_and_in_the_old_spelling(write: Write) -> None:
    item = {
        "name": "Lounge", "rating": 4.7, "review_rating": 2, "review_text": "Cold", "review_id": "r1",
        "autor_name": "Ada", "autor_id": "1", "review_datetime_utc": "01/07/2025 23:00:13", "review_timestamp": 1736290813,
        "review_questions": {"Food": "5"}, "owner_answer": None,
    }  # fmt: skip
    loaded = Loaded(write("reviews.json", json.dumps([item])))
    [row] = loaded.rows
    assert (row["author_name"], row["rating_value"], row["source_row"], row["source_pointer"]) == ("Ada", 2.0, 0, "/0")
    assert loaded.scores == {"Food": ("5", 5.0)}
    assert extra(row) == {"rating": "4.7"}


def test_outscraper_workbook_with_rounded_people(write: Write) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["name", "review_id", "author_title", "author_id", "review_rating", "review_datetime_utc", "review_questions"]
    )
    sheet.append(["Lounge", "r1", "Ada", 1.02379501397919e20, 3, "01/07/2025 23:00:13", '{"Food": 4}'])
    path = write("reviews.xlsx", b"")
    book.save(path)
    loaded = Loaded(path)
    [row] = loaded.rows
    assert (row["native_id"], row["author_name"], row["rating_value"]) == ("r1", "Ada", 3.0)
    assert row["author_id"] != "102379501397919138214"
    assert loaded.scores == {"Food": ("4", 4.0)}


@pytest.mark.parametrize("name", ["list.json", "lines.jsonl", "flat.csv"])
def test_apify_reads_alike_in_all_containers(write: Write, name: str) -> None:
    flat = {key: value for key, value in APIFY.items() if not isinstance(value, dict | list)} | {
        "reviewImageUrls/0": "https://m.example/a.jpg", "reviewContext/Visited on": "Weekday",
        "reviewDetailedRating/Food": 5, "reviewDetailedRating/Service": 3, "location/lat": 1.5, "location/lng": 103.5,
    }  # fmt: skip
    table = ",".join(flat) + "\n" + ",".join("" if value is None else str(value) for value in flat.values()) + "\n"
    content = {"list.json": json.dumps([APIFY]), "lines.jsonl": jsonl(APIFY), "flat.csv": table}[name]
    loaded = Loaded(write(name, content))
    row, reply = loaded.rows
    assert loaded.found.system == "google.apify"
    assert (row["rating_value"], row["text"], row["text_translated"]) == (4.0, "Sehr gut", "Very good")
    assert row["created_at"] == datetime(2024, 9, 24, 10, 56, 54, 90000, UTC)
    assert (row["lat"], row["country"], row["tags"], row["helpful_votes"]) == (1.5, "SG", ["Google"], 2)
    assert extra(row)["reviewContext/Visited on"] == "Weekday"
    assert (reply["text"], reply["in_reply_to_id"]) == ("Danke", "Ch1")
    assert loaded.scores == {"Food": ("5", 5.0), "Service": ("3", 3.0)}


def test_apify_zero_stars_are_none(write: Write) -> None:
    loaded = Loaded(write("a.jsonl", jsonl({**APIFY, "stars": 0}, {**APIFY, "stars": None, "text": None}, [1])))
    first = loaded.rows[0]
    assert (first["rating_value"], first["rating_raw"], first["warnings"]) == (None, None, None)
    assert [(reject.row, reject.code) for reject in loaded.rejects] == [(2, "not_an_object"), (1, "no_content")]
