"""The ledger: which ranges were stated, what each part needs of them, and each part as a function of them."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Costs, Feedback, Measure, Range, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.figures import outward
from cxreport_plugins.economics.counted import NEEDS, Counted, aggregates, counted
from cxreport_plugins.economics.draws import METHOD, Floats, Inputs, inner, tornado

Value = Floats | float
VIEWED: Final = "share of followers who see a post"
VIEW_RATE: Final = Range(
    low=0.01, high=0.03, source=message("1–3% of followers: Twitter's own impression statistics, 2014")
)
SINGLE: Final = (
    "hour", "productive_hours", "goodwill", "goodwill_share", "customer_value", "years", "churn", "exposed_customers",
    "lost_conversion", "recovery", "programme",
)  # fmt: skip
BY_CHANNEL: Final = ("contact", "minutes", "contacts")
SOURCE: Final = "Figures of the client (context.costs); Monte Carlo by triangular ranges"
COSTS: Final = (message("what contacts and complaints cost was not stated"), message("context.costs"))
SHORT: Final = (
    message("fewer than four weeks of records, or no contact and no complaint"), message("records of a longer period"),
)  # fmt: skip


class Missing(Exception):
    """Inputs that a part needs and nobody stated."""

    def __init__(self, *names: str) -> None:
        self.names = names
        super().__init__(", ".join(names))


@dataclass(frozen=True)
class Ledger:
    """Counts of the period and stated ranges; every part is of twelve months."""

    counted: Counted
    costs: Costs

    @property
    def inputs(self) -> Inputs:
        """All stated ranges by name, such as `minutes phone`."""
        ranges = {name: getattr(self.costs, name) for name in SINGLE if getattr(self.costs, name) is not None}
        for name in BY_CHANNEL:
            ranges |= {f"{name} {channel}": stated for channel, stated in sorted(getattr(self.costs, name).items())}
        return Inputs({**ranges, VIEWED: VIEW_RATE})

    @property
    def channels(self) -> tuple[str, ...]:
        """Channels for which a price or minutes were stated and that have contacts."""
        priced = {*self.costs.contact, *self.costs.minutes}
        return tuple(sorted(c for c in priced if c in self.costs.contacts or self.counted.contacts.get(c)))

    def contacts(self, channel: str, given: Inputs) -> Value:
        """Contacts in twelve months: as stated, else as counted."""
        stated = f"contacts {channel}"
        return given[stated] * 12 if stated in given else self.counted.yearly(self.counted.contacts.get(channel, 0))

    def minutes(self, given: Inputs) -> Value:
        """Minutes of work on contacts."""
        timed = [c for c in self.channels if f"minutes {c}" in given]
        if not timed:
            raise Missing("minutes")
        return _sum(self.contacts(c, given) * given[f"minutes {c}"] for c in timed)

    def handling(self, given: Inputs) -> Value:
        """Money for dealing with contacts."""
        if not self.channels:
            raise Missing("contact")
        return _sum(self.contacts(c, given) * self._price(c, given) for c in self.channels)

    def goodwill(self, given: Inputs) -> Value:
        """Refunds and vouchers for complaints."""
        need(given, "goodwill", "goodwill_share")
        return self.counted.yearly(self.counted.complaints) * given["goodwill_share"] * given["goodwill"]

    def churn(self, given: Inputs) -> Value:
        """Margin of customers who leave: of those who complained, those not known to have been won back."""
        need(given, "churn", "customer_value", "years")
        left = max(0, self.counted.complainants - self.counted.recovered)
        return self.counted.yearly(left) * given["churn"] * given["customer_value"] * given["years"]

    def contagion(self, given: Inputs) -> Value:
        """Margin of a year of customers who do not buy because they saw a complaint."""
        need(given, "exposed_customers", "lost_conversion", "customer_value")
        views = self.counted.yearly(self.counted.seen) + self.counted.yearly(self.counted.followers) * given[VIEWED]
        return views * given["exposed_customers"] * given["lost_conversion"] * given["customer_value"]

    def reaction(self, given: Inputs) -> Value:
        """All four together."""
        return _sum(part(given) for part in (self.handling, self.goodwill, self.churn, self.contagion))

    def saved(self, given: Inputs) -> Value:
        """Margin of the customers known to have been won back who would have left."""
        need(given, "churn", "customer_value", "years")
        return self.counted.yearly(self.counted.recovered) * given["churn"] * given["customer_value"] * given["years"]

    def spent(self, given: Inputs) -> Value:
        """Money for trying: on every complaint that was answered."""
        need(given, "recovery")
        return self.counted.yearly(self.counted.answered) * given["recovery"]

    def net(self, given: Inputs) -> Value:
        """What recovery brings, less what it costs, less what complaints cost by being seen."""
        return self.saved(given) - self.spent(given) - self.contagion(given)

    def _price(self, channel: str, given: Inputs) -> Value:
        if f"contact {channel}" in given:
            return given[f"contact {channel}"]
        need(given, "hour")
        return given[f"minutes {channel}"] / 60 * given["hour"]


class Told(Measure):
    """A measure of the ledger: its parts as ranges, what is missing by name."""

    unit: ClassVar[Any] = "money"
    needs: ClassVar[tuple[str, ...]] = NEEDS

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The counts of the ledger."""
        return aggregates(feedback, scope) if self.context.facts.costs else {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The figures, where costs were stated and something was counted."""
        costs = self.context.facts.costs
        if costs is None:
            return [self.untestable(*COSTS)]
        counts = counted(frames, self.context)
        return [self.untestable(*SHORT)] if counts is None else self.figures(Ledger(counts, costs))

    @abstractmethod
    def figures(self, ledger: Ledger) -> Sequence[Result]:
        """What the measure tells of the ledger."""

    def whole(self, ledger: Ledger, of: Callable[[Inputs], Value], parts: Iterable[str]) -> list[Result]:
        """A total without dims, then those of its parts that the ledger has by name."""
        return [self.part(ledger, "", of), *(self.part(ledger, name, getattr(ledger, name)) for name in parts)]

    def part(self, ledger: Ledger, name: str, of: Callable[[Inputs], Value], **facts: Any) -> Result:
        """One part as a range, held to the rules of base sizes; *not testable* with the names of what it lacks."""
        dims = {"part": name} if name else {}
        try:
            with np.errstate(divide="ignore", invalid="ignore"):
                low, high = inner(of(ledger.inputs))
        except Missing as missing:
            needs = [f"context.costs: {lack}" for lack in missing.names]
            why = message("not computed: nobody stated {figures}").format(figures=", ".join(missing.names))
            return lacking(self, dims, why, *needs)
        if not math.isfinite(low) or not math.isfinite(high):
            why = message("not computed: it divides by what may be nothing")
            return lacking(self, dims, why, message("context.costs above zero"))
        n = facts.get("n", ledger.counted.complaints)
        if (base := facts.get("status", stats.base_status(n))) == "hidden":
            why = message("fewer than {n} complaints").format(n=stats.HIDDEN_BELOW)
            return self.result(dims=dims, status=base, n=n, reason=why)
        ends = (low, high) if facts.get("unit") == "ratio" else outward(low, high)
        method = message("{method}. Figures: {source}").format(method=METHOD, source=ledger.costs.source)
        whole = {"kind": "range", "level": 0.9, "n": n, "method": method, "status": base, **facts}
        return self.result(dims=dims, low=ends[0], high=ends[1], **whole)

    def swings(self, ledger: Ledger, of: Callable[[Inputs], Value]) -> Iterator[Result]:
        """The tornado of a total; nothing where the total cannot be computed."""
        try:
            rows = tornado(ledger.inputs, of)
        except Missing:
            return
        n, dims = ledger.counted.complaints, {"part": "tornado"}
        if stats.base_status(n) == "hidden":
            return
        yield self.result(
            kind="table",
            dims=dims,
            rows=tuple(rows),
            n=n,
            level=None,
            method=message("Each range alone, from low to high"),
        )

    def stated(self, ledger: Ledger) -> Result:
        """The ranges themselves, each with its source."""
        rows = tuple(
            {
                "input": name, "low": r.low, "likely": r.likely, "high": r.high,
                "source": r.source or ledger.costs.source, "currency": ledger.costs.currency,
            }
            for name, r in ledger.inputs.ranges.items()
        )  # fmt: skip
        return self.result(kind="table", dims={"part": "inputs"}, rows=rows, unit="text", level=None)


def need(given: Inputs, *names: str) -> None:
    """Raises `Missing` for those that were not stated."""
    lacks = [name for name in names if name not in given]
    if lacks:
        raise Missing(*lacks)


def _sum(values: Iterable[Value]) -> Value:
    return reduce(add, values, 0.0)
