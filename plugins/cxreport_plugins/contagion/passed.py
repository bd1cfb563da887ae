"""Passing on: how often each public post was reposted, quoted or shared, as far as an export tells."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Predicate, Scope, message, stats
from cxreport_plugins.common.people import AGGREGATES, bucket, columns
from cxreport_plugins.common.populations import public

Frame = nw.LazyFrame[Any]

SEED: Final = 20_263
NEEDS: Final = ("shared", "sentiment", "repost_count")
ABSENCE: Final = message("no export tells how often what customers wrote was passed on")
INPUT: Final = message("an export of posts with their reposts or shares")
DOMINATES: Final = 0.5
"""A post that holds more than this part of all reshares dominates every mean of them."""
COUNTED: Final = (
    "Reshares are what the network counts as reposts, quotes and shares up to the export; where it counts none, the "
    "reposts among the records. Copies by hand, screenshots and private messages are not seen. "
)


def posts(scope: Scope) -> Predicate:
    """Public records; those that tell how often they were passed on are found by `passed_on`."""
    return public(scope)


def passed_on(records: Frame) -> Frame:
    """The records that tell it, with `reshares` and the flags `any` and, by name, their sentiment."""
    own = nw.when(~nw.col("metrics_of_original").fill_null(value=False))
    reposts = nw.coalesce(own.then(nw.col("reposts")), nw.col("repost_count"))
    parts = [reposts, own.then(nw.col("quotes")), own.then(nw.col("shares"))]
    told = records.with_columns(__reposts=parts[0], __quotes=parts[1], __shares=parts[2])
    names = ("__reposts", "__quotes", "__shares")
    known = ~nw.all_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)
    total = nw.sum_horizontal(*(nw.col(name).fill_null(0) for name in names))
    return told.filter(known).with_columns(reshares=total)


def spread(records: Frame, *keys: str) -> Frame:
    """Rows per combination of `keys`, sentiment and author cluster.

    `n` posts, `k` of them passed on at all, their `reshares`, the `largest` count of one post, and people.
    """
    marked = records.with_columns(
        bucket().alias("bucket"),
        sentiment=nw.when(nw.col("sentiment").is_in(list(SENTIMENTS))).then(nw.col("sentiment")),
        k=(nw.col("reshares") > 0).cast(nw.Int64),
        **columns(~nw.col("record_id").is_null()),
    )
    grouped = marked.group_by(*keys, "sentiment", "bucket")
    sums = {"k": nw.col("k").sum(), "reshares": nw.col("reshares").sum(), "largest": nw.col("reshares").max()}
    return grouped.agg(n=nw.len(), **sums, **AGGREGATES)


def by_cluster(rows: pl.DataFrame) -> pl.DataFrame:
    """Sums by author cluster, in its order."""
    return rows.group_by("bucket").agg(pl.col("n", "k", "reshares").sum()).sort("bucket")


def dominance(rows: pl.DataFrame) -> str:
    """In words, that one post holds most of all reshares; nothing if none does."""
    total = float(rows["reshares"].sum())
    largest = float(rows["largest"].cast(pl.Float64).max() or 0)  # type: ignore[arg-type]
    return "one post holds more than half of all reshares" if total and largest > DOMINATES * total else ""


def ratio(rows: pl.DataFrame, numerator: str, denominator: str) -> tuple[float, float, float]:
    """Ratio of two sums with its bootstrap limits over author clusters."""
    table = rows.select(numerator, denominator).to_numpy()
    value = float(stats.reach_asymmetry(*(float(s) for s in table.sum(axis=0))))
    low, high = stats.bucket_bootstrap(table, lambda t: t[:, 0] / t[:, 1], seed=SEED)
    return value, min(low, value), max(high, value)
