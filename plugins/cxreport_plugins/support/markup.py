"""Text of messages that are written in HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"))
_HIDDEN = frozenset(("script", "style", "head", "title"))
_TAG = re.compile(r"<[a-zA-Z/!]")


def plain(markup: str | None) -> str | None:
    """The words of a message, its paragraphs on lines of their own; None where there are none.

    What holds no tag has only its entities read, once.
    """
    if not markup:
        return None
    reader = _Words()
    reader.feed(markup)
    reader.close()
    lines = "".join(reader.parts).replace("\xa0", " ").split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines) if _TAG.search(markup) else "".join(reader.parts)
    return re.sub(r"\n{2,}", "\n", text).strip() or None if _TAG.search(markup) else text.strip() or None


class _Words(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
