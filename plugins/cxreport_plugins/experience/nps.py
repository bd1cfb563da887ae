"""The measure `experience.nps`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import narwhals as nw

from cxreport.api import Method, Result, message, stats
from cxreport_plugins.experience.scores import BASE, SCORE, Group, Rated

GROUPS = {"detractor": (0, 6), "passive": (7, 8), "promoter": (9, 10)}


class Nps(Rated):
    """Net promoter score in points; shares of the three groups (dim `group`) and of each answer (dim `score`)."""

    name: ClassVar[str] = "experience.nps"
    title: ClassVar[str] = "Net Promoter Score"
    question: ClassVar[str] = "How likely are customers to recommend the brand?"
    concepts: ClassVar[tuple[str, ...]] = ("D11",)
    unit: ClassVar[Any] = "points"
    column: ClassVar[str] = "nps_score"
    absence: ClassVar[tuple[str, str]] = (
        message("no export holds answers to a recommendation question"),
        message("a survey that asks for recommendation on 0 to 10"),
    )  # fmt: skip
    method: ClassVar[Method] = Method(
        formula="NPS = 100 · (promoters − detractors) / answers; promoters 9–10, detractors 0–6",
        interval=(
            "95% adjusted Wald: ¾ of an answer added to either side and 3 to the base; the score itself stays raw; "
            f"{BASE}"
        ),
        source=(
            "Reichheld 2003; interval: Rocks 2016, who found the plain Wald interval too narrow on small bases; one "
            "person's answers are a cluster (Korn & Graubard 1998)"
        ),
        limits=(
            "Answers are not weighted. Those who answer a survey are not a random sample of customers: how many were "
            "asked, and how early they answered, decide how far the score can be carried over."
        ),
    )

    def scored(self, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Records with an answer from 0 to 10."""
        answered = records.filter((nw.col(self.column) >= 0) & (nw.col(self.column) <= 10))
        return answered.with_columns(nw.col(self.column).cast(nw.Float64).alias(SCORE))

    def headline(self, group: Group) -> Result:
        """The score of a group."""
        scores = group.scores
        promoters, detractors = (scores.between(*GROUPS[g]) for g in ("promoter", "detractor"))
        value = stats.nps(promoters, detractors, scores.n)
        return self.based(
            scores.n, value, *scores.net_interval(promoters, detractors),
            dims=group.dims, n_authors=scores.people, population=group.population, evidence=group.population,
        )  # fmt: skip

    def details(self, group: Group) -> Iterator[Result]:
        """Detractors, passives and promoters, then each answer."""
        for name, (low, high) in GROUPS.items():
            these = group.population.where((self.column, "ge", low), (self.column, "lt", high + 1))
            yield self.share(group, group.scores.between(low, high), these, group=name)
        yield from self.distribution(group, 0, 10)
