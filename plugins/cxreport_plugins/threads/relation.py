"""Threads: roots, answers of the brand, reopenings and the last word."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation
from cxreport_plugins.threads.roots import with_threads

Frame = nw.LazyFrame[Any]
NEVER = 2**62
"""Stands for "no answer" while a running minimum is taken, which would stop at nulls."""


class Threads(Relation):
    """What only whole conversations can tell. Times are integer epoch milliseconds, as on every engine.

    An answer is a human reply by the brand that the customer's record is about, at or after that record, in
    its thread. `first_reply_ms` is null for an answer without a time; `answered_by_brand` still holds then.
    """

    name = "threads"
    needs = (
        "record_id", "id_space", "native_id", "in_reply_to_id", "conversation_id", "created_at",
        "brand_authored", "entity", "auto_reply", "kind",
    )  # fmt: skip
    adds = {  # noqa: RUF012
        "thread_id": pl.String,
        "thread_position": pl.Int64,
        "thread_size": pl.Int64,
        "answered_by_brand": pl.Boolean,
        "first_reply_ms": pl.Int64,
        "reopened": pl.Boolean,
        "last_word": pl.String,
    }

    def relate(self, records: Frame, keep: Keep) -> Frame:
        """One row a record."""
        facts = records.select(
            "record_id", "entity",
            __at=nw.col("created_at").dt.timestamp("ms"),
            __brand=nw.col("brand_authored").fill_null(value=False),
            __auto=nw.col("auto_reply").fill_null(value=False),
            __repost=(nw.col("kind") == "repost").fill_null(value=False),
        )  # fmt: skip
        threaded = facts.join(with_threads(records, keep), on="record_id", how="left")
        return _told(_answers(keep(threaded))).select("record_id", *self.adds)


def _answers(threads: Frame) -> Frame:
    """Next human answer by the entity in question, for each record."""
    human = nw.col("__brand") & ~nw.col("__auto") & ~nw.col("__repost")
    side = ("thread_id", "entity")
    dated = threads.with_columns(__answer=nw.when(human).then(nw.col("__at")), __human=human)
    order = {"order_by": ["__at", "__brand", "record_id"]}
    return dated.with_columns(
        __next=nw.col("__answer").fill_null(NEVER).cum_min(reverse=True).over(*side, **order),
        __first=nw.col("__answer").min().over(*side),
        __undated=(nw.col("__human") & nw.col("__at").is_null()).cast(nw.Int8).max().over(*side) > 0,
    )


def _told(threads: Frame) -> Frame:
    """Words about each record and, on its root, about the thread."""
    customer = ~nw.col("__brand")
    root = nw.col("record_id") == nw.col("thread_id")
    place = ["__below", "__at", "record_id"]
    wrote_again = customer & (nw.col("__at") > nw.col("__first"))
    later = nw.when(nw.col("__next") < NEVER).then(nw.col("__next"))
    timed = threads.with_columns(__below=~root, __next=later).with_columns(
        thread_size=nw.len().over("thread_id").cast(nw.Int64),
        thread_position=nw.col("record_id").cum_count().over("thread_id", order_by=place).cast(nw.Int64) - 1,
        __latest=nw.col("__at").max().over("thread_id"),
        __again=wrote_again.fill_null(value=False).cast(nw.Int8).max().over("thread_id") > 0,
    )
    brand_last = nw.col("__brand") & (nw.col("__at") == nw.col("__latest"))
    timed = timed.with_columns(__brand_last=brand_last.fill_null(value=False).cast(nw.Int8).max().over("thread_id") > 0)
    answered = nw.when(customer).then(~nw.col("__next").is_null() | nw.col("__undated"))
    word = nw.when(nw.col("__brand_last")).then(nw.lit("brand")).otherwise(nw.lit("customer"))
    return timed.with_columns(
        answered_by_brand=answered,
        first_reply_ms=nw.when(customer).then(nw.col("__next") - nw.col("__at")),
        reopened=nw.when(root).then(nw.col("__again")),
        last_word=nw.when(root).then(word),
    )
