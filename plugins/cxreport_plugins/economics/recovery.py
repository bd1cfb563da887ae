"""The measure `economics.net_recovery`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Method, Result, Scope
from cxreport_plugins.economics.counted import NEEDS, aggregates, counted
from cxreport_plugins.economics.draws import METHOD, Inputs
from cxreport_plugins.economics.ledger import COSTS, SHORT, Ledger, Told, Value

PARTS = ("saved", "spent", "contagion")


class NetRecovery(Told):
    """What winning customers back is worth in twelve months, less its cost and the damage done in public.

    Without dims the whole; `part=saved`, `part=spent`, `part=contagion` its parts; `part=roi` saved over spent, less 1;
    `part=tornado` how far each figure moves the whole.
    """

    name: ClassVar[str] = "economics.net_recovery"
    title: ClassVar[str] = "Net value of recovery"
    question: ClassVar[str] = "Does recovered goodwill outweigh the damage?"
    concepts: ClassVar[tuple[str, ...]] = ("D18",)
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula=(
            "net = complaints known to be recovered × churn × margin × years − answered complaints × cost of recovery "
            "− contagion; ROI = saved / spent − 1"
        ),
        interval=METHOD,
        source="Figures of the client (context.costs); Monte Carlo by triangular ranges",
        limits=(
            "Only recoveries that customers state in public are counted: there may be more. Some of these customers "
            "would have stayed without an answer: nothing here says that answers caused it."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The counts of the ledger."""
        return aggregates(feedback, scope) if self.context.facts.costs else {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The whole, its parts, the return, and what moves the whole."""
        costs = self.context.facts.costs
        if costs is None:
            return [self.untestable(*COSTS)]
        counts = counted(frames, self.context)
        if counts is None:
            return [self.untestable(*SHORT)]
        if not counts.answered:
            return [self.untestable("no complaint was answered", "threads with the brand's replies")]
        ledger = Ledger(counts, costs)

        def roi(given: Inputs) -> Value:
            return ledger.saved(given) / ledger.spent(given) - 1

        return [
            self.part(ledger, "", ledger.net),
            *(self.part(ledger, name, getattr(ledger, name)) for name in PARTS),
            self.part(ledger, "roi", roi, unit="ratio"),
            *self.swings(ledger, ledger.net),
        ]
