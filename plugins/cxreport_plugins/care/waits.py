"""Waiting times: from a customer's record to the first human answer, the unanswered censored."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Context, Predicate, Scope, stats
from cxreport_plugins.care.clock import Clock, clock
from cxreport_plugins.common.people import AGGREGATES, bucket, columns

Frame = nw.LazyFrame[Any]

MINUTE, HOUR, DAY = 60_000, 60, 1440
HORIZON = 30 * DAY
"""Longer waits are all the same to a reader; they stay in the curve as its last step."""
QUANTILES = {"median": 0.5, "p90": 0.9}
WITHIN = {"1 hour": HOUR, "4 hours": 4 * HOUR, "1 day": DAY, "7 days": 7 * DAY}
POINTS = 120
"""Most points of the curve that go into the audit."""


AUTHORS = " by author"
"""What the name of a frame of `Waits.authors` adds to that of its rows."""


@dataclass(frozen=True)
class Waits:
    """Waiting times of some records: rows of `minutes`, `ended` and their number `n`."""

    rows: pl.DataFrame
    authors: pl.DataFrame
    """A row for each cluster of authors: `n` records, how many ended within each of `WITHIN`, and their people."""
    dims: dict[str, str]
    population: Predicate
    people: int | None = None

    @property
    def n(self) -> int:
        """Records watched."""
        return int(self.rows["n"].sum())

    @cached_property
    def curve(self) -> stats.SurvivalCurve:
        """Share still waiting, by minutes; its band is as sure as it is at the median."""
        return self.near(self.plain.quantile(QUANTILES["median"]).value)

    def near(self, minutes: float) -> stats.SurvivalCurve:
        """The curve with the band that holds about there: authors may be more alike in short waits than in long."""
        times, ended, waiting = self._steps
        return stats.kaplan_meier(times, ended, waiting, deff=self.effect(minutes))

    @cached_property
    def plain(self) -> stats.SurvivalCurve:
        """The curve as if no author had written twice."""
        return stats.kaplan_meier(*self._steps)

    def effect(self, minutes: float) -> float:
        """How many records count for one, by the share that ended within the time nearest to `minutes`."""
        if self.people is not None and self.people >= self.n:
            return 1.0
        until = minutes if math.isfinite(minutes) else HORIZON
        name = min(WITHIN, key=lambda name: abs(math.log(max(until, 1) / WITHIN[name])))
        ordered = self.authors.sort(name, "n")
        base = stats.effective_base(ordered[name], 0, ordered["n"])
        return self.n / base if math.isfinite(base) else float(self.n)

    @cached_property
    def _steps(self) -> list[Any]:
        """Times, and how many ended and how many were still waiting at each."""
        split_rows = self.rows.with_columns(
            events=pl.when("ended").then("n").otherwise(0), censored=pl.when("ended").then(0).otherwise("n")
        )
        wide = split_rows.group_by("minutes").agg(pl.col("events", "censored").sum()).sort("minutes")
        return [wide[column].to_numpy() for column in ("minutes", "events", "censored")]

    @property
    def facts(self) -> dict[str, Any]:
        """What every result of these records carries."""
        return {"n_authors": self.people, "population": self.population, "dims": self.dims}

    @property
    def points(self) -> tuple[dict[str, float], ...]:
        """The curve as shares answered: every step, or an even choice with those that are told in words."""
        curve = self.curve
        last = len(curve.time) - 1
        even = {round(i * last / (POINTS - 1)) for i in range(POINTS)} if last >= POINTS else {*range(last + 1)}
        told = {int(curve.time.searchsorted(minutes, side="right")) - 1 for minutes in WITHIN.values()}
        chosen = sorted(even | {step for step in told if step >= 0})
        return tuple(
            {
                "minutes": float(curve.time[i]),
                "share": 1 - float(curve.survival[i]),
                "low": 1 - float(curve.high[i]),
                "high": 1 - float(curve.low[i]),
            }
            for i in chosen
        )


def waits(records: Frame, as_of: datetime, business: Clock | None = None) -> Frame:
    """Dated records with `minutes` (binned) and `ended`, on the clock of the wall or of business.

    An answer without a time leaves the record out; one that came after `as_of` had not come by then.
    """
    watched_ms = int(as_of.timestamp() * 1000)
    created = nw.col("created_at").dt.timestamp("ms")
    dated = records.filter(~nw.col("created_at").is_null()).with_columns(__from=created)
    answered = nw.col("answered_by_brand").fill_null(value=False)
    known = dated.filter(~nw.col("first_reply_ms").is_null() | ~answered)
    replied = nw.col("__from") + nw.col("first_reply_ms")
    in_time = (replied <= watched_ms).fill_null(value=False)
    until = nw.when(in_time).then(replied).otherwise(nw.lit(watched_ms))
    timed = known.with_columns(ended=in_time, __until=until).filter(nw.col("__until") >= nw.col("__from"))
    passed = nw.col("__until") - nw.col("__from")
    if business is not None:
        passed = business.worked(nw.col("__until")) - business.worked(nw.col("__from"))
    return _binned(timed.with_columns(__minutes=passed // MINUTE).filter(~nw.col("__minutes").is_null()))


def _binned(timed: Frame) -> Frame:
    """To the minute within a day, to ten minutes within a week, to the hour within 30 days."""
    minute = nw.col("__minutes")
    binned = (
        nw.when(minute < DAY).then(minute)
        .otherwise(nw.when(minute < 7 * DAY).then(minute // 10 * 10)
        .otherwise(nw.when(minute < HORIZON).then(minute // HOUR * HOUR).otherwise(nw.lit(HORIZON))))
    )  # fmt: skip
    return timed.with_columns(minutes=binned)


def grouped(name: str, timed: Frame, *keys: str) -> dict[str, Frame]:
    """The two frames of `Waits`, by `keys`: `name` and that of its authors."""
    ended = {
        told: (nw.col("ended") & (nw.col("minutes") <= minutes)).cast(nw.Int64) for told, minutes in WITHIN.items()
    }
    marked = timed.with_columns(bucket().alias("bucket"), **ended, **columns(~nw.col("record_id").is_null()))
    sums = {told: nw.col(told).sum() for told in WITHIN} | AGGREGATES
    return {
        name: timed.group_by(*keys, "minutes", "ended").agg(n=nw.len()),
        name + AUTHORS: marked.group_by(*keys, "bucket").agg(n=nw.len(), **sums),
    }


def business_clock(context: Context, scope: Scope) -> Clock | None:
    """The business clock of this audit, from its period on; None without `context.hours`."""
    first = context.period[0]
    begin = None if first is None else datetime.combine(first, time(), UTC)
    return clock(context.facts.hours, begin, scope.as_of)
