"""The measure `network.conversation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.net import one_author
from cxreport_plugins.common.people import people
from cxreport_plugins.common.populations import public
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

Frame = nw.LazyFrame[Any]
ABSENCE: Final = message("no customer's reply whose addressee is known is among the records")
INPUT: Final = message("an export of conversations")


class Conversation(Measure):
    """How far customers talk with one another rather than with the brand.

    Without dims: share of customers' replies that go to another customer. `statistic=reciprocity` is the share of ties
    between two customers that are returned; `statistic=replies` is other customers' replies a thread;
    `statistic=answerers` is different customers who join a thread that another began, a thread.
    """

    name: ClassVar[str] = "network.conversation"
    title: ClassVar[str] = "Conversation between customers"
    question: ClassVar[str] = "Is the customer a network: do customers answer one another?"
    concepts: ClassVar[tuple[str, ...]] = ("E01", "E02")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared", "thread_id", "thread_position")
    method: ClassVar[Method] = Method(
        formula=(
            "Replies to another customer / replies to anybody else whose record is known. Tie: a customer replied to "
            "another at least once; reciprocity = ties that are returned / ties. Replies and answerers: other "
            "customers' records, and those customers, in a thread that a customer began / such threads"
        ),
        interval=f"{SHARE}. Means a thread: 95% Student's t over author buckets. Reciprocity: Wilson",
        source=f"{SHARE_SOURCE}; Cochran 1977, §6.3",
        limits=(
            "Only conversations that the export holds: a collection of mentions of the brand misses what customers say "
            "to one another without naming it. No person is described, only sums over all."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Replies by cluster, ties and those returned, and threads by the cluster of who began them."""
        population = public(scope)
        customers = feedback.of(population)
        replies = _addressed(customers, feedback.records)
        mutual = replies.filter(nw.col("between")).select("author_id", "__to").unique()
        back = mutual.select(author_id=nw.col("__to"), __to=nw.col("author_id"))
        returned = mutual.join(back, on=["author_id", "__to"], how="semi")
        return {
            "replies": tally(replies, between=nw.col("between")),
            "ties": mutual.select(n=nw.len()),
            "returned": returned.select(n=nw.len()),
            "threads": _threads(customers),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share, reciprocity, and what a thread draws."""
        rows, population = frames["replies"], public(scope).where(("in_reply_to_id", "not_null", None))
        whole = (
            share(self, rows, "between", dims={}, population=population, evidence=population)
            if rows.height
            else self.untestable(ABSENCE, INPUT)
        )
        return [whole, self._reciprocity(frames, population), *self._threads(frames["threads"], public(scope))]

    def _reciprocity(self, frames: Mapping[str, pl.DataFrame], population: Predicate) -> Result:
        ties, returned = (int(frames[name]["n"].sum()) for name in ("ties", "returned"))
        dims = {"statistic": "reciprocity"}
        if not ties:
            return lacking(self, dims, message("no customer replied to another"), INPUT)
        limits = stats.wilson(returned, ties)
        return self.based(ties, returned / ties, *limits, dims=dims, population=population)

    def _threads(self, rows: pl.DataFrame, population: Predicate) -> list[Result]:
        roots = population.where(("thread_position", "eq", 0))
        ordered, found = rows.sort("bucket"), []
        for statistic, column in (("replies", "replies"), ("answerers", "answerers")):
            dims = {"statistic": statistic}
            if rows.height < 2:
                found.append(one_author(self, dims))
                continue
            low, high = stats.bucketed_ratio(ordered[column], ordered["n"])
            n = int(rows["n"].sum())
            value = int(rows[column].sum()) / n
            found.append(
                self.based(
                    n, value, max(0.0, low), high, dims=dims, unit="ratio", n_authors=people(rows), population=roots,
                    evidence=roots.where(("thread_size", "ge", 2)),
                )
            )  # fmt: skip
        return found


def _addressed(customers: Frame, records: Frame) -> Frame:
    """Customers' replies to somebody else whose record is known: `__to` whom, `between` customers or not."""
    brand = nw.col("brand_authored").fill_null(value=False)
    parents = records.filter(~nw.col("native_id").is_null() & ~nw.col("author_id").is_null()).select(
        "id_space", "native_id", __to=nw.col("author_id"), between=~brand
    )
    replies = customers.filter(~nw.col("in_reply_to_id").is_null() & ~nw.col("author_id").is_null())
    joined = replies.join(
        parents, left_on=["id_space", "in_reply_to_id"], right_on=["id_space", "native_id"], how="inner"
    )
    return joined.filter(nw.col("author_id") != nw.col("__to"))


def _threads(customers: Frame) -> Frame:
    """Threads that a customer began, by the cluster of who began them: `n`, and others' `replies` and `answerers`."""
    root = (nw.col("thread_position") == 0).fill_null(value=False)
    roots = customers.filter(root)
    begun = roots.select("thread_id", __by=nw.col("author_id"))
    others = customers.filter(~root).join(begun, on="thread_id", how="inner")
    strange = others.filter((nw.col("author_id") != nw.col("__by")).fill_null(value=False))
    joined = strange.group_by("thread_id").agg(__replies=nw.len(), __answerers=nw.col("author_id").n_unique())
    full = roots.join(joined, on="thread_id", how="left")
    return tally(full, replies=nw.col("__replies"), answerers=nw.col("__answerers"))
