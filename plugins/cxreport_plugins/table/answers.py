"""Further questions and sub-ratings of each row, as rows of the table `answers`."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from cxreport.api import reading
from cxreport_plugins.table import rating
from cxreport_plugins.table.options import Answer


def rows(frame: pl.DataFrame, answers: Sequence[Answer], headers: Sequence[str]) -> pl.DataFrame | None:
    """One row per cell that holds an answer, in the order of the questions; None when nothing was asked."""
    asked = zip(answers, headers, strict=True)
    parts = [_answer(frame, answer, header, position) for position, (answer, header) in enumerate(asked, 1)]
    return pl.concat(parts).sort("source_row", "position") if parts else None


def off_scale(frame: pl.DataFrame, answer: Answer, header: str) -> int:
    """Answers outside of their stated scale; they are kept as text, without a number."""
    if answer.min is None:
        return 0
    value = rating.number(pl.col(header))
    return int(frame.select((~value.is_between(answer.min, answer.max)).sum()).item())


def _answer(frame: pl.DataFrame, answer: Answer, header: str, position: int) -> pl.DataFrame:
    number = _number(answer, pl.col(header))
    return frame.filter(pl.col(header).is_not_null()).select(
        pl.col(reading.ROW).alias("source_row"),
        pl.lit(answer.column).alias("question_id"),
        pl.lit(answer.question or answer.column).alias("question_text"),
        pl.lit(position, pl.Int64).alias("position"),
        _type(answer, pl.col(header)).alias("answer_type"),
        pl.col(header).alias("value_text"),
        number.alias("value_number"),
        pl.lit(answer.min, pl.Float64).alias("scale_min"),
        pl.lit(answer.max, pl.Float64).alias("scale_max"),
    )


def _number(answer: Answer, cell: pl.Expr) -> pl.Expr:
    """On a scale also the number before the words of a cell; else only a cell that is a number."""
    if answer.min is not None:
        return rating.on_scale(rating.number(cell), answer)
    return reading.to_float(cell)


def _type(answer: Answer, cell: pl.Expr) -> pl.Expr:
    if answer.type or answer.min is not None:
        return pl.lit(answer.type or "scale")
    return pl.when(_number(answer, cell).is_not_null()).then(pl.lit("number")).otherwise(pl.lit("text"))
