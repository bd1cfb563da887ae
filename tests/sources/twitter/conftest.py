"""Loading with the source `twitter`, and the law of accounting that every load must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import METRICS, Brand, Company, Context, Detection, Input, ReadFacts, Reject, conform
from cxreport_plugins.twitter.source import Twitter

CONTEXT = Context(brand=Brand(own=Company(name="Meridian Air")), base=Path())


@dataclass(frozen=True)
class Loaded:
    """What came out of one input."""

    records: pl.DataFrame
    rejects: tuple[Reject, ...]
    facts: ReadFacts
    found: Detection
    figures: pl.DataFrame

    @property
    def own(self) -> pl.DataFrame:
        """Records in their own right."""
        return self.records.filter(~pl.col("is_context"))

    def row(self, index: int = 0) -> dict[str, Any]:
        """One record."""
        return self.records.row(index, named=True)


def make(**options: Any) -> Twitter:
    return Twitter(Twitter.Options.model_validate({"id": "x", "type": "twitter", "path": "x", **options}), CONTEXT)


def load_input(data: Input, found: Detection | None = None, **options: Any) -> Loaded:
    twitter = make(**options)
    found = found or twitter.detect(data)
    assert found is not None, "not recognised"
    facts = ReadFacts()
    batches = list(twitter.read(data, found, facts))
    frames = [conform(batch.records) for batch in batches]
    records = pl.concat(frames) if frames else conform(pl.DataFrame({"source_row": []}))
    rejects = tuple(reject for batch in batches for reject in batch.rejects)
    rows = records.filter(~pl.col("is_context"))["source_row"].n_unique()
    assert rows + len(rejects) + sum(facts.skipped.values()) == facts.rows_read, "rows are lost or invented"
    assert not set(records["source_row"].drop_nulls()) & {reject.row for reject in rejects}
    stated = [conform(batch.metrics, METRICS) for batch in batches if batch.metrics is not None]
    return Loaded(records, rejects, facts, found, pl.concat(stated) if stated else pl.DataFrame(schema=METRICS))


@pytest.fixture
def load() -> Callable[..., Loaded]:
    """`load(path, **options)`: read one file, folder or ZIP as a whole, and check the accounting."""
    return lambda path, **options: load_input(Input.at(path), **options)


@pytest.fixture(scope="session")
def law() -> Callable[..., Loaded]:
    """`law(path, detection)`: read a file as what it is said to be, and check the accounting."""
    return lambda path, found: load_input(Input.at(path), found)


@pytest.fixture
def read_input() -> Callable[..., Loaded]:
    """As `load`, for an `Input`."""
    return load_input


@pytest.fixture
def detect() -> Callable[..., Detection | None]:
    """`detect(path)`: what the source takes a file for."""
    return lambda path, **options: make(**options).detect(Input.at(path))


@pytest.fixture
def source() -> Callable[..., Twitter]:
    """`source(**options)`: the source itself."""
    return make
