"""Reviews that saved web pages mark up by the vocabulary of schema.org (JSON-LD)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadError, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import ids, jsonld
from cxreport_plugins.reviews.format import Format
from cxreport_plugins.reviews.items import Raw, extra, mapping, text
from cxreport_plugins.reviews.raw import RAW, Reviews

SYSTEM: Final = "schema_org"
PAGE_CHARS: Final = 32 << 20
_LOOK_BYTES: Final = 4 << 20
_MARKED = re.compile(r"application/ld\+json", re.IGNORECASE)
_RATED = re.compile(r"\b(?:User|Critic|Employer)?Review\b|\bAggregateRating\b")
_REVIEWS: Final = frozenset(("Review", "UserReview", "CriticReview", "EmployerReview"))
_AVERAGES: Final = frozenset(("AggregateRating", "EmployerAggregateRating"))
_PLACES: Final = frozenset(("LocalBusiness", "LodgingBusiness", "Hotel", "Restaurant", "Store", "Place"))
_MAPPED = frozenset((
    "@context", "@type", "@id", "author", "datePublished", "dateModified", "reviewBody", "description", "name",
    "headline", "inLanguage", "reviewRating", "itemReviewed", "positiveNotes", "negativeNotes", "url",
))  # fmt: skip
_SHARE = re.compile(r"^\s*([\d.,]+)\s*(?:/\s*([\d.,]+)|(%))\s*$")


def detect(look: Look) -> Detection | None:
    """A web page with JSON-LD that speaks of reviews or of an average of ratings."""
    if not look.text.startswith("<"):
        return None
    page = look.start(size=_LOOK_BYTES)
    if _MARKED.search(page) and _RATED.search(page):
        return Detection(SYSTEM, "JSON-LD", 1.0, "It is a web page whose JSON-LD speaks of reviews.")
    return None


def read(data: Input, found: Detection, reviews: Reviews) -> Iterator[Batch]:
    """One batch: the reviews of all blocks, and a reject for each broken one. Raises ReadError."""
    page = jsonld.Page(_page(data, reviews))
    raws: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for number, block in enumerate(page.blocks):
        try:
            nodes = list(jsonld.nodes(jsonld.value(block)))
        except ValueError as error:
            rejects.append(Reject(reviews.facts.rows_read, "broken", f"JSON-LD block {number + 1} is no JSON: {error}"))
            reviews.facts.rows_read += 1
            continue
        known = {node["@id"]: node for _, node, _ in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        for pointer, node, around in nodes:
            if jsonld.types(node) & _REVIEWS and not _is_reference(node):
                place = {"source_row": reviews.facts.rows_read, "source_pointer": f"/{number}{pointer}"}
                raws.append({**_raw(node, _item(node, around, known), page.address), **place})
                reviews.facts.rows_read += 1
            elif jsonld.types(node) & _AVERAGES:
                _average(node, around, reviews)
    schema: dict[str, Any] = {"source_row": pl.Int64, **dict.fromkeys(RAW, pl.String)}
    yield reviews.batch(pl.DataFrame(raws, schema=schema), tuple(rejects))


def _page(data: Input, reviews: Reviews) -> str:
    parts: list[str] = []
    with reading.open_text(data, encoding=reviews.options.encoding) as stream:
        for chunk in stream:
            parts.append(chunk)
            if sum(map(len, parts)) > PAGE_CHARS:
                raise ReadError(
                    data.path, f"is a web page of more than {PAGE_CHARS >> 20} million characters.",
                    "Pages of that size are not written for people.", "Save the page again.", code="too_large",
                    member=data.member,
                )  # fmt: skip
        reviews.facts.encoding, reviews.facts.encoding_how = stream.encoding.name, stream.encoding.how
    return "".join(parts)


def _is_reference(node: dict[str, Any]) -> bool:
    return set(node) <= {"@id", "@type"}


def _item(node: dict[str, Any], around: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What is reviewed: as the review says, perhaps by reference; else the named thing that holds the review."""
    own = node.get("itemReviewed")
    own = own[0] if isinstance(own, list) and own else own
    if isinstance(own, str):
        return {"name": own}
    told = mapping(own)
    return {**mapping(known.get(str(told.get("@id")))), **told} if told else around


def _raw(node: dict[str, Any], item: dict[str, Any], page: str | None) -> Raw:
    said, title = text(node.get("reviewBody")) or text(node.get("description")), _name(node)
    plain = html.unescape(said) if said else None
    author, day, thing = _names(node.get("author")), text(node.get("datePublished")), text(item.get("name"))
    is_place = bool(jsonld.types(item) & _PLACES) or "address" in item
    return {
        "native_id": ids.digest(author, day, title, said, thing),
        "url": text(node.get("url")) or page,
        "title": title,
        "text": plain,
        "text_original": said if said != plain else None,
        "text_positive": _names(node.get("positiveNotes"), "\n"),
        "text_negative": _names(node.get("negativeNotes"), "\n"),
        "language": text(node.get("inLanguage")) or text(mapping(node.get("inLanguage")).get("alternateName")),
        "created": day,
        "updated": text(node.get("dateModified")),
        "author_name": author,
        "location_name" if is_place else "product_name": thing,
        "sku": text(item.get("sku")),
        **_rating(node.get("reviewRating")),
        "extra": extra(node, _MAPPED),
    }


def _name(node: dict[str, Any]) -> str | None:
    name = text(node.get("name")) or text(node.get("headline"))
    return html.unescape(name) if name else None


def _names(value: object, separator: str = ", ") -> str | None:
    """Names of people or notes: a text, an object with a name, a list of either, or an `ItemList`."""
    if isinstance(value, list):
        return separator.join(filter(None, (_names(one, separator) for one in value))) or None
    if isinstance(value, dict):
        inner = value.get("itemListElement") or value.get("item")
        return _names(inner, separator) if inner else text(value.get("name"))
    return text(value)


def _rating(value: object) -> Raw:
    """The rating as found, as a number, and the ends of its scale as far as they are stated: `4/5`, `80%`, `4,4`."""
    first = value[0] if isinstance(value, list) and value else value
    rating = first if isinstance(first, dict) else {"ratingValue": first}
    found, best, worst = (text(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
    share = _SHARE.match(found or "")
    if share is None:
        return {"rating_raw": found, "scale_min": worst, "scale_max": best}
    if share[3]:
        return {"rating_raw": found, "rating": share[1], "scale_min": "0", "scale_max": "100"}
    return {"rating_raw": found, "rating": share[1], "scale_min": worst, "scale_max": share[2]}


def _average(node: dict[str, Any], around: dict[str, Any], reviews: Reviews) -> None:
    rating = _rating(node)
    reviews.averages.tell(
        text(mapping(node.get("itemReviewed")).get("name")) or text(around.get("name")),
        rating_average=rating.get("rating") or rating["rating_raw"],
        rating_count=text(node.get("ratingCount")),
        review_count=text(node.get("reviewCount")),
        rating_max=rating["scale_max"],
    )


FORMAT: Final = Format(
    SYSTEM, "Saved web page with schema.org reviews (JSON-LD)", "web", detect, read, frame="capped",
    cap="the reviews that a page shows, which the site chooses",
    notes=("A saved page holds the reviews that it shows, which the site chooses.",),
)  # fmt: skip
