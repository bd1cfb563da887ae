"""G2 reviews by its API v2 (JSON:API): what people like and dislike as two texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.answers import answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import Scale

SYSTEM: Final = "g2"
_TYPE = "survey_responses"
_FIVE: Final = Scale(0, 5)
_TEN: Final = Scale(0, 10)
_SEEN_TEN: Final = Scale(0, 10, "observed")
_MAPPED = frozenset((
    "id", "product_name", "star_rating", "title", "answers", "comment_answers", "secondary_answers", "submitted_at",
    "published_at", "updated_at", "url", "verified_current_user", "user.name",
    "user.company_segment", "regions",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Elements of `data` of the type `survey_responses`, or their attributes alone."""
    first = items.first(look.value, "data")
    known = mapping(first.get("attributes")) or first
    said = mapping(known.get("answers") or known.get("comment_answers"))
    if first.get("type") == _TYPE or ("product_name" in known and {"love", "hate"} & set(said)):
        return Detection(SYSTEM, "API v2", 1.0, "Its answers are named `love` and `hate`, as G2's API writes them.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews. The file is read twice: one rating above 5 shows that all are on a scale to 10."""
    if _highest(data, reviews) > _FIVE.high:
        reviews.scale = _SEEN_TEN
        reviews.facts.notes.append("There are ratings above 5, so that all were taken to be on a scale from 0 to 10.")
    yield from items.read(data, reviews, items.under("data"), _raw)


def _highest(data: Input, reviews: Reviews) -> float:
    highest = 0.0
    for _, pointer, value in reading.iter_json(data, encoding=reviews.options.encoding):
        for _, review in items.under("data")(value, pointer):
            rating = _attributes(mapping(review)).get("star_rating")
            highest = max(highest, _number(rating))
    return highest


def _number(rating: object) -> float:
    try:
        return float(str(rating))
    except ValueError:
        return 0.0


def _attributes(item: dict[str, Any]) -> dict[str, Any]:
    return {"id": item.get("id"), **mapping(item["attributes"])} if "attributes" in item else item


def _raw(item: dict[str, Any]) -> Raw:
    known = _attributes(item)
    user, said = mapping(known.get("user")), mapping(known.get("answers") or known.get("comment_answers"))
    tags = [text(user.get("company_segment")), *(text(region) for region in listing(known.get("regions")))]
    return {
        "native_id": text(known.get("id")),
        "url": text(known.get("url")),
        "rating_raw": text(known.get("star_rating")),
        "title": text(known.get("title")),
        "text_positive": _value(said.get("love")),
        "text_negative": _value(said.get("hate")),
        "created": text(known.get("submitted_at") or known.get("published_at")),
        "updated": text(known.get("updated_at")),
        "author_name": text(user.get("name")),
        "product_name": text(known.get("product_name")),
        "verified_purchase": text(known.get("verified_current_user")),
        "tags": "\n".join(filter(None, tags)) or None,
        "answers": [
            *(_answer(key, one) for key, one in said.items() if key not in ("love", "hate")),
            *(_answer(key, one) for key, one in mapping(known.get("secondary_answers")).items()),
        ],
        "extra": extra(known, _MAPPED),
    }


def _value(one: object) -> str | None:
    return text(mapping(one).get("value")) if isinstance(one, dict) else text(one)


def _answer(key: str, one: object) -> dict[str, Any]:
    """Recommendation is asked from 0 to 10; the scales of the other questions are not known."""
    return answer(text(mapping(one).get("text")) or key, _value(one), _TEN if key == "nps" else None)


FORMAT: Final = Format(SYSTEM, "G2 API v2 (JSON)", "g2", detect, read, scale=_FIVE, frame="without_replies")
