"""Google Business Profile reviews: answers of the API v4, and the same objects in Takeout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items, takeout
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.takeout import Place

SYSTEM: Final = "google.business"
_TAKEOUT, _PLACE = "Takeout", "Takeout, place"
_MAPPED = frozenset(
    ("name", "reviewId", "reviewer", "starRating", "comment", "createTime", "updateTime", "reviewReply", "@place")
)
_TRANSLATED, _ORIGINAL = "(Translated by Google)", "(Original)"
_LOCATION = re.compile(r"locations/([^/]+)")


def detect(look: Look) -> Detection | None:
    """An object with `reviews` (or `locationReviews`) whose first element has a `starRating`; a Takeout, whole."""
    if look.data.kind != "file":
        found = takeout.parts(look.data)
        return Detection(SYSTEM, _TAKEOUT, 1.0, f"It holds {found[0]}, as Takeout writes it.") if found else None
    if takeout.is_place(look.data):
        return Detection(SYSTEM, _PLACE, 1.0, "It describes the place whose reviews lie beside it.")
    value = mapping(look.value)
    listed = value.get("reviews") or value.get("locationReviews")
    first = mapping(listed[0]) if isinstance(listed, list) and listed else {}
    review = mapping(first.get("review")) or first
    if "starRating" in review or ("reviewId" in review and "createTime" in review):
        return Detection(SYSTEM, "API v4", 1.0, "It holds `reviews` with `starRating`, as Google's API writes them.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and the owner's replies, with the place that Takeout describes beside them."""
    if found.format == _PLACE:
        reviews.facts.rows_read += 1
        reviews.facts.skip("a place's description, read with the reviews beside it")
        return
    if data.kind == "file":
        yield from _file(data, reviews)
        return
    parts = takeout.parts(data)
    for member in parts:
        yield from _file(data.narrow(member), reviews, f"{member}#")
    takeout.tell(data, parts, reviews.facts)


def _file(data: Input, reviews: Reviews, prefix: str = "") -> Iterator[Batch]:
    place = takeout.place(data)

    def find(value: object, pointer: str) -> Iterator[Found]:
        _average(mapping(value), place, reviews)
        yield from ((prefix + at, element) for at, element in _find(value, pointer))

    yield from items.read(data, reviews, find, partial(_raw, place))


def _average(answer: dict[str, Any], place: Place, reviews: Reviews) -> None:
    """Each answer of the API repeats the mean and the number of all reviews of its location."""
    if "averageRating" not in answer:
        return
    places = (_LOCATION.search(text(mapping(one).get("name")) or "") for one in listing(answer.get("reviews")))
    at = next((place[1] for place in places if place), None)
    stated = {"rating_average": text(answer["averageRating"]), "review_count": text(answer.get("totalReviewCount"))}
    reviews.averages.tell(reviews.options.location or place.name or at, **stated)


def _find(value: object, pointer: str) -> Iterable[Found]:
    answer = mapping(value)
    for key in ("reviews", "locationReviews"):
        listed = answer.get(key)
        for index, element in enumerate(listed if isinstance(listed, list) else []):
            inner = mapping(element).get("review")
            at = f"{pointer}/{key}/{index}"
            if key == "reviews" or not isinstance(inner, dict):
                yield at, element
            else:
                yield f"{at}/review", {"@place": mapping(element).get("name"), **inner}


def _raw(place: Place, item: dict[str, Any]) -> Raw:
    reviewer, reply = mapping(item.get("reviewer")), mapping(item.get("reviewReply"))
    said, original, translated = _tongues(text(item.get("comment")))
    answer, _, answer_translated = _tongues(text(reply.get("comment")))
    location = _LOCATION.search(text(item.get("name")) or text(item.get("@place")) or "")
    rating = text(item.get("starRating"))
    return {
        "native_id": text(item.get("reviewId")),
        "rating_raw": None if rating == "STAR_RATING_UNSPECIFIED" else rating,
        "text": said,
        "text_original": original,
        "text_translated": translated,
        "created": text(item.get("createTime")),
        "updated": text(item.get("updateTime")),
        "author_name": None if reviewer.get("isAnonymous") is True else text(reviewer.get("displayName")),
        "location_id": location[1] if location else place.id,
        "location_name": place.name,
        "country": place.country,
        "city": place.city,
        "lat": place.lat,
        "lon": place.lon,
        "reply": answer,
        "reply_created": text(reply.get("updateTime")),
        "extra": extra({**item, "replyTranslated": answer_translated}, _MAPPED),
    }


def _tongues(comment: str | None) -> tuple[str | None, str | None, str | None]:
    """What to read, what the person wrote, and Google's translation of it; one comment holds both, in either order."""
    if comment is None or _TRANSLATED not in comment:
        return comment, None, None
    before, _, after = comment.partition(_TRANSLATED)
    if _ORIGINAL in after:
        translated, _, own = after.partition(_ORIGINAL)
    else:
        translated, own = after, before.replace(_ORIGINAL, "")
    return own.strip() or translated.strip(), own.strip() or None, translated.strip() or None


FORMAT: Final = Format(SYSTEM, "Google Business Profile (API v4, Takeout)", "google", detect, read)
