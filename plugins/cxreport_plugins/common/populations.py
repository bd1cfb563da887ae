"""Populations that several families of measures share."""

from __future__ import annotations

from typing import Final

from cxreport.api import Predicate, Scope

SPONTANEOUS: Final = ("post", "mention", "reply", "quote", "review", "rating_only")
"""Kinds that nobody asked for."""


def public(scope: Scope) -> Predicate:
    """The default population, without what nobody else could see."""
    return scope.population.where(("shared", "eq", "public")) if "shared" in scope.columns else scope.population


def said_by_brand(scope: Scope) -> Predicate:
    """What the brand itself wrote, in public and inside the period: no part of the default population."""
    others = ("brand_authored", "customer_voice", "duplicate_of")
    kept = tuple(term for term in scope.population.all if term[0] not in others)
    return Predicate(all=(*kept, ("brand_authored", "eq", True), ("shared", "eq", "public")))
