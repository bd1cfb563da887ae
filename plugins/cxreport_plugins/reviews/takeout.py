"""Google Business Profile in Takeout: a folder a location, the place described beside its reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cxreport.api import Input, ReadFacts
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews.items import listing, mapping, text

PLACE_FILES: Final = ("data.json", "additionalData.json")
_REVIEWS = re.compile(r"(?P<root>(?:[^/]+/){0,2})account-[^/]+/location-[^/]+/reviews(?:-[^/]+)?\.json")
_LOCATION = re.compile(r"(?:^|/)location-([^/]+)/[^/]+$")
_AROUND: Final = ("archive_browser.html", "businessPersonalization.json")
_LISTING_NAME: Final = "LISTING_NAME"


@dataclass(frozen=True, slots=True)
class Place:
    """The location that reviews are of, as far as the folder and the files in it tell."""

    id: str | None = None
    name: str | None = None
    country: str | None = None
    city: str | None = None
    lat: str | None = None
    lon: str | None = None


def parts(data: Input) -> list[str]:
    """Members with reviews, if a folder or ZIP is a Takeout of business profiles and nothing besides; else none."""
    found = [(member, match["root"]) for member in data.members if (match := _REVIEWS.fullmatch(member))]
    tops = {root.partition("/")[0] for _, root in found}
    own = tuple(f"{top}/" if top else "account-" for top in tops) + _AROUND
    alone = len(tops) == 1 and all(member.startswith(own) for member in data.members)
    return [member for member, _ in found] if alone else []


def is_place(data: Input) -> bool:
    """Whether a file describes the place whose reviews lie beside it."""
    if data.kind != "file" or data.name not in PLACE_FILES:
        return False
    return bool(_LOCATION.search(data.member or data.path)) and data.beside("reviews.json") is not None


def place(data: Input) -> Place:
    """What the folder of a file of reviews tells of its place."""
    folder = _LOCATION.search(data.member or data.path)
    if folder is None:
        return Place()
    described, more = (mapping(Look(beside).value) if beside else {} for beside in map(data.beside, PLACE_FILES))
    address = mapping(described.get("storefrontAddress") or described.get("address"))
    where = mapping(described.get("latlng"))
    return Place(
        id=folder[1],
        name=text(described.get("title")) or text(described.get("locationName")) or _listing_name(more),
        country=text(address.get("regionCode")),
        city=text(address.get("locality")),
        lat=text(where.get("latitude")),
        lon=text(where.get("longitude")),
    )


def tell(data: Input, read: list[str], facts: ReadFacts) -> None:
    """Say how many files of the export were left closed."""
    described = {f"{member.rpartition('/')[0]}/{name}" for member in read for name in PLACE_FILES}
    closed = set(data.members).difference(read, described)
    if closed:
        facts.notes.append(
            f"Not opened, because they hold no reviews (photos, posts, questions …): {len(closed):,} files."
        )


def _listing_name(more: dict[str, Any]) -> str | None:
    return next(_listing_names(more), None)


def _listing_names(more: dict[str, Any]) -> Iterator[str]:
    for attribute in map(mapping, listing(more.get("attributes"))):
        if mapping(attribute.get("id")).get("attributeType") == _LISTING_NAME:
            for value in map(mapping, listing(attribute.get("values"))):
                name = text(mapping(mapping(value.get("datum")).get("listingName")).get("text"))
                yield from [name] if name else []
