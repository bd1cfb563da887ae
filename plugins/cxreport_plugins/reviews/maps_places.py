"""Answers of Google's Places API, as people dump them: JSON as it came, or flattened to a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import ids, items, tables
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, extra, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google.places"
_JSON, _TABLE = "JSON", "flat"
_MAPPED = frozenset((
    "author_name", "author_url", "rating", "text", "time", "language", "relative_time_description",
    "profile_photo_url", "original_language", "translated", "@place",
))  # fmt: skip
LAYOUT: Final = tables.Layout(
    frozenset(("place id", "author name", "rating", "text")),
    {
        "author_name": ("author name",), "rating_raw": ("rating",), "text": ("text",), "created": ("time",),
        "language": ("language",), "location_id": ("place id",), "location_name": ("name",), "lat": ("lat",),
        "lon": ("lng", "lon"),
    },
)  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Reviews with an author's name, a rating and a relative time; or a table of places and such reviews."""
    first = next(iter(_find(look.value, "")), ("", None))[1]
    if {"author_name", "rating", "relative_time_description"} <= set(mapping(first)):
        return Detection(SYSTEM, _JSON, 1.0, "Its reviews have a `relative_time_description`, as of the Places API.")
    return tables.detect(look, SYSTEM, LAYOUT.signature, _TABLE)


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews; the API gives five a place and no replies."""
    if found.format == _JSON:
        yield from items.read(data, reviews, _find, _raw)
    else:
        yield from tables.read(data, LAYOUT, reviews)


def _find(value: object, pointer: str) -> Iterator[Found]:
    """Reviews under `reviews`, `result/reviews` or `results/*/reviews`, with their place; else the item itself."""
    answer = mapping(value)
    if isinstance(answer.get("result"), dict):
        yield from _find(answer["result"], f"{pointer}/result")
    elif isinstance(answer.get("results"), list):
        for index, place in enumerate(answer["results"]):
            yield from _find(place, f"{pointer}/results/{index}")
    elif isinstance(answer.get("reviews"), list):
        for index, review in enumerate(answer["reviews"]):
            at = f"{pointer}/reviews/{index}"
            yield at, {**review, "@place": answer} if isinstance(review, dict) else review
    elif "place_id" not in answer or "author_name" in answer:
        yield pointer, value


def _raw(item: dict[str, Any]) -> Raw:
    place = mapping(item.get("@place"))
    where = mapping(mapping(place.get("geometry")).get("location"))
    author, time = text(item.get("author_url")) or text(item.get("author_name")), text(item.get("time"))
    is_translated = item.get("translated") is True
    return {
        "native_id": ids.digest(text(place.get("place_id")), author, time) if time else None,
        "rating_raw": text(item.get("rating")),
        "text": text(item.get("text")),
        "created": time,
        "language": text(item.get("language")),
        "author_id": text(item.get("author_url")),
        "author_name": text(item.get("author_name")),
        "location_id": text(place.get("place_id")),
        "location_name": text(place.get("name")),
        "place_average": text(place.get("rating")),
        "place_ratings": text(place.get("user_ratings_total")),
        "lat": text(where.get("lat")),
        "lon": text(where.get("lng")),
        "tags": "translated" if is_translated else None,
        "extra": extra(item, _MAPPED - {"original_language"} if is_translated else _MAPPED),
    }


FORMAT: Final = Format(
    SYSTEM, "Google Places API (JSON, CSV)", "google", detect, read, frame="capped",
    cap="five reviews a place, which Google chooses",
    notes=("The Places API gives at most five reviews a place, which Google chooses, and no replies.",),
)  # fmt: skip
