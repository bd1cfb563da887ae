"""What of a section stays English in a Russian report."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from cxreport.api import Edition, Section, Words
from cxreport.render.catalogues import Texts

ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
"""Two words that are no names."""


def russian(told_in: type) -> Words:
    """The Russian of the plugin that a class belongs to."""
    return Words("ru", Texts("ru", [Path(inspect.getfile(told_in)).parent]))


def english(section: Section, edition: Edition) -> list[str]:
    """Texts of a section's view, exhibits, findings and limits that hold English words when shown in Russian."""
    words = russian(type(section))
    shown = (
        section.view(edition, words), *section.exhibits(edition, words), *section.findings(edition, words),
        *section.limits(edition, words),
    )  # fmt: skip
    return untold(shown, words)


def untold(shown: object, words: Words) -> list[str]:
    """Texts that hold English words, but for the period, which the core says."""
    period = words.period(None, None)
    return [text for text in texts(shown) if ENGLISH.search(text.replace(period, ""))]


def texts(shown: object) -> Iterator[str]:
    """Every text that a view or an exhibit holds."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, (tuple, list)):
        for one in shown:
            yield from texts(one)
    elif is_dataclass(shown):
        for each in fields(shown):
            if each.name not in ("id", "chart", "results"):
                yield from texts(getattr(shown, each.name))
