"""The order in which plugins run: each after whatever adds the columns it needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from cxreport.model.problem import CxreportError, Problem
from cxreport.plugin.enricher import Enricher, Relation

T = TypeVar("T", Enricher, Relation)


def in_order(plugins: Sequence[T], given: Collection[str]) -> list[T]:
    """Sort by `needs` and `adds`; equals keep their order. `given` are the columns that exist before.

    Raises `CxreportError` naming a plugin whose needs nothing meets, or that waits for itself.
    """
    have, waiting, out = set(given), list(plugins), []
    while waiting:
        ready = next((p for p in waiting if have.issuperset(p.needs)), None)
        if ready is None:
            raise CxreportError(*(_stuck(p, have) for p in waiting))
        waiting.remove(ready)
        out.append(ready)
        have.update(ready.adds)
    return out


def runnable(plugins: Sequence[T], given: Collection[str]) -> list[T]:
    """Those whose needs can be met at all, by `given` and each other: one disabled plugin stops no other."""
    have, kept = set(given), list[T]()
    rest = list(plugins)
    while ready := [p for p in rest if have.issuperset(p.needs)]:
        kept += ready
        have.update(*(p.adds for p in ready))
        rest = [p for p in rest if p not in ready]
    return [p for p in plugins if p in kept]


def _stuck(plugin: Enricher | Relation, have: set[str]) -> Problem:
    lacking = ", ".join(c for c in plugin.needs if c not in have)
    return Problem(f"plugin {plugin.name}", f"it needs {lacking}, which no other plugin adds in time.")
