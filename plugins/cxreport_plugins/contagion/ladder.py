"""The measure `contagion.ladder`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message
from cxreport_plugins.contagion.bursts import MOST, TOLD, Bursts, Frame, complaints
from cxreport_plugins.contagion.growth import DAY_MS, HOUR_MS, Burst, bursts_of

BEFORE: Final = 30
"""Days before a burst in which a private contact about its theme may have been its first rung."""


class Ladder(Measure):
    """The rungs of each large burst of complaints: private contact, public word, peak, answer, end.

    One row a burst of ten people or more: `theme`; `private_days`, days from the last private complaint about its
    theme to its first public one, and `private`, how many there were in the 30 days before; `day`, `peak_day` and
    `last_day`; `people` and `amplitude` at the peak; `answer_hours` from the first public word of the burst to the
    first answer by the brand; `before_answer`, share of its public complaints that came before that hour;
    `answered`, share of them that were answered at all.
    """

    name: ClassVar[str] = "contagion.ladder"
    title: ClassVar[str] = "Ladder of escalation"
    question: ClassVar[str] = "How did cases escalate, step by step?"
    concepts: ClassVar[tuple[str, ...]] = ("E03",)
    unit: ClassVar[Any] = "records"
    needs: ClassVar[tuple[str, ...]] = (*Bursts.needs, "answered_by_brand", "first_reply_ms")
    method: ClassVar[Method] = Method(
        formula=(
            "for each burst (as in contagion.bursts): private negative records about its theme in the 30 days before; "
            "first public negative record of its first day; highest day; first human answer to any of its records; "
            "last day above the limit"
        ),
        interval="None: a census of what was collected",
        source="Shewhart u-chart for the bursts",
        limits=(
            "Private contacts about the same theme need not be of the same case. Press, apologies and changes of "
            "policy do not stand in exports: the consultant's rating of E03 tells them."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The days and hours of bursts; their answers; private complaints by theme and day."""
        frames = Bursts(Bursts.Options(), self.context).aggregate(feedback, scope)
        spoken = _themed(feedback, _negative(scope))
        within = spoken.filter(nw.col("shared") == "public").join(
            frames["days"].select("theme", "day"), on=["theme", "day"], how="inner"
        )
        replied = nw.when(nw.col("answered_by_brand")).then(nw.col("__at") + nw.col("first_reply_ms"))
        answered = nw.col("answered_by_brand").fill_null(value=False).cast(nw.Int64)
        rungs = within.with_columns(__replied=replied, __answered=answered).group_by("theme", "day").agg(
            n=nw.len(), answered=nw.col("__answered").sum(), first=nw.col("__at").min(), reply=nw.col("__replied").min()
        )  # fmt: skip
        private = spoken.filter(nw.col("shared") != "public").group_by("theme", "day").agg(n=nw.len())
        return {**frames, "rungs": rungs, "private": private}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """A table of the largest bursts."""
        n = int(frames["all"]["n"].sum())
        if not n:
            return [self.untestable("no public negative record has a theme", "enrich.themes.packs", "sentiment")]
        found = [b for b in bursts_of(frames["days"], frames["hours"]) if b.people >= TOLD]
        if not found:
            return [
                self.untestable(
                    message("no burst of complaints has {people} people or more").format(people=TOLD),
                    "a case that escalated",
                )
            ]
        large = sorted(found, key=lambda b: (-b.people, b.day, b.theme))[:MOST]
        rows = tuple(_rungs(burst, frames) for burst in large)
        there = complaints(scope)
        whole = self.based(n, 0, population=there, evidence=there)
        return [whole.model_copy(update={"kind": "table", "value": None, "level": None, "rows": rows})]


def _negative(scope: Scope) -> Predicate:
    return scope.population.where(("sentiment", "eq", "negative"), ("created_at", "not_null", None))


def _themed(feedback: Feedback, population: Predicate) -> Frame:
    """Negative records once for each of their themes, with `__at` and `day`."""
    themes = feedback.labels.filter(nw.col("kind") == "themes").select("record_id", theme=nw.col("label")).unique()
    at = nw.col("created_at").dt.timestamp("ms")
    return feedback.of(population).join(themes, on="record_id", how="inner").with_columns(__at=at, day=at // DAY_MS)


def _rungs(burst: Burst, frames: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """A burst as a row, its times to the hour."""
    last = burst.first + burst.days - 1
    own = frames["rungs"].filter(pl.col("theme") == burst.theme, pl.col("day").is_between(burst.first, last))
    peak = own.sort("n", "day", descending=[True, False])["day"][0]
    waited = own.select((pl.col("reply").min() - pl.col("first").min()) / HOUR_MS).item()
    before = frames["private"].filter(
        pl.col("theme") == burst.theme, pl.col("day").is_between(burst.first - BEFORE, burst.first)
    )
    told, count = burst.row, int(before["n"].sum())
    return {
        "theme": burst.theme, "private": count,
        "private_days": burst.first - int(before["day"].max()) if count else None,  # type: ignore[arg-type]
        "day": told["day"], "peak_day": _day(peak), "last_day": _day(last), "people": burst.people,
        "amplitude": told["amplitude"],
        "answer_hours": None if waited is None else round(waited, 1),
        "before_answer": _before(burst, own, frames["hours"]),
        "answered": round(int(own["answered"].sum()) / int(own["n"].sum()), 3),
    }  # fmt: skip


def _before(burst: Burst, own: pl.DataFrame, hours: pl.DataFrame) -> float | None:
    """Share of the complaints of a burst that were written before the hour of the first answer."""
    reply = own["reply"].drop_nulls()
    if reply.is_empty():
        return None
    mine = hours.filter(
        pl.col("theme") == burst.theme, (pl.col("hour") // 24).is_between(burst.first, burst.first + burst.days - 1)
    )
    early = mine.filter(pl.col("hour") < int(reply.sort()[0]) // HOUR_MS)
    return round(int(early["n"].sum()) / int(mine["n"].sum()), 3)


def _day(number: int) -> str:
    return str(pl.select(pl.lit(int(number)).cast(pl.Date)).item())
