"""The measures `network.presence_fit` and `network.initiative`: where the brand is, and who begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.net import one_author
from cxreport_plugins.common.people import people
from cxreport_plugins.common.populations import SPONTANEOUS, public, said_by_brand
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

SEED: Final = 20_264
ABSENCE: Final = message("no export holds what the brand itself writes in public")
INPUT: Final = message("an export that holds the brand's own records")
SIDES: Final = ("customers", "brand")
OPENINGS: Final = ("post", "mention", "quote")


class PresenceFit(Measure):
    """Overlap of the channels on which customers write unasked and those on which the brand writes; 1 is the same mix.

    `channel` with `side` (`customers`, `brand`) is the share of either side that a channel has.
    """

    name: ClassVar[str] = "network.presence_fit"
    title: ClassVar[str] = "Presence fit"
    question: ClassVar[str] = "Is the brand where its customers are?"
    concepts: ClassVar[tuple[str, ...]] = ("E09",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared", "entity")
    method: ClassVar[Method] = Method(
        formula="Σ over channels of min(share of customers' public records, share of the brand's public records)",
        interval="95% percentile bootstrap of customers over 512 author buckets, 2,000 draws, fixed seed",
        source="Proportional overlap (Schoener 1968); Efron & Tibshirani 1993, §13.3",
        limits=(
            "Of what was collected: a channel without an export has no part, and own posts that were not collected are "
            "missing. That the mixes differ need not be wrong; it says where to look."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Customers' records by channel and author cluster, and the brand's by channel."""
        brand = feedback.of(self._brand(scope)).group_by("channel").agg(n=nw.len())
        return {"customers": tally(feedback.of(self._customers(scope)), "channel"), "brand": brand}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The overlap, then the shares of either side by channel."""
        rows, brand = frames["customers"].drop_nulls("channel"), frames["brand"].drop_nulls("channel")
        if not brand.height or not rows.height:
            return [self.untestable(ABSENCE if rows.height else message("customers wrote nothing in public"), INPUT)]
        if rows["bucket"].n_unique() < 2:
            return [one_author(self, {})]
        channels = sorted({*rows["channel"], *brand["channel"]})
        own = np.array([brand.filter(pl.col("channel") == c)["n"].sum() for c in channels], dtype=float)
        wide = rows.pivot(on="channel", index="bucket", values="n", aggregate_function="sum").sort("bucket")
        table = wide.select(
            pl.col(c).fill_null(0) if c in wide.columns else pl.lit(0).alias(c) for c in channels
        ).to_numpy()  # fmt: skip
        population, n = self._customers(scope), int(table.sum())
        value = float(overlap(table.sum(axis=0, keepdims=True).astype(float), own)[0])
        low, high = stats.bucket_bootstrap(table, lambda t: overlap(t, own), seed=SEED)
        whole = self.based(
            n, value, min(low, value), max(high, value), n_authors=people(rows), population=population,
            evidence=population,
        )  # fmt: skip
        mixes = zip(SIDES, (table.sum(axis=0), own), (population, self._brand(scope)), strict=True)
        return [whole, *(r for side, counts, within in mixes for r in self._mix(side, channels, counts, within))]

    def _mix(self, side: str, channels: Sequence[str], counts: Any, within: Predicate) -> list[Result]:
        total = int(counts.sum())
        return [
            self.based(total, count / total, level=None, dims={"channel": channel, "side": side}, population=within)
            for channel, count in zip(channels, counts.tolist(), strict=True)
        ]

    def _customers(self, scope: Scope) -> Predicate:
        return public(scope).where(any_of("kind", SPONTANEOUS))

    def _brand(self, scope: Scope) -> Predicate:
        return said_by_brand(scope)


def overlap(customers: Any, brand: Any) -> Any:
    """Σ min of two mixes over channels, each row of `customers` against `brand`; counts or weights."""
    return np.minimum(customers / customers.sum(axis=1, keepdims=True), brand / brand.sum()).sum(axis=1)


class Initiative(Measure):
    """Share of conversations in the open that customers begin rather than the brand."""

    name: ClassVar[str] = "network.initiative"
    title: ClassVar[str] = "Initiative"
    question: ClassVar[str] = "Who starts the conversation, customers or the brand?"
    concepts: ClassVar[tuple[str, ...]] = ("A12",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared", "entity", "thread_position")
    method: ClassVar[Method] = Method(
        formula="threads begun by customers / threads begun by customers or the brand; posts, mentions and quotes only",
        interval=f"{SHARE}; each thread of the brand counts by itself",
        source=SHARE_SOURCE,
        limits="As collected: an export of mentions holds the brand's own posts only in part.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Threads by who began them and author cluster."""
        theirs = _begun(feedback.of(self._roots(public(scope))))
        ours = _begun(feedback.of(self._roots(said_by_brand(scope)))).with_columns(
            author_id=nw.lit(None, dtype=nw.String), author_bucket=nw.lit(None, dtype=nw.Int64)
        )
        one = theirs.with_columns(author_bucket=nw.col("author_bucket").cast(nw.Int64), began=nw.lit(1))
        both = nw.concat([one, ours.with_columns(began=nw.lit(0)).select(one.collect_schema().names())])
        return {"threads": tally(both, began=nw.col("began"))}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share, where the brand began anything at all."""
        rows = frames["threads"]
        if not rows.height or rows["began"].sum() == rows["n"].sum():
            return [self.untestable("no export holds threads that the brand began", INPUT)]
        population = self._roots(public(scope))
        return [share(self, rows, "began", dims={}, population=population, evidence=population)]

    def _roots(self, population: Predicate) -> Predicate:
        return population.where(("thread_position", "eq", 0), any_of("kind", OPENINGS))


def _begun(roots: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return roots.select("record_id", "author_id", "author_bucket")
