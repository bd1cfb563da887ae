"""The measure `economics.reactive_load`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Method, Result, Scope
from cxreport_plugins.economics.counted import NEEDS, aggregates, counted
from cxreport_plugins.economics.draws import METHOD, Inputs
from cxreport_plugins.economics.ledger import COSTS, SHORT, Ledger, Told, Value, need


class ReactiveLoad(Told):
    """Hours of work that contacts take in a month; `part=fte` in full-time agents, `part=money` in money."""

    name: ClassVar[str] = "economics.reactive_load"
    title: ClassVar[str] = "The work of reaction"
    question: ClassVar[str] = "How much work is reaction?"
    concepts: ClassVar[tuple[str, ...]] = ("D10",)
    unit: ClassVar[Any] = "hours"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula=(
            "load = Σ contacts × minutes / 60 over channels whose minutes were stated; FTE = load / productive hours; "
            "contacts: as stated, else private records and answered public ones, by month"
        ),
        interval=METHOD,
        source="Figures of the client (context.costs); Monte Carlo by triangular ranges",
        limits="Channels without minutes are left out, so it is a lower bound where others hold contacts.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The counts of the ledger."""
        return aggregates(feedback, scope) if self.context.facts.costs else {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Hours, agents, money: of a month."""
        costs = self.context.facts.costs
        if costs is None:
            return [self.untestable(*COSTS)]
        counts = counted(frames, self.context)
        if counts is None:
            return [self.untestable(*SHORT)]
        ledger = Ledger(counts, costs)

        def hours(given: Inputs) -> Value:
            return ledger.minutes(given) / 60 / 12

        def fte(given: Inputs) -> Value:
            need(given, "productive_hours")
            return hours(given) / given["productive_hours"]

        def money(given: Inputs) -> Value:
            need(given, "hour")
            return hours(given) * given["hour"]

        base = sum(counts.contacts.get(channel, 0) for channel in ledger.channels)
        return [
            self.part(ledger, "", hours, n=base),
            self.part(ledger, "fte", fte, unit="ratio", n=base),
            self.part(ledger, "money", money, unit="money", n=base),
        ]
