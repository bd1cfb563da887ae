"""Feefo reviews by its API v20 (JSON): of the service, and of each product bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.answers import answer
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews
from cxreport_plugins.reviews.scale import Scale

SYSTEM: Final = "feefo"
_PARTS: Final = ("rating", "review", "id")
_NPS: Final = Scale(0, 10)
_MAPPED = frozenset((
    "@whole", "id", "rating", "title", "review", "created_at", "last_updated_date", "helpful_votes", "attributes",
    "product.title", "product.sku", "nps", "merchant_comment", "thread", "service", "products", "url",
    "merchant.identifier", "customer.display_name", "customer.email", "customer.order_ref",
))  # fmt: skip
_VERIFIED: Final = {"verified": "true", "feedback_verified": "true", "unverified": "false"}


def detect(look: Look) -> Detection | None:
    """Reviews of a `merchant` with a `service` or `products`."""
    first = items.first(look.value, "reviews")
    if "merchant" in first and ("service" in first or "products" in first):
        return Detection(SYSTEM, "API v20", 1.0, "Its reviews have a `merchant`, and a `service` or `products`.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews of the service and of products, each a record; the scale is the one that each states."""
    yield from items.read(data, reviews, _find, _raw)


def _find(value: object, pointer: str) -> Iterator[Found]:
    """The service review and the product reviews within each review; a review without either stands for itself."""
    for at, review in items.under("reviews")(value, pointer):
        whole = mapping(review)
        parts = [("service", whole.get("service"))]
        parts += [(f"products/{index}", part) for index, part in enumerate(listing(whole.get("products")))]
        rated = [(name, part) for name, part in parts if any(key in mapping(part) for key in _PARTS)]
        for name, part in rated:
            yield f"{at}/{name}", {**mapping(part), "@whole": whole}
        if not rated:
            yield at, review


def _raw(item: dict[str, Any]) -> Raw:
    whole = mapping(item.get("@whole"))
    merchant, customer = mapping(whole.get("merchant")), mapping(whole.get("customer"))
    product, rating = mapping(item.get("product")), _rating(item.get("rating"))
    reply, replied = _reply(item)
    nps = mapping(item.get("nps")) or mapping(whole.get("nps"))
    return {
        "native_id": text(item.get("id")),
        "url": text(whole.get("url")),
        "rating_raw": text(rating.get("rating")),
        "scale_min": text(rating.get("min")),
        "scale_max": text(rating.get("max")),
        "title": text(item.get("title")),
        "text": text(item.get("review")),
        "created": text(item.get("created_at")),
        "updated": text(item.get("last_updated_date")),
        "author_name": text(customer.get("display_name")),
        "product_name": text(product.get("title")),
        "sku": text(product.get("sku")),
        "location_id": text(merchant.get("identifier")),
        "helpful_votes": text(item.get("helpful_votes")),
        "verified_purchase": _VERIFIED.get(_lower(item.get("feedback_verification_state"))),
        "answers": [
            *(_answer(mapping(one)) for one in listing(item.get("attributes"))),
            answer("nps", text(nps.get("rating")), _NPS),
        ],
        "reply": reply,
        "reply_created": replied,
        "extra": extra({**whole, **item}, _MAPPED),
    }


def _rating(value: object) -> dict[str, Any]:
    """`{min, max, rating}`, or the rating alone."""
    return value if isinstance(value, dict) else {"rating": value}


def _answer(one: dict[str, Any]) -> dict[str, Any]:
    """An attribute such as Size or Quality, with its rating or its value."""
    rating = _rating(one.get("rating"))
    given = text(rating.get("rating")) or text(one.get("value"))
    return answer(text(one.get("name") or one.get("title")), given, _scale(rating.get("min"), rating.get("max")))


def _scale(low: object, high: object) -> Scale | None:
    if isinstance(low, int | float) and isinstance(high, int | float) and low < high:
        return Scale(float(low), float(high))
    return None


def _reply(item: dict[str, Any]) -> tuple[str | None, str | None]:
    """The merchant's comment and its time; in a thread, the first comment of the merchant."""
    direct = item.get("merchant_comment")
    said = [direct] if direct else [one for one in listing(item.get("thread")) if _is_merchant(mapping(one))]
    if not said:
        return None, None
    first = mapping(said[0])
    comment = text(first.get("comment") or first.get("text")) or text(said[0])
    return comment, text(first.get("created_at") or first.get("date"))


def _is_merchant(one: dict[str, Any]) -> bool:
    return _lower(one.get("author")) in ("", "merchant")


def _lower(value: object) -> str:
    return (text(value) or "").casefold()


FORMAT: Final = Format(SYSTEM, "Feefo API (JSON)", "feefo", detect, read)
