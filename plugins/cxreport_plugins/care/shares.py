"""Shares of records, and their differences, when one author may write many of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import narwhals as nw
import polars as pl

from cxreport.api import Measure, Result, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.net import wider
from cxreport_plugins.common.people import AGGREGATES, bucket, columns

DISCOVERY: Final = 0.1
"""The share of false discoveries that comparisons printed together may hold."""
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
    """The share of records for which `flag` holds, from `tallies`; there must be records.

    What one person alone writes counts as one record.
    """
    by_bucket = rows.group_by("bucket").agg(pl.col("n", flag).sum()).sort("bucket")
    n, k = int(by_bucket["n"].sum()), int(by_bucket[flag].sum())
    clustered, least = stats.bucketed_proportion(by_bucket[flag], by_bucket["n"]), stats.wilson(k, n)
    low, high = stats.wilson(k / n, 1) if math.isnan(clustered[0]) else wider(clustered, least)
    return Share(n, k / n, min(low, k / n), max(high, k / n))


def tested(gaps: Sequence[Result], sides: Sequence[tuple[pl.DataFrame, pl.DataFrame]], flag: str) -> list[Result]:
    """Gaps with their p-values, raw and adjusted (Benjamini–Hochberg, q = 0.10); what they leave open is directional.

    `sides` are the rows of `tallies` of the first and the second side of each gap.
    """
    counts = [[_effective(rows, flag) for rows in pair] for pair in sides]
    raw = [stats.two_proportions(*first, *second).p for first, second in counts]
    adjusted = [float(q) for q in stats.benjamini_hochberg(raw)] if raw else []
    told = []
    for result, p, q in zip(gaps, raw, adjusted, strict=True):
        facts: dict[str, Any] = {"rows": ({"p": float(p), "p_adjusted": q},)}
        if result.status in ("ok", "small_base") and not q <= DISCOVERY:
            facts |= {"status": "directional", "reason": message("it cannot be told from no difference")}
        told.append(result.model_copy(update=facts))
    return told


def _effective(rows: pl.DataFrame, flag: str) -> tuple[float, float]:
    """How many of how many, divided by the design effect of author clusters."""
    by_bucket = rows.group_by("bucket").agg(pl.col("n", flag).sum()).sort("bucket")
    effect = stats.deff(by_bucket[flag], 0, by_bucket["n"])
    shrink = effect if math.isfinite(effect) else float(by_bucket["n"].sum())
    return float(by_bucket[flag].sum()) / shrink, float(by_bucket["n"].sum()) / shrink


def gap(measure: Measure, first: Share | None, second: Share | None, dims: dict[str, str], **facts: Any) -> Result:
    """First minus second, in points, by Newcombe's interval from that of each; on at least 30 records each."""
    if first is None or second is None or not stats.may_test(min(first.n, second.n)):
        reason = message("one side has fewer than {n} records").format(n=stats.TESTED_FROM)
        return lacking(measure, dims, reason, message("more records of both sides"))
    low, high = stats.mover(first.value, first.interval, second.value, second.interval)
    return measure.based(
        first.n + second.n, 100 * (first.value - second.value), 100 * low, 100 * high, dims=dims, unit="points",
        method="95% Newcombe (MOVER) from the interval of each side", **facts,
    )  # fmt: skip
