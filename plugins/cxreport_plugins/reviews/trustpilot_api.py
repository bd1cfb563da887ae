"""Trustpilot's API for businesses: service reviews as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.trustpilot import PAGE

SYSTEM: Final = "trustpilot.api"
_MAPPED = frozenset((
    "id", "stars", "title", "text", "language", "createdAt", "updatedAt", "experiencedAt", "numberOfLikes",
    "consumer.id", "consumer.displayName", "consumer.displayLocation", "consumer.numberOfReviews",
    "businessUnit.id", "businessUnit.displayName", "location.id", "location.name", "isVerified",
    "companyReply.text", "companyReply.createdAt", "companyReply.authorBusinessUserId", "tags",
    "reviewVerificationLevel", "links", "referralEmail", "referenceId",
))  # fmt: skip
_LEVELS: Final = {"invited": "true", "verified": "false", "notverified": "false"}


def detect(look: Look) -> Detection | None:
    """Objects under `reviews` with `stars` and a `consumer`."""
    first = items.first(look.value, "reviews")
    if "stars" in first and "consumer" in first:
        return Detection(SYSTEM, "", 1.0, "Its reviews have `stars` and a `consumer`, as Trustpilot's API writes them.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and company replies. Order numbers and e-mail addresses stay out."""
    yield from items.read(data, reviews, items.under("reviews"), _raw)


def _raw(item: dict[str, Any]) -> Raw:
    consumer, business = mapping(item.get("consumer")), mapping(item.get("businessUnit"))
    place, reply = mapping(item.get("location")), mapping(item.get("companyReply"))
    level, native = text(item.get("reviewVerificationLevel")), text(item.get("id"))
    tags = [text(mapping(tag).get("value")) for tag in listing(item.get("tags"))]
    return {
        "native_id": native,
        "url": PAGE + native if native else None,
        "rating_raw": text(item.get("stars")),
        "title": text(item.get("title")),
        "text": text(item.get("text")),
        "language": text(item.get("language")),
        "created": text(item.get("createdAt")),
        "updated": text(item.get("updatedAt")),
        "experienced": text(item.get("experiencedAt")),
        "author_id": text(consumer.get("id")),
        "author_name": text(consumer.get("displayName")),
        "author_country": text(consumer.get("displayLocation")),
        "author_posts": text(consumer.get("numberOfReviews")),
        "product_id": text(business.get("id")),
        "product_name": text(business.get("displayName")),
        "location_id": text(place.get("id")),
        "location_name": text(place.get("name")),
        "helpful_votes": text(item.get("numberOfLikes")),
        "verified_purchase": text(item.get("isVerified")),
        "invited": _LEVELS.get((level or "").casefold()),
        "tags": "\n".join(filter(None, [level, *tags])) or None,
        "reply": text(reply.get("text")),
        "reply_created": text(reply.get("createdAt")),
        "extra": extra(item, _MAPPED),
    }


FORMAT: Final = Format(SYSTEM, "Trustpilot API (JSON)", "trustpilot", detect, read, zone="UTC")
