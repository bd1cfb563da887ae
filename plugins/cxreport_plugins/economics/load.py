"""The measure `economics.reactive_load`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import Method, Result
from cxreport_plugins.economics.draws import METHOD, Inputs
from cxreport_plugins.economics.ledger import SOURCE, Ledger, Told, Value, need


class ReactiveLoad(Told):
    """Hours of work that contacts take in a month; `part=fte` in full-time agents, `part=money` in money."""

    name: ClassVar[str] = "economics.reactive_load"
    title: ClassVar[str] = "The work of reaction"
    question: ClassVar[str] = "How much work is reaction?"
    concepts: ClassVar[tuple[str, ...]] = ("D10",)
    unit: ClassVar[Any] = "hours"
    method: ClassVar[Method] = Method(
        formula=(
            "load = Σ contacts × minutes / 60 over channels whose minutes were stated; FTE = load / productive hours; "
            "contacts: as stated, else private records and answered public ones, by month"
        ),
        interval=METHOD,
        source=SOURCE,
        limits="Channels without minutes are left out, so it is a lower bound where others hold contacts.",
    )

    def figures(self, ledger: Ledger) -> Sequence[Result]:
        """Hours, agents, money: of a month."""

        def hours(given: Inputs) -> Value:
            return ledger.minutes(given) / 60 / 12

        def fte(given: Inputs) -> Value:
            need(given, "productive_hours")
            return hours(given) / given["productive_hours"]

        def money(given: Inputs) -> Value:
            need(given, "hour")
            return hours(given) * given["hour"]

        base = sum(ledger.counted.contacts.get(channel, 0) for channel in ledger.channels)
        return [
            self.part(ledger, "", hours, n=base),
            self.part(ledger, "fte", fte, unit="ratio", n=base),
            self.part(ledger, "money", money, unit="money", n=base),
        ]
