"""The measure `discovery.questions`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.cells import Cell, cells, split
from cxreport_plugins.common.eligible import ABSENCE, INPUT, NEEDS, eligible
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally
from cxreport_plugins.discovery.counting import Frame, with_question

PARTS: Final = {"brand": "by_brand", "peers": "by_peers", "unanswered": "alone"}
WAIT: Final = timedelta(days=7)
DAY: Final = 1440
"""Minutes."""
DAY_MS: Final = 86_400_000


class Questions(Measure):
    """Questions of those who look around, asked in public: who answered (dim `part`), and how many did.

    `part=brand`, `peers` and `unanswered` are shares of the questions, `responses` are records in answer to one,
    `age` is the median age of those that nobody answered; each also by `by`.
    """

    name: ClassVar[str] = "discovery.questions"
    title: ClassVar[str] = "Questions before the choice"
    question: ClassVar[str] = "When people ask before they choose, who answers?"
    concepts: ClassVar[tuple[str, ...]] = ("B07", "B19", "B20", "B22")
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "moment", "text", "thread_id")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula=(
            "questions answered by the brand, by other customers, by nobody / questions; a question: the first record "
            "of a public thread, at the zero moment of truth, that asks, older than seven days. Responses: records of "
            "anybody else in its thread / questions"
        ),
        interval=SHARE + "; of responses, Student's t over author clusters; of the age, order statistics",
        source=f"The company must contribute to discovery: Solis 2013. {SHARE_SOURCE}",
        limits=(
            "A question is an act that patterns find, or a question mark. Answers in private cannot be seen. Answers "
            "of other customers are seen only where the export holds their replies."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Questions and their answers per author cluster, of all and by each cut; age in days of the unanswered."""
        population = _population(scope)
        if population is None or scope.as_of is None:
            return {}
        asked = with_question(feedback.of(population), feedback).filter(nw.col("asks"))
        told = _answered(asked, feedback.records)
        present, _ = split(self, scope)
        sums = {name: nw.col(name) for name in (*PARTS.values(), "responses")}
        until = nw.lit(int(scope.as_of.timestamp() * 1000))
        age = (until - nw.col("created_at").dt.timestamp("ms")) // DAY_MS
        waiting = told.filter(nw.col("alone")).with_columns(days=age).group_by("days").agg(n=nw.len())
        return {
            "all": tally(told, **sums),
            "age": waiting,
            **{cut: tally(told, cut, **sums) for cut in present},
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each part of everything, then of each cell."""
        population = _population(scope)
        if population is None:
            return [self.untestable(ABSENCE, INPUT)]
        if not frames["all"].height:
            return [self.untestable("nobody asks in public before choosing", "public posts with questions")]
        present, missing = split(self, scope)
        found = [Cell({}, population, frames["all"])]
        found += [cell for cut in present for cell in cells(frames[cut], population, cut)]
        return [*(r for cell in found for r in self._parts(cell)), self._age(frames["age"], population), *missing]

    def _parts(self, cell: Cell) -> Iterator[Result]:
        for part, column in PARTS.items():
            dims = {**cell.dims, "part": part}
            term = ("answered_by_brand", "eq", True) if part == "brand" else ("answered_by_brand", "not_true", None)
            evidence = cell.population.where(term)  # type: ignore[arg-type]
            yield share(self, cell.rows, column, dims=dims, population=cell.population, evidence=evidence)
        n, k = int(cell.rows["n"].sum()), int(cell.rows["responses"].sum())
        low, high = stats.bucketed_ratio(cell.rows["responses"], cell.rows["n"])
        yield self.based(
            n, k / n, max(0.0, low), high, unit="ratio", dims={**cell.dims, "part": "responses"},
            population=cell.population, evidence=cell.population,
            method=message("95% Student's t over author clusters"),
        )  # fmt: skip

    def _age(self, rows: pl.DataFrame, population: Predicate) -> Result:
        left = population.where(("answered_by_brand", "not_true", None))
        dims = {"part": "age"}
        if not rows.height:
            why = message("no question is unanswered")
            return self.untestable(why, "unanswered questions").model_copy(update={"dims": dims})
        days = [day for day, n in rows.sort("days").iter_rows() for _ in range(n)]
        low, high = stats.quantile_interval(days, 0.5)
        median = float(pl.Series(days).median())  # type: ignore[arg-type]
        return self.based(
            len(days), DAY * median, DAY * low, DAY * high, unit="minutes", dims=dims,
            population=left, evidence=left, method=message("95% by order statistics"),
        )  # fmt: skip


def _population(scope: Scope) -> Predicate | None:
    found = eligible(scope)
    if found is None or scope.as_of is None:
        return None
    return found.where(any_of("moment", ("zmot",)), ("created_at", "lt", scope.as_of - WAIT))


def _answered(asked: Frame, records: Frame) -> Frame:
    """Questions with `by_brand`, `by_peers`, `alone`, and `responses` of anybody but who asked."""
    who = nw.coalesce("author_id", "record_id")
    heads = asked.select("thread_id", __question=nw.col("record_id"), __asker=who)
    mine = (nw.col("record_id") == nw.col("__question")) | (who == nw.col("__asker"))
    others = records.select("record_id", "thread_id", "author_id", "brand_authored", "kind", "is_context")
    replies = heads.join(others, on="thread_id", how="inner").filter(
        ~mine, nw.col("kind") != "repost", ~nw.col("is_context")
    )
    peer = (~nw.col("brand_authored").fill_null(value=False)).cast(nw.Int64)
    counted = replies.group_by("__question").agg(responses=nw.len(), __peers=peer.sum())
    joined = asked.join(counted, left_on="record_id", right_on="__question", how="left").with_columns(
        responses=nw.col("responses").cast(nw.Int64).fill_null(0),
        by_brand=nw.col("answered_by_brand").fill_null(value=False),
        by_peers=(nw.col("__peers") > 0).fill_null(value=False),
    )
    return joined.with_columns(alone=~nw.col("by_brand") & ~nw.col("by_peers"))
