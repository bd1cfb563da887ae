"""The Spark engine: tables are data frames, computed where the cluster is; what leaves it are aggregates.

Each step's result is written as Parquet under a name made of all that it depends on, in a folder that driver and
workers share, so that a table is computed once and a later build takes what has not changed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import polars as pl

from cxreport.engine import cluster, dialect
from cxreport.engine.base import Lazy, Step
from cxreport.engine.look import Look
from cxreport.engine.store import Store, key_of
from cxreport.engine.table import PARQUET, QUICK
from cxreport.model.problem import ConfigError, CxreportError, Problem
from cxreport.model.schema import LABELS, LABELS_TABLE, RECORDS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Ticker = Callable[[int], None]
AT_ONCE: Final = 4
"""Queries in work at a time: planning one and computing another overlap."""
STALE: Final = 86_400.0
"""Seconds after which a result that no table rests on may be removed."""
_DONE: Final = ".done"


@dataclass(frozen=True)
class Table:
    """A data frame, and a digest of all that it was computed from."""

    frame: DataFrame
    digest: str


@dataclass
class SparkEngine:
    """Tables on Spark. `store` holds plain values and export files as read; `work` the results of the cluster."""

    spark: SparkSession
    store: Store
    work: str
    shared: bool
    """Whether workers can read the files of `store`; else these are sent to them."""
    tick: Ticker = lambda rows: None
    tables: dict[str, Table] = field(default_factory=dict)
    types: dict[str, Any] = field(default_factory=lambda: dict(RECORDS))
    """Columns in Polars' types: Spark knows no unsigned numbers."""
    used: set[str] = field(default_factory=set)
    """Keys of the results that this build rests on."""
    files: set[Path] = field(default_factory=set)
    """Files of `store` that tables were assembled from."""

    @classmethod
    def started(
        cls, folder: Path, master: str | None, config: Mapping[str, str], work: str | None, tick: Ticker
    ) -> SparkEngine:
        """An engine on the active session or a new one. Raises `ConfigError` where there can be none."""
        if work is None and not (master or "").startswith("local"):
            what = "it needs a folder that the driver and all workers can read and write."
            raise ConfigError(Problem("engine spark", what, "Name it as `engine.work`, such as s3a://bucket/cxreport."))
        spark = cluster.session(master, config)
        dialect.complete()
        own = folder / "cache" / "spark"
        engine = cls(spark, Store(folder / "cache"), work or own.resolve().as_uri(), work is None, tick)
        engine.tables["labels"] = engine._frame_table(pl.DataFrame(schema=LABELS_TABLE))
        return engine

    def save(self) -> None:
        """Remove old results on this machine; elsewhere who owns `work` may remove them when no build runs."""
        self.store.trim(self.files)
        own = Path(self.work.removeprefix("file://"))
        for done in own.glob(f"*{_DONE}") if self.shared else ():
            key = done.name.removesuffix(_DONE)
            if key not in self.used and time.time() - done.stat().st_mtime > STALE:
                shutil.rmtree(done)
                shutil.rmtree(own / key, ignore_errors=True)

    def write(self, rows: Iterable[pl.DataFrame] | Lazy, name: str) -> int:
        """A table of frames, or of what a query gives."""
        if isinstance(rows, nw.LazyFrame):
            key = key_of("write", name, {known: table.digest for known, table in self.tables.items()})
            self.tables[name] = self._stored(key, rows.to_native())
            return int(self.tables[name].frame.count())
        frames = list(rows)
        frames = [frame for frame in frames if frame.height] or frames[:1]
        parts = [(self.store.add(PARQUET, partial(frame.write_parquet, **QUICK)), frame.height) for frame in frames]
        self.assemble(name, parts)
        return sum(height for _, height in parts)

    def assemble(self, name: str, parts: Sequence[tuple[str, int]]) -> None:
        """A table of files of the store, read where they lie or sent to the workers one after the other."""
        keys = [key for key, _ in parts]
        paths, digest = [self.store.path(key, PARQUET) for key in keys], key_of("assemble", keys)
        self.files.update(paths)
        if self.shared:
            frame = self.spark.read.parquet(*(path.resolve().as_uri() for path in paths))
            self.tables[name] = Table(frame, digest)
        else:
            self.tables[name] = self._stored(digest, self._sent(paths))

    def open(self, name: str) -> Lazy:
        """A table as Narwhals sees it."""
        return _lazy(self.tables[name].frame)

    def keep(self, frame: Lazy | pl.DataFrame) -> Lazy:
        """Compute a frame once and hold it among the workers; a frame of the driver is sent there."""
        if isinstance(frame, pl.DataFrame):
            return _lazy(self._frame(frame))
        return _lazy(frame.to_native().localCheckpoint(eager=True))

    def map(self, steps: Sequence[Step], name: str) -> None:
        """Run enrichers in Spark's Python workers. Raises `CxreportError` naming one that breaks its contract."""
        table = self.tables[name]
        self._meet(steps, table.frame.columns)
        adds = {column: dtype for step in steps for column, dtype in step.enricher.adds.items()}
        multi = [column for column, dtype in adds.items() if dtype == LABELS]
        key = key_of("map", table.digest, [step.digest for step in steps])
        whole = self._stored(key, self._enriched(table.frame, steps, adds), again=not all(s.digest for s in steps))
        self.types |= adds
        self.tables[name] = Table(whole.frame.drop(*multi), key)
        self._label(whole, multi)
        self.tick(whole.frame.count())

    def derive(self, name: str, needs: Sequence[str], columns: Mapping[str, nw.Expr], digest: str) -> None:
        """Columns that each query computes as it needs them."""
        key = key_of("derive", self.digest(name), digest)
        self.tables[name] = Table(self.open(name).with_columns(**columns).to_native(), key)

    def rewrite(self, name: str, change: Callable[[Lazy, Lazy], Lazy], beside: Lazy, digest: str) -> None:
        """Change a table as a whole."""
        table = self.tables[name]
        key = key_of("rewrite", table.digest, digest)
        self.tables[name] = self._stored(key, change(self.open(name), beside).select(table.frame.columns).to_native())

    def join(
        self, name: str, columns: Sequence[str], added: Callable[[], Lazy], digest: str, overrule: bool = False
    ) -> None:
        """Left-join columns by `record_id`."""
        table = self.tables[name]
        key = key_of("join", table.digest, digest, list(columns), overrule)
        if self._whole(key):
            self.tables[name] = self._stored(key, None)
            return
        told = added().select("record_id", *columns).to_native()
        self.tables[name] = self._stored(key, _joined(table.frame, told, columns, overrule))
        if self.tables[name].frame.count() != table.frame.count():
            what = f"more than one row a record for {', '.join(columns)}."
            raise CxreportError(Problem("relation", what, "Report it to the plugin's author."))

    def compact(self, name: str) -> None:
        """Parquet of the cluster holds all columns of a row already, each by itself."""

    def digest(self, name: str, columns: Iterable[str] | None = None) -> str:
        """A digest of what a table was computed from, whichever columns are asked for."""
        return self.tables[name].digest if name in self.tables else ""

    def view(self, name: str) -> Look:
        """A look at a table as it is now."""
        return Look(self, self.open(name), self.types)

    def collect(self, frames: Mapping[str, Lazy]) -> dict[str, pl.DataFrame]:
        """Bring aggregates to the driver, several at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(frames, pool.map(self._collected, frames.values()), strict=True))

    def _collected(self, frame: Lazy) -> pl.DataFrame:
        return cluster.polars(frame.to_native().toArrow(), {})

    def _meet(self, steps: Sequence[Step], columns: Iterable[str]) -> None:
        known = set(columns)
        for step in steps:
            missing = [column for column in step.enricher.needs if column not in known]
            if missing:
                where, what = f"enricher {step.enricher.name}", f"it needs {', '.join(missing)}, which nothing adds."
                raise CxreportError(Problem(where, what, "Report it to the plugin's author."))
            known.update(step.enricher.adds)

    def _enriched(self, frame: DataFrame, steps: Sequence[Step], adds: Mapping[str, Any]) -> DataFrame:
        from pyspark.sql.types import StructType

        added = StructType.fromDDL(cluster.ddl(adds))
        kept = frame.drop(*adds)
        struct = StructType([*kept.schema.fields, *added.fields])
        payload: Any = cluster.pickled(steps)
        context = getattr(self.spark, "sparkContext", None) if _is_classic(self.spark) else None
        if context is not None:
            payload = context.broadcast(payload)
        types = {name: dtype for name, dtype in self.types.items() if name in kept.columns}
        run = cluster.enriching(payload, types, cluster.schema_of(added), cluster.schema_of(struct))
        return kept.mapInArrow(run, struct)

    def _label(self, whole: Table, multi: Sequence[str]) -> None:
        """Multi-valued columns join the table `labels`."""
        from pyspark.sql import functions as F

        labels = self.tables["labels"]
        frame = labels.frame
        for column in multi:
            items = whole.frame.select("record_id", F.lit(column).alias("kind"), F.explode(column).alias("item"))
            frame = frame.unionByName(items.select("record_id", "kind", "item.label", "item.weight", "item.rule"))
        self.tables["labels"] = Table(frame, key_of("labels", labels.digest, whole.digest, list(multi)))

    def _stored(self, key: str, frame: DataFrame | None, again: bool = False) -> Table:
        """The result of a key: as an earlier build left it, or written now."""
        self.used.add(key)
        if frame is not None and (again or not self._whole(key)):
            frame.write.mode("overwrite").parquet(f"{self.work}/{key}")
            self.spark.range(1).coalesce(1).write.mode("overwrite").parquet(f"{self.work}/{key}{_DONE}")
        return Table(self.spark.read.parquet(f"{self.work}/{key}"), key)

    def _whole(self, key: str) -> bool:
        """Whether a result was written to its end."""
        from pyspark.errors import AnalysisException

        try:
            self.spark.read.parquet(f"{self.work}/{key}{_DONE}")
        except AnalysisException:
            return False
        return True

    def _frame(self, frame: pl.DataFrame) -> DataFrame:
        from pyspark.sql.types import StructType

        struct = StructType.fromDDL(cluster.ddl(dict(frame.schema)))
        return self.spark.createDataFrame(cluster.arrow(frame, cluster.schema_of(struct)), struct)

    def _frame_table(self, frame: pl.DataFrame) -> Table:
        return Table(self._frame(frame), key_of("frame", frame.columns))

    def _sent(self, paths: Sequence[Path]) -> DataFrame:
        first, *others = (self._frame(pl.read_parquet(path)) for path in paths)
        for other in others:
            first = first.unionByName(other)
        return first


def _lazy(frame: DataFrame) -> Lazy:
    lazy: Lazy = nw.from_native(frame)
    return lazy


def _joined(frame: DataFrame, told: DataFrame, columns: Sequence[str], overrule: bool) -> DataFrame:
    from pyspark.sql import functions as F

    fresh = told.select(F.col("record_id"), *(F.col(c).alias(f"__new {c}") for c in columns), F.lit(True).alias("__is"))
    wide = frame.join(fresh, on="record_id", how="left")
    old = [F.col(f"`{c}`") for c in frame.columns if c not in columns]
    made = []
    for column in columns:
        new = F.col(f"`__new {column}`")
        if column in frame.columns:
            kept = F.col(f"`{column}`")
            new = F.when(F.col("__is"), new).otherwise(kept) if overrule else F.coalesce(new, kept)
        made.append(new.alias(column))
    return wide.select(*old, *made)


def _is_classic(spark: SparkSession) -> bool:
    """Whether this is a session of its own process, and not of Spark Connect."""
    return not type(spark).__module__.startswith("pyspark.sql.connect")
