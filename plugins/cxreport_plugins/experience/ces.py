"""The measure `experience.ces`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import narwhals as nw

from cxreport.api import Method, Predicate, Result, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.experience.scales import Scale, boxes, column, on_scale
from cxreport_plugins.experience.scores import BASE, SCORE, Group, Rated

EASY = {7: (2, 3, 3), 5: (2, 2, 2)}
"""Points of the scale → boxes that count as easy and as hard in the index, and boxes of the share that agree."""


class Ces(Rated):
    """Customer effort: an index in points, the share that found it easy, the mean, and each answer.

    Version 2.0 asks for agreement with "they made it easy" (1–7, high is good), version 1.0 for the effort it took
    (1–5, low is good). Results carry the dims `version` and `scale` and are never pooled over them.
    """

    name: ClassVar[str] = "experience.ces"
    title: ClassVar[str] = "Customer effort"
    question: ClassVar[str] = "How easy is it to get something done with the brand?"
    concepts: ClassVar[tuple[str, ...]] = ("E04", "D22")
    unit: ClassVar[Any] = "points"
    keys: ClassVar[tuple[str, ...]] = ("scale",)
    column: ClassVar[str] = "ces_value"
    absence: ClassVar[tuple[str, str]] = (
        message("no export holds answers to an effort question"),
        message("a survey that asks on 1 to 7 whether it was made easy"),
    )  # fmt: skip
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("scale", "version"),)
    method: ClassVar[Method] = Method(
        formula=(
            "Index = 100 · (easy − hard) / answers: 6–7 against 1–3 of seven points (version 2.0), 1–2 against 4–5 of "
            "five where low effort is low (version 1.0). Share that found it easy: 5–7 of seven. Mean of the answers."
        ),
        interval=f"95% adjusted Wald for the index, Wilson for shares, Student's t for the mean; {BASE}",
        source="Customer Effort Score 1.0 (Dixon, Freeman & Toman 2010) and 2.0 (2013); intervals as for NPS and CSAT",
        limits="The versions ask different questions on scales of opposite direction and are never pooled.",
    )

    def scored(self, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Records with an answer."""
        answered = records.filter(~nw.col(self.column).is_null())
        score = nw.col(self.column).cast(nw.Float64)
        return answered.with_columns(scale=column("ces_max", "ces", either_way=5), **{SCORE: score})

    def within(self, population: Predicate, values: Mapping[str, Any]) -> Predicate:
        """Answers on one scale."""
        answered = super().within(population, values)
        return on_scale(answered, "ces_max", "ces", Scale.parse(values["scale"]))

    def headline(self, group: Group) -> Result:
        """The index of a group."""
        scale, of = Scale.parse(group.values["scale"]), _versioned(group)
        if scale.fault or scale.points not in EASY:
            why = scale.fault or message("no published index fits its scale")
            return lacking(
                self, of.dims, why, message("an effort question on 1–7 (2.0) or 1–5 (1.0) as the main score")
            )
        best, worst, _ = EASY[scale.points]
        easy, hard = (group.scores.between(*ends) for ends in (scale.best(best), scale.worst(worst)))
        n = group.scores.n
        return self.based(
            n, stats.nps(easy, hard, n), *group.scores.net_interval(easy, hard),
            dims=of.dims, n_authors=of.scores.people, population=of.population, evidence=of.population,
        )  # fmt: skip

    def details(self, group: Group) -> Iterator[Result]:
        """Share that found it easy, mean, and each answer."""
        scale, of = Scale.parse(group.values["scale"]), _versioned(group)
        if scale.fault or scale.points not in EASY:
            return
        agree = scale.best(EASY[scale.points][2])
        yield self.share(of, of.scores.between(*agree), boxes(of.population, self.column, agree), part="easy")
        yield self.based(
            of.scores.n, of.scores.mean, *of.scores.mean_interval(1, scale.points), unit="score",
            method=of.scores.method(message("95% Student's t")), dims=of.dims | {"part": "mean"},
            n_authors=of.scores.people,
            population=of.population, evidence=of.population,
        )  # fmt: skip
        yield from self.distribution(of, 1, scale.points)


def _versioned(group: Group) -> Group:
    """The group with the dims `version` and `scale` in place of the scale's own text."""
    scale = Scale.parse(group.values["scale"])
    version = "1.0" if scale.low_is_good else "2.0" if scale.known else "unknown"
    dims = group.dims | {"version": version, "scale": str(scale.points)}
    return Group(group.values, dims, group.population, group.scores)
