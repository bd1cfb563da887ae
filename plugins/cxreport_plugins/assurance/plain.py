"""Predicates and results in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from cxreport.api import Predicate, Result, Words, message

Term = tuple[str, str, Any]

SENTENCES: dict[Term, str] = {
    ("is_context", "eq", False): message("a record in its own right, not only the parent of a reply"),
    ("brand_authored", "not_true", None): message("not written by a brand"),
    ("kind", "ne", "repost"): message("not a repost"),
    ("customer_voice", "eq", True): message("a customer’s voice"),
    ("duplicate_of", "is_null", None): message("not a repetition by the same author or a long copy"),
    ("entity", "eq", "brand"): message("about the brand"),
}
"""Terms that have words of their own."""
VERBS = {
    "eq": message("is"), "ne": message("is not"), "in": message("is one of"), "ge": message("from"),
    "lt": message("below"),
}  # fmt: skip
STATES = {
    "is_null": message("is not known"), "not_null": message("is known"), "not_true": message("does not hold")
}  # fmt: skip
STATUS: dict[Any, str] = {
    "ok": message("{n} sound"),
    "small_base": message("{n} on a small base"),
    "directional": message("{n} directional"),
    "hidden": message("{n} hidden"),
    "not_testable": message("{n} not testable"),
}


def told(term: Term, words: Words) -> str:
    """A term of a predicate: `csat max is 5`."""
    known = SENTENCES.get(term) if not isinstance(term[2], (list, tuple)) else None
    if known:
        return words.say(known)
    column, op, value = term
    if column == "created_at" and op in ("ge", "lt"):
        day = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return words.say("written before {date}" if op == "lt" else "written from {date} on", date=words.date(day))
    name = column.replace("_", " ")
    if op in STATES:
        return f"{name} {words.say(STATES[op])}"
    return f"{name} {words.say(VERBS.get(op, op))} {_value(value, words)}"


def _value(value: Any, words: Words) -> str:
    if isinstance(value, (list, tuple)):
        return words.join([_value(v, words) for v in value])
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
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
    said = [words.say(form, n=words.number(counts[status])) for status, form in STATUS.items() if counts[status]]
    return f"{words.plural(len(results), 'result', 'results')}: {', '.join(said)}"
