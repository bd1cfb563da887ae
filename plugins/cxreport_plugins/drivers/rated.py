"""Ratings of parts beside the score of the whole, summed by author cluster: all that shares of R² need.

Sums, squares and products of at most `MOST` ratings a record leave the records, whatever their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

from cxreport.api import Feedback, Scope, stats
from cxreport_plugins.common.people import AGGREGATES, bucket, columns

Frame = nw.LazyFrame[Any]

MOST: Final = 10
"""Parts of one source that are compared: those that most people rate."""
LISTED: Final = 40
"""Parts of one source that are told of at all."""
KEYS: Final = ("source_id", "metric", "scale")
"""What is never pooled: a source, the metric of its main score, and the top of its scale."""
PART: Final = ("source_id", "topic")
PLACES: Final = tuple(f"x{i}" for i in range(MOST))
VARIABLES: Final = (*PLACES, "score")
SUMS: Final = tuple(f"sum {name}" for name in VARIABLES)
PRODUCTS: Final = tuple(f"sum {VARIABLES[i]} {VARIABLES[j]}" for i, j in stats.pairs(len(VARIABLES)))


def given(feedback: Feedback, scope: Scope, ignore: Sequence[str]) -> Frame:
    """A row for each rating of a part in a record that has a score of the whole: `PART`, its scale, and `value`."""
    rated = feedback.answers.filter(
        nw.col("answer_type") == "scale", ~nw.col("row_label").is_null(), ~nw.col("value_number").is_null(),
        nw.col("scale_max") > nw.col("scale_min"),
    )  # fmt: skip
    parts = rated.select("record_id", "scale_min", "scale_max", topic=nw.col("row_label"), value=nw.col("value_number"))
    kept = parts.filter(~nw.col("topic").is_in(list(ignore))) if ignore else parts
    return kept.join(scored(feedback, scope).select("record_id", "source_id"), on="record_id", how="inner")


def scored(feedback: Feedback, scope: Scope) -> Frame:
    """Records with a score of the whole: `KEYS`, `score`, and who gave it."""
    rated = feedback.of(scope.population).filter(~nw.col("rating_value").is_null(), ~nw.col("metric").is_null())
    return rated.select(
        "record_id", "author_id", "source_id", "metric",
        scale=nw.col("rating_max").fill_null(0.0), score=nw.col("rating_value"), bucket=bucket(),
    )  # fmt: skip


def parts(ratings: Frame) -> Frame:
    """The parts that are rated: their scale, `n` ratings, `place`, and how many of the source's `parts` have one.

    `place` counts from 1 within those of the source that half as many or more rate as the one most rated, on one scale;
    it is null for the others.
    """
    low, high = nw.col("scale_min"), nw.col("scale_max")
    scales = ratings.group_by(*PART, "scale_min", "scale_max").agg(n=nw.len().cast(nw.Int64))
    counted = scales.group_by(*PART).agg(n=nw.col("n").sum(), low=low.min(), high=high.max(), scales=nw.len())
    whole = counted.with_columns(most=nw.col("n").max().over("source_id"), fewer=-nw.col("n"))
    ranked = whole.with_columns(few=(2 * nw.col("n") < nw.col("most")) | (nw.col("scales") > 1)).with_columns(
        rank=nw.col("topic").cum_count().over("source_id", "few", order_by=["fewer", "topic"]).cast(nw.Int64)
    )
    placed = ranked.filter(nw.col("rank") <= LISTED).with_columns(
        place=nw.when(~nw.col("few") & (nw.col("rank") <= MOST)).then(nw.col("rank"))
    )
    return placed.with_columns(parts=nw.col("place").max().over("source_id")).drop("most", "few", "fewer", "rank")


def moments(ratings: Frame, ranked: Frame, scores: Frame) -> Frame:
    """Rows per `KEYS` and author cluster: `n` complete records, `SUMS`, `PRODUCTS`, and their people.

    A record is complete when it rates every part of its source that has a place; nothing is imputed.
    """
    wide = _wide(ratings, ranked).join(scores, on="record_id", how="inner")
    filled = wide.with_columns(*(nw.col(name).fill_null(0.0) for name in PLACES), **columns(_known()))
    products = {
        name: (nw.col(VARIABLES[i]) * nw.col(VARIABLES[j])).sum()
        for name, (i, j) in zip(PRODUCTS, stats.pairs(len(VARIABLES)), strict=True)
    }
    sums = {name: nw.col(variable).sum() for name, variable in zip(SUMS, VARIABLES, strict=True)}
    return filled.group_by(*KEYS, "bucket").agg(n=nw.len(), **sums, **products, **AGGREGATES)


def _wide(ratings: Frame, ranked: Frame) -> Frame:
    """One row a complete record, its ratings in `PLACES`; where it rates a part twice, their mean."""
    placed = ranked.filter(~nw.col("place").is_null()).select(*PART, "place", "parts")
    each = ratings.join(placed, on=list(PART), how="inner")
    values = {
        name: nw.when(nw.col("place") == i).then(nw.col("value")) for i, name in enumerate(PLACES, start=1)
    }  # fmt: skip
    rows = each.select("record_id", "parts", **values).group_by("record_id")
    wide = rows.agg(parts=nw.col("parts").max(), **{name: nw.col(name).mean() for name in PLACES})
    answered = nw.sum_horizontal(*((~nw.col(name).is_null()).cast(nw.Int64) for name in PLACES))
    return wide.filter(answered == nw.col("parts")).drop("parts")


def _known() -> nw.Expr:
    return ~nw.col("record_id").is_null()
