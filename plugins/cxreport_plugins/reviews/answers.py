"""Sub-ratings and further questions of a review, as rows of the table `answers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from cxreport_plugins.reviews.scale import Scale, number

ANSWER: Final = pl.Struct({"question": pl.String, "value": pl.String, "low": pl.Float64, "high": pl.Float64})
"""One answer in the column `answers` of a raw review, which is a list of them."""

WHOLE: Final = "nps"
"""What formats call the one answer on a scale that rates the whole; the others rate parts of the experience."""


def answer(question: str | None, value: str | None, scale: Scale | None = None) -> dict[str, Any]:
    """One answer, for formats that make raw reviews item by item."""
    low, high = (float(scale.low), float(scale.high)) if scale else (None, None)
    return {"question": question, "value": value, "low": low, "high": high}


def gathered(questions: Mapping[str, str], scale: Scale | None) -> pl.Expr:
    """The column `answers` of a table, from its columns → what they ask; blank cells are no answers."""
    low, high = (scale.low, scale.high) if scale else (None, None)
    parts = [
        pl.when(pl.col(column).is_not_null()).then(
            pl.struct(
                pl.lit(question).alias("question"),
                pl.col(column).alias("value"),
                pl.lit(low, pl.Float64).alias("low"),
                pl.lit(high, pl.Float64).alias("high"),
            )
        )
        for column, question in questions.items()
    ]
    return pl.concat_list(parts).list.drop_nulls().alias("answers")


def rows(raw: pl.DataFrame) -> pl.DataFrame | None:
    """A row per answer with `source_row`, in the order in which they were given; None when there are none.

    An answer off its scale, or in words, keeps its text and has no number. `row_label` is the part of the experience
    that a sub-rating is about.
    """
    given = raw.filter(pl.col("answers").list.len() > 0)
    if not given.height:
        return None
    each = (
        given.select("source_row", "answers", pl.int_ranges(1, pl.col("answers").list.len() + 1).alias("position"))
        .explode("answers", "position")
        .unnest("answers")
        .filter(pl.col("value").is_not_null() & pl.col("question").is_not_null())
    )
    value, low, high = number(pl.col("value")), pl.col("low"), pl.col("high")
    return each.select(
        "source_row",
        pl.col("question").alias("question_id"),
        pl.col("question").alias("question_text"),
        pl.when(low.is_not_null() & (pl.col("question") != WHOLE)).then(pl.col("question")).alias("row_label"),
        pl.col("position").cast(pl.Int64),
        pl.when(low.is_not_null() & value.is_not_null()).then(pl.lit("scale"))
        .when(value.is_not_null()).then(pl.lit("number")).otherwise(pl.lit("text")).alias("answer_type"),
        pl.col("value").alias("value_text"),
        pl.when(low.is_null() | value.is_between(low, high)).then(value).alias("value_number"),
        pl.when(value.is_not_null()).then(low).alias("scale_min"),
        pl.when(value.is_not_null()).then(high).alias("scale_max"),
    )  # fmt: skip
