"""Shares of records, and their differences, when one author may write many of them."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import narwhals as nw
import polars as pl

from cxreport.api import Measure, Result, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.net import wider
from cxreport_plugins.common.people import AGGREGATES, bucket, columns

INTERVAL: Final = "95% Wilson at the effective base of author clusters (512 buckets), never narrower than Wilson"


class Share(NamedTuple):
    """A share of `n` records and its limits, 0..1."""

    n: int
    value: float
    low: float
    high: float

    @property
    def interval(self) -> stats.Interval:
        """Its limits."""
        return stats.Interval(self.low, self.high)


def tallies(records: nw.LazyFrame[Any], *keys: str, **flags: nw.Expr) -> nw.LazyFrame[Any]:
    """Per combination of `keys` and author cluster: `n` records, those for which each flag holds, their people."""
    counted = {name: flag.fill_null(value=False).cast(nw.Int64) for name, flag in flags.items()}
    marked = records.with_columns(bucket().alias("bucket"), **counted, **columns(~nw.col("record_id").is_null()))
    sums = {name: nw.col(name).sum() for name in flags}
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), **sums, **AGGREGATES)


def share(rows: pl.DataFrame, flag: str) -> Share:
    """The share of records for which `flag` holds, from `tallies`; there must be records."""
    by_bucket = rows.group_by("bucket").agg(pl.col("n", flag).sum()).sort("bucket")
    n, k = int(by_bucket["n"].sum()), int(by_bucket[flag].sum())
    clustered, least = stats.bucketed_proportion(by_bucket[flag], by_bucket["n"]), stats.wilson(k, n)
    low, high = least if math.isnan(clustered[0]) else wider(clustered, least)
    return Share(n, k / n, min(low, k / n), max(high, k / n))


def gap(measure: Measure, first: Share | None, second: Share | None, dims: dict[str, str], **facts: Any) -> Result:
    """First minus second, in points, by Newcombe's interval from that of each; on at least 30 records each."""
    if first is None or second is None or not stats.may_test(min(first.n, second.n)):
        reason = f"one side has fewer than {stats.TESTED_FROM} records"
        return lacking(measure, dims, reason, "more records of both sides")
    low, high = stats.mover(first.value, first.interval, second.value, second.interval)
    return measure.based(
        first.n + second.n, 100 * (first.value - second.value), 100 * low, 100 * high, dims=dims, unit="points",
        method="95% Newcombe (MOVER) from the interval of each side", **facts,
    )  # fmt: skip
