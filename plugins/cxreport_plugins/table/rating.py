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


def numbers(found: pl.Series, scale: Scale) -> pl.Series:
    """The numbers in cells, whether they lie on the scale or not."""
    is_truth = isinstance(scale, Rating) and scale.metric in ("binary", "thumbs")
    return cells.converted(found, _truth if is_truth else number)


def on_scale(value: pl.Expr, scale: Scale) -> pl.Expr:
    """The value where it lies on the scale, else null."""
    is_on = value.is_between(scale.min, scale.max)
    if isinstance(scale, Rating) and scale.metric == "nps":
        is_on &= value == value.floor()
    return pl.when(is_on).then(value)


def columns(found: pl.Series, rating: Rating) -> list[pl.Series]:
    """All columns of a record that speak of its main score, and `__rating`: why a row has no value."""
    frame = pl.DataFrame([found.alias("rating_raw"), numbers(found, rating).alias("__number")])
    frame = frame.with_columns(on_scale(pl.col("__number"), rating).alias("rating_value"))
    low, high = float(rating.min or 0), float(rating.max or 0)
    share = (pl.col("rating_value") - low) / (high - low)
    constants = {
        "metric": rating.metric, "rating_min": low, "rating_max": high, "rating_scale_source": "user",
        "rating_reversed": rating.reversed, "question_text": rating.question,
    }  # fmt: skip
    has_cell = pl.col("rating_raw").is_not_null()
    told = frame.with_columns(
        (1 - share if rating.reversed else share).alias("rating_norm"),
        *(pl.when(has_cell).then(pl.lit(known)).alias(name) for name, known in constants.items() if known is not None),
        *_by_metric(pl.col("rating_value"), rating, high),
        _why().alias("__rating"),
    )
    return told.drop("__number").get_columns()


def _why() -> pl.Expr:
    reason = pl.when(pl.col("__number").is_not_null()).then(pl.lit(OUT_OF_SCALE)).otherwise(pl.lit(UNREADABLE))
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
