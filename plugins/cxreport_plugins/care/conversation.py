"""The measure `care.conversation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, stats
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.shares import INTERVAL, share, tallies
from cxreport_plugins.common import eligible
from cxreport_plugins.common.people import people

MANY = 3
"""Public answers to one matter from which it has become a public exchange."""


class Conversation(Measure):
    """Of answered records: `part=continued`, whose customer wrote again; `part=private`, asked to go on in private;
    `part=public_exchange`, with three public answers or more. Without dims: human answers per answered record.
    """

    name: ClassVar[str] = "care.conversation"
    title: ClassVar[str] = "Conversations"
    question: ClassVar[str] = "Do answers become conversations, and how much of each is held in public?"
    concepts: ClassVar[tuple[str, ...]] = ("E07", "C04")
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = (*eligible.NEEDS, "reopened", "answers", "transferred")
    Options: ClassVar[type[ResponseRateOptions]] = ResponseRateOptions
    method: ClassVar[Method] = Method(
        formula=(
            "human answers in the threads of answered records / answered records; share of them whose customer wrote "
            "again, that were asked to go on in private, that got three public answers or more"
        ),
        interval=f"Shares: {INTERVAL}; answers per record: Student's t over author clusters",
        source="Wilson 1927; complaint publicization: Golmohammadi et al. 2021, Journal of Marketing",
        limits=(
            "More answers are not better service: each further public exchange shows the complaint to more people. "
            "What follows in private is not seen."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answered records per author cluster, and what their threads hold."""
        roots = self._roots(scope)
        if roots is None:
            return {}
        records = feedback.of(roots)
        flags = {
            "continued": nw.col("reopened"),
            "private": nw.col("transferred"),
            "public_exchange": nw.col("answers") >= MANY,
        }
        return {"threads": tallies(records, "answers", **flags)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Answers per record and the three shares."""
        roots = self._roots(scope)
        if roots is None:
            return [self.untestable(eligible.ABSENCE, eligible.INPUT)]
        rows = frames["threads"]
        if not rows.height:
            return [self.untestable("no record has been answered", "answered records")]
        facts: dict[str, Any] = {"n_authors": people(rows), "population": roots}
        shares = [
            self.based(*share(rows, part), dims={"part": part}, unit="share", **facts)
            for part in ("continued", "private", "public_exchange")
        ]
        return [self._per_record(rows, facts), *shares]

    def _per_record(self, rows: pl.DataFrame, facts: Mapping[str, Any]) -> Result:
        said = rows.with_columns(said=pl.col("answers") * pl.col("n"))
        sums = said.group_by("bucket").agg(pl.col("said", "n").sum()).sort("bucket")
        low, high = stats.bucketed_ratio(sums["said"], sums["n"])
        n = int(sums["n"].sum())
        return self.based(n, float(sums["said"].sum()) / n, low, high, **facts)

    def _roots(self, scope: Scope) -> Predicate | None:
        roots = eligible.settled(scope, self.options.window_days)
        return roots.where(("answered_by_brand", "eq", True)) if roots else None
