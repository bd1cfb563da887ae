"""The reviews that one person wrote on Google Maps, from that person's Takeout (GeoJSON)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import ids, items
from cxreport_plugins.reviews.answers import answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import STARS

SYSTEM: Final = "google.maps_takeout"
_FIRST = "five_star_rating_published"
_OLDER = "Star Rating"
_MAPPED = frozenset((
    "date", "five_star_rating_published", "google_maps_url", "review_text_published", "questions", "location.name",
    "location.country_code", "Published", "Star Rating", "Google Maps URL", "Review Comment", "Location.Business Name",
    "Location.Country Code", "Location.Geo Coordinates",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """A `FeatureCollection` of places with stars."""
    value = items.mapping(look.value)
    seen = [mapping(mapping(place).get("properties")) for place in listing(value.get("features"))]
    if value.get("type") != "FeatureCollection" or not any(_FIRST in place or _OLDER in place for place in seen):
        return None
    older = not any(_FIRST in place for place in seen)
    return Detection(SYSTEM, "older" if older else "", 1.0, "It is a `FeatureCollection` of places with stars.")


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews of places by one person."""
    yield from items.read(data, reviews, items.under("features"), _raw)


def _raw(item: dict[str, Any]) -> Raw:
    known = mapping(item.get("properties"))
    place = mapping(known.get("location") or known.get("Location"))
    url = text(known.get("google_maps_url") or known.get("Google Maps URL"))
    date = text(known.get("date") or known.get("Published"))
    lat, lon = _position(item, place)
    return {
        "native_id": ids.digest(url, date),
        "url": url,
        "rating_raw": text(known.get(_FIRST, known.get(_OLDER))),
        "text": text(known.get("review_text_published", known.get("Review Comment"))),
        "created": date,
        "location_name": text(place.get("name") or place.get("Business Name")),
        "country": text(place.get("country_code") or place.get("Country Code")),
        "lat": lat,
        "lon": lon,
        "answers": [_answer(mapping(question)) for question in listing(known.get("questions"))],
        "extra": extra(known, _MAPPED),
    }


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    asked, rating = text(question.get("question")), text(question.get("rating"))
    return answer(asked, rating, STARS) if rating else answer(asked, text(question.get("selected_option")))


def _position(item: dict[str, Any], place: dict[str, Any]) -> tuple[str | None, str | None]:
    """Latitude and longitude; 0, 0 is how Takeout writes that it knows none."""
    older = mapping(place.get("Geo Coordinates"))
    pair = listing(mapping(item.get("geometry")).get("coordinates"))
    lon, lat = pair[:2] if len(pair) >= 2 else (older.get("Longitude"), older.get("Latitude"))
    return (text(lat), text(lon)) if lat or lon else (None, None)


FORMAT: Final = Format(
    SYSTEM, "Google Maps (Takeout of one person)", "google", detect, read, frame="without_replies",
    notes=("These are one person's reviews of many places, not the reviews of one business.",),
)  # fmt: skip
