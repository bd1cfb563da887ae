"""The measure `overview.volume`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common.cells import MONTH, Cell, cells, months, split, with_month
from cxreport_plugins.common.people import AGGREGATES, bucket, columns, people


class Volume(Measure):
    """Records of the default population: all of them, by `by` (channels unless told otherwise), by month."""

    name: ClassVar[str] = "overview.volume"
    title: ClassVar[str] = "Volume of feedback"
    question: ClassVar[str] = "How much do customers say, where, and when?"
    concepts: ClassVar[tuple[str, ...]] = ("B05",)
    unit: ClassVar[Any] = "records"
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula="Number of records; an author's records count one by one. Months are calendar months in UTC.",
        interval="No interval: it counts everything that was read and estimates nothing",
        source="Census of the exports after the exclusions of the waterfall",
        limits=(
            "It counts what the exports hold. A channel that was exported in part, or whose interface returns only "
            "the newest items, looks quieter than it is; undated records belong to no month."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Rows per author cluster: of everything, by each cut, by month."""
        records = with_month(feedback.of(scope.population))
        present, _ = split(self, scope)
        keyed = {column: _counted(records, column) for column in (*present, MONTH)}
        return {"all": _counted(records), **keyed}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The count of all records, then of each cell."""
        whole = Cell({}, scope.population, frames["all"])
        if not whole.rows.height:
            return [self.untestable("no record is left after the exclusions", "customers' records about the brand")]
        present, missing = split(self, scope)
        cut = [cell for column in present for cell in cells(frames[column], scope.population, column)]
        found = [whole, *cut, *months(frames[MONTH], scope.population)]
        return [self._count(cell) for cell in found] + missing

    def _count(self, cell: Cell) -> Result:
        n = int(cell.rows["n"].sum())
        return self.result(
            kind="count", value=n, n=n, level=None, dims=cell.dims, n_authors=people(cell.rows),
            population=cell.population, evidence=cell.population,
        )  # fmt: skip


def _counted(records: nw.LazyFrame[Any], *keys: str) -> nw.LazyFrame[Any]:
    marked = records.with_columns(bucket().alias("bucket"), **columns(~nw.col("record_id").is_null()))
    return marked.group_by(*keys, "bucket").agg(n=nw.len(), **AGGREGATES)
