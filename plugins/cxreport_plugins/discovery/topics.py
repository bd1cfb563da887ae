"""The measure `discovery.topics`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.discovery.counting import labels, with_question


class Topics(Measure):
    """What people ask about before they choose (dim `theme`): share of the questions with each theme."""

    name: ClassVar[str] = "discovery.topics"
    title: ClassVar[str] = "What people ask about"
    question: ClassVar[str] = "What do people look for before they choose?"
    concepts: ClassVar[tuple[str, ...]] = ("B07",)
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "moment", "text")
    method: ClassVar[Method] = Method(
        formula="questions before the choice (stimulus, zmot) with the theme / such questions that were read",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits="A question is an act that patterns find, or a question mark; so are themes, by a codebook.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Questions per author cluster, and those with each theme."""
        asked = with_question(feedback.of(_read(scope)), feedback).filter(nw.col("asks"))
        themed = asked.join(labels(feedback, "themes"), on="record_id", how="inner")
        return {"questions": tally(asked), "themes": tally(themed, "label")}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The themes of questions, the commonest first."""
        base, themes = frames["questions"], frames["themes"]
        if not base.height:
            return [self.untestable("nobody asks before choosing", "posts with questions; enrich.themes")]
        if not themes.height:
            return [self.untestable("no question has a theme of the codebook", "enrich.themes.packs")]
        counts = themes.group_by("label").agg(pl.col("n").sum()).sort("n", "label", descending=[True, False])
        return [self._topic(str(theme), base, themes, scope) for theme in counts["label"]]

    def _topic(self, theme: str, base: pl.DataFrame, themes: pl.DataFrame, scope: Scope) -> Result:
        hits = with_hits(base, themes.filter(pl.col("label") == theme))
        return share(self, hits, "k", dims={"theme": theme}, population=_read(scope), evidence=_read(scope))


def _read(scope: Scope) -> Predicate:
    return scope.population.where(any_of("moment", ("stimulus", "zmot")), ("themes_read", "eq", True))
