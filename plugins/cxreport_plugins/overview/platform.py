"""The measure `overview.platform_figures`: what platforms state themselves, told beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope

WHOM = ("system", "entity", "subject")
AVERAGE, COUNTS = "rating_average", ("rating_count", "review_count")
BEST = 5.0
"""The best rating where a file does not state another: that of schema.org and of all stars."""
MOST = 100
"""Subjects with most ratings that are told, and totals; a chain has more places than a reader has patience."""
UNITS = {
    "impressions": "impressions", "video_views": "impressions", "media_views": "impressions",
    "new_follows": "people", "unfollows": "people",
}  # fmt: skip


class PlatformFigures(Measure):
    """Figures of the table `metrics`; dims say the system, the subject where the file names one, and the name."""

    name: ClassVar[str] = "overview.platform_figures"
    title: ClassVar[str] = "What the platforms themselves report"
    question: ClassVar[str] = "What do the platforms state of the brand, whatever was exported?"
    unit: ClassVar[Any] = "records"
    method: ClassVar[Method] = Method(
        formula=(
            "Copied from the exports: the average of a place or product and the number of ratings behind it, of "
            "several files that with most ratings; totals by day, added up over the days in the period, each day once"
        ),
        interval="No interval: it repeats what a platform states and estimates nothing",
        source="The platform, as its export was made",
        limits=(
            "How a platform counts, weighs and filters is its own affair. No record stands behind these figures, so "
            "no other measure uses them."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """`stated`: the averages, by subject and file. `totals`: sums over days."""
        return {"stated": _stated(feedback.metrics), "totals": _totals(feedback.metrics, *self.context.period)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """An average and a count a subject, a total a name."""
        best = frames["stated"].sort(*WHOM, "n", "value", "best", descending=[False] * 3 + [True] * 3, nulls_last=True)
        told = best.unique(WHOM, keep="first", maintain_order=True)
        found = [r for row in told.iter_rows(named=True) for r in self._average(row)]
        totals = frames["totals"].sort(*WHOM, "name", nulls_last=True)
        found += [self._total(row) for row in totals.iter_rows(named=True)]
        return found or [self.untestable("no export states figures of its own", "averages or totals of a platform")]

    def _average(self, row: Mapping[str, Any]) -> Iterator[Result]:
        """The base of an average is what the platform says it rests on, 0 where it does not say."""
        best, n = row["best"] or BEST, int(row["n"] or 0)
        unit = "stars" if best == BEST else "score"
        yield self._told(row, AVERAGE, row["value"], n, unit, {"best": best})
        if n:
            yield self._told(row, "rating_count", n, n, "records", {})

    def _total(self, row: Mapping[str, Any]) -> Result:
        days = {"from": row["first"].isoformat(), "to": row["last"].isoformat(), "days": row["days"]}
        return self._told(row, row["name"], row["value"], int(row["value"]), UNITS.get(row["name"], "records"), days)

    def _told(
        self, row: Mapping[str, Any], name: str, value: float, n: int, unit: str, facts: dict[str, Any]
    ) -> Result:
        known = {key: row[key] for key in WHOM if row[key]}
        dims = {key: text for key, text in known.items() if (key, text) != ("entity", "brand")} | {"name": name}
        return self.result(
            kind="count", dims=dims, value=value, n=max(n, 0), unit=unit, level=None,
            population=Predicate(table="metrics").cut(known), rows=(facts,) if facts else (),
        )  # fmt: skip


def _stated(metrics: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """What holds when a file is made: `value`, `n` and `best` by subject and file, those with most ratings first."""
    named = {"value": (AVERAGE,), "ratings": COUNTS[:1], "reviews": COUNTS[1:], "best": ("rating_max",)}
    spread = metrics.filter(nw.col("date").is_null()).with_columns(
        nw.when(nw.col("name").is_in(names)).then(nw.col("value")).alias(f"__{column}")
        for column, names in named.items()
    )
    by_file = spread.group_by(*WHOM, "source_file").agg(nw.col(f"__{column}").max().alias(column) for column in named)
    based = by_file.filter(~nw.col("value").is_null()).with_columns(n=nw.coalesce("ratings", "reviews"))
    return (
        based.select(*WHOM, "value", "n", "best").sort("n", *WHOM, "value", descending=True, nulls_last=True).head(MOST)
    )


def _totals(metrics: nw.LazyFrame[Any], first: date | None, last: date | None) -> nw.LazyFrame[Any]:
    """Sums over the days of the period. A day that two exports tell counts once, by the higher, later figure."""
    dated = metrics.filter(~nw.col("date").is_null())
    if first is not None:
        dated = dated.filter(nw.col("date") >= first)
    if last is not None:
        dated = dated.filter(nw.col("date") <= last)
    daily = dated.group_by(*WHOM, "name", "date").agg(nw.col("value").max())
    summed = daily.group_by(*WHOM, "name").agg(
        nw.col("value").sum(), first=nw.col("date").min(), last=nw.col("date").max(), days=nw.len()
    )
    return summed.sort("value", *WHOM, "name", descending=True, nulls_last=True).head(MOST)
