"""Automatic replies: a machine's acknowledgement is no answer (the failure mode seen most in open tools)."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation

REPEATS = 20
"""Identical brand texts (names, handles, digits and URLs aside) from which they count as automatic."""
_CUES = (
    r"\b(auto(matic|mated)?[- ]?(reply|response|message)|out of (the )?office|do not reply to this)\b"
    r"|\b(автоответ\w*|автоматическ\w+ (ответ|сообщени)\w*|не отвечайте на это)\b"
)


class AutomaticReplies(Relation):
    """Flags brand replies that a machine wrote: by their own words, or by being said verbatim many times."""

    name = "automatic_replies"
    needs = ("record_id", "brand_authored", "text", "author_role", "source_system", "in_reply_to_id")
    adds = {"auto_reply": pl.Boolean}  # noqa: RUF012

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """One row a brand reply."""
        brand = nw.col("brand_authored").fill_null(value=False)
        replies = records.filter(brand & ~nw.col("in_reply_to_id").is_null())
        low = nw.col("text").fill_null("").str.to_lowercase()
        plain = low.str.replace_all(r"https?://\S+|@\w+|\d+|\^\w+", "").str.strip_chars()
        said = replies.with_columns(__low=low, __plain=plain)
        said = said.with_columns(__times=nw.len().over("source_system", "__plain"))
        often = (nw.col("__times") >= REPEATS) & (nw.col("__plain") != "")
        role = (nw.col("author_role") == "bot").fill_null(value=False)
        return said.select("record_id", auto_reply=often | role | nw.col("__low").str.contains(_CUES))
