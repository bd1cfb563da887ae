"""Measures: lazy aggregates over the feedback, then results with base, interval and method."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.model.audit import Accuracy
from cxreport.model.basis import Basis
from cxreport.model.message import message
from cxreport.model.predicate import Predicate
from cxreport.model.result import Result, Status, Unit, not_testable
from cxreport.plugin.context import Options, Plugin
from cxreport.stats.base import HIDDEN_BELOW, base_status


class MeasureOptions(Options):
    """Options that every measure takes."""

    by: tuple[str, ...] | None = None
    """Columns that cut it: channel, source_id, location_name, segment… None keeps the measure's own."""


IN_SCOPE = "in_scope"
"""Column of `records` while measures run: whether a record is of the default population."""


@dataclass(frozen=True)
class Feedback:
    """All tables together, opened as Narwhals lazy frames."""

    tables: Mapping[str, nw.LazyFrame[Any]]
    marked: Predicate | None = None
    """The population whose records carry `IN_SCOPE`: most others are parts of it, and need not ask it all again."""

    def __getitem__(self, name: str) -> nw.LazyFrame[Any]:
        return self.tables[name]

    @property
    def records(self) -> nw.LazyFrame[Any]:
        """One row per utterance or rating."""
        return self.tables["records"]

    @property
    def answers(self) -> nw.LazyFrame[Any]:
        """Every survey question and sub-rating."""
        return self.tables["answers"]

    @property
    def labels(self) -> nw.LazyFrame[Any]:
        """Multi-valued labels: acts, themes, redactions."""
        return self.tables["labels"]

    @property
    def metrics(self) -> nw.LazyFrame[Any]:
        """Figures that platforms state of a place, product or account."""
        return self.tables["metrics"]

    def of(self, population: Predicate) -> nw.LazyFrame[Any]:
        """The rows of a population."""
        table = self.tables[population.table]
        mark = self.marked
        if mark is None or population.table != mark.table or population.all[: len(mark.all)] != mark.all:
            return population.keep(table)
        return population.beyond(mark).keep(table.filter(nw.col(IN_SCOPE)))


@dataclass(frozen=True)
class Scope:
    """What every measure of one audit shares: the default population and the moment of censoring."""

    population: Predicate
    """The brand's own records, customer voice, the current version of each, inside the period."""
    steps: tuple[tuple[str, Predicate], ...] = ()
    """The waterfall: (what is excluded at this step, what is left after it)."""
    as_of: datetime | None = None
    """UTC; waiting times are censored here."""
    frames: Mapping[str, str] = field(default_factory=dict)
    """source_system → frame of its files; `without_replies` also where no reply of a brand was found."""
    accuracy: tuple[Accuracy, ...] = ()
    """How often each classifier is right, where people coded a sample: what shares are corrected by."""
    basis: Basis = field(default_factory=Basis)
    """The rules and classifiers behind the columns, to be held against those of `context.previous`."""
    columns: frozenset[str] = frozenset()
    """Columns that the enriched records really have: a measure whose `needs` are missing is not testable."""


@dataclass(frozen=True)
class Method:
    """How a measure is computed, in words a client can check."""

    formula: str
    interval: str
    source: str
    limits: str = ""


class Measure(Plugin, ABC):
    """One question with one way to answer it. `name` is its id, such as `experience.nps`."""

    Options: ClassVar[type[Options]] = MeasureOptions
    title: ClassVar[str]
    question: ClassVar[str] = ""
    concepts: ClassVar[tuple[str, ...]] = ()
    """Ids of the concepts it answers (A01 … E11)."""
    unit: ClassVar[Unit] = "share"
    needs: ClassVar[tuple[str, ...]] = ()
    by: ClassVar[tuple[str, ...]] = ()
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ((),)
    """Dims of the results by which audits are compared: the whole alone, unless a measure says otherwise."""
    method: ClassVar[Method]

    @abstractmethod
    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Named small aggregates; together at most 200,000 rows are collected."""

    @abstractmethod
    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Results from the collected aggregates; an empty base is *not testable*, never zero."""

    @property
    def cuts(self) -> tuple[str, ...]:
        """The columns it is cut by: the options', else its own."""
        chosen = getattr(self.options, "by", None)
        return tuple(self.by if chosen is None else chosen)

    def result(self, *, dims: dict[str, str] | None = None, status: Status = "ok", **values: Any) -> Result:
        """A result with this measure's id, unit, concepts and method filled in."""
        facts = {"unit": self.unit, "method": self.method.interval, "concepts": self.concepts, **values}
        return Result(id=self.name, dims=dims or {}, status=status, **facts)

    def based(self, n: int, value: float, low: float | None = None, high: float | None = None, **facts: Any) -> Result:
        """An estimate on a base of `n`, held to the rules of base sizes; limits that are not finite are left out.

        Under ten the numbers are withheld and the status is `hidden`; under a hundred it is `small_base`.
        """
        status = base_status(n)
        if status == "hidden":
            return self.result(
                status=status, n=n, reason=message("fewer than {n} records").format(n=HIDDEN_BELOW), **facts
            )
        return self.result(status=status, n=n, value=value, low=_finite(low), high=_finite(high), **facts)

    def untestable(self, reason: str, *needs: str) -> Result:
        """The absence of this number, with its reason."""
        return not_testable(self.name, reason, *needs, concepts=self.concepts)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
