"""Enrichers add columns to batches of records; relations add what only whole tables can tell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

import narwhals as nw
import polars as pl

from cxreport.plugin.context import Plugin

Keep = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
Columns = dict[str, pl.DataType | type[pl.DataType]]


class View(Protocol):
    """What `fit` may look at. Nothing in it depends on the order of rows or files."""

    def counts(self, *columns: str) -> pl.DataFrame:
        """Rows per combination of `columns`, with the column `len`."""

    def sample(self, n: int, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """Up to `n` records (per combination of `by`): those whose hashed `record_id` is smallest."""

    def rows(self, ids: pl.Series) -> pl.DataFrame:
        """The records with these ids (coded labels are not a random sample)."""


class Enricher(Plugin, ABC):
    """A pure function over batches of records.

    `needs` are the columns it reads, `adds` the columns it writes, typed. A column typed `LABELS` is
    multi-valued and goes to the table `labels` under its name as `kind`.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    adds: ClassVar[Columns] = {}

    def fit(self, view: View) -> Any:
        """Learn once, before the batches; what it returns is hashed into the cache key and pickled."""
        return None

    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """What people may code in its place: `acts` or `themes` → code → what it means, in a few words.

        The codes of the other fields are the same in every audit. A code is a label of this enricher.
        """
        return {}

    def card(self, state: Any) -> Sequence[dict[str, Any]]:
        """What was learned, for the accuracy card (`Card.models`): JSON-like, nothing personal in it.

        One item a model: what was fitted on what, its digest, its figures, and whether it is used and why not.
        Called once with what `fit` returned.
        """
        return ()

    @abstractmethod
    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """Exactly the columns of `adds` for the rows of `batch` (which has the columns `needs`), in order.

        Pure, and indifferent to how the records were split into batches.
        """


class Relation(Plugin, ABC):
    """A step over whole tables, written in Narwhals so that it runs on every engine."""

    needs: ClassVar[tuple[str, ...]] = ()
    adds: ClassVar[Columns] = {}

    @abstractmethod
    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """`record_id` and the columns of `adds`, at most one row a record; the core joins them.

        `keep(frame)` computes an intermediate frame once, wherever the engine holds it: use it for what is
        used again, above all in loops (plans of self-joins double with every round).

        A record without a row gets nulls. A column of `adds` that records already has replaces it where
        the relation gives a value (thread inheritance of moments).
        """
