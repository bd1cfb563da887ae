"""Every field of every format, replaced by what should not be there: nothing crashes, every row is accounted for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from . import test_app_stores, test_datasets, test_google_maps, test_hotels, test_reviews, test_sites, test_trustpilot
from .exports import Loaded, Write, jsonl

STRANGE: tuple[Any, ...] = (
    None, [], {}, "", "x", 5, -1, 1e300, 10**30, True, [None], [[1]], [{"a": 2}], {"label": 3}, {"name": {"text": []}},
    "4,5", "1.5E+20", "\ud800", "NaN", "a\tb\nc",
)  # fmt: skip
CELLS = ("x", "-1", "1.5E+20", "4,5", "99/99/9999", '{"a": [1]}', "=1+1", "\ufffd", "nan", "9" * 40, '"', "a\nb", "0")
OBJECTS: dict[str, Any] = {
    "amazon.2014": test_datasets.A2014,
    "amazon.2018": test_datasets.A2018,
    "amazon.2023": test_datasets.A2023,
    "app_store.connect": {"data": [test_app_stores.connect("1", "PUBLISHED")[0]], "included": [test_app_stores.connect("1", "PUBLISHED")[1]]},
    "app_store.rss": {"feed": {"entry": [test_reviews.entry()]}},
    "feefo": {"reviews": [test_sites.FEEFO]},
    "g2": {"data": [test_sites.survey("1", 4.5)]},
    "google.apify": test_google_maps.APIFY,
    "google.business": {"reviews": [test_reviews.REVIEW]},
    "google.maps_takeout": {"type": "FeatureCollection", "features": [test_google_maps.place(**test_google_maps.NOW)]},
    "google_play.api": {"reviews": [test_app_stores.PLAY]},
    "google_play.scrape": test_app_stores.SCRAPED,
    "tripadvisor": test_sites.STAY,
    "trustpilot.api": {"reviews": [test_trustpilot.REVIEW]},
    "yelp": test_datasets.YELP,
    "yotpo": {"reviews": [test_sites.YOTPO]},
}  # fmt: skip
TABLES = {
    "booking": test_hotels.BOOKING,
    "agoda": test_hotels.AGODA,
    "google.outscraper": test_google_maps.OUTSCRAPER,
    "google_play.console": test_reviews.PLAY,
}


def damaged(value: Any) -> Iterator[Any]:
    """Copies of a value, one for each place in it and each strange thing there."""
    yield from STRANGE
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {other: one for other, one in value.items() if other != key}
            yield from ({**value, key: strange} for strange in damaged(inner))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], strange, *value[index + 1 :]] for strange in damaged(inner))


@pytest.mark.parametrize("system", OBJECTS)
def test_strange_values_in_every_field(write: Write, system: str) -> None:
    lines = list(damaged(OBJECTS[system]))
    loaded = Loaded(write("a.jsonl", jsonl(OBJECTS[system], *lines)))
    assert system.startswith(loaded.found.system)
    assert loaded.records.height > len(lines) / 3


@pytest.mark.parametrize("system", TABLES)
def test_strange_cells_in_every_column(write: Write, system: str) -> None:
    names = TABLES[system].split(",")
    out = io.StringIO()
    rows = [["5" if at != index else cell for at in range(len(names))] for index in range(len(names)) for cell in CELLS]
    csv.writer(out).writerows([names, *rows])
    loaded = Loaded(write("a.csv", out.getvalue()))
    assert (loaded.found.system, loaded.facts.rows_read) == (system, len(rows))
