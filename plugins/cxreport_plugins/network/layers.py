"""The measures `network.layers` and `network.advocacy`: how alive each network is, and who tells others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, stats
from cxreport_plugins.common.cells import Cell, cells
from cxreport_plugins.common.net import one_author
from cxreport_plugins.common.people import people
from cxreport_plugins.common.populations import SPONTANEOUS, public
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits

WEEK_MS: Final = 7 * 24 * 3_600_000
ACTS: Final = ("recommend", "warn")


class Layers(Measure):
    """People, replies a record and records a person and week, of each channel: three figures, no score of them.

    `part` is `people`, `replies` or `pace`.
    """

    name: ClassVar[str] = "network.layers"
    title: ClassVar[str] = "How alive each network is"
    question: ClassVar[str] = "Which network is largest, liveliest, most active?"
    concepts: ClassVar[tuple[str, ...]] = ("C17",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("shared",)
    method: ClassVar[Method] = Method(
        formula=(
            "People: different authors. Replies: customers' replies / all their public records. Pace: public records "
            "/ weeks in which their author wrote at all"
        ),
        interval="People: a census. Ratios: 95% Student's t over author buckets",
        source="Cochran 1977, §6.3",
        limits="Of the records about the brand that were collected, not of the networks as such.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records, replies and authors' weeks by channel and author cluster."""
        records = feedback.of(self._population(scope))
        reply = (nw.col("kind") == "reply").fill_null(value=False)
        week = nw.col("created_at").dt.timestamp("ms") // WEEK_MS
        dated = records.filter(~nw.col("author_id").is_null()).with_columns(__week=week)
        weeks = dated.group_by("channel", "author_id", "author_bucket", "__week").agg(n=nw.len())
        paced = weeks.group_by("channel", "author_bucket").agg(records=nw.col("n").sum(), weeks=nw.len())
        return {"records": tally(records, "channel", replies=reply), "weeks": paced}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The three figures of each channel."""
        found = list(cells(frames["records"], self._population(scope), "channel"))
        if not found:
            return [self.untestable("customers wrote nothing in public", "an export with a channel")]
        return [r for cell in found for r in self._channel(cell, frames["weeks"])]

    def _channel(self, cell: Cell, weeks: pl.DataFrame) -> Iterator[Result]:
        persons = people(cell.rows)
        if persons is not None:
            yield self.based(
                persons, persons, kind="count", level=None, unit="people", dims={**cell.dims, "part": "people"},
                n_authors=persons, population=cell.population, evidence=cell.population,
            )  # fmt: skip
        yield self._ratio(cell, "replies", cell.rows["replies"], cell.rows["n"], persons)
        own = weeks.filter(pl.col("channel") == cell.dims["channel"]).sort("author_bucket")
        if own.height:
            yield self._ratio(cell, "pace", own["records"], own["weeks"], persons)

    def _ratio(self, cell: Cell, part: str, up: pl.Series, down: pl.Series, persons: int | None) -> Result:
        dims = {**cell.dims, "part": part}
        low, high = stats.bucketed_ratio(up, down)
        if math.isnan(low):
            return one_author(self, dims)
        n = int(down.sum())
        value = int(up.sum()) / n
        facts = {"n_authors": persons, "population": cell.population, "evidence": cell.population}
        return self.based(n, value, max(0.0, low), high, dims=dims, **facts)

    def _population(self, scope: Scope) -> Predicate:
        return public(scope).where(any_of("kind", SPONTANEOUS), ("channel", "not_null", None))


class Advocacy(Measure):
    """Share of customers' public texts that recommend the brand (`act=recommend`), and that warn of it (`act=warn`)."""

    name: ClassVar[str] = "network.advocacy"
    title: ClassVar[str] = "Advocacy"
    question: ClassVar[str] = "Do people wish to tell others, for the brand or against it?"
    concepts: ClassVar[tuple[str, ...]] = ("C16",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared", "moment")
    method: ClassVar[Method] = Method(
        formula="public texts in which the act was found / public texts",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits="Acts are found by patterns: what is said in other words is missed, so a share is a lower bound.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts, and those with each act, by author cluster."""
        texts = feedback.of(self._texts(scope))
        acts = feedback.labels.filter((nw.col("kind") == "acts") & nw.col("label").is_in(list(ACTS)))
        marked = texts.join(acts.select("record_id", act=nw.col("label")).unique(), on="record_id", how="inner")
        return {"texts": tally(texts), "acts": tally(marked, "act")}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share of each act."""
        if not frames["texts"].height:
            return [self.untestable("no customer's text is public", "an export of public texts")]
        return [
            share(
                self, with_hits(frames["texts"], frames["acts"].filter(pl.col("act") == act)), "k", dims={"act": act},
                population=self._texts(scope),
            )
            for act in ACTS
        ]  # fmt: skip

    def _texts(self, scope: Scope) -> Predicate:
        return public(scope).where(("text", "not_null", None))
