"""Cutting aggregates into cells: by the values of a column, and by calendar month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import narwhals as nw
import polars as pl

from cxreport.api import Measure, Predicate, Result, Scope, message

MONTH: Final = "month"
"""Column of the calendar month as a number, such as 202603; also the dim `month`, written `2026-03`."""


@dataclass(frozen=True)
class Cell:
    """One cell of a cut: its dims in words, the population of its records, and its rows of an aggregate."""

    dims: dict[str, str]
    population: Predicate
    rows: pl.DataFrame


def partitions(frame: pl.DataFrame, *columns: str) -> Iterator[tuple[dict[str, Any], pl.DataFrame]]:
    """The rows of `frame` by the values of `columns`, in their order; rows that lack one of them are left out."""
    found = frame.drop_nulls(columns).partition_by(columns, as_dict=True)
    for key, rows in sorted(found.items(), key=lambda item: item[0]):
        yield dict(zip(columns, key, strict=True)), rows


def cells(frame: pl.DataFrame, population: Predicate, *columns: str) -> Iterator[Cell]:
    """The cells of `frame` by `columns` of the records, in their order."""
    for values, rows in partitions(frame, *columns):
        within = population.where(*((column, "eq", value) for column, value in values.items()))
        yield Cell({column: str(value) for column, value in values.items()}, within, rows)


def months(frame: pl.DataFrame, population: Predicate) -> Iterator[Cell]:
    """The cells of `frame` by its column `month`, oldest first."""
    for values, rows in partitions(frame, MONTH):
        year, month = divmod(int(values[MONTH]), 100)
        first = datetime(year, month, 1, tzinfo=UTC)
        following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        window = population.where(("created_at", "ge", first), ("created_at", "lt", following))
        yield Cell({MONTH: f"{year:04}-{month:02}"}, window, rows)


def with_month(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Records with the column `month` (UTC); null where undated."""
    created = nw.col("created_at")
    number = created.dt.year().cast(nw.Int64) * 100 + created.dt.month().cast(nw.Int64)
    return records.with_columns(number.alias(MONTH))


def split(measure: Measure, scope: Scope) -> tuple[tuple[str, ...], list[Result]]:
    """The measure's cuts that this audit has columns for, and *not testable* for each of the others."""
    present = tuple(cut for cut in measure.cuts if cut in scope.columns)
    absent = [cut for cut in measure.cuts if cut not in scope.columns]
    return present, [lacking(measure, {cut: "*"}, _unprovided(cut), cut) for cut in absent]


def _unprovided(column: str) -> str:
    return message("nothing in this audit provides {columns}").format(columns=column)


def lacking(measure: Measure, dims: dict[str, str], reason: str, *needs: str) -> Result:
    """*Not testable*, for one cell of a measure."""
    return measure.untestable(reason, *needs).model_copy(update={"dims": dims})
