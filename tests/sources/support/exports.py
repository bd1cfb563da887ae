"""Exports of support systems with invented customers, written to files and read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.api import RECORDS, Brand, Company, Context, Detection, Input, ReadFacts, Reject, conform
from cxreport_plugins.support.source import Support

CONTEXT = Context(Brand(Company(name="Meridian Air")), Path("."), key=b"test")


@dataclass
class Outcome:
    """Everything that reading one file gave."""

    detection: Detection
    records: pl.DataFrame
    rejects: list[Reject]
    facts: ReadFacts

    @property
    def notes(self) -> str:
        return "\n".join(self.facts.notes)

    def everything(self) -> str:
        """All that is kept of a file, as text."""
        return self.records.write_json() + self.notes

    def by_id(self, native_id: str) -> dict[str, Any]:
        return self.records.row(by_predicate=pl.col("native_id") == native_id, named=True)

    def accounts(self) -> bool:
        """rows found = rows of records + rejects + skipped."""
        rows = self.records["source_row"].n_unique()
        return self.facts.rows_read == rows + len(self.rejects) + sum(self.facts.skipped.values())


def source(path: Path, **options: Any) -> Support:
    values = {"id": "support", "type": "support", "path": str(path), **options}
    return Support(Support.Options.model_validate(values), CONTEXT)


def detect(path: Path) -> Detection | None:
    return source(path).detect(Input.at(path))


def read(path: Path, **options: Any) -> Outcome:
    support, data = source(path, **options), Input.at(path)
    found = support.detect(data)
    assert found is not None, "not recognised"
    facts = ReadFacts()
    batches = list(support.read(data, found, facts))
    records = [conform(pl.DataFrame(schema=RECORDS)), *(conform(batch.records) for batch in batches)]
    return Outcome(found, pl.concat(records), [reject for batch in batches for reject in batch.rejects], facts)


def dump(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), "utf-8")
    return path


def lines(path: Path, values: Sequence[Any]) -> Path:
    """One JSON value a line."""
    path.write_text("\n".join(map(json.dumps, values)) + "\n", "utf-8")
    return path


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    path.write_text(buffer.getvalue(), "utf-8", newline="")
    return path
