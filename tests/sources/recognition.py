"""Any export read as `cxreport inspect` reads it, with its records, and the law of accounting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.engine.local import LocalEngine
from cxreport.model.problem import Reject
from cxreport.model.schema import ANSWERS, RECORDS, conform
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.registry import load_plugins
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source
from cxreport.progress import Meter
from cxreport.reading import Input
from cxreport.recognise import Recognised, recognise
from cxreport.stages.load import load
from cxreport.stages.versions import merge_versions

CONTEXT = Context(Brand(Company(name="Meridian Air")), Path(), key=b"test")


@dataclass(frozen=True)
class Reading:
    """What is known of one file, and everything that was read from it."""

    found: Recognised
    batches: tuple[Batch, ...]

    @property
    def system(self) -> str:
        """What the file was taken for; "" when nobody knows it."""
        return self.found.detection.system if self.found.detection else ""

    @property
    def records(self) -> pl.DataFrame:
        """All records in canonical columns."""
        return pl.concat([conform(pl.DataFrame(schema=RECORDS)), *(conform(b.records) for b in self.batches)])

    @property
    def own(self) -> pl.DataFrame:
        """Records in their own right."""
        return self.records.filter(~pl.col("is_context"))

    @property
    def answers(self) -> pl.DataFrame:
        """All answers, by `source_row`."""
        empty = pl.DataFrame(schema={"source_row": pl.Int64, **ANSWERS}).drop("record_id")
        return pl.concat([empty, *(b.answers for b in self.batches if b.answers is not None)], how="diagonal_relaxed")

    @property
    def rejects(self) -> list[Reject]:
        """What could not be read."""
        return [reject for batch in self.batches for reject in batch.rejects]

    def accounts(self) -> bool:
        """Rows found = rows of records + rejects + what was left out, and no row is two of these."""
        kept, rejected = set(self.own["source_row"]), {reject.row for reject in self.rejects}
        facts = self.found.facts
        total = len(kept) + len(self.rejects) + sum(facts.skipped.values())
        return facts.rows_read == total and not kept & rejected

    def by_id(self, native_id: str) -> dict[str, Any]:
        """The record with an id of the source."""
        return self.records.row(by_predicate=pl.col("native_id") == native_id, named=True)


@cache
def sources() -> dict[str, type[Source]]:
    """Every source that is installed."""
    return load_plugins().sources


def readings(*paths: Path) -> Iterator[Reading]:
    """Every file at `paths`, recognised among all sources and read to its end."""
    batches: list[Batch] = []
    watched = {name: _watched(cls, batches) for name, cls in sources().items()}
    for found in recognise(paths, watched, CONTEXT):
        yield Reading(found, tuple(batches))
        batches.clear()


@cache
def read_once(path: Path) -> tuple[Reading, ...]:
    """`readings` of a path that does not change while tests run."""
    return tuple(readings(path))


def reading(path: Path) -> Reading:
    """The only file at `path`."""
    [found] = readings(path)
    return found


def _watched(cls: type[Source], batches: list[Batch]) -> type[Source]:
    """The same source, whose batches are kept aside as they pass."""

    class Watched(cls):  # type: ignore[valid-type, misc]
        def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
            for batch in super().read(data, found, facts):
                batches.append(batch)
                yield batch

    return Watched


def loaded(path: Path, kind: str, folder: Path, **options: Any) -> pl.DataFrame:
    """The records of one source as a build loads them: each item once, in its newest version."""
    cls = sources()[kind]
    values = {"id": "export", "type": kind, "path": str(path), **options}
    engine = LocalEngine(folder)
    load([cls(cls.Options.model_validate(values), CONTEXT)], CONTEXT, engine, Meter())
    merge_versions(engine)
    frame: pl.LazyFrame = engine.open("records").to_native()
    return frame.collect().sort("created_at", "record_id")
