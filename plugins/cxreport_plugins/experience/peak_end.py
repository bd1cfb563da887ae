"""The measure `experience.peak_end`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking, partitions

FEWEST: Final = 3
"""Ratings of one person on one scale."""
PERSON: Final = ("metric", "rating_max", "source_id", "author_id")


class PeakEnd(Measure):
    """What people remember against what they lived through, for those who rated three times or more.

    By `metric` and `scale`: the mean of (peak + end) / 2 − mean of a person's ratings; `part=remembered` and
    `part=lived` are the two sides. Peak is the rating farthest from the middle of the scale, of two the worse; end is
    the last.
    """

    name: ClassVar[str] = "experience.peak_end"
    title: ClassVar[str] = "Peak and end"
    question: ClassVar[str] = "Do people remember more, or less, than they lived through?"
    concepts: ClassVar[tuple[str, ...]] = ("D01",)
    unit: ClassVar[Any] = "score"
    method: ClassVar[Method] = Method(
        formula="per person with 3 or more dated ratings on one scale: (peak + end) / 2 − mean; mean over people",
        interval="95% Student's t over author clusters (512 buckets)",
        source="Peak–end rule: Fredrickson & Kahneman 1993; ratio of sums: Cochran 1977, §6.3",
        limits=(
            "Ratings stand for moments, and few people rate often. A person is known only within one source. Scales "
            "are never pooled."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums over people, per scale and author cluster."""
        whole = [~nw.col(c).is_null() for c in ("rating_value", "rating_min", "rating_max", "metric", "author_id")]
        dated = feedback.of(scope.population).filter(*whole, ~nw.col("created_at").is_null())
        turned = nw.col("rating_reversed")
        score = nw.col("rating_value")
        lows, tops = nw.col("rating_min"), nw.col("rating_max")
        good = nw.when(turned).then(lows + tops - score).otherwise(score)
        rated = dated.with_columns(__score=good, __middle=(lows + tops) / 2, __at=nw.col("created_at"))
        far = rated.with_columns(__far=(nw.col("__score") - nw.col("__middle")).abs())
        ends = far.with_columns(
            __most=nw.col("__far").max().over(*PERSON), __last=nw.col("__at").max().over(*PERSON),
            __times=nw.len().over(*PERSON),
        ).filter(nw.col("__times") >= FEWEST)  # fmt: skip
        peak = nw.when(nw.col("__far") == nw.col("__most")).then(nw.col("__score"))
        end = nw.when(nw.col("__at") == nw.col("__last")).then(nw.col("__score"))
        people = ends.with_columns(__peak=peak, __end=end).group_by(*PERSON, "author_bucket").agg(
            lived=nw.col("__score").mean(), peak=nw.col("__peak").min(), end=nw.col("__end").mean()
        )  # fmt: skip
        told = people.with_columns(remembered=(nw.col("peak") + nw.col("end")) / 2, bucket=nw.col("author_bucket"))
        return {
            "people": told.group_by("metric", "rating_max", "bucket").agg(
                n=nw.len(), lived=nw.col("lived").sum(), remembered=nw.col("remembered").sum()
            )
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each scale by itself."""
        parts = [r for values, rows in partitions(frames["people"], "metric", "rating_max")
                 for r in self._of(values, rows, scope)]  # fmt: skip
        return parts or [
            self.untestable("nobody rated three times or more on one scale", "several ratings of the same people")
        ]

    def _of(self, values: Mapping[str, Any], rows: pl.DataFrame, scope: Scope) -> Sequence[Result]:
        dims = {"metric": str(values["metric"]), "scale": f"{values['rating_max']:g}"}
        if rows.height < 2:
            return [
                lacking(self, dims, message("all who rated so often are one person"), message("ratings of more people"))
            ]
        there = scope.population.where(("metric", "eq", values["metric"]), ("rating_max", "eq", values["rating_max"]))
        n = int(rows["n"].sum())
        sides = {"": rows["remembered"] - rows["lived"], "remembered": rows["remembered"], "lived": rows["lived"]}
        out = []
        for part, sums in sides.items():
            value = float(sums.sum()) / n
            low, high = stats.bucketed_ratio(sums, rows["n"])
            named = {**dims, "part": part} if part else dims
            out.append(self.based(n, value, min(low, value), max(high, value), dims=named, n_authors=n,
                                  population=there, evidence=there))  # fmt: skip
        return out
