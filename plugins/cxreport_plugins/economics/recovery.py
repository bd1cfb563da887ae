"""The measure `economics.net_recovery`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Method, Result
from cxreport_plugins.economics.draws import METHOD, Inputs
from cxreport_plugins.economics.ledger import SOURCE, Ledger, Told, Value

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
    method: ClassVar[Method] = Method(
        formula=(
            "net = complaints known to be recovered × churn × margin × years − answered complaints × cost of recovery "
            "− contagion; ROI = saved / spent − 1"
        ),
        interval=METHOD,
        source=SOURCE,
        limits=(
            "Only recoveries that customers state in public are counted: there may be more. Some of these customers "
            "would have stayed without an answer: nothing here says that answers caused it."
        ),
    )

    def figures(self, ledger: Ledger) -> Sequence[Result]:
        """The whole, its parts, the return, and what moves the whole."""
        if not ledger.counted.answered:
            return [self.untestable("no complaint was answered", "threads with the brand's replies")]

        def roi(given: Inputs) -> Value:
            return ledger.saved(given) / ledger.spent(given) - 1

        return [
            *self.whole(ledger, ledger.net, PARTS),
            self.part(ledger, "roi", roi, unit="ratio"),
            *self.swings(ledger, ledger.net),
        ]
