"""The local engine: Polars over Parquet files in the project's `.cxreport` folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import narwhals as nw
import polars as pl

from cxreport.engine.base import Lazy, Step
from cxreport.engine.store import Store, key_of
from cxreport.engine.table import MANY, PARQUET, QUICK, Group, Table
from cxreport.engine.worker import Cell, enriched
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.schema import LABELS_TABLE

Ticker = Callable[[int], None]
BATCH = 50_000
"""Rows of a part at most, where the engine itself cuts."""
WORKERS = 2
"""Parts in work at a time: Polars itself keeps all cores busy, a second part fills the gaps between its steps."""
CELLS = 6_000_000
"""Rows times columns of a file that is written for many queries."""
PLACE = "__at"
"""Column that numbers the rows of a part while it is rewritten."""
OPEN_FILES = 400
"""Files that queries collected together may scan; Polars runs out of threads for waiting beyond some 500."""


class LocalEngine:
    """Tables as indexes into a content-addressed store: see `cxreport.engine.table`."""

    def __init__(self, index: Path, tick: Ticker = lambda rows: None, store: Store | None = None) -> None:
        self.index = index.with_suffix(".json")
        self.tick = tick
        self.store = store or Store(index.parent / "cache")
        self.tables: dict[str, Table] = {}

    @classmethod
    def reopened(cls, index: Path) -> LocalEngine:
        """The tables as the last build left them. Raises `OSError` or `ValueError` when there are none."""
        engine = cls(index)
        known = json.loads(engine.index.read_text("utf-8"))
        engine.tables = {name: Table.of(dump) for name, dump in known.items()}
        return engine

    def save(self) -> None:
        """Leave the index of all tables for later commands, and throw out what the store has no room for."""
        self.index.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.index.with_suffix(".part")
        fresh.write_text(json.dumps({name: table.dump() for name, table in self.tables.items()}), "utf-8")
        fresh.replace(self.index)
        keys = {key for table in self.tables.values() for group in table.groups for key in group.keys}
        self.store.trim({self.store.path(key, PARQUET) for key in keys})

    def write(self, rows: Iterable[pl.DataFrame] | Lazy, name: str) -> int:
        """Store a table, replacing an earlier one of that name once the new one is whole."""
        frames = _batches(rows.to_native()) if isinstance(rows, nw.LazyFrame) else iter(rows)
        counts, keys, columns = list[int](), list[str](), list[str]()
        for frame in frames:
            if frame.height or not keys:
                counts.append(frame.height)
                keys.append(self.store.add(PARQUET, partial(frame.write_parquet, **QUICK)))
                columns = frame.columns
        self.tables[name] = Table(tuple(counts), (Group(tuple(columns), tuple(keys)),))
        return sum(counts)

    def assemble(self, name: str, parts: Sequence[tuple[str, int]]) -> None:
        """A table of stored files, all with the columns of the first."""
        keys = tuple(key for key, _ in parts)
        columns = pl.read_parquet_schema(self.store.path(keys[0], PARQUET))
        self.tables[name] = Table(tuple(rows for _, rows in parts), (Group(tuple(columns), keys),))

    def open(self, name: str) -> Lazy:
        """Scan a stored table."""
        return nw.from_native(self._scan(name))

    def keep(self, frame: Lazy | pl.DataFrame) -> Lazy:
        """Compute a frame into memory."""
        return nw.from_native(frame.lazy()) if isinstance(frame, pl.DataFrame) else frame.collect().lazy()

    def map(self, steps: Sequence[Step], name: str) -> None:
        """Run enrichers part by part. Raises `CxreportError` naming an enricher that breaks its contract."""
        table = self.tables[name]
        made: list[list[Cell]] = []
        with ThreadPoolExecutor(WORKERS) as pool:
            for rows, cells in zip(table.rows, pool.map(self._part(table, steps), range(len(table.rows))), strict=True):
                made.append(cells)
                self.tick(rows)
        for column in zip(*made, strict=True):
            table = table.adding(Group(column[0].columns, tuple(cell.key for cell in column)))
            self._label([cell.labels for cell in column if cell.labels])
        self.tables[name] = table

    def _label(self, keys: Sequence[str]) -> None:
        """Files of labels join the table `labels`."""
        known = self.tables.get("labels", Table((), (Group(tuple(LABELS_TABLE), ()),)))
        rows = [pl.scan_parquet(self.store.path(key, PARQUET)).select(pl.len()).collect().item() for key in keys]
        self.tables["labels"] = known.below(rows, keys)

    def derive(self, name: str, needs: Sequence[str], columns: Mapping[str, nw.Expr], digest: str) -> None:
        """Compute columns part by part, as one more group."""
        table = self.tables[name]

        def made(part: int) -> str:
            key = key_of("derive", digest, table.digest(needs, part))
            if self.store.find(key, PARQUET) is None:
                rows = nw.from_native(table.read(self.store, part, needs))
                frame: pl.DataFrame = rows.select(**columns).to_native()
                self.store.put(key, PARQUET, frame.write_parquet)
            return key

        with ThreadPoolExecutor(WORKERS) as pool:
            keys = tuple(pool.map(made, range(len(table.rows))))
        self.tables[name] = table.adding(Group(tuple(columns), keys))

    def rewrite(self, name: str, change: Callable[[Lazy, Lazy], Lazy], beside: Lazy, digest: str) -> None:
        """Rewrite a table part by part, its rows in order."""
        table, held = self.tables[name], self.keep(beside)

        def changed(part: int) -> pl.DataFrame:
            rows = table.read(self.store, part, table.columns).with_row_index(PLACE)
            whole: pl.LazyFrame = change(nw.from_native(rows.lazy()), held).to_native()
            return whole.sort(PLACE).select(table.columns).collect()

        self.write((changed(part) for part in range(len(table.rows))), name)

    def join(
        self, name: str, columns: Sequence[str], added: Callable[[], Lazy], digest: str, overrule: bool = False
    ) -> None:
        """Left-join columns by `record_id`, as one more group."""
        table = self.tables[name]
        known = [c for c in columns if c in table.columns]
        keys = [
            key_of("join", digest, overrule, table.digest(["record_id", *known], part))
            for part in range(len(table.rows))
        ]
        if any(self.store.find(key, PARQUET) is None for key in keys):
            frame = added().collect().to_native()
            for part, key in enumerate(keys):
                rows = table.read(self.store, part, ["record_id", *known])
                self.store.put(key, PARQUET, _aligned(rows, frame, columns, overrule).write_parquet)
        self.tables[name] = table.adding(Group(tuple(columns), tuple(keys)))

    def compact(self, name: str) -> None:
        """Gather all columns into one group, and small parts into larger ones.

        A query opens the files of every group, and a condition on one group spares no reading of another.
        """
        table = self.tables.get(name)
        if table is None or not table.groups or (len(table.groups) == 1 and len(table.rows) == 1):
            return
        columns = table.columns
        stretches = list(_stretches(table.rows, max(1, CELLS // len(columns))))

        def gathered(parts: range) -> str:
            key = key_of("compact", columns, [table.digest(columns, part) for part in parts])
            if self.store.find(key, PARQUET) is None:
                whole = pl.concat([table.read(self.store, part, columns) for part in parts], rechunk=False)
                self.store.put(key, PARQUET, partial(whole.write_parquet, **MANY))
            return key

        with ThreadPoolExecutor(WORKERS) as pool:
            keys = tuple(pool.map(gathered, stretches))
        rows = tuple(sum(table.rows[part] for part in parts) for parts in stretches)
        self.tables[name] = Table(rows, (Group(tuple(columns), keys),))

    def digest(self, name: str, columns: Iterable[str] | None = None) -> str:
        """A digest of what a table holds, or some columns of it."""
        return self.tables.get(name, Table()).digest(columns)

    def view(self, name: str) -> LocalView:
        """A look at the table as it is now."""
        return LocalView(self._scan(name))

    def collect(self, frames: Mapping[str, Lazy]) -> dict[str, pl.DataFrame]:
        """Collect many aggregates, as many at a time as may have their files open together."""
        lazies = [frame.to_native() for frame in frames.values()]
        files = sum(len(group.keys) for table in self.tables.values() for group in table.groups)
        stride = max(1, OPEN_FILES // max(1, files))
        stretches = (lazies[start : start + stride] for start in range(0, len(lazies), stride))
        collected = (frame for stretch in stretches for frame in pl.collect_all(stretch))
        return dict(zip(frames, collected, strict=True))

    def _scan(self, name: str) -> pl.LazyFrame:
        table = self.tables.get(name)
        nothing = name == "labels" and (table is None or not table.rows)
        return pl.LazyFrame(schema=LABELS_TABLE) if nothing or table is None else table.scan(self.store)

    def _part(self, table: Table, steps: Sequence[Step]) -> Callable[[int], list[Cell]]:
        return partial(enriched, self.store, table, steps)


def _stretches(rows: Sequence[int], most: int) -> Iterator[range]:
    """Parts that follow on one another and together have at most so many rows; one part at least."""
    first, held = 0, 0
    for part, count in enumerate(rows):
        if part > first and held + count > most:
            yield range(first, part)
            first, held = part, 0
        held += count
    if rows:
        yield range(first, len(rows))


class LocalView:
    """See `cxreport.plugin.enricher.View`. `record_id` is itself a hash, so its order is a fair draw."""

    def __init__(self, table: pl.LazyFrame) -> None:
        self.table = table

    def counts(self, *columns: str) -> pl.DataFrame:
        """Rows per combination, sorted by it."""
        return self.table.group_by(columns).len().sort(columns, nulls_last=True).collect()

    def sample(self, n: int, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """The `n` smallest record ids, per combination of `by`."""
        ids = self.table.select("record_id", *by)
        smallest = pl.col("record_id").rank("ordinal")
        drawn = ids.filter((smallest.over(by) if by else smallest) <= n)
        return self.rows(drawn.select("record_id").collect().to_series())

    def rows(self, ids: pl.Series) -> pl.DataFrame:
        """The records with these ids, sorted by id."""
        wanted = pl.DataFrame({"record_id": ids}, schema={"record_id": pl.String}).lazy()
        return self.table.join(wanted, on="record_id", how="semi").sort("record_id").collect()


def _batches(frame: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """A lazy frame as parts; an empty one as one part without rows."""
    yield from frame.collect_batches(chunk_size=BATCH, engine="streaming")
    yield pl.DataFrame(schema=frame.collect_schema())


def _aligned(rows: pl.DataFrame, added: pl.DataFrame, columns: Sequence[str], overrule: bool) -> pl.DataFrame:
    """`columns` of `added` for each of `rows`, in their order; what `rows` have already fills what is missing."""
    marked = added.with_columns(__added=pl.lit(value=True))
    wide = rows.join(marked, on="record_id", how="left", suffix="__new", maintain_order="left")
    if wide.height != rows.height:
        what = f"more than one row a record for {', '.join(columns)}."
        raise CxreportError(Problem("relation", what, "Report it to the plugin's author."))
    there = pl.col("__added").is_not_null()
    return wide.select(_value(c, there if overrule else None) if c in rows.columns else c for c in columns)


def _value(column: str, overruled: pl.Expr | None) -> pl.Expr:
    new, old = pl.col(f"{column}__new"), pl.col(column)
    value = pl.coalesce(new, old) if overruled is None else pl.when(overruled).then(new).otherwise(old)
    return value.alias(column)
