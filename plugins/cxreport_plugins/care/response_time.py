"""The measure `care.first_response_time`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.care.options import ResponseTimeOptions
from cxreport_plugins.care.waits import AUTHORS, QUANTILES, WITHIN, Waits, business_clock, grouped, waits
from cxreport_plugins.common.cells import cells, lacking, split
from cxreport_plugins.common.eligible import ABSENCE, INPUT, NEEDS, eligible, rivals, turns
from cxreport_plugins.common.people import people

BUSINESS: Final = {"clock": "business"}
REOPENED: Final = {"turn": "reopened"}
TARGET: Final = {"within": "target"}
UNTIMED: Final = {"left_out": "untimed"}


class FirstResponseTime(Measure):
    """Minutes until the first human public answer, the unanswered censored at the moment of the audit.

    The result without dims is the median; `quantile=p90`; `within=1 day` are shares answered by then;
    `answered_only=median` is the median of answered records alone; `curve=all` holds the curve as rows;
    `clock=business` counts business minutes only; `turn=reopened` is the wait of customers who came back after an
    answer, from that record on; `within=target` is the share answered within `target_minutes`; `left_out=untimed`
    counts the records that are left out because they or their answers have no time.
    """

    name: ClassVar[str] = "care.first_response_time"
    title: ClassVar[str] = "First response"
    question: ClassVar[str] = "How long does a customer who writes in public wait for a first answer?"
    concepts: ClassVar[tuple[str, ...]] = ("E04", "C13")
    unit: ClassVar[Any] = "minutes"
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "reopens")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    Options: ClassVar[type[ResponseTimeOptions]] = ResponseTimeOptions
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ((), ("within",))
    method: ClassVar[Method] = Method(
        formula=(
            "FRT = time of the first human public reply − time of the customer's first record of the thread; when the "
            "customer writes again after an answer the clock starts anew, and that wait is told apart"
        ),
        interval=(
            "Kaplan–Meier with unanswered records censored at the moment of the audit; 95% by Greenwood on the "
            "log(−log) scale, inverted for quantiles (Brookmeyer & Crowley); its variance times the design effect of "
            "author clusters (512 buckets) on the share answered within the nearest of 1 hour, 4 hours, 1 day, 7 days"
        ),
        source=(
            "Kaplan & Meier 1958; Brookmeyer & Crowley 1982; Kalbfleisch & Prentice 2002; records of one author are a "
            "cluster (Kish 1965)"
        ),
        limits=(
            "Clock hours: nights and weekends count, except on the business clock, which needs context.hours. Times "
            "are taken to the minute within a day, to ten minutes within a week, to the hour within 30 days. Answers "
            "without a time count as answered, not as quick or slow, and are left out here."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records by waiting time and by whether it ended: of everything, by each cut, on either clock."""
        population = eligible(scope)
        if population is None or scope.as_of is None:
            return {}
        records, again = feedback.of(population), feedback.of(turns(scope))
        timed, business = waits(records, scope.as_of), business_clock(self.context, scope)
        if "sentiment" in scope.columns:
            again = again.filter(~(nw.col("sentiment") == "positive").fill_null(value=False))
        present, _ = split(self, scope)
        return {
            **grouped("all", timed),
            "untimed": _untimed(records).select(n=nw.len()),
            **grouped("reopened", waits(again, scope.as_of)),
            **grouped("rivals", waits(feedback.of(rivals(population)), scope.as_of), "entity", "channel"),
            **(grouped("business", waits(records, scope.as_of, business)) if business else {}),
            **{name: frame for column in present for name, frame in grouped(column, timed, column).items()},
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Quantiles, shares in time and the curve of everything; the median of each cell."""
        population = eligible(scope)
        if population is None or not frames or not frames["all"].height:
            return [self.untestable(ABSENCE, INPUT)]
        (whole,) = _parts(frames, "all", population)
        present, missing = split(self, scope)
        parts = [part for column in present for part in _parts(frames, column, population, column)]
        of_rivals = _parts(frames, "rivals", rivals(population), "entity", "channel")
        parts += [part for part in of_rivals if part.dims["entity"] != "unknown"]
        medians = [self.quantile(part, "median") for part in parts]
        told = [*self._whole(whole), *self._clocks(frames, whole), *self._reopened(frames, scope)]
        return [*told, *medians, *missing, self._left_out(frames["untimed"], whole)]

    def _whole(self, waits: Waits) -> Iterator[Result]:
        yield self.quantile(waits, "median")
        yield self.quantile(waits, "p90")
        yield from (self._within(waits, words, minutes) for words, minutes in WITHIN.items())
        yield self._answered_only(waits)
        if waits.n >= stats.HIDDEN_BELOW:
            yield self.result(
                kind="series", value=None, n=waits.n, n_authors=waits.people, dims={"curve": "all"}, unit="share",
                population=waits.population, rows=waits.points, status=stats.base_status(waits.n),
            )  # fmt: skip

    def _clocks(self, frames: Mapping[str, pl.DataFrame], whole: Waits) -> Iterator[Result]:
        """The business clock, and the share that met the target."""
        business = None
        if "business" in frames and frames["business"].height:
            (business,) = (replace(part, dims=BUSINESS) for part in _parts(frames, "business", whole.population))
            yield from (self.quantile(business, name) for name in QUANTILES)
        else:
            yield lacking(self, BUSINESS, "nobody told when the brand's people answer", "context.hours")
        target, on_wall = self.options.target_minutes, self.options.target_clock == "wall"
        told = whole if on_wall else business
        if target is not None and told is not None:
            yield self._within(told, "target", target)
        else:
            missing = "context.hours" if target is not None else f"the option target_minutes of {self.name}"
            yield lacking(self, TARGET, "no service level was stated that could be held against the waits", missing)

    def _reopened(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        if frames["reopened"].height:
            (again,) = _parts(frames, "reopened", turns(scope))
            yield self.quantile(replace(again, dims=REOPENED), "median")
        else:
            yield lacking(self, REOPENED, "no customer wrote again after an answer", "threads with a later record")

    def _left_out(self, untimed: pl.DataFrame, whole: Waits) -> Result:
        """How many records are left out because they, or their answers, have no time."""
        n = int(untimed["n"].sum())
        return self.result(
            kind="count", value=n, n=n, unit="records", level=None, dims=UNTIMED, population=whole.population
        )

    def quantile(self, waits: Waits, name: str) -> Result:
        """A quantile of the waits; beyond what was watched only its lower limit."""
        at = waits.plain.quantile(QUANTILES[name]).value
        found = waits.near(at).quantile(QUANTILES[name])
        dims = {**waits.dims, **({} if name == "median" else {"quantile": name})}
        facts = waits.facts | {"dims": dims}
        if waits.n < stats.HIDDEN_BELOW or found.reached:
            return self.based(waits.n, found.value, found.low, found.high, **facts)
        reason = message("fewer than half were answered")
        if name != "median":
            reason = message("fewer than nine in ten were answered")
        low = found.low if math.isfinite(found.low) else None
        return self.result(status=stats.base_status(waits.n), n=waits.n, low=low, reason=reason, **facts)

    def _within(self, waits: Waits, words: str, minutes: float) -> Result:
        dims, curve = {"within": words}, waits.near(minutes)
        over = bool(len(curve.survival)) and curve.survival[-1] <= 0  # nobody waits any more
        if curve.longest < minutes and not over:
            reason = f"no record has been watched for {words if words in WITHIN else 'so long'}"
            return lacking(self, dims, reason, "a later moment of the audit")
        share = curve.ended_by(min(minutes, curve.longest))
        facts = waits.facts | {"dims": dims, "unit": "share"}
        return self.based(waits.n, share.value, share.low, share.high, **facts)

    def _answered_only(self, waits: Waits) -> Result:
        """What many tools call response time; it forgets everybody who is still waiting."""
        answered = waits.rows.filter("ended").sort("minutes")
        n, dims = int(answered["n"].sum()), {"answered_only": "median"}
        if not n:
            return lacking(self, dims, "no record has been answered")
        alike = waits.effect(_ranked(answered, (n + 1) // 2) or 0)
        low, high = stats.quantile_ranks(max(1, int(n / alike)), 0.5)
        at = [_ranked(answered, rank) for rank in ((n + 1) // 2, math.floor(low * alike), math.ceil(high * alike))]
        facts = waits.facts | {"dims": dims, "method": "order statistics of answered records only"}
        return self.based(n, at[0] or 0.0, at[1], at[2], **facts)


def _parts(frames: Mapping[str, pl.DataFrame], name: str, population: Predicate, *columns: str) -> Iterator[Waits]:
    """The cells of two frames of waits; the whole of them without `columns`."""
    rows, authors = frames[name], frames[name + AUTHORS]
    if not columns:
        yield Waits(rows, authors, {}, population, people(authors))
        return
    for cell, by in zip(cells(rows, population, *columns), cells(authors, population, *columns), strict=True):
        yield Waits(cell.rows, by.rows, cell.dims, cell.population, people(by.rows))


def _ranked(answered: pl.DataFrame, rank: float) -> float | None:
    """The waiting time of the record with this rank."""
    if not math.isfinite(rank) or not 1 <= rank <= answered["n"].sum():
        return None
    place = int((answered["n"].cum_sum() < rank).sum())
    return float(answered["minutes"][place])


def _untimed(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Records without a time, and those whose answer has none."""
    answered = nw.col("answered_by_brand").fill_null(value=False)
    return records.filter(nw.col("created_at").is_null() | (answered & nw.col("first_reply_ms").is_null()))
