"""True exports: recognised as what they are, and read without an unexplained reject."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .exports import Loaded, detect


@pytest.mark.parametrize(
    ("path", "system", "rows", "records"),
    [
        ("amazon/McAuley_2014_row_as_quoted_in_code_comment.jsonl", "amazon", 1, 1),
        ("amazon/McAuley_All_Beauty_first_row.jsonl", "amazon", 1, 1),
        ("amazon/alexa_tsv.tsv", "amazon.alexa", 3, 3),
        ("app-store/rss_customerreviews.json", "app_store.rss", 1, 1),
        ("app-store/ASSEMBLED_asc_customerReviews.json", "app_store.connect", 1, 2),
        ("booking/agoda_header.csv", "agoda", 0, 0),
        ("booking/extranet_reviews_header.csv", "booking", 0, 0),
        ("g2/api_v2_attributes_fixture.json", "g2", 1, 1),
        ("google-business/api_v4_reviews.json", "google.business", 2, 3),
        ("google-business/places-api_flat.csv", "google.places", 2, 2),
        ("google-maps/ASSEMBLED_outscraper_header.csv", "google.outscraper", 0, 0),
        ("google-maps/ASSEMBLED_takeout_Reviews.json", "google.maps_takeout", 1, 1),
        ("google-maps/apify_reviews_item.json", "google.apify", 1, 1),
        ("google-play/REENCODED_reviews_com.example_202511_utf16le-bom.csv", "google_play.console", 2, 3),
        ("google-play/ASSEMBLED_google-play-scraper_keys.json", "google_play.scrape", 1, 2),
        ("google-play/console_reviews_rows_utf8_of_utf16.csv", "google_play.console", 2, 3),
        ("google-play/developer_api_v3_fixture.json", "google_play.api", 1, 2),
        ("trustpilot/ASSEMBLED_business_service_reviews_header.csv", "trustpilot.csv", 0, 0),
        ("trustpilot/scraper_flat.csv", "trustpilot.scrape", 3, 3),
        ("trustpilot/scraper_nookmart.csv", "trustpilot.scrape", 3, 3),
    ],
)
def test_true_samples(shared: Callable[[str], Path], path: str, system: str, rows: int, records: int) -> None:
    loaded = Loaded(shared(f"samples/{path}"))
    assert loaded.found.system == system
    assert (loaded.facts.rows_read, loaded.records.height) == (rows, records)
    assert loaded.rejects == []


def test_no_other_sample_is_claimed(shared: Callable[[str], Path]) -> None:
    ours = ("amazon", "app-store", "booking", "encodings", "g2", "google-business", "google-maps", "google-play")
    folder = shared("samples")
    others = [
        file
        for place in sorted(folder.iterdir())
        if place.is_dir() and place.name not in (*ours, "trustpilot")
        for file in sorted(place.rglob("*"))
        if file.is_file()
    ]
    assert len(others) > 20
    assert {str(file): found.system for file in others if (found := detect(file))} == {}


@pytest.mark.parametrize("name", ["nookmart.com_reviews.csv", "trustpilot_reviews.csv"])
def test_true_scrapes_load_whole(shared: Callable[[str], Path], name: str) -> None:
    loaded = Loaded(shared(f"data/trustpilot-nookmart/{name}"))
    assert loaded.records.height == loaded.facts.rows_read > 10
    assert loaded.records["rating_value"].null_count() == 0
