"""Mark: the default population as one column, so that a hundred queries need not ask all its terms again."""

from __future__ import annotations

from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine, Step
from cxreport.engine.store import key_of
from cxreport.model.predicate import Predicate
from cxreport.plugin.code import code_digest
from cxreport.plugin.enricher import Enricher
from cxreport.plugin.measure import IN_SCOPE


class _Mark(Enricher):
    name = "mark"
    adds: ClassVar = {IN_SCOPE: pl.Boolean}

    def __init__(self, population: Predicate) -> None:
        self.population = population
        self.needs = population.columns()  # type: ignore[misc]

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """Whether each record is of the population."""
        return nw.from_native(batch).select(self.population.expr().alias(IN_SCOPE)).to_native()


def mark(engine: Engine, population: Predicate) -> Predicate | None:
    """Add `IN_SCOPE` to the records; the population that it stands for, or None where there is nothing to ask."""
    if not population.all or population.table != "records":
        return None
    digest = key_of("mark", population.model_dump(mode="json"), code_digest(__name__))
    engine.map([Step(_Mark(population), None, digest)], "records")
    return population
