"""Small pieces of Markdown, as a repository host renders it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"[^\w\- ]")
_ESCAPED = re.compile(r"(?<!\\)\|")


def slug(heading: str) -> str:
    """The anchor of a heading: lower case, no punctuation, hyphens for spaces."""
    return _MARKS.sub("", heading.strip().lower()).replace(" ", "-")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what stands in a cell may hold bars and line breaks."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return _ESCAPED.sub(r"\\|", " ".join(text.split()))


def told(thing: object) -> str:
    """The docstring of a class or function, one line a paragraph."""
    paragraphs = (inspect.getdoc(thing) or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def sentence(text: str) -> str:
    """The same, ending with a full stop and beginning with a capital."""
    text = text.strip()
    whole = text if not text or text[-1] in ".!?" else f"{text}."
    return whole[:1].upper() + whole[1:]


def code(words: Iterable[str]) -> str:
    """`a`, `b`."""
    return ", ".join(f"`{word}`" for word in words)


def page(title: str, source: str, *parts: str) -> str:
    """A generated page: its title, a remark for whoever wants to edit it, and its parts."""
    remark = f"<!-- Written by `python -m tools.reference` from {source}: change it there. -->"
    return "\n\n".join([f"# {title}", remark, *(part.strip("\n") for part in parts)]) + "\n"
