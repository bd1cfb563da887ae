"""The measure `discovery.trigger`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats

HOUR: Final = 3_600_000
WEEK: Final = 7 * 24
WEEKS: Final = 8
WATCHED: Final = 14 * 24
"""Hours after the start in which mentions are waited for."""
KINDS: Final = ("campaign", "launch")


class Trigger(Measure):
    """What a campaign or launch of the calendar sets off (dim `event`; without it all together; dim `ran`: channel).

    The value is the lift: people who look around in the seven days after its start, over what eight weeks before lead
    one to expect. `part=reach` is the median time from the start to a mention of the stimulus within 14 days.
    """

    name: ClassVar[str] = "discovery.trigger"
    title: ClassVar[str] = "What sets off deliberation"
    question: ClassVar[str] = "Does marketing move people from hearing to looking around, and how soon?"
    concepts: ClassVar[tuple[str, ...]] = ("B03", "B16")
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("moment",)
    method: ClassVar[Method] = Method(
        formula=(
            "lift = records at the zero moment of truth in the 7 days from the start / the mean of 7 days over the 8 "
            "weeks before, which holds every weekday alike; reach: median hours from the start to a record about a "
            "stimulus within 14 days"
        ),
        interval="95% for a ratio of two Poisson counts, by Wilson's interval of their share; order statistics",
        source="Przyborowski & Wilenski 1940; Wilson 1927",
        limits=(
            "Before and after, without a control: what else happened in that week stands in the lift. Records are not "
            "quite Poisson where people answer one another, so intervals may be too narrow."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records per moment and hour."""
        at = nw.col("created_at").dt.timestamp("ms") // HOUR
        dated = feedback.of(_population(scope)).with_columns(hour=at)
        return {"hours": dated.group_by("moment", "hour").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each event, each channel of campaigns, and all together."""
        events = self.context.facts.events(*KINDS)
        if not events:
            return [self.untestable("the calendar names no campaign or launch", "context.calendar")]
        hours = frames["hours"].sort("hour")
        if not hours.height:
            return [self.untestable("no dated record is about a stimulus or looks around", "dated posts")]
        watched = [e for e in events if _whole(_hour(e.start), hours, scope)]
        if not watched:
            why = message("no event has eight weeks of records before it and two after it")
            return [self.untestable(why, "a longer period")]
        groups = {"event": {e.title: [e.start] for e in watched}, "ran": {}}
        for e in watched:
            groups["ran"].setdefault(e.channel or "everywhere", []).append(e.start)
        out = list(self._parts({}, [e.start for e in watched], hours, scope))
        for dim, named in groups.items():
            out += [r for name, starts in named.items() for r in self._parts({dim: name}, starts, hours, scope)]
        return out

    def _parts(
        self, dims: dict[str, str], starts: Sequence[datetime], hours: pl.DataFrame, scope: Scope
    ) -> Iterator[Result]:
        looking = hours.filter(pl.col("moment") == "zmot")
        at = [_hour(start) for start in starts]
        after = sum(_between(looking, hour, hour + WEEK) for hour in at)
        before = sum(_between(looking, hour - WEEKS * WEEK, hour) for hour in at)
        yield self._lift(after, before, dims, _population(scope).where(("moment", "eq", "zmot")))
        heard = hours.filter(pl.col("moment") == "stimulus")
        waits = [wait for hour in at for wait in _waits(heard, hour)]
        yield self._reach(waits, {**dims, "part": "reach"}, _population(scope).where(("moment", "eq", "stimulus")))

    def _lift(self, after: int, before: int, dims: dict[str, str], there: Predicate) -> Result:
        n = after + before
        if not before:
            why = message("nobody looked around in the eight weeks before")
            return self.untestable(why, "posts of people who look around").model_copy(update={"dims": dims})
        low, high = (WEEKS * share / (1 - share) for share in stats.wilson(after, n))
        value = WEEKS * after / before
        return self.based(n, value, min(low, value), max(high, value), dims=dims, population=there, evidence=there)

    def _reach(self, waits: Sequence[float], dims: dict[str, str], there: Predicate) -> Result:
        if not waits:
            why = message("nobody spoke of a stimulus within 14 days")
            return self.untestable(why, "posts about a stimulus").model_copy(update={"dims": dims})
        low, high = stats.quantile_interval(waits, 0.5)
        return self.based(
            len(waits), 60 * float(np.median(waits)), 60 * low, 60 * high, unit="minutes", dims=dims, population=there,
            evidence=there, method=message("95% by order statistics"),
        )  # fmt: skip


def _population(scope: Scope) -> Predicate:
    return scope.population.where(any_of("moment", ("stimulus", "zmot")), ("created_at", "not_null", None))


def _hour(at: datetime) -> int:
    return int(at.timestamp() * 1000) // HOUR


def _whole(hour: int, hours: pl.DataFrame, scope: Scope) -> bool:
    """Whether the records reach eight weeks back from an hour, and two weeks on."""
    first = int(hours["hour"].min())  # type: ignore[arg-type]
    last = int(hours["hour"].max()) if scope.as_of is None else _hour(scope.as_of)  # type: ignore[arg-type]
    return first <= hour - WEEKS * WEEK + WEEK and hour + WATCHED <= last


def _between(rows: pl.DataFrame, start: int, end: int) -> int:
    return int(rows.filter(pl.col("hour").is_between(start, end, closed="left"))["n"].sum())


def _waits(rows: pl.DataFrame, start: int) -> list[float]:
    """Hours from the start to each record within the watch; the middle of its hour."""
    there = rows.filter(pl.col("hour").is_between(start, start + WATCHED, closed="left"))
    return [hour - start + 0.5 for hour, n in there.select("hour", "n").iter_rows() for _ in range(n)]
