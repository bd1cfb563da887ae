"""Ratings on their scales: what an export states, what its documentation says, or what its values show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from cxreport.api import reading

_NUMBERS: Final = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5"}


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale, and how they are known."""

    low: float
    high: float
    source: Literal["spec", "observed"] = "spec"


STARS: Final = Scale(1.0, 5.0)


def number(cells: pl.Expr) -> pl.Expr:
    """Scores as Float64: `4.5`, `4,5` of European spreadsheets, `FIVE`; null for what is no number."""
    plain = cells.str.strip_chars().replace(_NUMBERS).str.replace(r"^(\d+),(\d{1,2})$", "${1}.${2}")
    return reading.to_float(plain)


def rated(whole: pl.DataFrame, scale: Scale) -> pl.DataFrame:
    """`whole` with the columns `rating_value`, `rating_min`, `rating_max`, `rating_scale_source`, `rating_norm`.

    The scale that a row states for itself comes before that of the format. A value off its scale is null and
    flagged in `off_scale`.
    """
    low, high = number(pl.col("scale_min")), number(pl.col("scale_max"))
    stated = (pl.coalesce(low, pl.lit(scale.low)) < high).fill_null(value=False)
    value, least, most = pl.col("rating_value"), pl.col("rating_min"), pl.col("rating_max")
    sound = value.is_between(least, most).fill_null(value=False)
    return (
        whole.with_columns(
            number(pl.coalesce("rating", "rating_raw")).alias("rating_value"),
            pl.when(stated & low.is_not_null()).then(low).otherwise(scale.low).alias("rating_min"),
            pl.when(stated).then(high).otherwise(scale.high).alias("rating_max"),
            pl.when(stated).then(pl.lit("file")).otherwise(pl.lit(scale.source)).alias("rating_scale_source"),
        )
        .with_columns(
            pl.when(sound).then(value).alias("rating_value"),
            (pl.col("rating_raw").is_not_null() & ~sound).alias("off_scale"),
        )
        .with_columns(((value - least) / (most - least)).alias("rating_norm"))
    )
