"""The measures `care.out_of_hours` and `care.coverage`: when and where customers find somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.replies import NO_VOICE, spoken
from cxreport_plugins.care.shares import INTERVAL, gap, share, tallies
from cxreport_plugins.care.waits import business_clock
from cxreport_plugins.common import eligible
from cxreport_plugins.common.people import people

HOURS = {False: "closed", True: "open"}


class OutOfHours(Measure):
    """Share of eligible records written while nobody was at work; `hours=closed` and `hours=open` are the shares of
    each that were answered, `part=gap` the difference in points."""

    name: ClassVar[str] = "care.out_of_hours"
    title: ClassVar[str] = "Written out of hours"
    question: ClassVar[str] = "How many write when nobody is at work, and are they answered less often?"
    concepts: ClassVar[tuple[str, ...]] = ("E04",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = eligible.NEEDS
    Options: ClassVar[type[ResponseRateOptions]] = ResponseRateOptions
    method: ClassVar[Method] = Method(
        formula="eligible records created outside of context.hours / eligible records; answered / eligible of either",
        interval=f"{INTERVAL}; gap: Newcombe (MOVER)",
        source="Wilson 1927; Newcombe 1998; Zou & Donner 2008",
        limits="Hours are what the client stated. An answer counts whenever it came.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Eligible and answered records per author cluster, in and out of hours."""
        roots, clock = eligible.settled(scope, self.options.window_days), business_clock(self.context, scope)
        if roots is None or clock is None:
            return {}
        at_work = clock.is_open(nw.col("created_at").dt.timestamp("ms"))
        records = feedback.of(roots).with_columns(open=at_work).filter(~nw.col("open").is_null())
        return {"hours": tallies(records, "open", closed=~nw.col("open"), answered=nw.col("answered_by_brand"))}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share out of hours, and how either is answered."""
        roots = eligible.settled(scope, self.options.window_days)
        if roots is None:
            return [self.untestable(eligible.ABSENCE, eligible.INPUT)]
        if "hours" not in frames:
            return [self.untestable("nobody told when the brand's people answer", "context.hours")]
        rows = frames["hours"]
        if not rows.height:
            return [self.untestable(eligible.ABSENCE, eligible.INPUT)]
        facts: dict[str, Any] = {"n_authors": people(rows), "population": roots}
        out = [self.based(*share(rows, "closed"), **facts)]
        sides = {is_open: rows.filter(pl.col("open") == is_open) for is_open in HOURS}
        shares = {is_open: share(side, "answered") if side.height else None for is_open, side in sides.items()}
        for is_open, found in shares.items():
            if found:
                counted: dict[str, Any] = {"n_authors": people(sides[is_open]), "population": roots}
                out.append(self.based(*found, dims={"hours": HOURS[is_open]}, **counted))
        return [*out, gap(self, shares[False], shares[True], {"part": "gap"}, **facts)]


class Coverage(Measure):
    """Share of customers' public records on channels where the brand answers at all; by channel as rows."""

    name: ClassVar[str] = "care.coverage"
    title: ClassVar[str] = "Channels with somebody"
    question: ClassVar[str] = "Does the brand answer where its customers write?"
    concepts: ClassVar[tuple[str, ...]] = ("E04", "C06", "C20")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared", "entity", "brand_authored", "answered_by_brand")
    method: ClassVar[Method] = Method(
        formula=(
            "customers' public records on channels where the brand answered at least once / customers' public records; "
            "`presence=silent`: on channels where it writes but never answers"
        ),
        interval="A count of all records: no interval",
        source="Census of the exports",
        limits="A channel whose export holds no answers by its making cannot show any; see the frames of the sources.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Customers' records and their answers, and the brand's own, by channel."""
        answered = nw.col("answered_by_brand").fill_null(value=False).cast(nw.Int64)
        asked = feedback.of(_asked(scope)).with_columns(__answered=answered)
        return {
            "asked": asked.group_by("channel").agg(n=nw.len(), answered=nw.col("__answered").sum()),
            "spoken": feedback.of(spoken(scope)).group_by("channel").agg(written=nw.len()),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share covered, and that of silent presence."""
        if not frames["asked"].height or not frames["spoken"].height:
            return [self.untestable(*NO_VOICE)]
        rows = frames["asked"].join(frames["spoken"], on="channel", how="left")
        live = pl.col("answered") > 0
        silent = ~live & pl.col("written").is_not_null()
        return [self._part(rows, live, {}, scope), self._part(rows, silent, {"presence": "silent"}, scope)]

    def _part(self, rows: pl.DataFrame, where: pl.Expr, dims: dict[str, str], scope: Scope) -> Result:
        n, k = int(rows["n"].sum()), int(rows.filter(where)["n"].sum())
        return self.based(n, k / n, kind="count", level=None, dims=dims, population=_asked(scope))


def _asked(scope: Scope) -> Predicate:
    return scope.population.where(("shared", "eq", "public"), ("channel", "not_null", None))
