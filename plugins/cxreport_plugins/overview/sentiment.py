"""The measure `overview.sentiment`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import MONTH, Cell, cells, months, split, with_month

UNSCORED = "unscored"


class Sentiment(Measure):
    """Net sentiment in points and the three shares, of everything and by `by`; net sentiment by month.

    Shares carry the dim `sentiment`; `sentiment=unscored` counts the records without one.
    """

    name: ClassVar[str] = "overview.sentiment"
    title: ClassVar[str] = "Net sentiment"
    question: ClassVar[str] = "Do customers speak well or badly of the brand, and where?"
    concepts: ClassVar[tuple[str, ...]] = ("C03",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("sentiment",)
    by: ClassVar[tuple[str, ...]] = ("channel",)
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ((), ("channel",))
    method: ClassVar[Method] = Method(
        formula=net.METHOD.formula + "; shares are of scored records",
        interval=net.METHOD.interval + "; shares: Wilson at the same effective base",
        source=net.METHOD.source + "; Wilson 1927",
        limits=net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts by sentiment per author cluster: of everything, by each cut, by month."""
        records = with_month(feedback.of(scope.population))
        present, _ = split(self, scope)
        keyed = {column: net.tallies(records, column, accuracy=scope.accuracy) for column in (*present, MONTH)}
        return {"all": net.tallies(records, accuracy=scope.accuracy), **keyed}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Net sentiment and shares of everything and of each cell, then net sentiment of each month."""
        whole = Cell({}, scope.population, frames["all"])
        if not whole.rows.height:
            return [self.untestable("no record is left after the exclusions", "customers' records about the brand")]
        if not net.Net(whole.rows).scored:
            return [self.untestable("no record has a sentiment", "texts in a language that has a word list")]
        present, missing = split(self, scope)
        cut = [cell for column in present for cell in cells(frames[column], scope.population, column)]
        parts = [r for cell in (whole, *cut) for r in self._parts(cell, scope)]
        return (
            parts + [net.net_result(self, c, scope.accuracy) for c in months(frames[MONTH], scope.population)] + missing
        )

    def _parts(self, cell: Cell, scope: Scope) -> Iterator[Result]:
        yield net.net_result(self, cell, scope.accuracy)
        tally = net.net_of(cell, scope.accuracy)
        if tally.scored:
            for sentiment in SENTIMENTS:
                found = net.sentiment_share(self, cell, sentiment, scope.accuracy)
                yield found.model_copy(update={"dims": {**cell.dims, "sentiment": sentiment}})
        left = tally.records - tally.scored
        silent = cell.population.where(("sentiment", "is_null", None))
        yield self.result(
            kind="count", value=left, n=tally.records, unit="records", level=None, population=cell.population,
            dims={**cell.dims, "sentiment": UNSCORED}, evidence=silent,
        )  # fmt: skip
