"""Populations that several families of measures share."""

from __future__ import annotations

from typing import Final

from cxreport.api import Predicate, Scope

SPONTANEOUS: Final = ("post", "mention", "reply", "quote", "review", "rating_only")
"""Kinds that nobody asked for."""


def public(scope: Scope) -> Predicate:
    """The default population, without what nobody else could see."""
    return scope.population.where(("shared", "eq", "public")) if "shared" in scope.columns else scope.population
