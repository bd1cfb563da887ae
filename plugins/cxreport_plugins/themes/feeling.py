"""The measure `themes.sentiment`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, cells, split
from cxreport_plugins.common.people import coarse
from cxreport_plugins.themes.counting import book, having, read, themed, unheard


class Feeling(Measure):
    """Net sentiment of the texts that have a theme (dim `theme`), whole and by `by`."""

    name: ClassVar[str] = "themes.sentiment"
    title: ClassVar[str] = "Net sentiment by theme"
    question: ClassVar[str] = "Which themes do customers speak well or badly of?"
    concepts: ClassVar[tuple[str, ...]] = ("C03",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "sentiment")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula=net.METHOD.formula + ", of the texts with the theme",
        interval=net.METHOD.interval,
        source=net.METHOD.source,
        limits="The sentiment is that of the whole text, which may have other themes too. " + net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts by sentiment per author cluster, of each theme, whole and by each cut."""
        records = coarse(themed(feedback.of(read(scope)), feedback))
        present, _ = split(self, scope)
        cuts = {cut: net.tallies(records, "theme", cut, accuracy=scope.accuracy) for cut in present}
        return {"theme": net.tallies(records, "theme", accuracy=scope.accuracy), **cuts}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each theme that was found, in the order of the codebook, then each cell."""
        found = set(frames["theme"]["theme"])
        themes = [theme for theme in book(self.context).labels("en") if theme in found]
        if not themes:
            return [unheard(self)]
        present, missing = split(self, scope)
        parts = [r for name in ("theme", *present) for theme in themes for r in self._of(theme, name, frames, scope)]
        return [*parts, *missing]

    def _of(self, theme: str, cut: str, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        """The theme as a whole, or its cells of a cut."""
        rows = frames[cut].filter(pl.col("theme") == theme)
        within = [Cell({}, read(scope), rows)] if cut == "theme" else cells(rows, read(scope), cut)
        for cell in within:
            result = net.net_result(
                self, Cell({"theme": theme, **cell.dims}, cell.population, cell.rows), scope.accuracy
            )
            yield result.model_copy(update={"evidence": having(theme)})
