"""Survey exports of invented respondents, written to files and read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from cxreport.api import ANSWERS, RECORDS, Brand, Company, Context, Detection, Input, ReadFacts, Reject, conform
from cxreport_plugins.survey.source import Survey

CONTEXT = Context(Brand(Company(name="Meridian Air")), Path("."), key=b"test")
Rows = Sequence[Sequence[str]]


@dataclass
class Outcome:
    """Everything that reading one file gave."""

    detection: Detection
    records: pl.DataFrame
    answers: pl.DataFrame
    rejects: list[Reject]
    facts: ReadFacts = field(default_factory=ReadFacts)

    @property
    def notes(self) -> str:
        return "\n".join(self.facts.notes)

    def record(self, row: int) -> dict[str, Any]:
        """The record that was made of a row of the file."""
        return self.records.row(by_predicate=pl.col("source_row") == row, named=True)

    def answers_of(self, row: int) -> list[dict[str, Any]]:
        return self.answers.filter(source_row=row).sort("position", "row_label").to_dicts()

    def answer(self, row: int, question: str) -> dict[str, Any]:
        """The only answer that a respondent gave to a question."""
        [found] = [a for a in self.answers_of(row) if a["question_id"] == question]
        return found

    def accounts(self) -> bool:
        """rows found = rows read = rows of records + rejects + skipped."""
        rows = self.records["source_row"].n_unique()
        return self.facts.rows_read == rows + len(self.rejects) + sum(self.facts.skipped.values())


def source(path: Path, **options: Any) -> Survey:
    values = {"id": "survey", "type": "survey", "path": str(path), **options}
    return Survey(Survey.Options.model_validate(values), CONTEXT)


def detect(path: Path) -> Detection | None:
    return source(path).detect(Input.at(path))


def read(path: Path, **options: Any) -> Outcome:
    survey, data = source(path, **options), Input.at(path)
    found = survey.detect(data)
    assert found is not None, "not recognised"
    facts = ReadFacts()
    batches = list(survey.read(data, found, facts))
    records = [conform(batch.records) for batch in batches]
    answers = [batch.answers for batch in batches if batch.answers is not None]
    for frame in answers:
        conform(frame.drop("source_row"), ANSWERS)
    return Outcome(
        found,
        pl.concat(records) if records else conform(pl.DataFrame(schema=RECORDS)),
        pl.concat(answers) if answers else pl.DataFrame(schema={"source_row": pl.Int64, **ANSWERS}),
        [reject for batch in batches for reject in batch.rejects],
        facts,
    )


def text(rows: Rows, delimiter: str = ",", newline: str = "\r\n") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return buffer.getvalue()


def write(path: Path, rows: Rows, encoding: str = "utf-8", **how: str) -> Path:
    path.write_bytes(text(rows, **how).encode(encoding))
    return path


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def imports(ids: Sequence[str | Mapping[str, str]]) -> list[str]:
    """The third header record of Qualtrics."""
    return [json.dumps({"ImportId": i} if isinstance(i, str) else i, separators=(",", ":")) for i in ids]
