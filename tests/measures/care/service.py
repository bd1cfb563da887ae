"""Hand-made threads for tests of the care measures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl

from cxreport.api import Context, Facts, Hours, Result
from tests.measures import make

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
MORE = {
    "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64, "thread_id": pl.String, "thread_position": pl.Int64,
    "thread_size": pl.Int64, "reopens": pl.Boolean, "closes": pl.Boolean, "answers": pl.Int64,
    "auto_answered": pl.Boolean, "transferred": pl.Boolean, "reply_elements": pl.String, "auto_reply": pl.Boolean, "reopened": pl.Boolean,
}  # fmt: skip
"""Columns that relations add."""
ROOT: dict[str, Any] = {
    "thread_position": 0, "answered_by_brand": False, "answers": 0, "auto_answered": False, "transferred": False,
}  # fmt: skip
HOURS = Hours.model_validate({
    "timezone": "Europe/Berlin",
    "schedules": [{"weekly": {"mon-fri": "09:00-17:00"}}, {"weekly": {"sat": "22:00-02:00"}, "channels": ["facebook"]}],
    "holidays": ["2026-01-06"],
})  # fmt: skip


def answered(minutes: float = 42, **row: Any) -> dict[str, Any]:
    """A root with a human answer after so many minutes."""
    return {**ROOT, "answered_by_brand": True, "first_reply_ms": int(minutes * 60_000), "answers": 1, **row}


def at_work(**facts: Any) -> Context:
    """The project with business hours."""
    return make.context(facts=Facts(hours=HOURS, **facts), as_of=AS_OF)


def measured(measure: Any, *rows: dict[str, Any], frame: str = "complete", **options: Any) -> dict[str, Result]:
    """Results by key; `about` is the context, `as_of` and `acts` as they are named."""
    about, as_of = options.pop("about", None), options.pop("as_of", AS_OF)
    table = make.records(*rows, more=MORE)
    within = make.scope(table, about, as_of=as_of, frames={"demo.csv": frame})
    found = make.run(measure, table, label_table=make.labels(*rows), within=within, about=about, **options)
    return {result.key: result for result in found}
