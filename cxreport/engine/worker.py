"""One part of a table on its way through the enrichers: what the store has already is not computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from cxreport.engine.base import Step
from cxreport.engine.store import Store, key_of
from cxreport.engine.table import PARQUET, Table
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.schema import LABELS, LABELS_TABLE
from cxreport.plugin.enricher import Enricher


@dataclass(frozen=True)
class Cell:
    """The file that one enricher made of one part, and the file of its multi-valued labels."""

    columns: tuple[str, ...]
    key: str
    labels: str | None = None


def enriched(store: Store, table: Table, steps: Sequence[Step], part: int) -> list[Cell]:
    """Run steps in order over one part. Raises `CxreportError` naming an enricher that breaks its contract."""
    work = _Part(store, table, part)
    return [work.cell(step) for step in steps]


@dataclass
class _Part:
    store: Store
    table: Table
    part: int
    cells: dict[str, str] = field(default_factory=dict)
    """Column added in this pass → key of its file."""
    held: dict[str, pl.Series] = field(default_factory=dict)
    """Columns read or computed in this pass."""

    def cell(self, step: Step) -> Cell:
        """What the step makes of this part, from the store or computed."""
        enricher = step.enricher
        multi = [column for column, dtype in enricher.adds.items() if dtype == LABELS]
        plain = tuple(column for column in enricher.adds if column not in multi)
        self._meet(enricher)
        needs = sorted({*enricher.needs, *(["record_id"] if multi else [])})
        key = key_of("enrich", step.digest, {column: self._key(column) for column in needs})
        cell = Cell(plain, key, key_of("labels", key) if multi else None)
        if not step.digest or not all(self.store.find(k, PARQUET) for k in (cell.key, cell.labels) if k):
            self._compute(step, cell, multi)
        self.cells |= dict.fromkeys(plain, key)
        return cell

    def _meet(self, enricher: Enricher) -> None:
        known = {*self.table.columns, *self.cells}
        missing = [column for column in enricher.needs if column not in known]
        if missing:
            raise _broken(enricher, f"it needs {', '.join(missing)}, which nothing adds.")

    def _key(self, column: str) -> str:
        return self.cells.get(column) or self.table.owner(column).keys[self.part]

    def _compute(self, step: Step, cell: Cell, multi: Sequence[str]) -> None:
        enricher = step.enricher
        added = enricher.apply(self._take(enricher.needs), step.state)
        rows = self.table.rows[self.part]
        if dict(added.schema) != dict(enricher.adds) or added.height != rows:
            raise _broken(enricher, f"it returned {dict(added.schema)} for {added.height} of {rows} rows.")
        self.held |= {column: added[column] for column in cell.columns}
        self.store.put(cell.key, PARQUET, added.select(cell.columns).write_parquet)
        if cell.labels:
            labelled = self._take(["record_id"]).hstack(added.select(multi))
            self.store.put(cell.labels, PARQUET, exploded(labelled, multi).write_parquet)

    def _take(self, columns: Sequence[str]) -> pl.DataFrame:
        stored = [c for c in columns if c not in self.held and c not in self.cells]
        read = self.table.read(self.store, self.part, stored) if stored else pl.DataFrame()
        self.held |= {column: read[column] for column in stored}
        for column in columns:
            if column not in self.held:
                path = self.store.path(self.cells[column], PARQUET)
                self.held[column] = pl.read_parquet(path, columns=[column])[column]
        return pl.DataFrame([self.held[column] for column in columns])


def exploded(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Multi-valued columns as rows of the table `labels`."""
    tables = [
        frame.select("record_id", pl.lit(column).alias("kind"), item=pl.col(column))
        .filter(pl.col("item").list.len() > 0)
        .explode("item")
        .unnest("item")
        for column in columns
    ]
    return pl.concat(tables).select(LABELS_TABLE.keys())


def _broken(enricher: Enricher, what: str) -> CxreportError:
    return CxreportError(Problem(f"enricher {enricher.name}", what, "Report it to the plugin's author."))
