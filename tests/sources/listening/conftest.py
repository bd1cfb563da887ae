"""Loading with the source `listening`, and the law of accounting that every load must keep."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import Brand, Company, Context, Detection, Input, ReadFacts, Reject, conform
from cxreport_plugins.listening.source import Listening

CONTEXT = Context(brand=Brand(own=Company(name="Meridian Air")), base=Path())


@dataclass(frozen=True)
class Loaded:
    """What came out of one input."""

    records: pl.DataFrame
    rejects: tuple[Reject, ...]
    facts: ReadFacts
    found: Detection

    def row(self, index: int = 0) -> dict[str, Any]:
        """One record."""
        return self.records.row(index, named=True)


def make(**options: Any) -> Listening:
    return Listening(
        Listening.Options.model_validate({"id": "l", "type": "listening", "path": "x", **options}), CONTEXT
    )


def load_path(path: Path, found: Detection | None = None, **options: Any) -> Loaded:
    data, listening = Input.at(path), make(**options)
    found = found or listening.detect(data)
    assert found is not None, "not recognised"
    facts = ReadFacts()
    batches = list(listening.read(data, found, facts))
    records = pl.concat([conform(pl.DataFrame({"source_row": []})), *(conform(batch.records) for batch in batches)])
    rejects = tuple(reject for batch in batches for reject in batch.rejects)
    assert records["source_row"].n_unique() + len(rejects) + sum(facts.skipped.values()) == facts.rows_read
    assert not set(records["source_row"]) & {reject.row for reject in rejects}
    return Loaded(records, rejects, facts, found)


@pytest.fixture(scope="session")
def load() -> Callable[..., Loaded]:
    """`load(path, found=None, **options)`: read one file, and check the accounting."""
    return load_path


@pytest.fixture
def detect() -> Callable[[Path], Detection | None]:
    """`detect(path)`: what the source takes a file for."""
    return lambda path: make().detect(Input.at(path))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(header, *rows, before=(), delimiter=",", encoding="utf-8")`: a table; a row is a dict by header name."""

    def to_file(
        header: str,
        *rows: dict[str, str],
        before: tuple[str, ...] = (),
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        names = next(csv.reader([header]))
        path = tmp_path / "export.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            file.writelines(f"{line}\n" for line in before)
            table = csv.writer(file, delimiter=delimiter)
            table.writerow(names)
            table.writerows([row.get(name, "") for name in names] for row in rows)
        return path

    return to_file
