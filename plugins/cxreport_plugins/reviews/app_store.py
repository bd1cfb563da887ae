"""Apple's App Store customer reviews, as the public RSS feed gives them (JSON; for XML see `app_store_xml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import app_store_xml, items
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Found, Raw, Skip, extra, mapping, text
from cxreport_plugins.reviews.raw import Reviews

SYSTEM: Final = "app_store.rss"
_XML = "XML"
_MAPPED = frozenset(
    ("author", "updated", "im:rating", "im:version", "id", "title", "content", "link", "im:voteSum", "im:contentType")
)
_COUNTRY = re.compile(r"(?:itunes|apps)\.apple\.com/([a-z]{2})/")
_APP = re.compile(r"[?&]id=(\d+)|/id(\d+)")
NOTE: Final = "Apple's feed holds at most the 500 newest reviews of a country, and no replies."


def detect(look: Look) -> Detection | None:
    """A `feed` whose entries carry `im:rating`, or which comes from Apple's feed of reviews."""
    if app_store_xml.is_feed(look):
        return Detection(SYSTEM, _XML, 1.0, "It is a feed of reviews in Apple's namespace.")
    feed = mapping(mapping(look.value).get("feed"))
    if any("im:rating" in entry for entry in _entries(feed)) or "customerreviews" in str(feed.get("id", "")).casefold():
        return Detection(SYSTEM, "", 1.0, "It is a `feed` whose entries carry `im:rating`.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """Reviews, with the country that the feed's own link tells."""
    _place(data, reviews)
    if found.format == _XML:
        yield from app_store_xml.read(data, reviews)
    else:
        yield from items.read(data, reviews, _find, _raw)


def _place(data: Input, reviews: Reviews) -> None:
    """Settle the country of a feed, by its own link unless the options name it."""
    reviews.country = reviews.country or _country(data)
    if reviews.country is None:
        reviews.facts.notes.append("The feed does not say its country; set `country`.")


def _country(data: Input) -> str | None:
    found = _COUNTRY.search(data.head().decode("utf-8", "replace").replace("\\/", "/"))
    return found[1] if found else None


def _entries(feed: dict[str, Any]) -> list[dict[str, Any]]:
    """Several entries, one (then it is no list), or none (then the key is missing)."""
    entry = feed.get("entry")
    listed = entry if isinstance(entry, list) else [entry]
    return [element for element in listed if isinstance(element, dict)]


def _find(value: object, pointer: str) -> Iterable[Found]:
    """Entries with a rating; in older feeds the first entry is the app."""
    for index, entry in enumerate(_entries(mapping(mapping(value).get("feed")))):
        yield f"{pointer}/feed/entry/{index}", entry if "im:rating" in entry else Skip("the app itself")


def _label(value: object) -> str | None:
    return text(mapping(value).get("label"))


def _raw(entry: dict[str, Any]) -> Raw:
    author = mapping(entry.get("author"))
    link = text(mapping(mapping(entry.get("link")).get("attributes")).get("href"))
    person, app = _APP.search(_label(author.get("uri")) or ""), _APP.search(link or "")
    return {
        "native_id": _label(entry.get("id")),
        "rating_raw": _label(entry.get("im:rating")),
        "title": _label(entry.get("title")),
        "text": _label(entry.get("content")),
        "created": _label(entry.get("updated")),
        "author_id": person and (person[1] or person[2]),
        "author_name": _label(author.get("name")),
        "app_version": _label(entry.get("im:version")),
        "helpful_votes": _label(entry.get("im:voteSum")),
        "product_id": app and (app[1] or app[2]),
        "url": link,
        "extra": extra(entry, _MAPPED),
    }


FORMAT: Final = Format(
    SYSTEM, "App Store (RSS feed, JSON or XML)", "app_store", detect, read, frame="without_replies",
    cap="the 500 newest reviews of a country", notes=(NOTE,),
)  # fmt: skip
