"""The measure `network.loudest_unanswered`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message
from cxreport_plugins.common.cells import MONTH, with_month
from cxreport_plugins.common.figures import ranged, rounded
from cxreport_plugins.common.people import heads, people
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import INPUT, REACH, WHO, Frame, known, with_reach
from cxreport_plugins.network.options import LoudestOptions
from cxreport_plugins.network.potential import SEEN

BLIND: Final = ("own_posts", "answered_only", "without_replies")
"""Frames in which the unanswered cannot be told from the answered."""
HOUR: Final = 3_600_000
LOOKED_AT: Final = 50
"""Complaints collected, so that one author's many leave room for others."""
CASES: Final = 3
LATER: Final = "later_than"
REACHED: Final = {"part": "reach"}
COMPLAINTS: Final = message("no export tells how many followers those who wrote have, or nobody complained in public")


class LoudestUnanswered(Measure):
    """Late or missing answers to the complaints of those with most followers.

    The result without dims is a table of three cases at most, one an author: `followers`, `reposts` and
    `impressions` to two significant digits, `hours` waited, whether it was ever `answered`, `channel`, `month`, and
    `id` of the record as evidence. `later_than=24 hours` counts all such complaints; `part=reach` bounds the
    followers of their authors.
    """

    name: ClassVar[str] = "network.loudest_unanswered"
    title: ClassVar[str] = "Loudest unanswered complaints"
    question: ClassVar[str] = "Which complaints with a large audience were left without an answer?"
    concepts: ClassVar[tuple[str, ...]] = ("C11",)
    unit: ClassVar[Any] = "records"
    needs: ClassVar[tuple[str, ...]] = (
        "author_followers", "sentiment", "shared", "thread_id", "thread_position", "answered_by_brand",
        "first_reply_ms", "repost_count",
    )  # fmt: skip
    Options: ClassVar[type[LoudestOptions]] = LoudestOptions
    method: ClassVar[Method] = Method(
        formula=(
            "Complaint: a customer's first public record of a thread in which that customer wrote something negative. "
            "Late: no human public answer within 24 hours (unless set); younger ones without an answer are left out. "
            "Ordered by followers, one an author"
        ),
        interval="A count, a list and bounds: no interval",
        source="Service-failure ledger; each row is a record of the export",
        limits=(
            "The tone of a whole thread decides, because a single record may be misread. Answers in private cannot be "
            "seen. Numbers of followers, reposts and impressions are rounded to two significant digits. " + SEEN
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Complaints and their people, those answered late, and the loudest of these."""
        population = self._population(scope)
        if population is None or scope.as_of is None:
            return {}
        said = with_reach(feedback.of(public(scope)))
        complained = said.with_columns(__complained=nw.col("negative").max().over("thread_id", WHO))
        roots = population.keep(complained).filter(nw.col("__complained") > 0)
        timed = _waited(roots, int(scope.as_of.timestamp() * 1000))
        overdue = nw.col("waited") > round(self.options.late_hours * HOUR)
        timed = timed.filter(nw.col("ended") | overdue)
        late = timed.filter(overdue)
        return {
            "complaints": timed.select(n=nw.len()),
            "people": heads(timed),
            "late": late.group_by(WHO).agg(nw.col(REACH).max(), n=nw.len()).select(
                people=nw.len(), n=nw.col("n").sum(), largest=nw.col(REACH).max(), total=nw.col(REACH).sum()
            ),
            "loudest": _loudest(late),
        }  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The cases, how many there are in all, and the bounds of their reach."""
        population = self._population(scope)
        if population is None or not frames:
            return [self.untestable("no export holds the unanswered beside the answered", "an export of mentions")]
        n = int(frames["complaints"]["n"].sum())
        if not n:
            return [self.untestable(COMPLAINTS, INPUT)]
        late = frames["late"].row(0, named=True)
        there = population.where(("answered_by_brand", "not_true", None))
        base: dict[str, Any] = {"population": population, "evidence": there}
        crowd, hours = people(frames["people"]), f"{self.options.late_hours:g} hours"
        cases = frames["loudest"].unique(WHO, keep="first", maintain_order=True).head(CASES)
        rows = tuple(_case(row) for row in cases.iter_rows(named=True))
        count = self.based(n, late["n"] or 0, kind="count", level=None, dims={LATER: hours}, n_authors=crowd, **base)
        table: dict[str, Any] = {"kind": "table", "dims": {}, "value": None, "rows": rows if count.shown else ()}
        found = [count.model_copy(update=table), count]
        if late["people"]:
            facts = {"dims": REACHED, "unit": "people", "n_authors": late["people"], **base}
            found.append(ranged(self, late["n"], late["largest"], late["total"], **facts))
        return found

    def _population(self, scope: Scope) -> Predicate | None:
        """First public records of threads, where the unanswered can be seen too."""
        seeing = [system for system, frame in sorted(scope.frames.items()) if frame not in BLIND]
        if not seeing or scope.as_of is None:
            return None
        return known(public(scope)).where(any_of("source_system", seeing), ("thread_position", "eq", 0))


def _waited(roots: Frame, as_of_ms: int) -> Frame:
    """Dated roots with `waited` in milliseconds; an answer without a time leaves a root out."""
    ended = ~nw.col("first_reply_ms").is_null()
    answered = nw.col("answered_by_brand").fill_null(value=False)
    elapsed = nw.lit(as_of_ms) - nw.col("created_at").dt.timestamp("ms")
    waited = nw.when(ended).then(nw.col("first_reply_ms")).otherwise(elapsed)
    dated = roots.filter(~nw.col("created_at").is_null() & (ended | ~answered))
    return dated.with_columns(waited=waited, ended=ended).filter(nw.col("waited") >= 0)


def _loudest(late: Frame) -> Frame:
    """The first of them by followers, then by how long they waited."""
    columns = ("record_id", WHO, REACH, "waited", "ended", "channel", MONTH, "impressions")
    reposts = nw.when(~nw.col("metrics_of_original").fill_null(value=False)).then(nw.col("reposts"))
    passed_on = with_month(late).with_columns(reposts=nw.coalesce(reposts, nw.col("repost_count")))
    ordered = passed_on.sort(REACH, "waited", "record_id", descending=[True, True, False])
    return ordered.head(LOOKED_AT).select(*columns, "reposts")


def _case(row: dict[str, Any]) -> dict[str, Any]:
    """A case as it is told: nothing in it is exact enough to look its author up."""
    year, month = divmod(int(row[MONTH]), 100)
    return {
        "id": row["record_id"],
        "followers": rounded(row[REACH]),
        "hours": round(row["waited"] / HOUR, 1),
        "answered": bool(row["ended"]),
        "reposts": None if row["reposts"] is None else rounded(row["reposts"]),
        "impressions": None if row["impressions"] is None else rounded(row["impressions"]),
        "channel": row["channel"],
        "month": f"{year:04}-{month:02}",
    }
