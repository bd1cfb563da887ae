"""The engine interface: where tables lie and where work on them is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from cxreport.plugin.enricher import Enricher, View

Step = tuple[Enricher, Any]
"""An enricher and its fitted state."""


class Engine(Protocol):
    """Three verbs over named tables, and the two looks that fitting and measuring need."""

    def write(self, rows: Iterable[pl.DataFrame] | nw.LazyFrame[Any], name: str) -> int:
        """Store a table from batches or from a lazy frame; how many rows it has."""

    def open(self, name: str) -> nw.LazyFrame[Any]:
        """A stored table as a lazy frame."""

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The same rows, computed now and held where the engine computes, for use more than once."""

    def map(self, steps: Sequence[Step], name: str) -> None:
        """Run enrichers over every batch of a table, in order; multi-valued columns go to `labels`."""

    def view(self, name: str) -> View:
        """What an enricher may look at while fitting."""

    def collect(self, frames: Mapping[str, nw.LazyFrame[Any]]) -> dict[str, pl.DataFrame]:
        """Bring small aggregates into memory, sharing the scans between them."""
