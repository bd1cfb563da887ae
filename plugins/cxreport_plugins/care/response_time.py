"""The measure `care.first_response_time`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, stats
from cxreport_plugins.care.eligible import ABSENCE, INPUT, NEEDS, eligible
from cxreport_plugins.common.cells import cells, split
from cxreport_plugins.common.people import heads, people

MINUTE, HOUR, DAY = 60_000, 60, 1440
HORIZON = 30 * DAY
"""Longer waits are all the same to a reader; they stay in the curve as its last step."""
QUANTILES = {"median": 0.5, "p90": 0.9}
WITHIN = {"1 hour": HOUR, "4 hours": 4 * HOUR, "1 day": DAY, "7 days": 7 * DAY}
POINTS = 120
"""Most points of the curve that go into the audit."""


class FirstResponseTime(Measure):
    """Minutes until the first human public answer, the unanswered censored at the moment of the audit.

    The result without dims is the median; `quantile=p90`; `within=1 day` are shares answered by then;
    `answered_only=median` is the median of answered records alone; `curve=all` holds the curve as rows.
    """

    name: ClassVar[str] = "care.first_response_time"
    title: ClassVar[str] = "First response"
    question: ClassVar[str] = "How long does a customer who writes in public wait for a first answer?"
    concepts: ClassVar[tuple[str, ...]] = ("E04",)
    unit: ClassVar[Any] = "minutes"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula="FRT = time of the first human public reply − time of the customer's first record of the thread",
        interval=(
            "Kaplan–Meier with unanswered records censored at the moment of the audit; 95% by Greenwood on the "
            "log(−log) scale, inverted for quantiles"
        ),
        source="Kaplan & Meier 1958; Kalbfleisch & Prentice 2002",
        limits=(
            "Clock hours: nights and weekends count. Times are taken to the minute within a day, to ten minutes within "
            "a week, to the hour within 30 days. Answers without a time count as answered, not as quick or slow, and "
            "are left out here. Records of one author are taken as independent."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records by waiting time and by whether it ended: of everything, and by each cut."""
        population = eligible(scope)
        if population is None or scope.as_of is None:
            return {}
        records = _waits(feedback.of(population), int(scope.as_of.timestamp() * 1000))
        present, _ = split(self, scope)
        return {
            "all": _grouped(records),
            "people": heads(records),
            **{column: _grouped(records, column) for column in present},
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Quantiles, shares in time and the curve of everything; the median of each cell."""
        population = eligible(scope)
        if population is None or not frames or not frames["all"].height:
            return [self.untestable(ABSENCE, INPUT)]
        whole = Waits(frames["all"], {}, population, people(frames["people"]))
        present, missing = split(self, scope)
        parts = [cell for column in present for cell in cells(frames[column], population, column)]
        medians = [self._quantile(Waits(c.rows, c.dims, c.population), "median") for c in parts]
        return [*self._whole(whole), *medians, *missing]

    def _whole(self, waits: Waits) -> Iterator[Result]:
        yield self._quantile(waits, "median")
        yield self._quantile(waits, "p90")
        yield from (self._within(waits, words) for words in WITHIN)
        yield self._answered_only(waits)
        if waits.n >= stats.HIDDEN_BELOW:
            yield self.result(
                kind="series", value=None, n=waits.n, n_authors=waits.people, dims={"curve": "all"}, unit="share",
                population=waits.population, rows=waits.points, status=stats.base_status(waits.n),
            )  # fmt: skip

    def _quantile(self, waits: Waits, name: str) -> Result:
        found = waits.curve.quantile(QUANTILES[name])
        dims = {**waits.dims, **({} if name == "median" else {"quantile": name})}
        facts = waits.facts | {"dims": dims}
        if waits.n < stats.HIDDEN_BELOW or found.reached:
            return self.based(waits.n, found.value, found.low, found.high, **facts)
        reason = "fewer than half were answered" if name == "median" else "fewer than nine in ten were answered"
        low = found.low if math.isfinite(found.low) else None
        return self.result(status=stats.base_status(waits.n), n=waits.n, low=low, reason=reason, **facts)

    def _within(self, waits: Waits, words: str) -> Result:
        dims = {"within": words}
        if waits.curve.longest < WITHIN[words]:
            reason = f"no record has been watched for {words}"
            return self.untestable(reason, "a later moment of the audit").model_copy(update={"dims": dims})
        share = waits.curve.ended_by(WITHIN[words])
        facts = waits.facts | {"dims": dims, "unit": "share"}
        return self.based(waits.n, share.value, share.low, share.high, **facts)

    def _answered_only(self, waits: Waits) -> Result:
        """What many tools call response time; it forgets everybody who is still waiting."""
        answered = waits.rows.filter("ended").sort("minutes")
        n, dims = int(answered["n"].sum()), {"answered_only": "median"}
        if not n:
            return self.untestable("no record has been answered").model_copy(update={"dims": dims})
        low, high = stats.quantile_ranks(n, 0.5)
        at = [_ranked(answered, rank) for rank in ((n + 1) // 2, low, high)]
        facts = waits.facts | {"dims": dims, "method": "order statistics of answered records only"}
        return self.based(n, at[0] or 0.0, at[1], at[2], **facts)


@dataclass(frozen=True)
class Waits:
    """Waiting times of some records: rows of `minutes`, `ended` and their number `n`."""

    rows: pl.DataFrame
    dims: dict[str, str]
    population: Predicate
    people: int | None = None

    @property
    def n(self) -> int:
        """Records watched."""
        return int(self.rows["n"].sum())

    @property
    def curve(self) -> stats.SurvivalCurve:
        """Share still waiting, by minutes."""
        split_rows = self.rows.with_columns(
            events=pl.when("ended").then("n").otherwise(0), censored=pl.when("ended").then(0).otherwise("n")
        )
        wide = split_rows.group_by("minutes").agg(pl.col("events", "censored").sum()).sort("minutes")
        times = wide["minutes"].cast(pl.Float64).to_numpy()
        return stats.kaplan_meier(times, wide["events"].to_numpy(), wide["censored"].to_numpy())

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


def _waits(records: nw.LazyFrame[Any], as_of_ms: int) -> nw.LazyFrame[Any]:
    """Dated records with `minutes` (binned) and `ended`; an answer without a time leaves the record out."""
    dated = records.filter(~nw.col("created_at").is_null())
    ended = ~nw.col("first_reply_ms").is_null()
    answered = nw.col("answered_by_brand").fill_null(value=False)
    known = dated.filter(ended | ~answered)
    elapsed = nw.lit(as_of_ms) - nw.col("created_at").dt.timestamp("ms")
    waited = nw.when(ended).then(nw.col("first_reply_ms")).otherwise(elapsed)
    timed = known.with_columns(ended=ended, __minutes=waited // MINUTE).filter(nw.col("__minutes") >= 0)
    minute = nw.col("__minutes")
    binned = (
        nw.when(minute < DAY).then(minute)
        .otherwise(nw.when(minute < 7 * DAY).then(minute // 10 * 10)
        .otherwise(nw.when(minute < HORIZON).then(minute // HOUR * HOUR).otherwise(nw.lit(HORIZON))))
    )  # fmt: skip
    return timed.with_columns(minutes=binned)


def _grouped(records: nw.LazyFrame[Any], *keys: str) -> nw.LazyFrame[Any]:
    return records.group_by(*keys, "minutes", "ended").agg(n=nw.len())


def _ranked(answered: pl.DataFrame, rank: float) -> float | None:
    """The waiting time of the record with this rank."""
    if not math.isfinite(rank) or not 1 <= rank <= answered["n"].sum():
        return None
    place = int((answered["n"].cum_sum() < rank).sum())
    return float(answered["minutes"][place])
