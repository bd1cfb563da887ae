"""Fates: what became of threads, from the first record to the customer's last word."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from cxreport.api import Feedback, Predicate
from cxreport_plugins.care.shares import tallies

Frame = nw.LazyFrame[Any]

NEEDS: Final = ("closes", "thread_id", "auto_answered", "transferred", "sentiment")
WORDS: Final = ("negative", "neutral", "positive", "none")
"""The last word: its sentiment (thanks are positive, what has none is neutral), or that there is none."""


def fates(feedback: Feedback, roots: Predicate, *keys: str) -> Frame:
    """`tallies` of roots by `answered`, `seen`, `private`, `word` and `keys`.

    The word of an answered thread is the customer's last record after the first answer, of another thread their
    last record after the root.
    """
    heard = feedback.of(roots).join(last_words(feedback), left_on="record_id", right_on="thread_id", how="left")
    answered = nw.col("answered_by_brand").fill_null(value=False)
    machine = nw.col("auto_answered").fill_null(value=False)
    reply = nw.col("created_at").dt.timestamp("ms") + nw.col("first_reply_ms").fill_null(0)
    after = (nw.col("__said_at") > reply).fill_null(value=False)
    private = answered & nw.col("transferred").fill_null(value=False)
    marked = heard.with_columns(
        answered=answered,
        seen=answered | machine,
        private=private,
        word=nw.when(after).then(nw.col("__word")).otherwise(nw.lit("none")),
    )
    return tallies(marked, "answered", "seen", "private", "word", *keys)


def last_words(feedback: Feedback) -> Frame:
    """`thread_id` → when its customer had the last word, and which: one row a thread that has any."""
    said = feedback.records.filter(nw.col("closes").fill_null(value=False))
    acts = feedback.labels.filter((nw.col("kind") == "acts") & (nw.col("label") == "thank"))
    thanks = acts.select(__thanking=nw.col("record_id")).unique()
    told = said.join(
        thanks.with_columns(__thanks=nw.lit(value=True)), left_on="record_id", right_on="__thanking", how="left"
    )
    angry = (nw.col("sentiment") == "negative").fill_null(value=False)
    glad = (nw.col("sentiment") == "positive").fill_null(value=False) | nw.col("__thanks").fill_null(value=False)
    word = (
        nw.when(angry)
        .then(nw.lit("negative"))
        .otherwise(nw.when(glad).then(nw.lit("positive")).otherwise(nw.lit("neutral")))
    )
    return told.select("thread_id", __word=word, __said_at=nw.col("created_at").dt.timestamp("ms"))
