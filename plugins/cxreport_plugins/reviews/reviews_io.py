"""Reviews.io by its API (JSON), in the older shape with `review` and the current one with `comments`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from cxreport.api import Batch, Context, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "reviews_io"
_CURRENT: Final = frozenset(("store_review_id", "rating", "comments"))
_OLDER: Final = frozenset(("name", "rating", "review", "date", "branch", "order_id"))
_MAPPED = frozenset((
    "store_review_id", "name", "rating", "review", "comments", "title", "email", "date", "date_created", "branch",
    "order_id", "tags", "reviewer.first_name", "reviewer.last_name", "reviewer.email", "reviewer.verified_buyer",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """By its fields."""
    first = set(items.first(look.value, "reviews"))
    for name, fields in (("", _CURRENT), ("older", _OLDER)):
        if fields <= first:
            return Detection(SYSTEM, name, 1.0, f"Its reviews have the fields {', '.join(sorted(fields))}.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and the first reply to each; more replies are extra. Order numbers become pseudonyms."""
    yield from items.read(data, reviews, items.under("reviews"), partial(_raw, context=reviews.context))


def _raw(item: dict[str, Any], context: Context) -> Raw:
    person, replies = mapping(item.get("reviewer")), listing(item.get("replies"))
    first = mapping(replies[0]) if replies else {}
    names = [text(person.get("first_name")), text(person.get("last_name"))]
    branch = item.get("branch")
    tags = [text(tag) for tag in listing(item.get("tags"))]
    return {
        "native_id": text(item.get("store_review_id")) or _order(item, context),
        "rating_raw": text(item.get("rating")),
        "title": text(item.get("title")),
        "text": text(item.get("review")) or text(item.get("comments")),
        "created": _date(item),
        "author_name": " ".join(filter(None, names)) or text(item.get("name")),
        "location_name": text(mapping(branch).get("name")) if isinstance(branch, dict) else text(branch),
        "verified_purchase": {"yes": "true", "no": "false"}.get(
            (text(person.get("verified_buyer")) or "").casefold(), text(person.get("verified_buyer"))
        ),
        "tags": "\n".join(filter(None, tags)) or None,
        "reply": text(first.get("comments")),
        "reply_created": text(first.get("date")),
        "extra": extra({**item, "replies": replies[1:]}, _MAPPED),
    }


def _date(item: dict[str, Any]) -> str | None:
    return text(item.get("date_created")) or text(item.get("date"))


def _order(item: dict[str, Any], context: Context) -> str | None:
    """One order may be reviewed more than once, so its day belongs to the id."""
    order = text(item.get("order_id"))
    return context.pseudonym(f"{order}\x1f{_date(item) or ''}", "order") if order else None


FORMAT: Final = Format(
    SYSTEM, "Reviews.io API (JSON)", "reviews_io", detect, read,
    notes=("Not read, because they hold contact details: email. Order numbers were made pseudonyms.",),
)  # fmt: skip
