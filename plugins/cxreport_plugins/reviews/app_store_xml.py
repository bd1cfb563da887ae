"""Apple's RSS feed of customer reviews as XML (Atom).

Read with the standard library's parser, after refusing every document type declaration: without one a file
can declare no entities, neither to fetch others nor to grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl

from cxreport.api import Batch, Input, ReadError, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews.items import Raw, extra
from cxreport_plugins.reviews.raw import RAW, Reviews

_ATOM, _IM = "{http://www.w3.org/2005/Atom}", "{http://itunes.apple.com/rss}"
_MAPPED = frozenset(("author", "updated", "rating", "version", "id", "title", "content", "link", "voteSum"))
_PROLOG = re.compile(r"\s*(?:<\?(?:[^?]|\?(?!>))*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*")
_PROLOG_CHARS = 64 << 10
_PERSON = re.compile(r"/id(\d+)")
_APP = re.compile(r"[?&]id=(\d+)|/id(\d+)")


def is_feed(look: Look) -> bool:
    """Whether it is Apple's feed of reviews: of its namespace, and with ratings or a link to itself."""
    is_apple = look.text.startswith("<") and "http://itunes.apple.com/rss" in look.text
    return is_apple and ("im:rating" in look.text or "customerreviews" in look.text.casefold())


def read(data: Input, reviews: Reviews) -> Iterator[Batch]:
    """One batch of reviews; where the XML breaks, a reject, and what came before it. Raises ReadError."""
    raws: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    facts = reviews.facts
    with reading.open_text(data, encoding=reviews.options.encoding) as text:
        try:
            for entry in _entries(_guarded(text, data)):
                row = facts.rows_read
                facts.rows_read += 1
                if entry.find(f"{_IM}rating") is None:
                    facts.skip("the app itself")
                else:
                    raws.append({**_raw(entry), "source_row": row, "source_pointer": f"/feed/entry/{row}"})
        except ET.ParseError as error:
            rejects.append(Reject(facts.rows_read, "broken", f"It is not XML: {error}. What follows was not read."))
            facts.rows_read += 1
        facts.encoding, facts.encoding_how = text.encoding.name, text.encoding.how
    schema: dict[str, Any] = {"source_row": pl.Int64, **dict.fromkeys(RAW, pl.String)}
    yield reviews.batch(pl.DataFrame(raws, schema=schema), tuple(rejects))


def _guarded(text: reading.TextStream, data: Input) -> Iterator[str]:
    """The text, once it is sure that its first tag comes without a document type before it."""
    chunks = iter(text)
    start = next(chunks, "")
    prolog = _PROLOG.match(start[:_PROLOG_CHARS])
    end = prolog.end() if prolog else 0
    if not re.match(r"<[A-Za-z]", start[end : end + 2]):
        raise ReadError(
            data.path, "is XML with a document type, or with too much before its first element.",
            "A document type can declare entities that fetch other files or grow without end.",
            "Download the feed again; it has none.", code="unsafe_xml", member=data.member,
        )  # fmt: skip
    yield start
    yield from chunks


def _entries(chunks: Iterator[str]) -> Iterator[ET.Element]:
    """Each `entry` when it is whole; it is forgotten afterwards."""
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("end",))
    for chunk in chunks:
        parser.feed(chunk)
        yield from _ended(parser)
    parser.close()
    yield from _ended(parser)


def _ended(parser: ET.XMLPullParser[Any]) -> Iterator[ET.Element]:
    for event in parser.read_events():
        element = event[-1]
        if isinstance(element, ET.Element) and element.tag == f"{_ATOM}entry":
            yield element
            element.clear()


def _raw(entry: ET.Element) -> Raw:
    link = next((node.get("href") for node in entry.findall(f"{_ATOM}link") if node.get("href")), None)
    contents = entry.findall(f"{_ATOM}content")
    plain = next((node.text for node in contents if node.get("type", "text") == "text"), None)
    person = _PERSON.search(entry.findtext(f"{_ATOM}author/{_ATOM}uri") or "")
    app = _APP.search(link or "")
    rest = {node.tag.rpartition("}")[2]: node.text or dict(node.attrib) for node in entry}
    return {
        "native_id": entry.findtext(f"{_ATOM}id"),
        "rating_raw": entry.findtext(f"{_IM}rating"),
        "title": entry.findtext(f"{_ATOM}title"),
        "text": plain,
        "created": entry.findtext(f"{_ATOM}updated"),
        "author_id": person and person[1],
        "author_name": entry.findtext(f"{_ATOM}author/{_ATOM}name"),
        "app_version": entry.findtext(f"{_IM}version"),
        "helpful_votes": entry.findtext(f"{_IM}voteSum"),
        "product_id": app and (app[1] or app[2]),
        "url": link,
        "extra": extra(rest, _MAPPED),
    }
