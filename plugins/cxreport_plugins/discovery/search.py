"""The measure `discovery.search_results`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, stats
from cxreport_plugins.common.net import wider

FIRST_PAGE: Final = 10
FORMULAS: Final[dict[str, pl.Expr]] = {
    "own": pl.col("kind") == "own",
    "rival": pl.col("kind") == "rival",
    "harmless": pl.col("tone") != "negative",
}


class SearchResults(Measure):
    """What a search shows on its first page (dim `part`).

    `own` and `rival`: share of the ten first places that lead to the brand's or a rival's pages; `harmless`: that
    speak of the brand in a neutral or positive tone; `tone`: positive minus negative places, points.
    """

    name: ClassVar[str] = "discovery.search_results"
    title: ClassVar[str] = "First page of search"
    question: ClassVar[str] = "What does a search show to those who look around?"
    concepts: ClassVar[tuple[str, ...]] = ("B19",)
    method: ClassVar[Method] = Method(
        formula=(
            "places 1 to 10 of search results that are of a kind or tone / such places, the latest search of each "
            "query; tone = 100 · (positive − negative) / places"
        ),
        interval="95% Wilson (tone: adjusted Wald) at the effective base of queries, never narrower than for places",
        source="The zero moment of truth is a search: Lecinski 2011. Wilson 1927; Korn & Graubard 1998",
        limits="Queries, kinds and tones are the consultant's choice. Search results differ by place, time and person.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Nothing: search results come from the project's context."""
        return {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Shares of places, and their tone."""
        places = self._places()
        if not places.height:
            return [self.untestable("no search results are given", "context.serp")]
        by_query = places.group_by("query").agg(
            n=pl.len(), positive=(pl.col("tone") == "positive").sum(), negative=(pl.col("tone") == "negative").sum(),
            **{part: formula.sum() for part, formula in FORMULAS.items()},
        ).sort("query")  # fmt: skip
        return [*(self._share(part, by_query) for part in FORMULAS), *self._tone(by_query)]

    def _places(self) -> pl.DataFrame:
        """The first page of the latest search of each query."""
        found = self.context.facts.serp or ()
        rows = [(r.query.casefold(), r.date, r.rank, r.kind, r.tone) for r in found if r.rank <= FIRST_PAGE]
        table = pl.DataFrame(rows, schema=["query", "date", "rank", "kind", "tone"], orient="row")
        return table.filter(pl.col("date") == pl.col("date").max().over("query")) if rows else table

    def _share(self, part: str, rows: pl.DataFrame) -> Result:
        k, n = int(rows[part].sum()), int(rows["n"].sum())
        least, clustered = stats.wilson(k, n), stats.bucketed_proportion(rows[part], rows["n"])
        low, high = least if math.isnan(clustered[0]) else wider(clustered, least)
        return self.based(n, k / n, min(low, k / n), max(high, k / n), dims={"part": part}, population=_NOBODY)

    def _tone(self, rows: pl.DataFrame) -> Iterator[Result]:
        n, positive, negative = (int(rows[column].sum()) for column in ("n", "positive", "negative"))
        value = stats.net_share(positive, negative, n)
        clustered = stats.bucketed_trinomial(rows["positive"], rows["negative"], rows["n"])
        least = stats.adjusted_wald(positive, negative, n)
        low, high = least if math.isnan(clustered[0]) else wider(clustered, least)
        yield self.based(
            n, 100 * value, 100 * min(low, value), 100 * max(high, value), unit="points", dims={"part": "tone"},
            population=_NOBODY,
        )  # fmt: skip


_NOBODY: Final = Predicate(all=(("record_id", "is_null", None),))
"""Search results are no records: nothing stands behind them that could be shown."""
