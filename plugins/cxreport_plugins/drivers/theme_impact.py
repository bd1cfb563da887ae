"""The measure `drivers.theme_impact`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking, partitions
from cxreport_plugins.common.people import AGGREGATES, coarse, columns
from cxreport_plugins.drivers.sides import Sides

Frame = nw.LazyFrame[Any]
OUTCOME: Final = ("outcome", "channel", "scale")
NPS, STARS = "nps", "stars"


class ThemeImpact(Measure):
    """The score of texts with a theme less that of the texts without it (dims `theme` and `outcome`; stars also
    `channel`, for sites are never pooled).

    `rows` give both scores, the share of texts with the theme, p, and q, which is adjusted for all themes and scores
    that are tested. `part=contribution` is that share times the difference: the score of all texts less that of the
    texts without the theme. `part=all` is the score of all texts.
    """

    name: ClassVar[str] = "drivers.theme_impact"
    title: ClassVar[str] = "Themes and the score"
    question: ClassVar[str] = "What do people who give low and high scores write about?"
    concepts: ClassVar[tuple[str, ...]] = ("D15",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "nps_score", "metric", "rating_value", "channel")
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ()
    method: ClassVar[Method] = Method(
        formula=(
            "Difference: NPS (mean stars of a site) of the texts with the theme − that of the texts without it. "
            "Contribution: share of texts with the theme × difference = score of all texts − score of those without it"
        ),
        interval=(
            "Difference: 95% from the adjusted Wald interval of either side (stars: Welch) at its effective base of "
            "author clusters; p-values adjusted over all themes and scores (Benjamini–Hochberg). Contribution: 95% "
            "percentile bootstrap over author clusters"
        ),
        source="Leave one theme out; Zou & Donner 2008; Welch 1947; Benjamini & Hochberg 1995",
        limits=(
            "An association, not a cause: who had other troubles too names several themes, and each difference holds "
            "what came with it. Only those who wrote something count; themes are found by patterns, which miss other "
            "words. Vendors define impact in different ways."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Scores per author cluster: of all texts, and of those with each theme."""
        records = _scored(feedback.of(_read(scope)))
        labels = feedback.labels.filter(nw.col("kind") == "themes")
        themes = labels.select("record_id", theme=nw.col("label")).unique()
        return {"all": _tally(records), "theme": _tally(records.join(themes, on="record_id", how="inner"), "theme")}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each score, then its themes in alphabetical order."""
        sides = [one for values, rows in partitions(frames["all"], *OUTCOME) for one in _sides(values, rows, frames)]
        if not sides:
            why = message("no text with a theme of the codebook stands beside a score")
            return [self.untestable(why, message("a survey or reviews with a score and a text"), "enrich.themes")]
        tested = [one for one in sides if one.testable]
        adjusted = dict(zip(map(id, tested), stats.benjamini_hochberg([one.p for one in tested]), strict=True))
        wholes = {_key(one): one for one in sides}
        return [
            *(self._whole(one, scope) for one in wholes.values()),
            *(r for one in sides for r in self._themed(one, adjusted.get(id(one)), scope)),
        ]

    def _whole(self, one: Sides, scope: Scope) -> Result:
        n, value, low, high = one.whole
        return self.based(n, value, low, high, dims=_dims(one) | {"part": "all"}, unit=_unit(one),
                          n_authors=one.people, population=_population(one, scope))  # fmt: skip

    def _themed(self, one: Sides, q: Any, scope: Scope) -> Iterator[Result]:
        dims = {"theme": one.theme, **_dims(one)}
        n, unit = min(one.counts), _unit(one)
        if n < stats.HIDDEN_BELOW or np.isnan(one.low):
            few = message(
                "with it or without it there are fewer than ten texts, or all are by one author or score alike"
            )
            yield lacking(self, dims, few, message("more texts by more people"))
            return
        rows = ({"share": one.share, "with": one.means[0], "without": one.means[1], "p": one.p,
                 "q": None if q is None else float(q)},)  # fmt: skip
        facts: dict[str, Any] = {
            "unit": unit, "population": _population(one, scope), "n_authors": one.themed_people,
            "evidence": Predicate(table="labels", all=(("kind", "eq", "themes"), ("label", "eq", one.theme))),
        }  # fmt: skip
        yield self.based(n, one.value, one.low, one.high, dims=dims, rows=rows, **facts)
        yield self.based(n, *one.contribution, dims=dims | {"part": "contribution"}, **facts)


def _read(scope: Scope) -> Predicate:
    return scope.population.where(("themes_read", "eq", True))


def _population(one: Sides, scope: Scope) -> Predicate:
    if one.outcome == NPS:
        return _read(scope).where(("nps_score", "not_null", None))
    rated = _read(scope).where(("metric", "eq", STARS), ("channel", "eq", one.channel))
    return rated.where(("rating_value", "not_null", None), ("rating_max", "eq", one.scale))


def _scored(records: Frame) -> Frame:
    """Records with a score: `OUTCOME`, and `score` (net promoter: −1, 0, 1)."""
    asked = ~nw.col("nps_score").is_null()
    rated = (nw.col("metric") == STARS) & ~nw.col("rating_value").is_null() & ~nw.col("rating_max").is_null()
    group = nw.when(nw.col("nps_score") >= 9).then(nw.lit(1.0)).when(nw.col("nps_score") <= 6).then(nw.lit(-1.0))
    return records.filter(asked | rated.fill_null(value=False)).with_columns(
        outcome=nw.when(asked).then(nw.lit(NPS)).otherwise(nw.lit(STARS)),
        channel=nw.when(asked).then(nw.lit("")).otherwise(nw.col("channel").fill_null("unknown")),
        scale=nw.when(asked).then(nw.lit(10.0)).otherwise(nw.col("rating_max")),
        score=nw.when(asked).then(group.otherwise(nw.lit(0.0))).otherwise(nw.col("rating_value")),
    )


def _tally(records: Frame, *keys: str) -> Frame:
    marked = coarse(records).with_columns(
        squared=nw.col("score") * nw.col("score"), **columns(~nw.col("record_id").is_null())
    )
    grouped = marked.group_by(*OUTCOME, *keys, "author_bucket")
    return grouped.agg(n=nw.len(), sum=nw.col("score").sum(), squares=nw.col("squared").sum(), **AGGREGATES)


def _sides(values: Mapping[str, Any], rows: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> Iterator[Sides]:
    mine = frames["theme"].filter(*(pl.col(key) == value for key, value in values.items()))
    for named, themed in partitions(mine, "theme"):
        yield Sides(str(named["theme"]), values["outcome"], values["channel"], values["scale"], rows, themed)


def _key(one: Sides) -> tuple[str, str, float]:
    return one.outcome, one.channel, one.scale


def _dims(one: Sides) -> dict[str, str]:
    if one.outcome == NPS:
        return {"outcome": NPS}
    site = {"outcome": STARS, "channel": one.channel}
    return site if one.scale == 5 else site | {"scale": f"{one.scale:g}"}


def _unit(one: Sides) -> Any:
    return "points" if one.outcome == NPS else "stars"
