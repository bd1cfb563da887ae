"""Net sentiment of cells of records, with intervals that know that one author may write many of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Accuracy, Measure, Method, Result, message, stats
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.common.judged import NOBODY, Judged, counted_by
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
        "Sentiment is read by classifiers, which miss irony and context. Where people coded a sample it is corrected "
        "for their errors, and the interval holds those of the correction; where nobody did, it is not corrected, and "
        "the interval tells sampling variation only. Records whose language has no list are unscored and counted "
        "apart. Who writes in public is not a random sample of customers."
    ),
)

SEED = 20_262


def tallies(records: nw.LazyFrame[Any], *keys: str, accuracy: Sequence[Accuracy] = ()) -> nw.LazyFrame[Any]:
    """Rows per combination of `keys` and author cluster: counts of records by sentiment, and their people.

    Where people coded a sample (`accuracy`, that of the scope), also those counts by each scorer that was judged.
    """
    scored = nw.col("sentiment").is_in(list(SENTIMENTS)).fill_null(value=False)
    flags = {s: (nw.col("sentiment") == s).fill_null(value=False).cast(nw.Int64) for s in SENTIMENTS}
    by_scorer = {
        counted_by(scorer, s): (nw.col("sentiment_scorer") == scorer).fill_null(value=False).cast(nw.Int64) * nw.col(s)
        for scorer in Judged(accuracy).scorers
        for s in SENTIMENTS
    }
    marked = records.with_columns(bucket().alias("bucket"), **flags, **columns(scored))
    if by_scorer:
        marked = marked.with_columns(**by_scorer)
    sums = {s: nw.col(s).sum() for s in (*SENTIMENTS, *by_scorer)}
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), **sums, **AGGREGATES)


@dataclass(frozen=True)
class Net:
    """Net sentiment of some rows of `tallies`, in points."""

    rows: pl.DataFrame
    judged: Judged = NOBODY
    whole: bool = False
    """Whether these are all records of the audit, of which the coded ones are a sample."""

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
        """Records of a sentiment, as they were scored."""
        return int(self.rows[sentiment].sum())

    @property
    def estimate(self) -> tuple[float, float, float]:
        """Value and limits; `nan` limits when all records fall into one cluster."""
        columns = self.rows["positive"], self.rows["negative"]
        if self.judged.corrects(self.rows):
            value, low, high = self._corrected((-1, 0, 1), *columns)
            return 100 * value, 100 * low, 100 * high
        positive, negative = self.count("positive"), self.count("negative")
        value = 100 * stats.net_share(positive, negative, self.scored)
        clustered = stats.bucketed_trinomial(*columns, self._base)
        least = stats.adjusted_wald(positive, negative, self.scored)
        low, high = wider(clustered, least)
        return value, min(100 * low, value), max(100 * high, value)

    def share(self, sentiment: str) -> tuple[float, float, float]:
        """Share of the base that has a sentiment, 0..1, and its limits."""
        if self.judged.corrects(self.rows):
            return self._corrected([float(s == sentiment) for s in SENTIMENTS], self.rows[sentiment], 0)
        k = self.count(sentiment)
        clustered = stats.bucketed_proportion(self.rows[sentiment], self._base)
        return k / self.scored, *wider(clustered, stats.wilson(k, self.scored))

    def _corrected(self, weights: Sequence[float], positive: Any, negative: Any) -> tuple[float, float, float]:
        base = stats.effective_base(positive, negative, self._base)
        if math.isnan(base):
            return math.nan, math.nan, math.nan
        counted = self.judged.counted(self.rows)
        return stats.corrected_shares(counted, weights, base, whole=self.whole, seed=SEED)

    @property
    def _base(self) -> pl.Series:
        return self.rows.select(pl.sum_horizontal(SENTIMENTS)).to_series()


def wider(clustered: tuple[float, float], independent: tuple[float, float]) -> tuple[float, float]:
    """The wider of two intervals at either end; unknown where the first is."""
    if math.isnan(clustered[0]):
        return clustered
    return min(clustered[0], independent[0]), max(clustered[1], independent[1])


def net_result(measure: Measure, cell: Cell, accuracy: Sequence[Accuracy] = ()) -> Result:
    """Net sentiment of a cell of `tallies`, in points, on its scored records."""
    net = net_of(cell, accuracy)
    if not net.scored:
        return lacking(measure, cell.dims, message("none of its records has a sentiment"), "sentiment")
    value, low, high = net.estimate
    if math.isnan(low):
        return one_author(measure, cell.dims)
    scored = cell.population.where(("sentiment", "not_null", None))
    found = measure.based(
        net.scored, value, low, high,
        unit="points", dims=cell.dims, n_authors=net.people, population=scored, evidence=scored,
    )  # fmt: skip
    return told(found, net)


def sentiment_share(measure: Measure, cell: Cell, sentiment: str, accuracy: Sequence[Accuracy] = ()) -> Result:
    """Share of the scored records of a cell of `tallies` that have a sentiment."""
    tally = net_of(cell, accuracy)
    if not tally.scored:
        return lacking(measure, cell.dims, message("none of its records has a sentiment"), "sentiment")
    value, low, high = tally.share(sentiment)
    if math.isnan(low):
        return one_author(measure, cell.dims)
    found = measure.based(
        tally.scored, value, low, high, unit="share", dims=cell.dims, n_authors=tally.people,
        population=cell.population.where(("sentiment", "not_null", None)),
        evidence=cell.population.where(("sentiment", "eq", sentiment)),
    )  # fmt: skip
    return told(found, tally)


def net_of(cell: Cell, accuracy: Sequence[Accuracy]) -> Net:
    """Net sentiment of a cell, corrected where people coded a sample."""
    return Net(cell.rows, Judged(accuracy), whole=not cell.dims)


def told(result: Result, net: Net) -> Result:
    """The result with what corrected it, and *directional* where too much rests on classifiers that err too often."""
    facts = {}
    if net.judged.corrects(net.rows):
        facts["method"] = f"{result.method}; {net.judged.by(net.rows)}"
    if (doubt := net.judged.doubt(net.rows)) and result.status in ("ok", "small_base"):
        facts |= {"status": "directional", "reason": doubt}
    return result.model_copy(update=facts)


def one_author(measure: Measure, dims: dict[str, str]) -> Result:
    """*Not testable*: what one person writes says nothing of how people differ."""
    return lacking(measure, dims, "all its scored records are by one author", "records of more authors")
