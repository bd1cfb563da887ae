"""Loading with the source `table`, and the law of accounting that every load must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import ANSWERS, Brand, Company, Context, Input, ReadFacts, Reject, conform
from cxreport_plugins.table.source import Table

CONTEXT = Context(brand=Brand(own=Company(name="Meridian Air")), base=Path())


@dataclass(frozen=True)
class Loaded:
    """What came out of one file."""

    records: pl.DataFrame
    answers: pl.DataFrame
    rejects: tuple[Reject, ...]
    facts: ReadFacts

    def row(self, index: int = 0) -> dict[str, Any]:
        """One record."""
        return self.records.row(index, named=True)

    def column(self, name: str) -> list[Any]:
        """One column of the records."""
        return self.records[name].to_list()


def make(**options: Any) -> Table:
    return Table(Table.Options.model_validate({"id": "t", "type": "table", "path": "x", **options}), CONTEXT)


def load_path(path: Path, **options: Any) -> Loaded:
    table, data, facts = make(**options), Input.at(path), ReadFacts()
    found = table.detect(data)
    assert found is not None, "not recognised"
    batches = list(table.read(data, found, facts))
    frames = [conform(batch.records) for batch in batches]
    answers = [batch.answers for batch in batches if batch.answers is not None]
    records = pl.concat(frames) if frames else conform(pl.DataFrame({"source_row": []}))
    rejects = tuple(reject for batch in batches for reject in batch.rejects)
    rows = records["source_row"].n_unique()
    assert rows + len(rejects) + sum(facts.skipped.values()) == facts.rows_read, "rows are lost or invented"
    assert records.filter(pl.col("kind") != "owner_reply").height == rows, "a row is one record, and a reply perhaps"
    assert not set(records["source_row"]) & {reject.row for reject in rejects}
    joined = pl.concat(answers) if answers else pl.DataFrame(schema={**ANSWERS, "source_row": pl.Int64})
    conform(joined.drop("source_row"), ANSWERS)
    return Loaded(records, joined, rejects, facts)


@pytest.fixture(scope="session")
def load() -> Callable[..., Loaded]:
    """`load(path, **options)`: read one file and check the accounting."""
    return load_path


@pytest.fixture(scope="session")
def source() -> Callable[..., Table]:
    """`source(**options)`: the source itself; raises pydantic's ValidationError."""
    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(text, name)`: a file."""

    def to_file(text: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return to_file
