"""Further questions and sub-ratings of each row, as rows of the table `answers`."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from cxreport.api import reading
from cxreport_plugins.common import rows as tables
from cxreport_plugins.table import cells, rating
from cxreport_plugins.table.scales import Answer


def rows(frame: pl.DataFrame, asked: Sequence[tuple[Answer, str]], header: tables.Header) -> pl.DataFrame | None:
    """One row per cell that holds an answer, in the order of the questions; None when nothing was asked.

    `asked` are questions with their columns.
    """
    parts = [_answer(frame, answer, at, number, header) for number, (answer, at) in enumerate(asked, 1)]
    return pl.concat(parts).sort("source_row", "position") if parts else None


def off_scale(frame: pl.DataFrame, answer: Answer, column: str) -> int:
    """Answers outside of their stated scale; they are kept as text, without a number."""
    if answer.min is None:
        return 0
    found = rating.numbers(frame[column], answer)
    return int((~found.is_between(answer.min, answer.max)).sum())


def _answer(frame: pl.DataFrame, answer: Answer, column: str, position: int, header: tables.Header) -> pl.DataFrame:
    given = frame.filter(pl.col(column).is_not_null())
    return given.select(
        pl.col(reading.ROW).alias("source_row"),
        pl.lit(answer.column[0]).alias("question_id"),
        pl.lit(answer.question or _asked(answer, header.label(column))).alias("question_text"),
        pl.lit(answer.topic, pl.String).alias("row_label"),
        pl.lit(position, pl.Int64).alias("position"),
        pl.col(column).alias("value_text"),
        _numbers(given[column], answer).alias("value_number"),
        pl.lit(answer.min, pl.Float64).alias("scale_min"),
        pl.lit(answer.max, pl.Float64).alias("scale_max"),
    ).with_columns(_type(answer).alias("answer_type"))


def _asked(answer: Answer, label: str) -> str:
    """The header as written in the options, unless it is one of several: then as the file has it."""
    return answer.column[0] if len(answer.column) == 1 else label


def _numbers(given: pl.Series, answer: Answer) -> pl.Series:
    """On a scale also the number before the words of a cell; else only a cell that is a number."""
    if answer.min is None:
        return cells.converted(given, reading.to_float)
    found = rating.numbers(given, answer).alias("found").to_frame()
    return found.select(rating.on_scale(pl.col("found"), answer))["found"]


def _type(answer: Answer) -> pl.Expr:
    if answer.type or answer.min is not None:
        return pl.lit(answer.type or "scale")
    return pl.when(pl.col("value_number").is_not_null()).then(pl.lit("number")).otherwise(pl.lit("text"))
