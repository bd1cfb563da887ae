"""The measure `discovery.places`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.people import people
from cxreport_plugins.common.populations import SPONTANEOUS
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, count, share, tally, with_hits


class Places(Measure):
    """Where customers talk of their own accord (dim `channel`): `part=records`, `part=people`, and `part=depth`.

    Surveys, tickets and direct messages are left out, for the company opened those places itself.
    """

    name: ClassVar[str] = "discovery.places"
    title: ClassVar[str] = "Where customers talk"
    question: ClassVar[str] = "In which surroundings do customers talk of the brand?"
    concepts: ClassVar[tuple[str, ...]] = ("B05",)
    needs: ClassVar[tuple[str, ...]] = ("channel", "thread_position", "thread_size")
    method: ClassVar[Method] = Method(
        formula=(
            "records of a channel / records of all channels, surveys, tickets and direct messages left out; depth: "
            "records in the threads that customers begin / such threads"
        ),
        interval=SHARE + "; of depth, Student's t over author clusters",
        source=SHARE_SOURCE,
        limits="It is the mix of what was exported, not of what was said: a channel that nobody exported has no share.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records per channel and author cluster, and the sizes of the threads that begin there."""
        records = feedback.of(_spontaneous(scope))
        roots = records.filter(nw.col("thread_position") == 0)
        return {
            "all": tally(records),
            "channel": tally(records, "channel"),
            "roots": tally(roots, "channel", size=nw.col("thread_size")),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each channel, the largest first."""
        whole = frames["all"]
        if not whole.height:
            return [self.untestable("no record was written of a customer's own accord", "public posts or reviews")]
        by_channel = frames["channel"].group_by("channel").agg(pl.col("n").sum()).drop_nulls()
        ranked = by_channel.sort("n", "channel", descending=[True, False])["channel"]
        return [r for channel in ranked for r in self._place(str(channel), frames, _spontaneous(scope))]

    def _place(self, channel: str, frames: Mapping[str, pl.DataFrame], population: Predicate) -> Iterator[Result]:
        rows, there = frames["channel"].filter(pl.col("channel") == channel), population.cut({"channel": channel})
        dims = {"channel": channel}
        yield share(self, with_hits(frames["all"], rows), "k", dims=dims, population=population, evidence=there)
        persons = people(rows)
        if persons is not None:
            yield count(self, persons, unit="people", dims={**dims, "part": "people"}, population=there)
        roots = frames["roots"].filter(pl.col("channel") == channel).sort("bucket")
        if roots.height > 1:
            n = int(roots["n"].sum())
            low, high = stats.bucketed_ratio(roots["size"], roots["n"])
            yield self.based(
                n, int(roots["size"].sum()) / n, max(1.0, low), high, unit="ratio", dims={**dims, "part": "depth"},
                population=there, method=message("95% Student's t over author clusters"),
            )  # fmt: skip


def _spontaneous(scope: Scope) -> Predicate:
    return scope.population.where(any_of("kind", SPONTANEOUS), ("channel", "not_null", None))
