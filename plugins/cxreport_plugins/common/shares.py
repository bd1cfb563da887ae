"""Shares of records with intervals that know that one author may write many of them."""

from __future__ import annotations

import math
from typing import Any, Final

import narwhals as nw
import polars as pl

from cxreport.api import Measure, Predicate, Result, stats
from cxreport_plugins.common.net import one_author, wider
from cxreport_plugins.common.people import AGGREGATES, bucket, columns, people

Frame = nw.LazyFrame[Any]
SHARE: Final = "95% Wilson at the effective base of author clusters (512 buckets), never narrower than Wilson"
SHARE_SOURCE: Final = "Wilson 1927; records of one author are a cluster (Korn & Graubard 1998)"


def tally(records: Frame, *keys: str, **summed: nw.Expr) -> Frame:
    """Rows per combination of `keys` and author cluster: `n` records, sums of numbers or flags, and people."""
    marked = records.with_columns(
        bucket().alias("bucket"),
        **{name: flag.cast(nw.Int64).fill_null(0) for name, flag in summed.items()},
        **columns(~nw.col("record_id").is_null()),
    )
    sums = {name: nw.col(name).sum() for name in summed}
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), **sums, **AGGREGATES)


def share(
    measure: Measure,
    rows: pl.DataFrame,
    k: str,
    *,
    dims: dict[str, str],
    population: Predicate,
    evidence: Predicate | None = None,
) -> Result:
    """The share Σk / Σn of rows of a `tally`, one row a cluster."""
    if rows.height < 2:
        return one_author(measure, dims)
    ordered, hits, n = rows.sort("bucket"), int(rows[k].sum()), int(rows["n"].sum())
    persons = people(rows) if "authors" in rows.columns else None
    least = stats.wilson(hits, n)
    clustered = stats.bucketed_proportion(ordered[k], ordered["n"]) if hits else stats.wilson(0, persons or n)
    low, high = least if math.isnan(clustered[0]) else wider(clustered, least)
    value = hits / n
    return measure.based(
        n, value, min(low, value), max(high, value), dims=dims, unit="share", n_authors=persons,
        population=population, evidence=evidence,
    )  # fmt: skip


def with_hits(base: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    """A base by cluster with the column `k`: the `n` of another tally by cluster."""
    counted = hits.group_by("bucket").agg(k=pl.col("n").sum())
    return base.join(counted, on="bucket", how="left").with_columns(pl.col("k").fill_null(0))


def count(measure: Measure, value: float, *, dims: dict[str, str], population: Predicate, **facts: Any) -> Result:
    """A census: how many records there are."""
    return measure.result(
        kind="count", value=value, n=int(value), level=None, dims=dims, population=population,
        **{"unit": "records", **facts},
    )  # fmt: skip
