"""Choosing verbatims by a rule that can be printed, so that nobody has to be trusted to have been fair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cxreport.api import Edition, Evidence

SHORTEST, TYPICAL, LONGEST = 60, 140, 280
"""Characters."""
ALIKE = 0.6
"""Texts that share this part of their words are near-identical."""

_WORD = re.compile(r"\w+")


def quotable(edition: Edition) -> list[Evidence]:
    """Records with a text of 60 to 280 characters, those nearest to 140 first, then by the smallest id."""
    fit = [e for e in edition.evidence if e.text and SHORTEST <= len(e.text.strip()) <= LONGEST]
    return sorted(fit, key=lambda e: (abs(len((e.text or "").strip()) - TYPICAL), e.id))


def distinct(candidates: Iterable[Evidence], most: int, taken: Sequence[Evidence] = ()) -> list[Evidence]:
    """The first `most` of `candidates`; nobody speaks twice, nothing is said twice, also counting `taken`."""
    kept: list[Evidence] = []
    for candidate in candidates:
        if len(kept) == most:
            break
        others = [*taken, *kept]
        same_person = candidate.author is not None and any(candidate.author == other.author for other in others)
        if not same_person and not any(alike(candidate.text or "", other.text or "") for other in others):
            kept.append(candidate)
    return kept


def alike(first: str, second: str) -> bool:
    """Whether two texts are near-identical: most words of both together are in both."""
    one, two = ({word.casefold() for word in _WORD.findall(text)} for text in (first, second))
    return bool(one | two) and len(one & two) >= ALIKE * len(one | two)
