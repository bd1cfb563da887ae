"""The measure `experience.live`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message
from cxreport_plugins.common.populations import SPONTANEOUS
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

DAY_MS: Final = 86_400_000
WEEK: Final = 7
LAGS: Final = ("same_day", "week", "later")


class Live(Measure):
    """Share of records written on the day of the experience (`lag=same_day`), within a week after it, and later.

    By the day that the export states (`experienced_at`); `part=known` is the share of records that state it.
    """

    name: ClassVar[str] = "experience.live"
    title: ClassVar[str] = "Live participation"
    question: ClassVar[str] = "Who takes part live, while it happens?"
    concepts: ClassVar[tuple[str, ...]] = ("A09",)
    unit: ClassVar[Any] = "share"
    method: ClassVar[Method] = Method(
        formula=(
            "records that nobody asked for, written on the day of the experience (UTC; in 1 to 7 days; later) / such "
            "records that state that day"
        ),
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=(
            "Sites state the day of an experience as its writer gave it, some only the month: a day that lies after "
            "the record is left out. Pictures and films do not stand in the exports, so their share is not told."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records by lag and those that state the day, per author cluster."""
        records = feedback.of(_population(scope))
        created, lived = (nw.col(c).dt.timestamp("ms") // DAY_MS for c in ("created_at", "experienced_at"))
        lagged = records.with_columns(__days=created - lived)
        days = nw.col("__days")
        known = (days >= 0).fill_null(value=False)
        flags = {"same_day": days == 0, "week": (days > 0) & (days <= WEEK), "later": days > WEEK}
        return {"all": tally(lagged, known=known), "known": tally(lagged.filter(known), **flags)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """How soon people write, and how many records tell."""
        rows = frames["known"]
        if not rows.height:
            why = message("no record states the day of its experience")
            return [self.untestable(why, "reviews with the date of the experience (experienced_at)")]
        there = _population(scope)
        dated = there.where(("experienced_at", "not_null", None))
        lags = [share(self, rows, lag, dims={"lag": lag}, population=dated, evidence=dated) for lag in LAGS]
        return [*lags, share(self, frames["all"], "known", dims={"part": "known"}, population=there)]


def _population(scope: Scope) -> Predicate:
    return scope.population.where(any_of("kind", SPONTANEOUS), ("created_at", "not_null", None))
