"""Eligible records: what a customer said first, in public, to a brand that could have answered."""

from __future__ import annotations

from datetime import timedelta

from cxreport.api import Predicate, Scope, any_of, message

NEEDS = ("answered_by_brand", "first_reply_ms", "thread_position", "shared", "entity")
KINDS = ("post", "mention", "reply", "quote", "review", "ticket", "ticket_message")
BLIND = ("own_posts", "answered_only", "without_replies")
"""Frames whose rate would be 100% or 0% by construction."""

ABSENCE = message("no export holds customers' public records together with the brand's replies, answered or not")
INPUT = message("an export of mentions or reviews with the replies to them")


def eligible(scope: Scope) -> Predicate | None:
    """Public roots of threads in sources that show the unanswered too; None when no source does."""
    return _public(scope).where(("thread_position", "eq", 0)) if _seeing(scope) else None


def settled(scope: Scope, days: float) -> Predicate | None:
    """Eligible records that the brand has had so many days to answer; None where nothing is dated."""
    found = eligible(scope)
    if found is None or scope.as_of is None:
        return None
    return found.where(("created_at", "lt", scope.as_of - timedelta(days=days)))


def turns(scope: Scope) -> Predicate:
    """Records by which customers come back after an answer, in the same sources."""
    return _public(scope).where(("reopens", "eq", True))


def rivals(population: Predicate) -> Predicate:
    """The same records, but about anybody else than the brand."""
    return _whoever(population).where(("entity", "ne", "brand"))


def about(population: Predicate, entity: str) -> Predicate:
    """The same records, but about another entity than the population's own."""
    return _whoever(population).where(("entity", "eq", entity))


def _whoever(population: Predicate) -> Predicate:
    """The same records, whomever they are about."""
    others = tuple(term for term in population.all if term[0] != "entity")
    return Predicate(table=population.table, all=others)


def _seeing(scope: Scope) -> list[str]:
    return [system for system, frame in sorted(scope.frames.items()) if frame not in BLIND]


def _public(scope: Scope) -> Predicate:
    return scope.population.where(
        any_of("source_system", _seeing(scope)), any_of("kind", KINDS), ("shared", "eq", "public")
    )
