"""Reviews by the Google Play Developer API v3 (JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import items
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, listing, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "google_play.api"
_MAPPED = frozenset((
    "text", "lastModified", "starRating", "reviewerLanguage", "device", "appVersionName", "thumbsUpCount",
    "originalText",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """Reviews whose `comments` hold a `userComment`."""
    comments = listing(items.first(look.value, "reviews").get("comments"))
    if any("userComment" in mapping(comment) for comment in comments):
        return Detection(SYSTEM, "v3", 1.0, "Its reviews have `comments` with a `userComment`.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews and developers' comments; the time is that of the last edit."""
    yield from items.read(data, reviews, items.under("reviews"), _raw)


def _raw(item: dict[str, Any]) -> Raw:
    comments = [mapping(comment) for comment in listing(item.get("comments"))]
    user = next((mapping(one["userComment"]) for one in comments if "userComment" in one), {})
    developer = next((mapping(one["developerComment"]) for one in comments if "developerComment" in one), {})
    edited = text(mapping(user.get("lastModified")).get("seconds"))
    shown, original = text(user.get("text")), text(user.get("originalText"))
    title, body = _parted(original or shown)
    return {
        "native_id": text(item.get("reviewId")),
        "rating_raw": text(user.get("starRating")),
        "title": title,
        "text": body,
        "text_translated": _parted(shown)[1] if original and original != shown else None,
        "language": text(user.get("reviewerLanguage")),
        "created": edited,
        "updated": edited,
        "author_name": text(item.get("authorName")),
        "app_version": text(user.get("appVersionName")),
        "device": text(user.get("device")),
        "helpful_votes": text(user.get("thumbsUpCount")),
        "reply": text(developer.get("text")),
        "reply_created": text(mapping(developer.get("lastModified")).get("seconds")),
        "extra": extra(user, _MAPPED),
    }


def _parted(joined: str | None) -> tuple[str | None, str | None]:
    """Title and text, which the API joins by a TAB; a text without one has no title."""
    if joined is None or "\t" not in joined:
        return None, joined
    title, _, body = joined.partition("\t")
    return title.strip() or None, body


FORMAT: Final = Format(
    SYSTEM, "Google Play Developer API v3 (JSON)", "google_play", detect, read, frame="capped",
    cap="the reviews of the last seven days",
    notes=(
        "The API gives only reviews with a text that were written or changed within the last seven days.",
        "It tells when a review was last changed, not when it was first written.",
    ),
)  # fmt: skip
