"""Google Business Profile in Takeout: places by their folders, the ZIP as one export, nothing else opened."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import Batch, Input, ReadFacts, conform, reading

from .exports import source

FOLDER = "Takeout/Google Business Profile/account-1/location-77"
REVIEW = {
    "name": "accounts/1/locations/77/reviews/a", "reviewId": "a", "reviewer": {"displayName": "Ada North"},
    "starRating": "FOUR", "comment": "Lovely crew", "createTime": "2026-01-02T10:00:00Z",
}  # fmt: skip
LATER = {**REVIEW, "name": "", "reviewId": "b", "starRating": "TWO"}
DESK = {
    "name": "locations/77", "title": "Meridian Desk", "latlng": {"latitude": 56.9, "longitude": 24.1},
    "storefrontAddress": {"regionCode": "LV", "locality": "Riga"},
}  # fmt: skip
NAMED = {
    "attributes": [
        {"id": {"attributeType": "PHONE"}, "values": [{"datum": {"phone": {"text": "0"}}}]},
        {"id": {"attributeType": "LISTING_NAME"}, "values": [{"datum": {"listingName": {"text": "Meridian Hall"}}}]},
    ]
}
FILES: dict[str, Any] = {
    f"{FOLDER}/data.json": DESK,
    f"{FOLDER}/reviews.json": {"reviews": [REVIEW]},
    f"{FOLDER}/reviews-AbX_9.json": {"reviews": [LATER]},
    f"{FOLDER}/photo.jpg": None,
    f"{FOLDER}/localPost-3/data.json": {"title": "A post"},
    "Takeout/archive_browser.html": None,
}


def unpacked(base: Path, files: Mapping[str, Any] = FILES) -> Path:
    for name, value in files.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text("" if value is None else json.dumps(value), "utf-8")
    return base


def packed(base: Path, files: Mapping[str, Any] = FILES) -> Path:
    with zipfile.ZipFile(base / "takeout.zip", "w") as archive:
        for name, value in files.items():
            archive.writestr(name, "" if value is None else json.dumps(value))
    return base / "takeout.zip"


def read(data: Input, **options: Any) -> tuple[list[dict[str, Any]], ReadFacts, list[Batch]]:
    reader, facts = source(Path(), **options), ReadFacts()
    found = reader.detect(data)
    assert found is not None
    assert found.system == "google.business"
    batches = list(reader.read(data, found, facts))
    return [row for batch in batches for row in conform(batch.records).to_dicts()], facts, batches


@pytest.mark.parametrize("form", [unpacked, packed])
def test_an_export_is_read_whole_and_only_its_reviews_are_opened(tmp_path: Path, form: Any) -> None:
    path = form(tmp_path)
    [data] = list(reading.inputs(path, "t", lambda data: source(tmp_path).detect(data) is not None))
    assert isinstance(data, Input)
    rows, facts, _ = read(data)
    assert {row["native_id"]: row["location_id"] for row in rows} == {"a": "77", "b": "77"}
    assert {row["location_name"] for row in rows} == {"Meridian Desk"}
    assert {(row["country"], row["city"], row["lat"], row["lon"]) for row in rows} == {("LV", "Riga", 56.9, 24.1)}
    assert sorted(row["source_pointer"] for row in rows) == [
        f"{FOLDER}/reviews-AbX_9.json#/reviews/0",
        f"{FOLDER}/reviews.json#/reviews/0",
    ]
    assert facts.rows_read == 2
    assert any(note.endswith("3 files.") for note in facts.notes), facts.notes


def test_single_files_find_their_place_beside_them(tmp_path: Path) -> None:
    folder = unpacked(tmp_path) / FOLDER
    rows, _, _ = read(Input.at(folder / "reviews-AbX_9.json"))
    assert [(row["location_name"], row["location_id"]) for row in rows] == [("Meridian Desk", "77")]
    nothing, facts, _ = read(Input.at(folder / "data.json"))
    assert (nothing, facts.rows_read, sum(facts.skipped.values())) == ([], 1, 1)
    (folder / "data.json").unlink()
    rows, _, _ = read(Input.at(folder / "reviews.json"))
    assert [(row["location_name"], row["location_id"]) for row in rows] == [(None, "77")]


def test_the_listing_name_names_a_place_that_nothing_else_does(tmp_path: Path) -> None:
    files = {f"{FOLDER}/additionalData.json": NAMED, f"{FOLDER}/reviews.json": {"reviews": [REVIEW]}}
    rows, _, _ = read(Input.at(packed(tmp_path, files)))
    assert [row["location_name"] for row in rows] == ["Meridian Hall"]


def test_a_folder_with_other_exports_is_not_one_export(tmp_path: Path) -> None:
    path = unpacked(tmp_path, {**FILES, "trustpilot.json": {}})
    assert source(tmp_path).detect(Input.at(path)) is None
    assert source(tmp_path).detect(Input.at(path / "Takeout")) is not None


def test_a_file_beside_reviews_elsewhere_names_no_place(tmp_path: Path) -> None:
    path = unpacked(tmp_path, {"google/reviews.json": {"reviews": [REVIEW]}, "google/data.json": DESK})
    rows, _, _ = read(Input.at(path / "google/reviews.json"))
    assert [(row["location_name"], row["location_id"]) for row in rows] == [(None, "77")]
    assert source(tmp_path).detect(Input.at(path / "google/data.json")) is None
