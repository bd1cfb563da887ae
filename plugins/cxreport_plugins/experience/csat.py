"""The measure `experience.csat`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import narwhals as nw

from cxreport.api import Method, Predicate, Result, message
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.experience.scales import Scale, boxes, column, on_scale
from cxreport_plugins.experience.scores import BASE, SCORE, Group, Rated

FEWEST, MOST = 5, 11
"""Lengths of scales on which the best two answers are a meaningful share."""


class Csat(Rated):
    """Share of the best two answers, per scale (dim `scale`), and of each answer (dim `score`)."""

    name: ClassVar[str] = "experience.csat"
    title: ClassVar[str] = "Customer satisfaction"
    question: ClassVar[str] = "How many customers say that they are satisfied?"
    unit: ClassVar[Any] = "share"
    keys: ClassVar[tuple[str, ...]] = ("scale",)
    column: ClassVar[str] = "csat_value"
    absence: ClassVar[tuple[str, str]] = (
        message("no export holds answers to a satisfaction question"),
        message("a survey that asks how satisfied people were"),
    )  # fmt: skip
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("scale",),)
    method: ClassVar[Method] = Method(
        formula="CSAT = answers in the best two boxes / answers: 4–5 on a scale of five, 6–7 on one of seven",
        interval=f"95% Wilson {BASE}",
        source="Top-two-box satisfaction; interval: Wilson 1927",
        limits="Scales of different length are never pooled: a top-two share of seven points is another question.",
    )

    def scored(self, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Records with an answer."""
        answered = records.filter(~nw.col(self.column).is_null())
        score = nw.col(self.column).cast(nw.Float64)
        return answered.with_columns(scale=column("csat_max", "csat"), **{SCORE: score})

    def within(self, population: Predicate, values: Mapping[str, Any]) -> Predicate:
        """Answers on one scale."""
        answered = super().within(population, values)
        return on_scale(answered, "csat_max", "csat", Scale.parse(values["scale"]))

    def headline(self, group: Group) -> Result:
        """The top-two-box share of a group."""
        scale = Scale.parse(group.values["scale"])
        if not FEWEST <= scale.points <= MOST:
            why = scale.fault or message("two boxes of so short or long a scale say nothing")
            return lacking(
                self, group.dims, why, message("a satisfaction question on five or seven points, with its scale")
            )
        best = scale.best(2)
        return self.share(group, group.scores.between(*best), boxes(group.population, self.column, best))

    def details(self, group: Group) -> Iterator[Result]:
        """Each answer."""
        scale = Scale.parse(group.values["scale"])
        if FEWEST <= scale.points <= MOST:
            yield from self.distribution(group, group.scores.least, scale.points)
