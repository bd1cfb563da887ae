"""The measure `discovery.ladder`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.shares import count, tally
from cxreport_plugins.discovery.counting import PATTERNS, Frame, having, labels, read

STEPS: Final = ("want", "love", "own")
RATIOS: Final = (("love", "own"), ("own", "want"))
SEED: Final = 20_263
NONE: Final = {
    "want": message("no text tells want"), "love": message("no text tells love"), "own": message("no text tells own"),
}  # fmt: skip


class Ladder(Measure):
    """How many texts want it, love it, or tell that they own it (dim `step`), and their ratios (dim `ratio`)."""

    name: ClassVar[str] = "discovery.ladder"
    title: ClassVar[str] = "Want, love, own"
    question: ClassVar[str] = "How many want it, love it, own it?"
    concepts: ClassVar[tuple[str, ...]] = ("B17",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("cues_read",)
    method: ClassVar[Method] = Method(
        formula="texts that want, love, or have bought or own it; love : own, and own : want",
        interval="95% by resampling author clusters, 2,000 draws",
        source="Want, love, own: the buttons of a retailer, told in Solis 2013. Efron & Tibshirani 1993",
        limits=f"Different people stand on the steps: it is no funnel that one person walks. {PATTERNS}",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts of each step per author cluster."""
        population = read(scope)
        return {"texts": tally(feedback.of(population)), "steps": _steps(feedback, population)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Counts, then ratios."""
        if not frames["texts"].height:
            return [self.untestable("no customer's text is in English or Russian", "texts in such a language")]
        rows, there = frames["steps"], read(scope)
        counts = [
            count(self, int(rows[step].sum()), dims={"step": step}, population=there, evidence=having(f"ladder.{step}"))
            for step in STEPS
        ]
        return [*counts, *(self._ratio(rows, *pair, there) for pair in RATIOS)]

    def _ratio(self, rows: pl.DataFrame, above: str, below: str, there: Predicate) -> Result:
        dims = {"ratio": f"{above}:{below}"}
        k, n = int(rows[above].sum()), int(rows[below].sum())
        if not k or not n:
            return self.untestable(NONE[below if not n else above], "more texts").model_copy(update={"dims": dims})
        sums = rows.sort("bucket").select(above, below).to_numpy()
        low, high = stats.bucket_bootstrap(sums, lambda drawn: drawn[:, 0] / drawn[:, 1], seed=SEED)
        return self.based(min(k, n), k / n, min(low, k / n), max(high, k / n), dims=dims, population=there)


def _steps(feedback: Feedback, population: Predicate) -> Frame:
    said = labels(feedback, "cues", "ladder.")
    records = feedback.of(population).join(said, on="record_id", how="inner")
    return tally(records, **{step: nw.col("label") == f"ladder.{step}" for step in STEPS})
