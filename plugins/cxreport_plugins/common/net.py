"""Net sentiment of cells of records, with intervals that know that one author may write many of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Measure, Method, Result, stats
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.common.people import AGGREGATES, bucket, columns, people

METHOD = Method(
    formula="NSS = 100 · (positive − negative) / scored records, −100 to +100",
    interval=(
        "95% adjusted Wald at the effective base of author clusters (512 buckets), never narrower than for "
        "independent records"
    ),
    source=(
        "Net score of three classes with the adjusted Wald interval (Rocks 2016); records of one author are a "
        "cluster (Korn & Graubard 1998)"
    ),
    limits=(
        "Sentiment is read from words by a list, which misses irony and context; it is not corrected for the errors "
        "of the list. Records whose language has no list are unscored and counted apart. The interval tells sampling "
        "variation only: who writes in public is not a random sample of customers."
    ),
)


def tallies(records: nw.LazyFrame[Any], *keys: str, cluster: nw.Expr | None = None) -> nw.LazyFrame[Any]:
    """Rows per combination of `keys` and author cluster: counts of records by sentiment, and their people.

    Many keys need fewer clusters (`cluster`) than there are buckets of authors, or the table grows large.
    """
    scored = nw.col("sentiment").is_in(list(SENTIMENTS)).fill_null(value=False)
    flags = {s: (nw.col("sentiment") == s).fill_null(value=False).cast(nw.Int64) for s in SENTIMENTS}
    marked = records.with_columns(
        (bucket() if cluster is None else cluster).alias("bucket"), **flags, **columns(scored)
    )
    sums = {s: nw.col(s).sum() for s in SENTIMENTS}
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), **sums, **AGGREGATES)


@dataclass(frozen=True)
class Net:
    """Net sentiment of some rows of `tallies`, in points."""

    rows: pl.DataFrame

    @property
    def records(self) -> int:
        """All records, scored or not."""
        return int(self.rows["n"].sum())

    @property
    def scored(self) -> int:
        """The base: records that have a sentiment."""
        return sum(self.count(s) for s in SENTIMENTS)

    @property
    def people(self) -> int | None:
        """Distinct people behind the base."""
        return people(self.rows)

    def count(self, sentiment: str) -> int:
        """Records of a sentiment."""
        return int(self.rows[sentiment].sum())

    @property
    def estimate(self) -> tuple[float, float, float]:
        """Value and limits; `nan` limits when all records fall into one cluster."""
        positive, negative, base = self.count("positive"), self.count("negative"), self._base
        value = 100 * stats.net_share(positive, negative, self.scored)
        clustered = stats.bucketed_trinomial(self.rows["positive"], self.rows["negative"], base)
        least = stats.adjusted_wald(positive, negative, self.scored)
        low, high = wider(clustered, least)
        return value, min(100 * low, value), max(100 * high, value)

    def share(self, sentiment: str) -> tuple[float, float, float]:
        """Share of the base that has a sentiment, 0..1, and its limits."""
        k = self.count(sentiment)
        clustered = stats.bucketed_proportion(self.rows[sentiment], self._base)
        return k / self.scored, *wider(clustered, stats.wilson(k, self.scored))

    @property
    def _base(self) -> pl.Series:
        return self.rows.select(pl.sum_horizontal(SENTIMENTS)).to_series()


def wider(clustered: tuple[float, float], independent: tuple[float, float]) -> tuple[float, float]:
    """The wider of two intervals at either end; unknown where the first is."""
    if math.isnan(clustered[0]):
        return clustered
    return min(clustered[0], independent[0]), max(clustered[1], independent[1])


def net_result(measure: Measure, cell: Cell) -> Result:
    """Net sentiment of a cell of `tallies`, in points, on its scored records."""
    net = Net(cell.rows)
    if not net.scored:
        return lacking(measure, cell.dims, "none of its records has a sentiment", "sentiment")
    value, low, high = net.estimate
    if math.isnan(low):
        return one_author(measure, cell.dims)
    scored = cell.population.where(("sentiment", "not_null", None))
    return measure.based(
        net.scored, value, low, high,
        unit="points", dims=cell.dims, n_authors=net.people, population=scored, evidence=scored,
    )  # fmt: skip


def one_author(measure: Measure, dims: dict[str, str]) -> Result:
    """*Not testable*: what one person writes says nothing of how people differ."""
    return lacking(measure, dims, "all its scored records are by one author", "records of more authors")
