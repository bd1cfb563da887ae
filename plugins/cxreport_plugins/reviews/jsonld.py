"""JSON-LD in saved web pages: every block by itself, so that a broken one does not hide the rest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

from cxreport_plugins.reviews import loose

Attributes = list[tuple[str, str | None]]
Node = tuple[str, dict[str, Any], dict[str, Any]]
"""JSON pointer, an object, and the object around it ({} at the top)."""
_TYPE: Final = "application/ld+json"
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$"
)
_STRAY_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


class Page(HTMLParser):
    """The blocks of JSON-LD in a page, as text, and the address that the page says is its own."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str] = []
        self.address: str | None = None
        self._is_open = False
        self.feed(page)
        if self._is_open:  # the page was cut short; `close` would need quadratic time for some pages
            self.blocks[-1] += self.rawdata

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Notice a block, and the canonical address."""
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and given.get("type", "").partition(";")[0].strip().casefold() == _TYPE:
            self.blocks.append("")
            self._is_open = True
        elif tag == "link" and given.get("rel", "").casefold() == "canonical":
            self.address = given.get("href") or None

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag == "script":
            self._is_open = False

    def handle_data(self, data: str) -> None:
        """Collect the text of a block."""
        if self._is_open:
            self.blocks[-1] += data

    def parse_html_declaration(self, i: int) -> int:
        """Declarations that are none are comments, as in a browser."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)


def value(block: str) -> Any:
    """The value of a block, mended where sites are known to break it. Raises ValueError when nothing helps."""
    text = _WRAPPERS.sub("", _WRAPPERS.sub("", block)).strip().rstrip(";")
    plain = html.unescape(text)
    for candidate in (text, _without_stray_commas(text), plain, _without_stray_commas(plain)):
        try:
            return loose.loads(candidate)
        except ValueError as error:
            problem = error
    raise problem


def _without_stray_commas(text: str) -> str:
    return _STRAY_COMMA.sub(lambda found: found[1] or "", text)


def nodes(root: Any) -> Iterator[Node]:
    """All objects within a value, each before those it holds, in the order of the text."""
    waiting: list[tuple[str, Any, dict[str, Any]]] = [("", root, {})]
    while waiting:
        pointer, found, around = waiting.pop()
        if isinstance(found, dict):
            yield pointer, found, around
            inner: Iterable[tuple[object, Any]] = found.items()
            around = found if "name" in found or not around else around
        elif isinstance(found, list):
            inner = enumerate(found)
        else:
            continue
        waiting += [(f"{pointer}/{_escaped(key)}", one, around) for key, one in reversed(list(inner))]


def types(node: dict[str, Any]) -> set[str]:
    """The types of an object without their vocabulary: `http://schema.org/Review` is `Review`."""
    named = node.get("@type")
    listed = named if isinstance(named, list) else [named]
    return {re.split(r"[/#:]", one)[-1] for one in listed if isinstance(one, str)}


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
