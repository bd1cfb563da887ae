"""Inherited moments: a reply in a thread is about what its root is about."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation

RULE = "thread"


class InheritedMoments(Relation):
    """Gives customers' replies the moment of their thread's root (rule `thread`).

    A reply of the root's own author goes on about the same matter, whatever its words: it inherits over what its
    words told, which then stands in `moment_alt`. Another customer's reply inherits only where nothing told its
    moment. What the map or dates told stays.
    """

    name = "inherited_moments"
    needs = (
        "record_id", "thread_id", "author_id", "moment", "moment_rule", "moment_alt", "stage", "customer_voice",
    )  # fmt: skip
    adds = dict.fromkeys(("moment", "moment_rule", "moment_alt", "stage"), pl.String)

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """One row a reply that inherits; others keep what they have."""
        root = nw.col("record_id") == nw.col("thread_id")
        roots = records.filter(root, ~nw.col("moment").is_null())
        inherited = roots.select(thread_id=nw.col("record_id"), __moment=nw.col("moment"), __author=nw.col("author_id"))
        customer = nw.col("customer_voice").fill_null(value=False)
        replies = records.filter(customer, ~root)
        found = replies.join(inherited, on="thread_id", how="inner")
        told = nw.col("moment_rule").str.starts_with("text.").fill_null(value=False)
        same = (nw.col("author_id") == nw.col("__author")).fill_null(value=False)
        other = (nw.col("moment") != nw.col("__moment")).fill_null(value=False)
        heirs = found.filter(nw.col("moment").is_null() | (told & same & other))
        evaluates = (nw.col("stage") == "umot").fill_null(value=False)
        return heirs.select(
            "record_id",
            moment_alt=nw.col("moment"),
            moment=nw.col("__moment"),
            moment_rule=nw.lit(RULE),
            stage=nw.when(evaluates).then(nw.col("stage")).otherwise(nw.col("__moment")),
        )
