"""What travels to Spark's workers: types, sessions, and the function that runs enrichers there."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from cxreport.engine.base import Step
from cxreport.model.problem import ConfigError, CxreportError, Problem

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

Types = Mapping[str, pl.DataType | type[pl.DataType]]
OF_LOCAL: Final = {
    "spark.driver.memory": "2g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}
"""Settings of a session on this machine, under those of the configuration."""
OF_EVERY: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
}
"""Settings without which a query would mean something else than in Polars."""
_SCALARS: Final[dict[Any, str]] = {
    pl.String: "string", pl.Boolean: "boolean", pl.Float64: "double", pl.Float32: "float", pl.Date: "date",
    pl.Int8: "tinyint", pl.Int16: "smallint", pl.Int32: "int", pl.Int64: "bigint",
    pl.UInt8: "smallint", pl.UInt16: "int", pl.UInt32: "bigint", pl.UInt64: "bigint", pl.Binary: "binary",
}  # fmt: skip


def session(master: str | None, config: Mapping[str, str]) -> SparkSession:
    """The session that is active already, else a new one. Raises `ConfigError` without pyspark, Java or a master."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise _wrong("it needs pyspark.", "Install it with `pip install 'cxreport[spark]'`.") from None
    spark = SparkSession.getActiveSession()
    if spark is None:
        spark = _started(master, config)
    for name, value in OF_EVERY.items():
        spark.conf.set(name, value)
    return spark


def _started(master: str | None, config: Mapping[str, str]) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("cxreport")
    settings = dict(config)
    if master and master.startswith("sc://"):
        builder = builder.remote(master)
    elif master:
        builder = builder.master(master)
    if master and master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        settings = {**OF_LOCAL, **settings}
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        what = f"no session could be started ({type(error).__name__})."
        mend = "It needs Java 17 or newer, and a `master` that answers, such as `local[2]`."
        raise _wrong(what, mend) from error


def _wrong(what: str, mend: str) -> ConfigError:
    return ConfigError(Problem("engine spark", what, mend))


def ddl(types: Types) -> str:
    """Spark's words for columns of these types, all nullable. Raises `CxreportError` for a type it has no word for."""
    return ", ".join(f"`{name}` {_word(name, dtype)}" for name, dtype in types.items())


def _word(name: str, dtype: Any) -> str:
    if isinstance(dtype, pl.List):
        return f"array<{_word(name, dtype.inner)}>"
    if isinstance(dtype, pl.Struct):
        inner = ", ".join(f"`{field.name}`: {_word(name, field.dtype)}" for field in dtype.fields)
        return f"struct<{inner}>"
    if dtype == pl.Datetime:
        return "timestamp"
    plain = dtype if isinstance(dtype, type) else type(dtype)
    if plain not in _SCALARS:
        raise CxreportError(Problem("engine spark", f"it cannot hold the column {name} of type {dtype}."))
    return _SCALARS[plain]


def arrow(frame: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """A frame as Arrow in exactly the types of Spark."""
    return frame.select(schema.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)


def polars(table: pa.Table | pa.RecordBatch, types: Types) -> pl.DataFrame:
    """Arrow from Spark as a frame; columns of `types` in the types that they had before they went there."""
    frame = pl.DataFrame(table)
    return frame.cast({name: dtype for name, dtype in types.items() if name in frame.columns})


def schema_of(struct: StructType) -> pa.Schema:
    """The Arrow schema of Spark's columns."""
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(struct, timezone="UTC")


def enriching(payload: Any, types: Types, added: pa.Schema, whole: pa.Schema) -> Callable[[Any], Any]:
    """The function for `mapInArrow`: batches in, the same batches with the columns `added` out, as `whole`.

    `payload` is the pickled steps, or a broadcast variable that holds them.
    """

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        steps = unpickled(payload if isinstance(payload, bytes) else payload.value)
        for batch in batches:
            made = arrow(applied(steps, polars(batch, types)), added).combine_chunks()
            columns = [column.combine_chunks() for column in made.columns]
            flat = [c.chunk(0) if isinstance(c, pa.ChunkedArray) else c for c in columns]
            yield pa.RecordBatch.from_arrays([*batch.columns, *flat], schema=whole)

    return run


@lru_cache(maxsize=4)
def unpickled(payload: bytes) -> list[Step]:
    """The steps, once a worker."""
    steps: list[Step] = pickle.loads(payload)
    return steps


def applied(steps: Sequence[Step], batch: pl.DataFrame) -> pl.DataFrame:
    """What steps add to a batch, one after the other. Raises `CxreportError` for one that breaks its contract."""
    rows = batch
    for step in steps:
        enricher = step.enricher
        made = enricher.apply(rows.select(enricher.needs), step.state)
        if dict(made.schema) != dict(enricher.adds) or made.height != batch.height:
            what = f"it returned {dict(made.schema)} for {made.height} of {batch.height} rows."
            raise CxreportError(Problem(f"enricher {enricher.name}", what, "Report it to the plugin's author."))
        rows = rows.with_columns(made.get_columns())
    return rows.select(column for step in steps for column in step.enricher.adds)


def pickled(steps: Sequence[Step]) -> bytes:
    """Steps for the way to workers; plugins of a project itself, which workers cannot import, travel whole."""
    from pyspark import cloudpickle

    for name in {type(step.enricher).__module__ for step in steps}:
        if find_spec(name.partition(".")[0]) is None:
            cloudpickle.register_pickle_by_value(sys.modules[name])
    return bytes(cloudpickle.dumps(list(steps)))
