"""The measure `themes.change`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.people import people
from cxreport_plugins.themes import periods
from cxreport_plugins.themes.counting import book, having, read, tally, themed, unheard
from cxreport_plugins.themes.periods import BEFORE, BOUNDS, LATE

NEW_FROM = 5
"""People who must speak of a theme that nobody spoke of before."""
Counts = dict[str, pl.DataFrame]


class Change(Measure):
    """Change of a theme's share from the first two thirds of the period to the last (dim `theme`), in points.

    `rows` give both shares, the day of the turn, p and q (p adjusted over all themes). `part=new` marks themes that
    nobody had before, with how many people have them now.
    """

    name: ClassVar[str] = "themes.change"
    title: ClassVar[str] = "Rising and fading themes"
    question: ClassVar[str] = "What is talked about more than before, and what is new?"
    concepts: ClassVar[tuple[str, ...]] = ("C03",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "created_at")
    method: ClassVar[Method] = Method(
        formula=(
            "100 · (share in the last third of the period − share before); new: five people or more now, nobody before"
        ),
        interval=(
            "95% Newcombe on counts divided by the design effect of author clusters; p-values of no change adjusted "
            "over all themes (Benjamini–Hochberg)"
        ),
        source="Newcombe 1998; Benjamini & Hochberg 1995",
        limits=(
            "Only channels heard in both parts count. What rose may rise every year at that time: only the same months "
            "of another year tell."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts per part of the period and author cluster: of all texts read, and of each theme."""
        records = feedback.of(read(scope))
        parted = periods.parted(records)
        return {
            BOUNDS: periods.bounds(records),
            "base": tally(parted, "part"),
            "theme": tally(themed(parted, feedback), "theme", "part"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each theme, then those that are new."""
        base = {part: frames["base"].filter(pl.col("part") == part) for part in (BEFORE, LATE)}
        themes = list(book(self.context).labels("en"))
        if not themes or frames[BOUNDS]["turn"].null_count() == frames[BOUNDS].height:
            return [unheard(self)]
        if any(rows.height < 2 for rows in base.values()):
            what = message("no channel has texts by several people both in the last third of the period and before")
            return [self.untestable(what, "dated texts over a longer time")]
        hits = {theme: _hits(frames["theme"], theme) for theme in themes}
        tested = {theme: _comparison(hits[theme], base) for theme in themes if _told(hits[theme])}
        adjusted = stats.benjamini_hochberg([c.p for c in tested.values()])
        day = periods.turn(frames[BOUNDS])
        return [
            *(
                self._change(theme, tested[theme], float(q), hits[theme], base, day, scope)
                for theme, q in zip(tested, adjusted, strict=True)
            ),
            *(
                lacking(self, {"theme": theme}, "nobody speaks of it", "texts that have it")
                for theme in themes
                if theme not in tested
            ),
            *(self._new(theme, hits[theme][LATE]) for theme in themes if _is_new(hits[theme])),
        ]

    def _change(
        self, theme: str, tested: stats.Comparison, q: float, hits: Counts, base: Counts, day: str, scope: Scope
    ) -> Result:
        n = min(int(rows["n"].sum()) for rows in base.values())
        shares = {part: int(hits[part]["n"].sum()) / int(base[part]["n"].sum()) for part in base}
        value, low, high = (100 * number for number in tested[:3])
        return self.based(
            n, value, min(low, value), max(high, value), dims={"theme": theme},
            population=read(scope), evidence=having(theme),
            rows=({**shares, "p": tested.p, "q": q, "turn": day},),
        )  # fmt: skip

    def _new(self, theme: str, rows: pl.DataFrame) -> Result:
        return self.result(
            dims={"theme": theme, "part": "new"}, kind="count", unit="people", level=None,
            value=people(rows) or 0, n=int(rows["n"].sum()), n_authors=people(rows), evidence=having(theme),
        )  # fmt: skip


def _hits(frame: pl.DataFrame, theme: str) -> Counts:
    mine = frame.filter(pl.col("theme") == theme)
    return {part: mine.filter(pl.col("part") == part) for part in (BEFORE, LATE)}


def _told(hits: Counts) -> bool:
    return any(rows.height for rows in hits.values())


def _is_new(hits: Counts) -> bool:
    return not hits[BEFORE].height and (people(hits[LATE]) or 0) >= NEW_FROM


def _comparison(hits: Counts, base: Counts) -> stats.Comparison:
    """Last third against before, on effective counts."""
    late, before = (_effective(hits[part], base[part]) for part in (LATE, BEFORE))
    return stats.two_proportions(*late, *before)


def _effective(hits: pl.DataFrame, base: pl.DataFrame) -> tuple[float, float]:
    joined = base.join(hits.select("author_bucket", k="n"), on="author_bucket", how="left").sort("author_bucket")
    k, n = joined["k"].fill_null(0), joined["n"]
    effect = stats.deff(k, 0, n) if k.sum() else float(n.sum()) / (people(base) or float(n.sum()))
    return float(k.sum()) / effect, float(n.sum()) / effect
