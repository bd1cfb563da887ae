"""The main score of a row, on its stated scale."""

from __future__ import annotations

import polars as pl

from cxreport.api import reading
from cxreport_plugins.table import cells
from cxreport_plugins.table.options import Rating, Scale

OUT_OF_SCALE = "rating_out_of_scale"
UNREADABLE = "rating_unreadable"
_LEADING = r"^([+-]?\d+(?:[.,]\d+)?)\s*(?:/|of\b|out of\b|von\b|sur\b|de\b|-|–|—|:|=|\(|\*|★|stars?\b|$)"
"""A number before its words, as in `4/5`, `10 - Extremely likely`, `4 stars`."""


def number(cell: pl.Expr) -> pl.Expr:
    """The number in a cell, or before the words in it; null when there is none."""
    text = cell.str.strip_chars()
    plain = cells.number(text)
    leading = text.str.extract(_LEADING).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(~text.str.ends_with("%")).then(pl.coalesce(plain, leading))


def on_scale(value: pl.Expr, scale: Scale) -> pl.Expr:
    """The value where it lies on the scale, else null."""
    return pl.when(value.is_between(scale.min, scale.max)).then(value) if scale.min is not None else value


def columns(cell: pl.Expr, rating: Rating) -> list[pl.Expr]:
    """All columns of a record that speak of its main score."""
    found = _truth(cell) if rating.metric in ("binary", "thumbs") else number(cell)
    if rating.metric == "nps":
        found = pl.when(found == found.floor()).then(found)
    value = on_scale(found, rating)
    low, high = float(rating.min or 0), float(rating.max or 0)
    share = (value - low) / (high - low)
    constants = {
        "metric": rating.metric, "rating_min": low, "rating_max": high, "rating_scale_source": "user",
        "rating_reversed": rating.reversed, "question_text": rating.question,
    }  # fmt: skip
    has_cell = cell.is_not_null()
    return [
        cell.alias("rating_raw"),
        value.alias("rating_value"),
        (1 - share if rating.reversed else share).alias("rating_norm"),
        *(pl.when(has_cell).then(pl.lit(known)).alias(name) for name, known in constants.items() if known is not None),
        *_by_metric(value, rating, high),
    ]


def warning() -> pl.Expr:
    """Why a row with a rating has no value: `rating_out_of_scale` or `rating_unreadable`; null if it has one."""
    is_number = number(pl.col("rating_raw")).is_not_null()
    reason = pl.when(is_number).then(pl.lit(OUT_OF_SCALE)).otherwise(pl.lit(UNREADABLE))
    return pl.when(pl.col("rating_raw").is_not_null() & pl.col("rating_value").is_null()).then(reason)


def _truth(cell: pl.Expr) -> pl.Expr:
    return pl.coalesce(number(cell), reading.to_bool(cell).cast(pl.Float64))


def _by_metric(value: pl.Expr, rating: Rating, high: float) -> list[pl.Expr]:
    match rating.metric:
        case "nps":
            return [value.cast(pl.Int64).alias("nps_score"), _group(value).alias("nps_group")]
        case "csat" | "ces":
            top = pl.when(value.is_not_null()).then(pl.lit(high))
            return [value.alias(f"{rating.metric}_value"), top.alias(f"{rating.metric}_max")]
    return []


def _group(score: pl.Expr) -> pl.Expr:
    return (
        pl.when(score >= 9)
        .then(pl.lit("promoter"))
        .when(score >= 7)
        .then(pl.lit("passive"))
        .when(score >= 0)
        .then(pl.lit("detractor"))
    )
