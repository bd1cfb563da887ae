"""TripAdvisor reviews as scrapers write them (JSON); older ones count bubbles from 10 to 50."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.answers import answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import STARS

SYSTEM: Final = "tripadvisor"
_TELLING: Final = frozenset(("travelDate", "tripType", "subratings", "ownerResponse", "placeInfo", "helpfulVotes"))
_ENOUGH: Final = 2
_MAPPED = frozenset((
    "id", "url", "title", "text", "rating", "publishedDate", "travelDate", "lang", "tripType", "user.userId",
    "user.name", "ownerResponse.text", "ownerResponse.publishedDate", "subratings", "helpfulVotes",
    "placeInfo.id", "placeInfo.name",
))  # fmt: skip
_BUBBLES = re.compile(r"(?:bubble_)?([1-5][05])(?:\.0)?$")


def detect(look: Look) -> Detection | None:
    """Reviews with a `publishedDate` and at least two more fields that only TripAdvisor's have."""
    first = items.first(look.value, "reviews")
    telling = sorted(_TELLING & set(first))
    if {"rating", "publishedDate"} <= set(first) and len(telling) >= _ENOUGH:
        return Detection(SYSTEM, "", 1.0, f"Its reviews have `publishedDate`, {', '.join(telling)}.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews with the month of the visit, sub-ratings and owners' responses."""
    yield from items.read(data, reviews, items.under("reviews"), _raw)


def _raw(item: dict[str, Any]) -> Raw:
    user, place = mapping(item.get("user")), mapping(item.get("placeInfo"))
    reply, rating = mapping(item.get("ownerResponse")), text(item.get("rating"))
    return {
        "native_id": text(item.get("id")),
        "url": text(item.get("url")),
        "rating_raw": rating,
        "rating": _stars(rating),
        "title": text(item.get("title")),
        "text": text(item.get("text")),
        "language": text(item.get("lang")),
        "created": text(item.get("publishedDate")),
        "experienced": text(item.get("travelDate")),
        "author_id": text(user.get("userId")),
        "author_name": text(user.get("name")),
        "location_id": text(place.get("id")),
        "location_name": text(place.get("name")),
        "place_average": text(place.get("rating")),
        "helpful_votes": text(item.get("helpfulVotes")),
        "tags": text(item.get("tripType")),
        "answers": [_answer(mapping(part)) for part in listing(item.get("subratings"))],
        "reply": text(reply.get("text")),
        "reply_created": text(reply.get("publishedDate")),
        "extra": extra(item, _MAPPED),
    }


def _answer(part: dict[str, Any]) -> dict[str, Any]:
    value = text(part.get("value"))
    return answer(text(part.get("name")), _stars(value) or value, STARS)


def _stars(rating: str | None) -> str | None:
    """`bubble_45` and 45 are 4.5; None for what is no count of bubbles."""
    bubbles = _BUBBLES.match(rating or "")
    return str(int(bubbles[1]) / 10) if bubbles else None


FORMAT: Final = Format(
    SYSTEM, "TripAdvisor scrape (JSON)", "tripadvisor", detect, read,
    notes=("A scrape holds as many reviews as were asked for, which need not be all.",),
)  # fmt: skip
