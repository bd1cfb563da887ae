"""The dossier: the redacted records behind an audit's numbers, as one table, and how many stand behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_

import numpy as np
import numpy.typing as npt
import polars as pl

from cxreport.model.audit import canonical_json
from cxreport.model.predicate import Predicate, Term
from cxreport.model.result import Result

Rows = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint8]
LABELS = pl.List(pl.Struct({"kind": pl.String, "label": pl.String, "rule": pl.String}))
RECORD: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String, "source_id": pl.String, "channel": pl.String, "kind": pl.String,
    "entity": pl.String, "entity_rule": pl.String, "created_at": pl.Datetime("us", "UTC"),
    "title": pl.String, "text": pl.String, "lang": pl.String,
    "sentiment": pl.String, "sentiment_rule": pl.String, "moment": pl.String, "moment_rule": pl.String,
    "shared": pl.String, "by_brand": pl.Boolean, "rating": pl.String,
    "file": pl.String, "row": pl.Int64, "labels": LABELS,
}  # fmt: skip
"""What is known of a record of the dossier; after these columns stands one of booleans for each term."""


@dataclass(frozen=True)
class Selection:
    """The records behind a number: all `terms` hold and all `labels` (kind, label) are there."""

    terms: tuple[Term, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """A text that equal selections share."""
        return canonical_json([[term_name(term) for term in self.terms], self.labels])


def selection_of(result: Result) -> Selection | None:
    """The selection of a result's evidence, else of its population; None where it names no records."""
    if result.status in ("hidden", "not_testable"):
        return None
    named, population = result.evidence or result.population, result.population
    if named.table == "records":
        return _known(Selection(named.all))
    if named.table != "labels" or population.table != "records":
        return None
    asked = {column: value for column, op, value in named.all if op == "eq"}
    if set(asked) != {"kind", "label"} or len(named.all) != 2:
        return None
    return _known(Selection(population.all, ((str(asked["kind"]), str(asked["label"])),)))


def _known(selection: Selection) -> Selection | None:
    """A filter without terms says that nobody named the records, not that all are meant."""
    return selection if selection.terms or selection.labels else None


def selections(results: Iterable[Result]) -> dict[str, Selection]:
    """The distinct selections of results, by name, in the order of the results."""
    found = (selection_of(result) for result in results)
    return {selection.name: selection for selection in found if selection is not None}


def term_name(term: Term) -> str:
    """How the column of a term is called: `["channel","eq","x"]`."""
    [plain] = Predicate(all=(term,)).model_dump(mode="json")["all"]
    return canonical_json(plain)


@dataclass(frozen=True)
class Dossier:
    """Records and what they stand behind. It lies beside an edition's JSON and does not count when two are compared."""

    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECORD), compare=False)
    """One row a record, by day and id: the columns of `RECORD`, then whether each term holds."""
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Name of a selection → how many records of all the data it selects, whether they are here or not."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    """Kind of label → label → what it is called."""
    barred: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Name of a selection → how many of its records the terms of a platform keep back."""

    @property
    def terms(self) -> list[str]:
        """Names of the columns that hold terms."""
        return self.frame.columns[len(RECORD) :]

    def keep(self, selection: Selection) -> Rows | None:
        """Which rows a selection selects; None where they do not tell it."""
        names = [term_name(term) for term in selection.terms]
        if any(name not in self._holds for name in names):
            return None
        parts = [*(self._holds[name] for name in names), *(self._labelled.get(p, self._none) for p in selection.labels)]
        every = reduce(and_, parts, ~self._none)
        return np.unpackbits(every, count=self.frame.height).astype(bool)

    @cached_property
    def _holds(self) -> dict[str, Bits]:
        """By term: in which rows it holds, eight rows a byte."""
        return {name: np.packbits(self.frame[name].fill_null(value=False).to_numpy()) for name in self.terms}

    @cached_property
    def _none(self) -> Bits:
        return np.packbits(np.zeros(self.frame.height, dtype=bool))

    @cached_property
    def _labelled(self) -> dict[tuple[str, str], Bits]:
        """By kind and label: which rows have it, eight a byte."""
        pairs = self.frame.select("labels").with_row_index("at").explode("labels").drop_nulls().unnest("labels")
        found = {}
        for (kind, label), rows in pairs.group_by("kind", "label"):
            there = np.zeros(self.frame.height, dtype=bool)
            there[rows["at"].to_numpy()] = True
            found[str(kind), str(label)] = np.packbits(there)
        return found
