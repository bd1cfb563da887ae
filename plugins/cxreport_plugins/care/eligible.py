"""Eligible records: what a customer said first, in public, to a brand that could have answered."""

from __future__ import annotations

from cxreport.api import Predicate, Scope, any_of

NEEDS = ("answered_by_brand", "first_reply_ms", "thread_position", "shared", "entity")
KINDS = ("post", "mention", "reply", "quote", "review", "ticket", "ticket_message")
BLIND = ("own_posts", "answered_only", "without_replies")
"""Frames whose rate would be 100% or 0% by construction."""

ABSENCE = "no export holds customers' public records together with the brand's replies, answered or not"
INPUT = "an export of mentions or reviews with the replies to them"


def eligible(scope: Scope) -> Predicate | None:
    """Public roots of threads in sources that show the unanswered too; None when no source does."""
    seeing = [system for system, frame in sorted(scope.frames.items()) if frame not in BLIND]
    if not seeing:
        return None
    return scope.population.where(
        any_of("source_system", seeing),
        any_of("kind", KINDS),
        ("shared", "eq", "public"),
        ("thread_position", "eq", 0),
    )


def about(population: Predicate, entity: str) -> Predicate:
    """The same records, but about another entity than the population's own."""
    others = tuple(term for term in population.all if term[0] != "entity")
    return Predicate(table=population.table, all=(*others, ("entity", "eq", entity)))
