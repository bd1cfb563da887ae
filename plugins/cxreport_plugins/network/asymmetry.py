"""The measure `network.reach_asymmetry`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import ABSENCE, INPUT, REACH, WHO, Frame, authors, known, told
from cxreport_plugins.network.potential import SEEN

SIDES: Final = ("negative", "positive")
SUMS: Final = ("people", *SIDES, *(f"{side}_reach" for side in SIDES))
FEWEST: Final = 200
"""People under whom the ratio only points somewhere: simulated, the sound ones of fewer hold the truth less often."""
FEW: Final = message("fewer than {n} people, too few to know how unevenly followers are spread").format(n=FEWEST)
SILENT: Final = {
    "negative": message("no negative voice has any followers"),
    "positive": message("no positive voice has any followers"),
}
ONE_AUTHOR: Final = {
    "negative": message("one author holds more than half of all negative reach"),
    "positive": message("one author holds more than half of all positive reach"),
}
ONE_RECORD: Final = {
    "negative": message("one record holds more than half of all negative impressions"),
    "positive": message("one record holds more than half of all positive impressions"),
}
DOMINATES: Final = 0.5
"""An author who holds more than this part of either side dominates the ratio."""


class ReachAsymmetry(Measure):
    """Reach of those who wrote negatively over reach of those who wrote positively; 1 is balance.

    `without=top` leaves out the one author who reaches most; `weight=records` counts records in place of followers;
    `weight=impressions` sums measured impressions.
    """

    name: ClassVar[str] = "network.reach_asymmetry"
    title: ClassVar[str] = "Reach asymmetry"
    question: ClassVar[str] = "Do negative voices reach further than positive ones?"
    concepts: ClassVar[tuple[str, ...]] = ("C12",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("author_followers", "sentiment")
    method: ClassVar[Method] = Method(
        formula=(
            "RA = Σ R of authors with a negative record / Σ R of authors with a positive one; each author once on each "
            "side. Directional where fewer than 200 people are on either side, or where one author (by impressions: "
            "one record) holds more than half of a side or turns the ratio to the other side of 1"
        ),
        interval=(
            "95% Student's t on the log scale over author clusters (512 buckets), linearised, with Satterthwaite's "
            "degrees of freedom: few where one author decides"
        ),
        source="Cochran 1977, §6.3; Satterthwaite 1946",
        limits=(
            "Very wide by nature: few authors hold most followers; the value without the author who reaches most "
            "stands beside it. Audiences of different authors overlap. Sentiment is read from words, with errors. "
            + SEEN
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums over authors per bucket, the author who reaches most, and impressions per bucket."""
        records = feedback.of(public(scope))
        scored = authors(records).filter((nw.col("negative") > 0) | (nw.col("positive") > 0))
        reach = {f"{s}_reach": nw.when(nw.col(s) > 0).then(nw.col(REACH)).otherwise(0) for s in SIDES}
        sided = scored.with_columns(people=nw.lit(1), **reach)
        top = sided.sort(REACH, WHO, descending=[True, False]).head(1)
        return {
            "buckets": sided.group_by("bucket").agg(nw.col(*SUMS).sum()),
            "top": top.select("bucket", *SUMS),
            "impressions": _impressions(records),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The ratio, then what it would be without its top author, and by other weights."""
        sides = Sides(frames["buckets"].sort("bucket"), frames["top"])
        if not sides.people:
            return [self.untestable(ABSENCE, INPUT)]
        if why := sides.absence():
            return [self.untestable(why, message("records of more authors"))]
        base = public(scope).where(any_of("sentiment", SIDES))
        there = known(base)
        plain = self._ratio(sides, there, {})
        without = self._ratio(sides.without_top, there, {"without": "top"})
        plain = _directional(plain, sides.dominance(plain, without))
        by_records = self._ratio(sides, there, {"weight": "records"}, "")
        return [plain, without, by_records, self._by_impressions(frames["impressions"].sort("bucket"), base)]

    def _ratio(self, sides: Sides, population: Predicate, dims: dict[str, str], what: str = "_reach") -> Result:
        """Σ negative / Σ positive of one kind of sums."""
        found = ratio(sides.rows[f"negative{what}"], sides.rows[f"positive{what}"])
        if found is None:
            return lacking(
                self, dims, message("too few authors on one of the two sides"), message("records of more authors")
            )
        evidence = population.where(("sentiment", "eq", "negative"))
        result = self.based(
            sides.n, *found, dims=dims, n_authors=sides.people, population=population, evidence=evidence
        )
        return _directional(result, FEW if what and sides.people < FEWEST else "")

    def _by_impressions(self, rows: pl.DataFrame, population: Predicate) -> Result:
        dims = {"weight": "impressions"}
        shown = ratio(rows["negative"], rows["positive"])
        if shown is None:
            return lacking(
                self, dims, message("no export counts how often both sides were shown"), message("impressions")
            )
        people, there = int(rows["people"].sum()), population.where(("impressions", "ge", 0))
        found = self.based(int(rows["n"].sum()), *shown, dims=dims, n_authors=people, population=there, evidence=there)
        largest = {side: float(rows[f"{side}_largest"].to_numpy().max()) for side in SIDES}
        why = [ONE_RECORD[side] for side in SIDES if largest[side] > DOMINATES * float(rows[side].sum())]
        return _directional(found, next(iter(why), FEW if people < FEWEST else ""))


@dataclass(frozen=True)
class Sides:
    """Sums of authors by bucket, and the one who reaches most."""

    rows: pl.DataFrame
    top: pl.DataFrame

    @property
    def n(self) -> int:
        """Records on either side."""
        return int(self.total("negative") + self.total("positive"))

    @property
    def people(self) -> int:
        """Authors on either side."""
        return int(self.total("people"))

    def total(self, column: str) -> float:
        """Sum over all buckets."""
        return float(self.rows[column].sum())

    @property
    def without_top(self) -> Sides:
        """The same, less the author who reaches most."""
        top = self.top.row(0, named=True)
        here = pl.col("bucket") == top["bucket"]
        less = [pl.when(here).then(pl.col(c) - top[c]).otherwise(c).alias(c) for c in SUMS]
        return Sides(self.rows.with_columns(less), self.top)

    def absence(self) -> str:
        """Why nothing can be told; empty where something can."""
        if self.people < 2:
            return message("all scored records are by one author")
        silent = [side for side in SIDES if not self.total(f"{side}_reach")]
        return SILENT[silent[0]] if silent else ""

    def dominance(self, plain: Result, without: Result) -> str:
        """In words, how the top author dominates the ratio; nothing if they do not."""
        top = self.top.row(0, named=True)
        for side in SIDES:
            if top[f"{side}_reach"] > DOMINATES * self.total(f"{side}_reach"):
                return ONE_AUTHOR[side]
        turned = plain.shown and without.shown and ((plain.value or 0) - 1) * ((without.value or 0) - 1) < 0
        return message("without one author the ratio lies on the other side of 1") if turned else ""


def ratio(negative: pl.Series, positive: pl.Series) -> tuple[float, float, float] | None:
    """Ratio of two sums by author cluster, with its limits; None where one is zero or nothing tells how sure it is."""
    low, high = stats.bucketed_log_ratio(negative, positive)
    if math.isnan(low):
        return None
    return float(stats.reach_asymmetry(float(negative.sum()), float(positive.sum()))), low, high


def _directional(result: Result, why: str) -> Result:
    """The same number, not to be tested, if there is a reason."""
    return result.model_copy(update={"status": "directional", "reason": why}) if why and result.shown else result


def _impressions(records: Frame) -> Frame:
    """Measured impressions per bucket and side."""
    own = ~nw.col("metrics_of_original").fill_null(value=False)
    shown = told(records).filter((nw.col("impressions") >= 0) & own & nw.col("sentiment").is_in(list(SIDES)))
    sided = shown.with_columns(**{s: nw.col("impressions") * nw.col(s) for s in SIDES})
    sums = {s: nw.col(s).sum() for s in SIDES} | {f"{s}_largest": nw.col(s).max() for s in SIDES}
    return sided.group_by("bucket").agg(n=nw.len(), people=nw.col(WHO).n_unique(), **sums)
