"""The measure `economics.reaction`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Method, Result
from cxreport_plugins.economics.draws import METHOD, Inputs
from cxreport_plugins.economics.ledger import SOURCE, Ledger, Told, Value, need

PARTS = ("handling", "goodwill", "churn", "contagion")


class Reaction(Told):
    """What reacting costs in twelve months: without dims all of it, `part=handling` and so on each part.

    `part=programme` is what prevention costs, `part=break_even` the share of the cost of reaction that it would have
    to remove; `part=tornado` how far each figure moves the whole; `part=inputs` the figures.
    """

    name: ClassVar[str] = "economics.reaction"
    title: ClassVar[str] = "What reacting costs"
    question: ClassVar[str] = "What does reacting cost, against preventing?"
    concepts: ClassVar[tuple[str, ...]] = ("D17",)
    method: ClassVar[Method] = Method(
        formula=(
            "C_react = handling (contacts × price, or minutes × hour) + goodwill (complaints × share × money) + churn "
            "(complainants not won back × churn × margin × years) + contagion (views of complaints × customers among "
            "them × lost conversion × margin); break-even ρ* = programme / C_react"
        ),
        interval=METHOD,
        source=SOURCE,
        limits=(
            "As good as the figures stated. A part without its figures is not computed, and the whole is not either. "
            "Ranges are sampled as if they were independent. Counts of the exports are taken as they are, brought to "
            "twelve months. Complaints that were exported are not all that were made."
        ),
    )

    def figures(self, ledger: Ledger) -> Sequence[Result]:
        """The whole, its parts, prevention, the break-even, what moves the whole, and the figures."""

        def programme(given: Inputs) -> Value:
            need(given, "programme")
            return given["programme"]

        def break_even(given: Inputs) -> Value:
            return programme(given) / ledger.reaction(given)

        return [
            *self.whole(ledger, ledger.reaction, PARTS),
            self.part(ledger, "programme", programme, status="ok"),
            self.part(ledger, "break_even", break_even, unit="ratio"),
            *self.swings(ledger, ledger.reaction),
            self.stated(ledger),
        ]
