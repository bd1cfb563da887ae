"""The measure `themes.intended`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Result, Scope, message, stats
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.common.people import coarse
from cxreport_plugins.themes.counting import book, having, read, themed, unheard

MOST: Final = 5
"""Themes that nobody intended, told."""
CONCEPTS: Final = {"intended": ("A01",), "values": ("D23",)}
SAID: Final = {
    "intended": message("the attributes that the company intends"),
    "values": message("the values that the company states"),
}


class IntendedOptions(MeasureOptions):
    """Options of `themes.intended`."""

    intended: tuple[str, ...] = ()
    """Themes of the codebook that stand for the experience the company intends."""
    values: tuple[str, ...] = ()
    """Themes that stand for the values the company states."""


class Intended(Measure):
    """How what the company intends (`of=intended`) or values (`of=values`) sounds, theme by theme (dim `theme`).

    `part=coverage` counts those of which thirty people or more speak; `part=unintended` lists the commonest other
    themes; `part=overlap` with `of=values` is the Jaccard index of the stated and as many commonest themes.
    """

    name: ClassVar[str] = "themes.intended"
    title: ClassVar[str] = "Intended and shared"
    question: ClassVar[str] = "Is the experience that was intended, and are the values, what people speak of?"
    concepts: ClassVar[tuple[str, ...]] = ("A01", "D23")
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "sentiment")
    Options: ClassVar[type[IntendedOptions]] = IntendedOptions
    method: ClassVar[Method] = Method(
        formula=(
            f"net sentiment of texts with each stated theme; coverage = stated themes with {stats.TESTED_FROM} texts "
            "or more; overlap = |stated ∩ commonest| / |stated ∪ commonest|, as many commonest themes as are stated"
        ),
        interval=f"{net.METHOD.interval}; counts and overlap: none",
        source=f"{net.METHOD.source}; Jaccard 1912",
        limits="A theme stands for an attribute or a value because the options say so. " + net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts by theme and sentiment, per author cluster."""
        records = coarse(themed(feedback.of(read(scope)), feedback))
        return {"theme": net.tallies(records, "theme", accuracy=scope.accuracy)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """What was intended, then what is valued."""
        known = book(self.context).labels("en")
        if not known:
            return [unheard(self)]
        sizes = dict(frames["theme"].group_by("theme").agg(pl.col("n").sum()).sort("theme").iter_rows())
        out: list[Result] = []
        for of, stated in (("intended", self.options.intended), ("values", self.options.values)):
            if stated:
                out += self._of(of, [t for t in stated if t in known], sizes, frames["theme"], scope)
            else:
                why = message("nobody told which themes stand for {what}").format(what=SAID[of])
                out.append(
                    lacking(self, {"of": of}, why, message("the option {option} of themes.intended").format(option=of))
                )
        return [r.model_copy(update={"concepts": CONCEPTS[r.dims["of"]]}) for r in out]

    def _of(
        self, of: str, stated: Sequence[str], sizes: Mapping[str, int], rows: pl.DataFrame, scope: Scope
    ) -> list[Result]:
        there = read(scope)
        if not sizes or not stated:
            return [
                lacking(
                    self,
                    {"of": of},
                    message("no text has a theme of the codebook, or none that was stated"),
                    message("texts"),
                )
            ]
        out = []
        for theme in stated:
            cell = Cell({"of": of, "theme": theme}, there, rows.filter(pl.col("theme") == theme))
            out.append(net.net_result(self, cell, scope.accuracy).model_copy(update={"evidence": having(theme)}))
        heard = [theme for theme in stated if sizes.get(theme, 0) >= stats.TESTED_FROM]
        texts = sum(sizes.values())
        facts: dict[str, Any] = {"population": there, "level": None}
        count = self.result(
            dims={"of": of, "part": "coverage"}, kind="count", value=len(heard), n=len(stated), unit="text", **facts
        )
        ranked = sorted(sizes, key=lambda theme: (-sizes[theme], theme))
        others = [theme for theme in ranked if theme not in stated and sizes[theme] >= stats.TESTED_FROM][:MOST]
        listed = tuple({"theme": theme, "texts": sizes[theme]} for theme in others)
        table = self.result(
            dims={"of": of, "part": "unintended"}, kind="table", n=texts, unit="text", rows=listed,
            status=stats.base_status(texts), **facts,
        )  # fmt: skip
        out += [count, table]
        if of == "values":
            top = set(ranked[: len(stated)])
            overlap = len(top & set(stated)) / len(top | set(stated))
            out.append(self.based(texts, overlap, dims={"of": of, "part": "overlap"}, unit="ratio", **facts))
        return out
