"""Predicates and results in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from cxreport.api import Predicate, Result, Words

Term = tuple[str, str, Any]

SENTENCES: dict[Term, str] = {
    ("is_context", "eq", False): "a record in its own right, not only the parent of a reply",
    ("brand_authored", "not_true", None): "not written by a brand",
    ("kind", "ne", "repost"): "not a repost",
    ("customer_voice", "eq", True): "a customer’s voice",
    ("duplicate_of", "is_null", None): "not a repetition by the same author or a long copy",
    ("entity", "eq", "brand"): "about the brand",
}
"""Terms that have words of their own."""
VERBS = {"eq": "is", "ne": "is not", "in": "is one of", "ge": "from", "lt": "below"}
STATES = {"is_null": "is not known", "not_null": "is known", "not_true": "does not hold"}
STATUS: dict[Any, str] = {
    "ok": "sound",
    "small_base": "on a small base",
    "directional": "directional",
    "hidden": "hidden",
    "not_testable": "not testable",
}


def told(term: Term, words: Words) -> str:
    """A term of a predicate: `csat max is 5`."""
    known = SENTENCES.get(term) if not isinstance(term[2], (list, tuple)) else None
    if known:
        return known
    column, op, value = term
    if column == "created_at" and isinstance(value, datetime):
        return f"written {'before' if op == 'lt' else 'from'} {words.date(value)}{'' if op == 'lt' else ' on'}"
    name = column.replace("_", " ")
    return f"{name} {STATES[op]}" if op in STATES else f"{name} {VERBS.get(op, op)} {_value(value, words)}"


def _value(value: Any, words: Words) -> str:
    if isinstance(value, (list, tuple)):
        return words.join([_value(v, words) for v in value])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return words.date(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def common(populations: Iterable[Predicate]) -> tuple[Term, ...]:
    """The terms that more than half of `populations` over records hold: the default population."""
    every = [p.all for p in populations if p.table == "records"]
    held = Counter(term for terms in every for term in dict.fromkeys(terms))
    return tuple(term for term, n in held.items() if 2 * n > len(every))


def states(results: Sequence[Result], words: Words) -> str:
    """How many results are sound, on a small base, hidden …"""
    counts = Counter(result.status for result in results)
    said = [f"{words.number(counts[status])} {word}" for status, word in STATUS.items() if counts[status]]
    return f"{words.plural(len(results), 'result', 'results')}: {', '.join(said)}"
