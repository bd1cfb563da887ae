"""Hand-made records with cues, for tests of discovery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl

from cxreport.api import Context, Measure, Result, Scope
from cxreport.model.schema import ANSWERS, LABELS_TABLE, conform
from tests.measures.make import context, ident, records, run, scope

NOW = datetime(2026, 3, 1, tzinfo=UTC)
THREADS: dict[str, Any] = {
    "cues_read": pl.Boolean, "themes_read": pl.Boolean, "thread_id": pl.String, "thread_position": pl.Int64,
    "thread_size": pl.Int64, "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64,
}  # fmt: skip
COMPLETE = {"demo.csv": "complete"}
ABOUT = context(as_of=NOW)


def table(*rows: Mapping[str, Any], **common: Any) -> pl.DataFrame:
    """Records that cues and themes were looked for in, each the only one of its thread unless it says otherwise."""
    filled = [{"thread_id": ident(number), "text": "a text", **row} for number, row in enumerate(rows)]
    plain = [{key: value for key, value in row.items() if key not in ("cues", "companies", "themes")} for row in filled]
    alone = {"cues_read": True, "themes_read": True, "thread_position": 0, "thread_size": 1, **common}
    return records(*plain, more=THREADS, **alone)


def labels(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """The labels `acts`, `cues`, `companies` and `themes` that rows name."""
    found = [
        (row.get("record_id", ident(number)), kind, label, 1.0, "test")
        for number, row in enumerate(rows)
        for kind in ("acts", "cues", "companies", "themes")
        for label in row.get(kind, ())
    ]
    return pl.DataFrame(found, schema=LABELS_TABLE, orient="row")


def answers(question: str, said: Sequence[str]) -> pl.DataFrame:
    """One answer to a question by each record, in their order."""
    rows = [
        {"record_id": ident(n), "question_text": question, "answer_type": "single", "value_text": text}
        for n, text in enumerate(said)
    ]
    return conform(pl.DataFrame(rows), ANSWERS)


def measured(
    cls: type[Measure],
    *rows: Mapping[str, Any],
    given: pl.DataFrame | None = None,
    about: Context = ABOUT,
    shuffle: bool = False,
    **common: Any,
) -> tuple[Result, ...]:
    """Results of a measure over rows that may name `acts`, `cues`, `companies` and `themes`."""
    made = table(*rows, **common)
    drawn = made.reverse() if shuffle else made
    within: Scope = scope(made, about, frames=COMPLETE)
    return run(cls, drawn, label_table=labels(*rows), answers=given, within=within, about=about)


def nothing() -> pl.DataFrame:
    """No record at all."""
    return table()
