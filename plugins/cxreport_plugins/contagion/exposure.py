"""The measure `contagion.exposure`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl
from pydantic import Field

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Predicate, Result, Scope, any_of, message
from cxreport_plugins.common.cells import Cell, cells
from cxreport_plugins.common.populations import public
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

LOW: Final = 0.5
"""Ratings below the middle of their scale (one or two stars of five) are negative."""
ABSENCE: Final = message("no export holds public reviews with a rating")
INPUT: Final = message("an export of reviews")


class ExposureOptions(MeasureOptions):
    """How many reviews somebody reads."""

    read: Annotated[int, Field(ge=1, le=1000)] = 10
    """Reviews that the next customer reads on one platform."""


class Exposure(Measure):
    """Chance that somebody who reads a few reviews of a platform meets a negative one, by platform.

    `part=negative` is the share of reviews that are negative.
    """

    name: ClassVar[str] = "contagion.exposure"
    title: ClassVar[str] = "Exposure to the negative"
    question: ClassVar[str] = "How surely does the next customer see a negative review?"
    concepts: ClassVar[tuple[str, ...]] = ("D07",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared",)
    Options: ClassVar[type[ExposureOptions]] = ExposureOptions
    method: ClassVar[Method] = Method(
        formula=(
            "P(at least 1 negative of k read) = 1 − C(N − neg, k) / C(N, k); k = 10 unless set, N reviews with a "
            "rating of a platform, neg: rated below the middle of the scale"
        ),
        interval=f"1 − (1 − p)ᵏ at the limits of p = neg / N: {SHARE}",
        source=f"Hypergeometric distribution; {SHARE_SOURCE}",
        limits=(
            "As if reviews were read at random; platforms sort them, and people read the bad ones on purpose. Which "
            "reviews are shown first is not in any export."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Reviews and negative ones, by channel and author cluster."""
        low = nw.col("rating_norm") < LOW
        return {"reviews": tally(feedback.of(self._reviews(scope)), "channel", negative=low)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Chance and share of each platform."""
        found = list(cells(frames["reviews"], self._reviews(scope), "channel"))
        if not found:
            return [self.untestable(ABSENCE, INPUT)]
        return [result for cell in found for result in self._platform(cell)]

    def _platform(self, cell: Cell) -> list[Result]:
        part = share(
            self, cell.rows, "negative", dims={**cell.dims, "part": "negative"}, population=cell.population,
            evidence=cell.population.where(("rating_norm", "lt", LOW)),
        )  # fmt: skip
        k, negative = self.options.read, int(cell.rows["negative"].sum())
        if not part.shown or part.low is None or part.high is None:
            return [part.model_copy(update={"dims": cell.dims}), part]
        value = met(part.n, negative, k)
        low, high = (1 - (1 - p) ** k for p in (part.low, part.high))
        chance = self.based(
            part.n, value, min(low, value), max(high, value), dims=cell.dims, n_authors=part.n_authors,
            population=cell.population, evidence=part.evidence,
        )  # fmt: skip
        return [chance, part]

    def _reviews(self, scope: Scope) -> Predicate:
        return public(scope).where(any_of("kind", ("review", "rating_only")), ("rating_norm", "not_null", None))


def met(n: int, negative: int, k: int) -> float:
    """Chance that at least one of `k` of `n` reviews, drawn without putting back, is one of the `negative`.

    More reviews than there are cannot be read: then it is 1 if any is negative.
    """
    drawn = np.arange(min(k, n))
    return float(1 - np.prod(np.clip(n - negative - drawn, 0, None) / (n - drawn)))
