"""The main score of a row, on its stated scale."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from cxreport.api import reading
from cxreport_plugins.table import cells
from cxreport_plugins.table.scales import Asked, Ends, Rating

OUT_OF_SCALE = "rating_out_of_scale"
UNREADABLE = "rating_unreadable"
UNKNOWN = "rating_of_unknown_kind"
_LEADING = r"^([+-]?\d+(?:[.,]\d+)?)\s*(?:/|of\b|out of\b|von\b|sur\b|de\b|-|–|—|:|=|\(|\*|★|stars?\b|$)"
"""A number before its words, as in `4/5`, `10 - Extremely likely`, `4 stars`."""


def number(cell: pl.Expr) -> pl.Expr:
    """The number in a cell, or before the words in it; null when there is none."""
    text = cell.str.strip_chars()
    plain = cells.number(text)
    leading = text.str.extract(_LEADING).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(~text.str.ends_with("%")).then(pl.coalesce(plain, leading))


def numbers(found: pl.Series, scale: Ends) -> pl.Series:
    """The numbers in cells, whether they lie on the scale or not."""
    is_truth = isinstance(scale, Asked) and scale.metric in ("binary", "thumbs")
    words = {word.casefold(): value for word, value in scale.words.items()}

    def convert(cell: pl.Expr) -> pl.Expr:
        value = _truth(cell) if is_truth else number(cell)
        if not words:
            return value
        plain = cell.str.strip_chars().str.to_lowercase()
        return pl.coalesce(plain.replace_strict(words, default=None, return_dtype=pl.Float64), value)

    return cells.converted(found, convert)


def on_scale(value: pl.Expr, scale: Ends) -> pl.Expr:
    """The value where it lies on the scale, else null."""
    is_on = value.is_between(scale.min, scale.max)
    if isinstance(scale, Asked) and scale.metric == "nps":
        is_on &= value == value.floor()
    return pl.when(is_on).then(value)


def columns(found: pl.Series, by: pl.Series | None, rating: Rating, source: str) -> list[pl.Series]:
    """All columns of a record that speak of its main score, and `__rating`: why a row has no value.

    `by` tells what was asked, row by row, where that differs; `source` how the scale is known.
    """
    if not rating.cases:
        return _scored(found, rating, source).get_columns()
    said = (by if by is not None else pl.Series([None] * len(found), dtype=pl.String)).str.strip_chars()
    parts = [
        _scored(found.set(~_is(said, word), None), case, source).rename(lambda name, at=at: f"{at} {name}")  # type: ignore[misc]
        for at, (word, case) in enumerate(rating.cases.items())
    ]
    return _joined(pl.concat(parts, how="horizontal"), found, len(parts)).get_columns()


def _is(said: pl.Series, word: str) -> pl.Series:
    return (said.str.to_lowercase() == word.casefold()).fill_null(value=False)


def _joined(parts: pl.DataFrame, found: pl.Series, count: int) -> pl.DataFrame:
    """One column of each name: a row has a value in the part of its own case at most."""
    names: Sequence[str] = list(dict.fromkeys(name.partition(" ")[2] for name in parts.columns))
    joined = parts.select(
        pl.coalesce(f"{at} {name}" for at in range(count) if f"{at} {name}" in parts.columns).alias(name)
        for name in names
    )
    is_unknown = joined["rating_raw"].is_null() & found.is_not_null()
    return joined.with_columns(
        found.alias("rating_raw"),
        pl.when(is_unknown).then(pl.lit(UNKNOWN)).otherwise("__rating").alias("__rating"),
    )


def _scored(found: pl.Series, asked: Asked, source: str) -> pl.DataFrame:
    frame = pl.DataFrame([found.alias("rating_raw"), numbers(found, asked).alias("__number")])
    frame = frame.with_columns(on_scale(pl.col("__number"), asked).alias("rating_value"))
    low, high = float(asked.min or 0), float(asked.max or 0)
    share = (pl.col("rating_value") - low) / (high - low)
    constants = {
        "metric": asked.metric, "rating_min": low, "rating_max": high, "rating_scale_source": source,
        "rating_reversed": asked.reversed, "question_text": asked.question,
    }  # fmt: skip
    has_cell = pl.col("rating_raw").is_not_null()
    told = frame.with_columns(
        (1 - share if asked.reversed else share).alias("rating_norm"),
        *(pl.when(has_cell).then(pl.lit(known)).alias(name) for name, known in constants.items() if known is not None),
        *_by_metric(pl.col("rating_value"), asked, high),
        _why().alias("__rating"),
    )
    return told.drop("__number")


def _why() -> pl.Expr:
    reason = pl.when(pl.col("__number").is_not_null()).then(pl.lit(OUT_OF_SCALE)).otherwise(pl.lit(UNREADABLE))
    return pl.when(pl.col("rating_raw").is_not_null() & pl.col("rating_value").is_null()).then(reason)


def _truth(cell: pl.Expr) -> pl.Expr:
    return pl.coalesce(number(cell), reading.to_bool(cell).cast(pl.Float64))


def _by_metric(value: pl.Expr, asked: Asked, high: float) -> list[pl.Expr]:
    match asked.metric:
        case "nps":
            return [value.cast(pl.Int64).alias("nps_score"), _group(value).alias("nps_group")]
        case "csat" | "ces":
            top = pl.when(value.is_not_null()).then(pl.lit(high))
            return [value.alias(f"{asked.metric}_value"), top.alias(f"{asked.metric}_max")]
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
