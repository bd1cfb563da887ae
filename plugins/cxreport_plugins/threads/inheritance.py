"""Inherited moments: a reply in a support thread is about what its root is about."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation

RULE = "thread"


class InheritedMoments(Relation):
    """Gives a customer's reply without a moment of its own the moment of its root (rule `thread`)."""

    name = "inherited_moments"
    needs = ("record_id", "thread_id", "moment", "moment_rule", "brand_authored", "customer_voice")
    adds = {"moment": pl.String, "moment_rule": pl.String}  # noqa: RUF012

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """One row a reply that inherits; others keep what they have."""
        roots = records.filter((nw.col("record_id") == nw.col("thread_id")) & ~nw.col("moment").is_null())
        inherited = roots.select(thread_id=nw.col("record_id"), __moment=nw.col("moment"))
        bare = nw.col("moment").is_null() & nw.col("customer_voice").fill_null(value=False)
        replies = records.filter(bare & (nw.col("record_id") != nw.col("thread_id")))
        found = replies.select("record_id", "thread_id").join(inherited, on="thread_id", how="inner")
        return found.select("record_id", moment=nw.col("__moment"), moment_rule=nw.lit(RULE))
