"""Enrich: fit what must be fitted, then run all enrichers over the batches in as few passes as it allows."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

from cxreport.engine.base import Engine, Step
from cxreport.engine.store import key_of
from cxreport.plugin.code import plugin_digest
from cxreport.plugin.enricher import Enricher
from cxreport.progress import Progress


def enrich(
    enrichers: Sequence[Enricher], engine: Engine, progress: Progress, records: int
) -> tuple[dict[str, Any], ...]:
    """Add every enricher's columns to `records` (`enrichers` in running order); each pass is a stage.

    Returns what the enrichers learned, as they tell it: see `Enricher.card`.
    """
    groups = list(passes(enrichers))
    models: list[dict[str, Any]] = []
    for number, group in enumerate(groups, 1):
        with progress.stage(f"enrich {number}" if len(groups) > 1 else "enrich", records):
            steps = [step_of(enricher, _fitted(enricher, engine)) for enricher in group]
            engine.map(steps, "records")
        models += (model for step in steps for model in step.enricher.card(step.state))
    return tuple(models)


def _fitted(enricher: Enricher, engine: Engine) -> Any:
    """The state of an enricher; a plain one is kept for the next build on the same records."""
    if type(enricher).fit is Enricher.fit:
        return None
    key = key_of("fit", plugin_digest(enricher), engine.digest("records"))
    known = engine.store.load(key)
    if known is not None:
        return known["state"]
    state = enricher.fit(engine.view("records"))
    if _plain(state):
        engine.store.save(key, {"state": state})
    return state


def _plain(state: Any) -> bool:
    """Whether a state comes back from JSON as it went."""
    try:
        return bool(json.loads(json.dumps(state, allow_nan=False)) == state)
    except (TypeError, ValueError):
        return False


def step_of(enricher: Enricher, state: Any) -> Step:
    """An enricher with its state; the state is pickled only to be hashed."""
    return Step(enricher, state, key_of(plugin_digest(enricher), pickle.dumps(state)))


def passes(enrichers: Sequence[Enricher]) -> Iterator[list[Enricher]]:
    """Consecutive enrichers share a pass, until one that fits needs a column which the pass itself adds."""
    group: list[Enricher] = []
    added: set[str] = set()
    for enricher in enrichers:
        fits = type(enricher).fit is not Enricher.fit
        if fits and added.intersection(enricher.needs):
            yield group
            group, added = [], set()
        group.append(enricher)
        added.update(enricher.adds)
    if group:
        yield group
