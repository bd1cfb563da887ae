"""The measure `discovery.connected`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import partitions
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.answers import to
from cxreport_plugins.discovery.counting import Frame

SIDES: Final = ("connected", "others")
LOW_IS_GOOD: Final = " low is good"
SCORES: Final = {"nps": ("nps_score", None), "csat": ("csat_value", "csat_max"), "ces": ("ces_value", "ces_max")}
"""Metric → the columns of its answer and of the last number of its scale."""
Moments = tuple[float, float, int]
"""Mean, sample standard deviation, number."""
OTHER_MEDIA: Final = ("traditional", "personal")


class ConnectedOptions(MeasureOptions):
    """Options of `discovery.connected`."""

    segments: tuple[str, ...] = ()
    """Segments whose customers are connected; the others are those of every other segment. Without any, connected are
    those who answered that they heard of the brand by a digital source."""


class Connected(Measure):
    """Mean score of connected customers and of others (dims `metric`, `scale`, `side`), and its difference.

    `part=gap` is connected less others; `q` of its one row is the p-value adjusted for all metrics.
    """

    name: ClassVar[str] = "discovery.connected"
    title: ClassVar[str] = "Connected customers and others"
    question: ClassVar[str] = "Do connected customers judge differently from others?"
    concepts: ClassVar[tuple[str, ...]] = ("A06",)
    unit: ClassVar[Any] = "score"
    Options: ClassVar[type[ConnectedOptions]] = ConnectedOptions
    method: ClassVar[Method] = Method(
        formula=(
            "mean score of connected customers − mean score of others, on each scale by itself. Connected: of the "
            "segments that the options name, else who heard of the brand by a digital source; others: of any other "
            "segment, else who heard by a traditional or personal one"
        ),
        interval="95% Student's t for means, Welch for the gap; all gaps tested together (Benjamini–Hochberg)",
        source="Welch 1947; Benjamini & Hochberg 1995",
        limits=(
            "How somebody heard of a brand stands for how connected they are, and both sides also differ in what they "
            "bought. Adverts do not tell their medium: those answers are left out. Where low is good on a scale, it is "
            "turned."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers by metric, scale, side and score."""
        sided = self._sided(feedback, scope)
        return {metric: _scores(sided, metric) for metric in SCORES}

    def _sided(self, feedback: Feedback, scope: Scope) -> Frame:
        """Records with the column `side`; those of neither side are left out."""
        if self.options.segments:
            stated = feedback.of(scope.population).filter(~nw.col("segment").is_null())
            mine = nw.col("segment").is_in(list(self.options.segments))
            return stated.with_columns(side=nw.when(mine).then(nw.lit(SIDES[0])).otherwise(nw.lit(SIDES[1])))
        heard = to(feedback, scope, "heard")
        digital = nw.col("said").str.contains(_media("digital"))
        other = nw.col("said").str.contains(_media(*OTHER_MEDIA)) & ~digital
        side = nw.when(digital).then(nw.lit(SIDES[0])).when(other).then(nw.lit(SIDES[1]))
        return heard.with_columns(side=side).filter(~nw.col("side").is_null())

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Both sides of each scale, then the gaps, tested together."""
        pairs = [pair for metric in SCORES for pair in self._pairs(metric, frames[metric], scope.population)]
        if not pairs:
            why = message("no survey with a score tells how its people heard of the brand")
            return [self.untestable(why, "a survey with a score and a segment, or: how did you hear of us")]
        tested = [gap for *_, gap, p in pairs if p is not None]
        q = iter(stats.benjamini_hochberg([p for *_, p in pairs if p is not None]) if tested else ())
        out: list[Result] = []
        for first, second, gap, p in pairs:
            adjusted = gap if p is None else gap.model_copy(update={"rows": ({"p": p, "q": float(next(q))},)})
            out += [first, second, adjusted]
        return out

    def _pairs(
        self, metric: str, frame: pl.DataFrame, population: Predicate
    ) -> Iterator[tuple[Result, Result, Result, float | None]]:
        column, top = SCORES[metric]
        for values, rows in partitions(frame, "scale", "turned"):
            if set(rows["side"]) != set(SIDES):
                continue
            there = population.where((column, "not_null", None))
            there = there.where((top, "eq", values["scale"])) if top else there
            dims = {"metric": metric, "scale": f"{values['scale']:g}{LOW_IS_GOOD if values['turned'] else ''}"}
            moments = tuple(_moments(rows.filter(pl.col("side") == side)) for side in SIDES)
            first, second = (
                self._side(moment, {**dims, "side": side}, values["scale"], there)
                for moment, side in zip(moments, SIDES, strict=True)
            )
            gap, p = self._gap(moments[0], moments[1], {**dims, "part": "gap"}, there)
            yield first, second, gap, p

    def _side(self, moment: Moments, dims: dict[str, str], top: float, there: Predicate) -> Result:
        mean, deviation, n = moment
        low, high = stats.t_mean(mean, deviation, n)
        lowest = 0.0 if dims["metric"] == "nps" else 1.0
        return self.based(n, mean, max(lowest, low), min(top, high), dims=dims, population=there, evidence=there)

    def _gap(
        self, first: Moments, second: Moments, dims: dict[str, str], there: Predicate
    ) -> tuple[Result, float | None]:
        found = stats.two_means(first, second)
        n = first[2] + second[2]
        gap = self.based(n, first[0] - second[0], found.low, found.high, dims=dims, population=there)
        if math.isnan(found.p) or not stats.may_test(min(first[2], second[2])):
            why = message("one of the two sides has fewer than {n} answers").format(n=stats.TESTED_FROM)
            return gap.model_copy(update={"status": "directional", "reason": why} if gap.shown else {}), None
        return gap, found.p


def _media(*media: str) -> str:
    known = [cue.answer for cue in lists.cues("source").values() if cue.medium in media and cue.answer]
    return "|".join(f"(?:{answer})" for answer in known)


def _scores(sided: Frame, metric: str) -> Frame:
    """Answers by scale, side and score, of which high is good."""
    column, top = SCORES[metric]
    scale = nw.col(top) if top else nw.lit(10.0)
    main = (nw.col("metric") == metric).fill_null(value=False) & nw.col("rating_reversed")
    answered = sided.filter(~nw.col(column).is_null()).with_columns(scale=scale.cast(nw.Float64), turned=main)
    score = nw.col(column).cast(nw.Float64)
    good = answered.with_columns(score=nw.when(main).then(nw.col("scale") + 1 - score).otherwise(score))
    return good.group_by("scale", "turned", "side", "score").agg(n=nw.len())


def _moments(rows: pl.DataFrame) -> Moments:
    """Mean, sample standard deviation and number of scores."""
    rows = rows.sort("score")
    n = int(rows["n"].sum())
    mean = float((rows["score"] * rows["n"]).sum()) / n
    squares = float(((rows["score"] - mean) ** 2 * rows["n"]).sum())
    return mean, (squares / max(1, n - 1)) ** 0.5, n
