"""The measure `care.resolution`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.care.fates import NEEDS, fates
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.shares import share
from cxreport_plugins.common import eligible
from cxreport_plugins.common.people import people


class Resolution(Measure):
    """Three rates of eligible records, as `stage`: seen, answered in substance, resolved.

    The latter two are bounds: what went on in private, and what the customer never said, is unknown.
    """

    name: ClassVar[str] = "care.resolution"
    title: ClassVar[str] = "Seen, answered, resolved"
    question: ClassVar[str] = "How many are seen, how many answered in substance, and how many helped?"
    concepts: ClassVar[tuple[str, ...]] = ("C04",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = (*eligible.NEEDS, *NEEDS)
    Options: ClassVar[type[ResponseRateOptions]] = ResponseRateOptions
    method: ClassVar[Method] = Method(
        formula=(
            "seen = any reply of the brand, by a machine too; answered in substance = a human answer that does not ask "
            "to go on in private; resolved = answered, and the customer's last word after it is thanks or positive"
        ),
        interval=(
            "Seen: 95% Wilson at the effective base of author clusters. The others: bounds [k/n, (k + unknown)/n], no "
            "confidence interval"
        ),
        source="Wilson 1927; bounds of what is unknown (Manski 1990)",
        limits=(
            "Unknown in substance: answers that ask to go on in private. Unknown in resolution: answered threads whose "
            "customer says no more, or nothing clear. A matter without an answer counts as not resolved by the brand. "
            "The state of tickets is not read."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Fates of eligible records per author cluster."""
        roots = self._roots(scope)
        return {"fates": fates(feedback, roots)} if roots else {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The three rates."""
        roots = self._roots(scope)
        if roots is None or not frames["fates"].height:
            return [self.untestable(eligible.ABSENCE, eligible.INPUT)]
        rows = frames["fates"]
        answered, private, word = pl.col("answered"), pl.col("private"), pl.col("word")
        seen = rows.with_columns(k=pl.col("n") * pl.col("seen"))
        facts: dict[str, Any] = {"n_authors": people(rows), "population": roots}
        return [
            self.based(*share(seen, "k"), dims={"stage": "seen"}, **facts),
            self._bounds(rows, "answered", answered & ~private, private, facts),
            self._bounds(
                rows, "resolved", answered & (word == "positive"), answered & word.is_in(["none", "neutral"]), facts
            ),
        ]

    def _bounds(
        self, rows: pl.DataFrame, stage: str, known: pl.Expr, unknown: pl.Expr, facts: Mapping[str, Any]
    ) -> Result:
        n, k, open_ = (int(rows.filter(where)["n"].sum()) for where in (pl.lit(value=True), known, unknown))
        low, high = stats.unknown_bounds(k, open_, n)
        status, dims = stats.base_status(n), {"stage": stage}
        if status == "hidden":
            return self.result(
                status=status,
                n=n,
                dims=dims,
                reason=message("fewer than {n} records").format(n=stats.HIDDEN_BELOW),
                **facts,
            )
        return self.result(
            kind="range", status=status, n=n, dims=dims, low=low, high=high, level=None,
            method="Bounds: what is unknown could be either", **facts,
        )  # fmt: skip

    def _roots(self, scope: Scope) -> Predicate | None:
        return eligible.settled(scope, self.options.window_days)
