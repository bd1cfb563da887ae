"""Review files written and read in one step, for all tests of the source `reviews`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.api import Brand, Company, Context, Detection, ReadFacts, Reject, conform, reading
from cxreport_plugins.reviews.options import ReviewsOptions
from cxreport_plugins.reviews.source import Reviews

Write = Callable[[str, str | bytes], Path]
Row = dict[str, Any]


def source(base: Path, **options: Any) -> Reviews:
    """The source with options."""
    values = {"id": "r", "type": "reviews", "path": "x", **options}
    return Reviews(ReviewsOptions.model_validate(values), Context(Brand(Company(name="Meridian Air")), base, key=b"k"))


def detect(path: Path) -> Detection | None:
    """What the source takes a file for."""
    [data] = list(reading.inputs(path, path.name, lambda _: False))
    assert isinstance(data, reading.Input)
    return source(path.parent).detect(data)


class Loaded:
    """One file, read by the source `reviews`; that rows found are kept or explained is checked each time."""

    def __init__(self, path: Path, **options: Any) -> None:
        reader = source(path.parent, **options)
        [data] = list(reading.inputs(path, path.name, lambda _: False))
        assert isinstance(data, reading.Input)
        found = reader.detect(data)
        assert isinstance(found, Detection)
        self.found = found
        self.facts = ReadFacts()
        batches = list(reader.read(data, found, self.facts))
        self.records = conform(pl.concat([b.records for b in batches], how="diagonal")) if batches else pl.DataFrame()
        self.rejects: list[Reject] = [r for b in batches for r in b.rejects]
        self.answers: list[Row] = [row for b in batches if b.answers is not None for row in b.answers.to_dicts()]
        self.figures: set[tuple[str | None, str, float]] = {
            row for b in batches if b.metrics is not None for row in b.metrics.select("subject", "name", "value").rows()
        }
        assert self.holds_the_law()

    @property
    def rows(self) -> list[Row]:
        """Records as dictionaries, reviews before replies."""
        return self.records.to_dicts()

    @property
    def by_id(self) -> dict[str, Row]:
        """Records by their id in the source."""
        return {row["native_id"]: row for row in self.rows}

    @property
    def notes(self) -> str:
        """What the ledger says to a person."""
        return " ".join(self.facts.notes)

    @property
    def scores(self) -> dict[str, tuple[str, float | None]]:
        """Answers by question: as text, and as number."""
        return {row["question_id"]: (row["value_text"], row["value_number"]) for row in self.answers}

    def holds_the_law(self) -> bool:
        """Rows found = rows of records + rejects + what was left out."""
        kept = self.records["source_row"].n_unique() if self.records.height else 0
        return self.facts.rows_read == kept + len(self.rejects) + sum(self.facts.skipped.values())


def extra(row: Row) -> Any:
    """What nothing maps."""
    return json.loads(row["extra"]) if row["extra"] else {}


def jsonl(*items: object) -> str:
    """One object a line."""
    return "".join(json.dumps(item) + "\n" for item in items)
