"""The measures `network.estimated_impressions` and `network.measured_impressions`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, message
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.figures import ranged
from cxreport_plugins.common.people import heads, people
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import ABSENCE, INPUT, REACH, Frame, known, with_reach
from cxreport_plugins.network.options import EstimatedOptions
from cxreport_plugins.network.potential import KNOWN, SEEN

UNIT: Final = "impressions"
NEEDED: Final = message("an export with impressions")


class EstimatedImpressions(Measure):
    """How often records may have been seen if an assumed share of followers saw each: of everything, by sentiment."""

    name: ClassVar[str] = "network.estimated_impressions"
    title: ClassVar[str] = "Estimated impressions"
    question: ClassVar[str] = "How often may these records have been seen by followers?"
    concepts: ClassVar[tuple[str, ...]] = ("C07",)
    unit: ClassVar[Any] = UNIT
    needs: ClassVar[tuple[str, ...]] = ("author_followers", "sentiment")
    Options: ClassVar[type[EstimatedOptions]] = EstimatedOptions
    method: ClassVar[Method] = Method(
        formula=(
            "E = Σ v·R over records; R = followers of the author, v = assumed share of them who see one record: 1–3% "
            "unless set; 0–3% for records that begin with a handle or answer somebody"
        ),
        interval="Range of the assumption, no confidence interval. Rounded outward to two significant digits",
        source="View rate of 1–3% of followers: an analysis of Twitter's own impression statistics, 2014",
        limits="An assumption, not a measurement: it is as good as v. " + SEEN,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums of reach by sentiment and by whether records are addressed to somebody; the people behind them."""
        records = with_reach(feedback.of(public(scope)))
        handle = nw.col("text").str.contains(r"^\s*@\w").fill_null(value=False)
        marked = records.with_columns(addressed=handle | (nw.col("kind") == "reply").fill_null(value=False))
        return _summed(marked, REACH, "addressed")

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The range of everything and of each sentiment."""
        if not frames["sums"].height:
            return [self.untestable(ABSENCE, INPUT)]
        return [self._range(part) for part in _parts(frames, public(scope))]

    def _range(self, part: Part) -> Result:
        if not part.n:
            return lacking(self, part.dims, message("none of its authors has a known number of followers"), INPUT)
        reach = {addressed: part.sum(REACH, addressed=addressed) for addressed in (False, True)}
        rates = zip(self.options.view_rate, self.options.reply_view_rate, strict=True)
        low, high = (v * reach[False] + w * reach[True] for v, w in rates)
        return ranged(self, part.n, low, high, **part.facts, evidence=known(part.population))


class MeasuredImpressions(Measure):
    """How often records were shown, as the network itself counted: of everything, by sentiment.

    `part=known` counts the records for which an export tells it; `part=largest` is the share that the one most
    shown has.
    """

    name: ClassVar[str] = "network.measured_impressions"
    title: ClassVar[str] = "Measured impressions"
    question: ClassVar[str] = "How often were these records shown, as the network counted?"
    concepts: ClassVar[tuple[str, ...]] = ("C07",)
    unit: ClassVar[Any] = UNIT
    needs: ClassVar[tuple[str, ...]] = ("impressions", "sentiment")
    method: ClassVar[Method] = Method(
        formula="Sum of the impressions that the export tells of each record",
        interval="A count: no interval",
        source="The network's own count, as exported",
        limits=(
            "Each network counts by its own rule, and counts showings, not people: one person may be counted often. "
            "Records without a count are left out, not taken as unseen. Taken at the time of the export."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums of impressions by sentiment, the people behind them, and how many records there are."""
        records = feedback.of(public(scope))
        own = ~nw.col("metrics_of_original").fill_null(value=False)
        counted = records.filter((nw.col("impressions") >= 0) & own)
        return {"records": records.select(n=nw.len()), **_summed(counted, "impressions")}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The sum of everything, how many records it rests on, and the sum of each sentiment."""
        if not frames["sums"].height:
            return [self.untestable("no export counts how often records were shown", NEEDED)]
        whole, *parts = _parts(frames, public(scope))
        total = int(frames["records"]["n"].sum())
        share = self.result(
            kind="count", unit="records", dims=KNOWN, value=whole.n, n=total, level=None,
            population=whole.population, evidence=_shown(whole.population),
        )  # fmt: skip
        largest = [self._largest(part) for part in (whole, *parts) if part.sum("impressions")]
        return [self._sum(whole), share, *(self._sum(part) for part in parts), *largest]

    def _largest(self, part: Part) -> Result:
        value = round(float(part.rows["largest"].to_numpy().max()) / part.sum("impressions"), 2)
        facts = part.facts | {"dims": {**part.dims, "part": "largest"}, "unit": "share", "level": None}
        return self.based(
            part.n, value, kind="count", method=message("Share of the largest: a census, no interval"), **facts
        )

    def _sum(self, part: Part) -> Result:
        if not part.n:
            return lacking(self, part.dims, message("none of its records has a count of impressions"), NEEDED)
        value = part.sum("impressions")
        return self.based(part.n, value, kind="count", level=None, **part.facts, evidence=_shown(part.population))


@dataclass(frozen=True)
class Part:
    """Everything, or the records of one sentiment: rows of sums, and the row of `heads` that counts its people."""

    dims: dict[str, str]
    population: Predicate
    rows: pl.DataFrame
    heads: pl.DataFrame

    @property
    def n(self) -> int:
        """Records."""
        return int(self.rows["n"].sum())

    @property
    def facts(self) -> dict[str, Any]:
        """What every result says of its base."""
        return {"dims": self.dims, "n_authors": people(self.heads), "population": self.population}

    def sum(self, column: str, **where: Any) -> float:
        """Total of a column."""
        return float(self.rows.filter(**where)[column].sum() if where else self.rows[column].sum())


def _summed(records: Frame, column: str, *keys: str) -> dict[str, nw.LazyFrame[Any]]:
    """Sums of `column` and numbers of records by sentiment and `keys`; the people behind all, and each sentiment."""
    return {
        "sums": records.group_by("sentiment", *keys).agg(
            nw.col(column).sum(), n=nw.len(), largest=nw.col(column).max()
        ),
        "people": heads(records),
        "people by sentiment": heads(records, "sentiment"),
    }


def _parts(frames: Mapping[str, pl.DataFrame], population: Predicate) -> Iterator[Part]:
    """Everything first."""
    sums, by_sentiment = frames["sums"], frames["people by sentiment"]
    yield Part({}, population, sums, frames["people"])
    for s in SENTIMENTS:
        one = pl.col("sentiment") == s
        there = population.where(("sentiment", "eq", s))
        yield Part({"sentiment": s}, there, sums.filter(one), by_sentiment.filter(one))


def _shown(population: Predicate) -> Predicate:
    return population.where(("impressions", "ge", 0))
