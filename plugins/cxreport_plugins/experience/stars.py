"""The measure `experience.stars`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import narwhals as nw

from cxreport.api import Method, Predicate, Result, message
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.experience.scores import BASE, SCORE, Group, Rated

UNKNOWN, UNSTATED, FIVE = "unknown", 0.0, 5.0


class Stars(Rated):
    """Mean rating per site (dims `channel` and `scale`), and the share of each rating (dim `score`)."""

    name: ClassVar[str] = "experience.stars"
    title: ClassVar[str] = "Star rating"
    question: ClassVar[str] = "How do customers rate the brand in public?"
    concepts: ClassVar[tuple[str, ...]] = ("D03", "D04")
    unit: ClassVar[Any] = "stars"
    keys: ClassVar[tuple[str, ...]] = ("channel", "scale")
    by: ClassVar[tuple[str, ...]] = ("location_name",)
    column: ClassVar[str] = "rating_value"
    absence: ClassVar[tuple[str, str]] = (message("no export holds star ratings"), message("reviews with stars"))
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("channel", "scale"),)
    method: ClassVar[Method] = Method(
        formula="Mean of the ratings of a site, in the unit of its scale",
        interval=(
            "95% Student's t, within the scale; where all ratings are alike, bounded by Wilson's interval; " + BASE
        ),
        source="Sample mean; distribution with Wilson intervals",
        limits=(
            "Sites attract different people and are never pooled. Ratings in public are often all or nothing: read the "
            "distribution, not the mean alone."
        ),
    )

    def scored(self, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Records rated in stars."""
        rated = records.filter(nw.col("metric") == "stars", ~nw.col(self.column).is_null())
        site, scale = nw.col("channel").fill_null(UNKNOWN), nw.col("rating_max").fill_null(UNSTATED)
        return rated.with_columns(channel=site, scale=scale, **{SCORE: nw.col(self.column).cast(nw.Float64)})

    def within(self, population: Predicate, values: Mapping[str, Any]) -> Predicate:
        """Ratings of one site on one scale."""
        site, top = values["channel"], values["scale"]
        rated = super().within(population, values).where(("metric", "eq", "stars"))
        there = rated.where(("channel", "is_null", None) if site == UNKNOWN else ("channel", "eq", site))
        return there.where(("rating_max", "is_null", None) if top == UNSTATED else ("rating_max", "eq", top))

    def headline(self, group: Group) -> Result:
        """The mean of a group."""
        scores, top = group.scores, group.values["scale"]
        if top == UNSTATED:
            return lacking(
                self, group.dims, message("the scale of the ratings is not stated"), message("ratings with their scale")
            )
        return self.based(
            scores.n, scores.mean, *scores.mean_interval(scores.least, top),
            unit="stars" if top == FIVE else "score", dims=group.dims, n_authors=scores.people,
            population=group.population, evidence=group.population,
        )  # fmt: skip

    def details(self, group: Group) -> Iterator[Result]:
        """Each rating."""
        if group.values["scale"] != UNSTATED:
            yield from self.distribution(group, group.scores.least, int(group.values["scale"]))
