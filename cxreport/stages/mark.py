"""Mark: the default population as one column, so that a hundred queries need not ask all its terms again."""

from __future__ import annotations

from cxreport.engine.base import Engine
from cxreport.engine.store import key_of
from cxreport.model.predicate import Predicate
from cxreport.plugin.code import code_digest
from cxreport.plugin.measure import IN_SCOPE


def mark(engine: Engine, population: Predicate) -> Predicate | None:
    """Add `IN_SCOPE` to the records; the population that it stands for, or None where there is nothing to ask."""
    if not population.all or population.table != "records":
        return None
    digest = key_of("mark", population.model_dump(mode="json"), code_digest(__name__))
    engine.derive("records", population.columns(), {IN_SCOPE: population.expr()}, digest)
    return population
