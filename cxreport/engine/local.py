"""The local engine: Polars over Parquet parts in the project's `.cxreport` folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Step
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.schema import LABELS, LABELS_TABLE
from cxreport.plugin.enricher import Enricher

Ticker = Callable[[int], None]


class LocalEngine:
    """Tables are folders of Parquet parts; a part is a batch."""

    def __init__(self, folder: Path, tick: Ticker = lambda rows: None) -> None:
        self.folder = folder
        self.tick = tick
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir()

    def write(self, rows: Iterable[pl.DataFrame] | nw.LazyFrame[Any], name: str) -> int:
        """Store a table, replacing an earlier one of that name once the new one is whole."""
        fresh = self._fresh(name)
        if isinstance(rows, nw.LazyFrame):
            rows.to_native().sink_parquet(fresh / "part-00000.parquet")
        else:
            for number, frame in enumerate(rows):
                frame.write_parquet(_part(fresh, number))
        self._replace(fresh, name)
        return int(self.open(name).select(nw.len()).collect().item())

    def open(self, name: str) -> nw.LazyFrame[Any]:
        """Scan a stored table."""
        return nw.from_native(self._scan(name))

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame into memory."""
        return frame.collect().lazy()

    def map(self, steps: Sequence[Step], name: str) -> None:
        """Run enrichers part by part. Raises `CxreportError` naming an enricher that breaks its contract."""
        fresh, labels = self._fresh(name), self._fresh("labels.new")
        for number, frame in enumerate(self._parts(name)):
            done = frame
            for enricher, state in steps:
                done = _enriched(done, enricher, state)
            multi = [c for c, dtype in done.schema.items() if dtype == LABELS]
            if multi:
                _exploded(done, multi).write_parquet(_part(labels, number))
            done.drop(multi).write_parquet(_part(fresh, number))
            self.tick(frame.height)
        self._keep_labels(labels)
        self._replace(fresh, name)

    def view(self, name: str) -> LocalView:
        """A look at the table as it is now."""
        return LocalView(self._scan(name))

    def collect(self, frames: Mapping[str, nw.LazyFrame[Any]]) -> dict[str, pl.DataFrame]:
        """Collect many aggregates in one go."""
        lazies = [frame.to_native() for frame in frames.values()]
        return dict(zip(frames, pl.collect_all(lazies), strict=True))

    def _scan(self, name: str) -> pl.LazyFrame:
        return pl.scan_parquet(sorted((self.folder / name).glob("*.parquet")))

    def _parts(self, name: str) -> Iterator[pl.DataFrame]:
        for path in sorted((self.folder / name).glob("*.parquet")):
            yield pl.read_parquet(path)

    def _fresh(self, name: str) -> Path:
        path = self.folder / f"{name}.writing"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def _replace(self, fresh: Path, name: str) -> None:
        shutil.rmtree(self.folder / name, ignore_errors=True)
        fresh.rename(self.folder / name)

    def _keep_labels(self, fresh: Path) -> None:
        target = self.folder / "labels"
        target.mkdir(exist_ok=True)
        taken = len(list(target.iterdir()))
        for number, path in enumerate(sorted(fresh.iterdir())):
            path.rename(_part(target, taken + number))
        fresh.rmdir()
        if not any(target.iterdir()):
            pl.DataFrame(schema=LABELS_TABLE).write_parquet(_part(target, 0))


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


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:05}.parquet"


def _enriched(batch: pl.DataFrame, enricher: Enricher, state: Any) -> pl.DataFrame:
    missing = [c for c in enricher.needs if c not in batch.columns]
    if missing:
        raise _broken(enricher, f"it needs {', '.join(missing)}, which nothing adds.")
    added = enricher.apply(batch.select(enricher.needs), state)
    if dict(added.schema) != dict(enricher.adds) or added.height != batch.height:
        raise _broken(enricher, f"it returned {dict(added.schema)} for {added.height} of {batch.height} rows.")
    return batch.with_columns(added.get_columns())


def _broken(enricher: Enricher, what: str) -> CxreportError:
    return CxreportError(Problem(f"enricher {enricher.name}", what, "Report it to the plugin's author."))


def _exploded(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Multi-valued columns as rows of the table `labels`."""
    tables = [
        frame.select("record_id", pl.lit(column).alias("kind"), item=pl.col(column))
        .filter(pl.col("item").list.len() > 0)
        .explode("item")
        .unnest("item")
        for column in columns
    ]
    return pl.concat(tables).select(LABELS_TABLE.keys())
