"""Threads: roots, answers of the brand, reopenings and the last word."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation
from cxreport_plugins.threads.elements import holds
from cxreport_plugins.threads.roots import with_threads

Frame = nw.LazyFrame[Any]
SIDE = ("thread_id", "entity")
ORDER = ["__at", "__brand", "record_id"]
"""Of equal times the customer's comes first: an answer in the same second is an answer to it."""
NEVER = 2**62
"""Stands for "no answer" while a running minimum is taken, which would stop at nulls."""


class Threads(Relation):
    """What only whole conversations can tell. Times are integer epoch milliseconds, as on every engine.

    An answer is a human reply by the brand that the customer's record is about, at or after that record, in
    its thread. `first_reply_ms` is null for an answer without a time; `answered_by_brand` still holds then.
    The customer of a thread is who wrote its root: their first record after an answer `reopens` it, and their
    latest record `closes` it. What a root tells of its thread holds for the company that the root is about.
    """

    name = "threads"
    needs = (
        "record_id", "id_space", "native_id", "in_reply_to_id", "conversation_id", "created_at",
        "brand_authored", "entity", "auto_reply", "reply_elements", "kind", "author_id",
    )  # fmt: skip
    adds = {  # noqa: RUF012
        "thread_id": pl.String,
        "thread_position": pl.Int64,
        "thread_size": pl.Int64,
        "answered_by_brand": pl.Boolean,
        "first_reply_ms": pl.Int64,
        "reopens": pl.Boolean,
        "closes": pl.Boolean,
        "reopened": pl.Boolean,
        "last_word": pl.String,
        "answers": pl.Int64,
        "auto_answered": pl.Boolean,
        "transferred": pl.Boolean,
    }

    def relate(self, records: Frame, keep: Keep) -> Frame:
        """One row a record."""
        facts = records.select(
            "record_id", "entity", "author_id",
            __at=nw.col("created_at").dt.timestamp("ms"),
            __brand=nw.col("brand_authored").fill_null(value=False),
            __auto=nw.col("auto_reply").fill_null(value=False),
            __repost=(nw.col("kind") == "repost").fill_null(value=False),
            __transfer=holds("transfer"),
        )  # fmt: skip
        threaded = facts.join(with_threads(records, keep), on="record_id", how="left")
        return _told(_customers(_answers(keep(threaded)))).select("record_id", *self.adds)


def _answers(threads: Frame) -> Frame:
    """Next human answer by the entity in question, for each record, and what its thread holds of answers."""
    human = nw.col("__brand") & ~nw.col("__auto") & ~nw.col("__repost")
    answer = nw.when(human).then(nw.col("__at"))
    dated = threads.with_columns(__answer=answer, __human=human, __timed=_one(~answer.is_null()))
    return dated.with_columns(
        __next=nw.col("__answer").fill_null(NEVER).cum_min(reverse=True).over(*SIDE, order_by=ORDER),
        __turn=nw.col("__timed").cum_sum().over(*SIDE, order_by=ORDER),
        __undated=_any(nw.col("__human") & nw.col("__at").is_null(), *SIDE),
        __answers=_one(nw.col("__human")).sum().over(*SIDE).cast(nw.Int64),
        __machine=_any(nw.col("__brand") & nw.col("__auto"), *SIDE),
        __private=_any(nw.col("__human") & nw.col("__transfer"), *SIDE),
    )


def _customers(threads: Frame) -> Frame:
    """Where the customer of a thread writes again after an answer, and where for the last time."""
    root = nw.col("record_id") == nw.col("thread_id")
    asker = nw.when(root & ~nw.col("__brand")).then(nw.col("author_id")).max().over("thread_id")
    named = threads.with_columns(__root=root, __asker=asker)
    theirs = (nw.col("author_id") == nw.col("__asker")).fill_null(value=False)
    later = named.with_columns(__again=theirs & ~root & ~nw.col("__at").is_null())
    told = later.with_columns(
        __nth=nw.col("record_id").cum_count().over(*SIDE, "__turn", "__again", order_by=ORDER),
        __left=nw.col("record_id").cum_count(reverse=True).over("thread_id", "__again", order_by=ORDER),
    )
    reopens = nw.col("__again") & (nw.col("__turn") > 0) & (nw.col("__nth") == 1)
    marked = told.with_columns(__reopens=reopens, __closes=nw.col("__again") & (nw.col("__left") == 1))
    return marked.with_columns(__reopened=_any(nw.col("__reopens"), "thread_id"))


def _told(threads: Frame) -> Frame:
    """Words about each record and, on its root, about the thread."""
    customer, root = ~nw.col("__brand"), nw.col("__root")
    place = ["__below", "__at", "record_id"]
    later = nw.when(nw.col("__next") < NEVER).then(nw.col("__next"))
    timed = threads.with_columns(__below=~root, __next=later).with_columns(
        thread_size=nw.len().over("thread_id").cast(nw.Int64),
        thread_position=nw.col("record_id").cum_count().over("thread_id", order_by=place).cast(nw.Int64) - 1,
        __latest=nw.col("__at").max().over("thread_id"),
    )
    brand_last = nw.col("__brand") & (nw.col("__at") == nw.col("__latest"))
    timed = timed.with_columns(__brand_last=_any(brand_last.fill_null(value=False), "thread_id"))
    answered = nw.when(customer).then(~nw.col("__next").is_null() | nw.col("__undated"))
    word = nw.when(nw.col("__brand_last")).then(nw.lit("brand")).otherwise(nw.lit("customer"))
    asked = customer & root
    return timed.with_columns(
        answered_by_brand=answered,
        first_reply_ms=nw.when(customer).then(nw.col("__next") - nw.col("__at")),
        reopens=nw.when(customer).then(nw.col("__reopens")),
        closes=nw.when(customer).then(nw.col("__closes")),
        reopened=nw.when(root).then(nw.col("__reopened")),
        last_word=nw.when(root).then(word),
        answers=nw.when(asked).then(nw.col("__answers")),
        auto_answered=nw.when(asked).then(nw.col("__machine")),
        transferred=nw.when(asked).then(nw.col("__private")),
    )


def _one(flag: nw.Expr) -> nw.Expr:
    return flag.cast(nw.Int64)


def _any(flag: nw.Expr, *keys: str) -> nw.Expr:
    """Whether it holds for any record of the group."""
    return _one(flag).max().over(*keys) > 0
