"""Findings that a consultant names: each must be one that a section may tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase

from cxreport.config.load import suggestion
from cxreport.config.models import Findings
from cxreport.config.nodes import Document, Loc
from cxreport.model.problem import Problem


def unknown_findings(hand: Findings, document: Document, known: Collection[str]) -> Iterator[Problem]:
    """A problem, with the nearest id, for each id under `findings:` that is none of `known` (`*`: any characters)."""
    return (problem for at, ident in _named(hand) for problem in unknown_finding(document, at, ident, known))


def unknown_finding(document: Document, at: Loc, ident: str, known: Collection[str]) -> Iterator[Problem]:
    """That no section tells such a finding; nothing where one may."""
    if not any(fnmatchcase(ident, one) for one in known):
        yield document.problem(at, f"there is no finding {ident!r}.", suggestion(ident, known))


def _named(hand: Findings) -> Iterator[tuple[Loc, str]]:
    """(place in config.yaml, id) of every finding that is named."""
    for key, idents in {"pin": hand.pin, "hide": hand.hide}.items():
        yield from ((("findings", key, place), ident) for place, ident in enumerate(idents))
    yield from ((("findings", "reword", ident), ident) for ident in hand.reword)
