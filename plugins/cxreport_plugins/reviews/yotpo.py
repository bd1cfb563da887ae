"""Yotpo reviews by its API (JSON): as the app sees them, and as the widget of a shop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.answers import answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, Skip, extra, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "yotpo"
_SITE: Final = "yotpo_site_reviews"
_MAPPED = frozenset((
    "id", "title", "content", "score", "votes_up", "created_at", "updated_at", "sentiment", "sku", "name", "email",
    "product_id", "verified_buyer", "user.user_id", "user.display_name", "user.email", "custom_fields",
    "comment.content", "comment.created_at", "deleted", "user_reference",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Reviews with `score`, `content` and `votes_up`."""
    first = next(iter(_reviews(look.value, "")), ("", None))[1]
    if {"score", "content", "votes_up"} <= set(mapping(first)):
        return Detection(SYSTEM, "", 1.0, "Its reviews have `score`, `content` and `votes_up`.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and the shop's comments. Deleted reviews and e-mail addresses stay out."""
    yield from items.read(data, reviews, _find, _raw)


def _reviews(value: object, pointer: str) -> Iterator[Found]:
    """Under `reviews`, or `response/reviews` as the widget answers."""
    response = mapping(value).get("response")
    if isinstance(response, dict):
        yield from items.under("reviews")(response, f"{pointer}/response")
    else:
        yield from items.under("reviews")(value, pointer)


def _find(value: object, pointer: str) -> Iterator[Found]:
    for at, review in _reviews(value, pointer):
        yield at, Skip("deleted by the shop") if mapping(review).get("deleted") is True else review


def _raw(item: dict[str, Any]) -> Raw:
    user, comment = mapping(item.get("user")), mapping(item.get("comment"))
    sku = text(item.get("sku"))
    return {
        "native_id": text(item.get("id")),
        "rating_raw": text(item.get("score")),
        "title": text(item.get("title")),
        "text": text(item.get("content")),
        "created": text(item.get("created_at")),
        "updated": text(item.get("updated_at")),
        "author_id": text(user.get("user_id")),
        "author_name": text(user.get("display_name")) or text(item.get("name")),
        "product_id": text(item.get("product_id")),
        "sku": None if sku == _SITE else sku,
        "tags": _SITE if sku == _SITE else None,
        "helpful_votes": text(item.get("votes_up")),
        "sentiment_vendor": text(item.get("sentiment")),
        "verified_purchase": text(item.get("verified_buyer")),
        "answers": [_answer(key, one) for key, one in mapping(item.get("custom_fields")).items()],
        "reply": text(comment.get("content")),
        "reply_created": text(comment.get("created_at")),
        "extra": extra(item, _MAPPED),
    }


def _answer(key: str, field: object) -> dict[str, Any]:
    """A custom field is its value, or an object with a title and a value."""
    told = mapping(field) or {"value": field}
    return answer(text(told.get("title")) or key, text(told.get("value")))


FORMAT: Final = Format(
    SYSTEM, "Yotpo API (JSON)", "yotpo", detect, read,
    notes=("Not read, because they hold contact details: email, user_reference.",),
)  # fmt: skip
