"""The measure `contagion.shareability`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, any_of, message, stats
from cxreport_plugins.common.shares import SHARE, share
from cxreport_plugins.contagion.passed import ABSENCE, COUNTED, INPUT, NEEDS, passed_on, posts, spread

SIDES: Final = ("positive", "negative")
Z: Final = 1.959964
HALDANE: Final = 0.5
Counts = tuple[float, float, float]


class Shareability(Measure):
    """Odds that a positive post is passed on at all over those of a negative one; 1 is alike.

    `sentiment` is the share of posts of that sentiment that were passed on at least once.
    """

    name: ClassVar[str] = "contagion.shareability"
    title: ClassVar[str] = "Shareability"
    question: ClassVar[str] = "Is good experience passed on as readily as bad?"
    concepts: ClassVar[tuple[str, ...]] = ("D20",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula=(
            "OR = (k₊ + ½)(n₋ − k₋ + ½) / ((n₊ − k₊ + ½)(k₋ + ½)); k of n posts of a sentiment were passed on at least "
            "once. Share: k / n"
        ),
        interval=f"OR: 95% logit, counts at the effective base of author clusters. Share: {SHARE}",
        source="Haldane 1956; Anscombe 1956; Woolf 1955; Korn & Graubard 1998",
        limits=COUNTED + "Sentiment is read from words, with errors, which draw the ratio towards 1.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Posts and those passed on, by sentiment and author cluster."""
        return {"sums": spread(passed_on(feedback.of(posts(scope))))}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The odds ratio, then the share of either side."""
        rows = {side: frames["sums"].filter(pl.col("sentiment") == side) for side in SIDES}
        if not all(part.height for part in rows.values()):
            why = message("no positive or no negative post tells how often it was passed on")
            return [self.untestable(why if frames["sums"].height else ABSENCE, INPUT)]
        population = posts(scope).where(any_of("sentiment", SIDES))
        shares = [
            share(self, part, "k", dims={"sentiment": side}, population=posts(scope).where(("sentiment", "eq", side)))
            for side, part in rows.items()
        ]
        if any(part.height < 2 for part in rows.values()):
            return [self.untestable("all records of one side are by one author", "records of more authors"), *shares]
        counts = [_counts(part) for part in rows.values()]
        n, least = sum(r.n for r in shares), min(r.n for r in shares)
        found = self.based(n, *odds_ratio(*counts), population=population, evidence=population)
        if found.shown and not stats.may_test(least):
            why = message("one of the two sides has fewer than {n} records").format(n=stats.TESTED_FROM)
            found = found.model_copy(update={"status": "directional", "reason": why})
        return [found, *shares]


def odds_ratio(first: Counts, second: Counts) -> tuple[float, float, float]:
    """Haldane's odds ratio of two counts (k, n, design effect), with its logit interval.

    Value from the counts as they are; the interval is as wide as counts divided by their design effect make it.
    """
    cells = [(k + HALDANE, n - k + HALDANE) for k, n, _ in (first, second)]
    log = math.log(cells[0][0] * cells[1][1] / (cells[0][1] * cells[1][0]))
    half = Z * math.sqrt(sum(1 / (k / d + HALDANE) + 1 / ((n - k) / d + HALDANE) for k, n, d in (first, second)))
    return math.exp(log), math.exp(log - half), math.exp(log + half)


def _counts(rows: pl.DataFrame) -> Counts:
    ordered = rows.sort("bucket")
    return float(rows["k"].sum()), float(rows["n"].sum()), stats.deff(ordered["k"], 0, ordered["n"])
