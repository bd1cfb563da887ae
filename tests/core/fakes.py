"""A source that reads lines of JSON as records, and other plugins small enough to see through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.engine.local import LocalEngine
from cxreport.model.audit import Load
from cxreport.model.problem import Reject
from cxreport.model.schema import RECORDS
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source, SourceOptions
from cxreport.progress import Meter
from cxreport.reading import Input, ReadError
from cxreport.stages.load import load


class Lines(Source):
    """Each line a record; `{"reject": …}` is a reject, `{"figure": …}` a figure of the platform.

    `{"break": …}` breaks the file, `{"fail": …}` the plugin.
    """

    name = "lines"
    title = "Lines"
    systems = {"lines": "Lines of JSON"}  # noqa: RUF012
    Options = SourceOptions

    def detect(self, data: Input) -> Detection | None:
        """By the suffix."""
        if data.kind == "file" and data.name == "undetectable.jsonl":
            raise RuntimeError("the detector fell")
        return Detection("lines", "1", 1.0, "It ends in .jsonl.") if data.name.endswith(".jsonl") else None

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """A batch a line."""
        for number, line in enumerate(data.open().read().decode("utf-8").splitlines(), 1):
            row = json.loads(line)
            facts.rows_read += 1
            if "break" in row:
                raise ReadError(data.path, row["break"], mend="Export it again.")
            if "fail" in row:
                raise RuntimeError(row["fail"])
            if "figure" in row:
                facts.skip("figures")
                yield Batch(pl.DataFrame(), metrics=pl.DataFrame([row["figure"]]))
            elif "reject" in row:
                yield Batch(pl.DataFrame(), rejects=(Reject(number, row["reject"], f"line {number}"),))
            else:
                answers = row.pop("answers", None)
                record = {"source_system": "lines", "source_row": number, "kind": "post", **row}
                yield Batch(_frame(record), _answers(answers, number) if answers else None)


class OwnLines(Lines):
    """The same, with ids that mean nothing outside of one source."""

    own_ids = True


def _frame(record: dict[str, Any]) -> pl.DataFrame:
    times = [c for c in record if RECORDS.get(c) == RECORDS["created_at"]]
    frame = pl.DataFrame([record])
    return frame.with_columns(pl.col(c).str.to_datetime(time_unit="us", time_zone="UTC") for c in times)


def _answers(answers: dict[str, Any], row: int) -> pl.DataFrame:
    return pl.DataFrame(
        [{"source_row": row, "question_id": key, "value_text": value} for key, value in answers.items()]
    )


def context(base: Path, **fields: Any) -> Context:
    """The project Meridian Air, with the rival Norda."""
    own = Company(name="Meridian Air", handles=("@meridianair",))
    return Context(Brand(own, (Company(name="Norda", handles=("@flynorda",)),)), base, key=b"a key for tests", **fields)


def write(path: Path, *rows: dict[str, Any]) -> Path:
    """A file of lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def source(base: Path, ident: str = "a", path: Any = "*.jsonl", cls: type[Source] = Lines, **options: Any) -> Source:
    """A source of lines."""
    return cls(SourceOptions(id=ident, type="lines", path=path, **options), context(base))


def loaded(base: Path, *sources: Source) -> tuple[LocalEngine, list[Load]]:
    """What loading these sources leaves."""
    engine = LocalEngine(base / "work" / "feedback")
    return engine, load(sources, context(base), engine, Meter())


def table(engine: LocalEngine, name: str = "records") -> pl.DataFrame:
    """A stored table."""
    frame: Any = engine.open(name).to_native()
    whole: pl.DataFrame = frame.collect()
    return whole
