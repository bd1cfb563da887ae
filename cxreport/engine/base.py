"""The engine interface: where tables lie and where work on them is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from cxreport.engine.store import Store
from cxreport.plugin.enricher import Enricher, View

Lazy = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Step:
    """An enricher, its fitted state, and the digest of everything but the rows that its result depends on."""

    enricher: Enricher
    state: Any = None
    digest: str = ""


class Engine(Protocol):
    """Verbs over named tables, and the two looks that fitting and measuring need."""

    store: Store

    def write(self, rows: Iterable[pl.DataFrame] | Lazy, name: str) -> int:
        """Store a table from batches or from a lazy frame; how many rows it has."""

    def assemble(self, name: str, parts: Sequence[tuple[str, int]]) -> None:
        """Make a table of files that lie in the store already: their keys and rows, from top to bottom."""

    def open(self, name: str) -> Lazy:
        """A stored table as a lazy frame."""

    def keep(self, frame: Lazy | pl.DataFrame) -> Lazy:
        """The same rows, computed now and held where the engine computes: for use more than once, or from here."""

    def map(self, steps: Sequence[Step], name: str) -> None:
        """Run enrichers over every batch of a table, in order; multi-valued columns go to `labels`."""

    def derive(self, name: str, needs: Sequence[str], columns: Mapping[str, nw.Expr], digest: str) -> None:
        """Add columns that expressions tell, row by row, of the columns `needs`; `digest` stands for `columns`."""

    def rewrite(self, name: str, change: Callable[[Lazy, Lazy], Lazy], beside: Lazy, digest: str) -> None:
        """Replace a table by `change(stretch, beside)` of its stretches, which may be one: rows may go, columns stay.

        `beside` is a small table that each stretch needs whole; `digest` stands for it and for `change`.
        """

    def join(
        self, name: str, columns: Sequence[str], added: Callable[[], Lazy], digest: str, overrule: bool = False
    ) -> None:
        """Add `columns` of `added()` (by `record_id`, at most one row each) to a table.

        Where the table has a column already, the new value wins if it is not null, or (`overrule`) wherever there is
        a row. `digest` stands for all that `added` is computed from: an engine that has the result does not call it.
        """

    def compact(self, name: str) -> None:
        """Make a table ready for many queries; what it holds stays the same."""

    def digest(self, name: str, columns: Iterable[str] | None = None) -> str:
        """A digest of what a table (or some columns of it) holds."""

    def view(self, name: str) -> View:
        """What an enricher may look at while fitting."""

    def collect(self, frames: Mapping[str, Lazy]) -> dict[str, pl.DataFrame]:
        """Bring small aggregates into memory, sharing the scans between them: all that ever leaves an engine."""

    def save(self) -> None:
        """All tables are whole: leave them for later commands, and throw out what is no longer needed."""
