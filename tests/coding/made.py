"""Hand-made coding sheets and feedback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from cxreport.engine.local import LocalEngine
from cxreport.model.coding import CODES, Coding
from cxreport.model.schema import LABELS_TABLE

Row = Mapping[str, Any]


def coding(*rows: Row) -> Coding:
    """A sheet; rows need `record_id` and `coder`."""
    filled = [{name: row.get(name) for name in CODES} for row in rows]
    return Coding(pl.DataFrame(filled, schema=CODES), "coding/*.csv", "5" * 64)


def both(record_id: str | int, weight: float = 1.0, **codes: Any) -> list[Row]:
    """The same codes by two coders."""
    return [{"record_id": record_id, "coder": coder, "weight": weight, **codes} for coder in ("ada", "ben")]


def labels(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """The table `labels` from record, kind and label."""
    return pl.DataFrame([(*row, 2.0, "pattern") for row in rows], schema=LABELS_TABLE, orient="row")


def engine(folder: Path, records: pl.DataFrame, told: Iterable[pl.DataFrame] = ()) -> LocalEngine:
    """An engine that holds these records and labels."""
    made = LocalEngine(folder / "feedback")
    made.write([records], "records")
    made.write([*told] or [pl.DataFrame(schema=LABELS_TABLE)], "labels")
    return made
