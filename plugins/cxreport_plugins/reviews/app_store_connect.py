"""Customer reviews and their responses by the App Store Connect API (JSON:API)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "app_store.connect"
_TYPE = "customerReviews"
_MAPPED = frozenset((
    "rating", "title", "body", "reviewerNickname", "createdDate", "territory",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Elements of `data` of the type `customerReviews`."""
    if items.first(look.value, "data").get("type") == _TYPE:
        return Detection(SYSTEM, "", 1.0, "Its `data` are of the type `customerReviews`.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews, and the developer's responses as far as the answer includes them and they are published."""
    yield from items.read(data, reviews, _find, _raw)


def _find(value: object, pointer: str) -> Iterator[Found]:
    """The reviews of a page, each with its response from `included`."""
    page = mapping(value)
    if not isinstance(page.get("data"), list):
        yield pointer, value
        return
    responses = {text(mapping(one).get("id")): mapping(one) for one in listing(page.get("included"))}
    for index, review in enumerate(page["data"]):
        relation = mapping(mapping(mapping(mapping(review).get("relationships")).get("response")).get("data"))
        response = responses.get(text(relation.get("id")))
        at = f"{pointer}/data/{index}"
        yield at, {**review, "@response": response} if isinstance(review, dict) else review


def _raw(item: dict[str, Any]) -> Raw:
    known = mapping(item.get("attributes"))
    response = mapping(mapping(item.get("@response")).get("attributes"))
    is_public = response.get("state") in (None, "PUBLISHED")
    return {
        "native_id": text(item.get("id")),
        "rating_raw": text(known.get("rating")),
        "title": text(known.get("title")),
        "text": text(known.get("body")),
        "created": text(known.get("createdDate")),
        "author_name": text(known.get("reviewerNickname")),
        "country": text(known.get("territory")),
        "reply": text(response.get("responseBody")) if is_public else None,
        "reply_created": text(response.get("lastModifiedDate")),
        "extra": extra(known, _MAPPED),
    }


FORMAT: Final = Format(
    SYSTEM, "App Store Connect API (JSON)", "app_store", detect, read,
    notes=("Responses that are not published yet are left out: no customer has seen them.",),
)  # fmt: skip
