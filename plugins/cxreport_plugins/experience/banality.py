"""The measure `experience.banality`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope
from cxreport_plugins.common.cells import partitions
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, Frame, share, tally

DELIGHT: Final = "expect.delight"
FIVE: Final = 5.0
UNKNOWN: Final = "unknown"
LEVELS: Final = ("middling", "best", "extraordinary")
CONCEPTS: Final = {"middling": ("D03",), "best": ("D04",), "extraordinary": ("D04",)}
"""Which question each level answers."""


@dataclass(frozen=True)
class Bounds:
    """Where on a scale the middling answers begin and end, and the best begin."""

    column: str
    low: float
    best: float
    high: float | None = None

    def middling(self, population: Predicate) -> Predicate:
        """The answers in the middle."""
        return population.where((self.column, "ge", self.low), (self.column, "lt", self.high or self.best))

    def top(self, population: Predicate) -> Predicate:
        """The best answers."""
        return population.where((self.column, "ge", self.best))


class Banality(Measure):
    """Shares of middling, best and extraordinary ratings (dim `level`), of `of=nps` and of each site's stars.

    Middling: 7 or 8 of 10, 3 of 5 stars; best: 9 or 10, 5 stars. Extraordinary are the best that also say why: an NPS
    answer with a word of delight, five stars with a text. `of=texts` is the share of texts with a word of delight.
    """

    name: ClassVar[str] = "experience.banality"
    title: ClassVar[str] = "Banality and delight"
    question: ClassVar[str] = "How much is merely mediocre, and how much extraordinary?"
    concepts: ClassVar[tuple[str, ...]] = ("D03", "D04")
    unit: ClassVar[Any] = "share"
    method: ClassVar[Method] = Method(
        formula=(
            "answers 7–8 (3 stars) / answers; answers 9–10 (5 stars) / answers; of these, answers that say so in their "
            "text (any text under 5 stars) / answers; texts with a word of delight / texts read"
        ),
        interval=SHARE,
        source=f"Net Promoter passives (Reichheld 2003); {SHARE_SOURCE}",
        limits=(
            "Sites are never pooled, and only stars of five count. Words of delight are found by patterns, English and "
            "Russian: a lower bound."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers, stars and texts per author cluster, with those of each level."""
        rows = _delighted(feedback, feedback.of(scope.population), scope)
        said: nw.Expr = (~nw.col("text").is_null() & (nw.col("text") != "")).fill_null(value=False)
        score, stars = nw.col("nps_score"), nw.col("rating_value")
        answers = rows.filter(~score.is_null())
        rated = rows.filter(*_stars()).with_columns(channel=nw.col("channel").fill_null(UNKNOWN))
        frames = {
            "nps": _levels(answers, (score >= 7) & (score <= 8), score >= 9, nw.col("delighted")),
            "stars": _levels(rated, (stars - 3).abs() < 0.5, stars >= FIVE, said, "channel"),
        }
        if "cues_read" in scope.columns:
            frames["texts"] = tally(rows.filter(nw.col("cues_read")), extraordinary=nw.col("delighted"))
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """NPS, each site, texts: those that there are."""
        found = [*self._answers(frames["nps"], scope), *self._sites(frames["stars"], scope.population)]
        if "texts" in frames and frames["texts"].height:
            there = scope.population.where(("cues_read", "eq", True))
            dims = {"of": "texts", "level": "extraordinary"}
            found.append(share(self, frames["texts"], "extraordinary", dims=dims, population=there, evidence=_CUED))
        return [r.model_copy(update={"concepts": CONCEPTS[r.dims["level"]]}) for r in found] or [
            self.untestable("no export holds scores or stars", "scores, or stars with a text")
        ]

    def _answers(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        there = scope.population.where(("nps_score", "not_null", None))
        levels = LEVELS if "cues_read" in scope.columns else LEVELS[:2]
        yield from self._of(rows, {"of": "nps"}, there, Bounds("nps_score", 7, 9), levels)

    def _sites(self, frame: pl.DataFrame, population: Predicate) -> Iterator[Result]:
        for values, rows in partitions(frame, "channel"):
            site = values["channel"]
            stars = population.where(("metric", "eq", "stars"), ("rating_max", "eq", FIVE))
            there = stars.where(("channel", "is_null", None) if site == UNKNOWN else ("channel", "eq", site))
            dims = {"of": "stars", "channel": str(site)}
            yield from self._of(rows, dims, there, Bounds("rating_value", 2.5, FIVE, 3.5), LEVELS)

    def _of(
        self, rows: pl.DataFrame, dims: dict[str, str], there: Predicate, bounds: Bounds, levels: Sequence[str]
    ) -> Iterator[Result]:
        if rows.height:
            for level in levels:
                evidence = bounds.middling(there) if level == "middling" else bounds.top(there)
                yield share(self, rows, level, dims={**dims, "level": level}, population=there, evidence=evidence)


_CUED: Final = Predicate(table="labels", all=(("kind", "eq", "cues"), ("label", "eq", DELIGHT)))


def _stars() -> tuple[nw.Expr, ...]:
    five = (nw.col("rating_max") == FIVE).fill_null(value=False)
    return nw.col("metric") == "stars", ~nw.col("rating_value").is_null(), five


def _levels(rows: Frame, middling: nw.Expr, best: nw.Expr, told: nw.Expr, *keys: str) -> Frame:
    return tally(rows, *keys, middling=middling, best=best, extraordinary=best & told)


def _delighted(feedback: Feedback, records: Frame, scope: Scope) -> Frame:
    """Records with the column `delighted`: a word of delight was found in their text."""
    if "cues_read" not in scope.columns:
        return records.with_columns(delighted=nw.lit(value=False))
    found = _CUED.keep(feedback.labels).select("record_id").unique().with_columns(__delighted=nw.lit(1))
    joined = records.join(found, on="record_id", how="left")
    return joined.with_columns(delighted=~nw.col("__delighted").is_null()).drop("__delighted")
