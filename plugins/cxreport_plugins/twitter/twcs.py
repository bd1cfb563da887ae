"""`twcs.csv`: customers' posts to the support accounts of big brands and their answers, 2017, renumbered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import CHANNEL, dated

SYSTEM: Final = "x.twcs"
SIGNATURE: Final = frozenset(("tweet id", "author id", "inbound", "response tweet id", "text", "created at"))
_MAPPED = ("tweet id", "author id", "created at", "text", "in response to tweet id")
_BRAND = r"@([A-Za-z_]\w{0,19})"
"""A handle that is a name: customers' handles were replaced by numbers."""


def detect(look: Look) -> Detection | None:
    """By its columns."""
    return tables.detect(look, SYSTEM, SIGNATURE)


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Records of both sides; ids are numbers of this data set, which X does not know."""
    facts.zone = options.timezone or "UTC"
    facts.frame = "answered_only"

    def convert(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
        created = tables.column(frame, header, "created at")
        return _records(frame, header).hstack(dated(created, options.timezone, known="UTC"))

    yield from tables.read(data, SIGNATURE, options, facts, convert)


def _records(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
    raw = pl.col(header.by_norm["text"])
    author = _whole(header.cell("author id"))
    whole = frame.with_columns(
        reading.x_text(raw).alias("__text"),
        author.alias("author_id"),
        pl.when(~author.str.contains(r"^\d+$")).then(author).alias("author_handle"),
        reading.to_bool(header.cell("inbound")).alias("__inbound"),
        _whole(header.cell("in response to tweet id")).alias("in_reply_to_id"),
    )
    return whole.select(
        pl.col(reading.ROW).alias("source_row"),
        _whole(header.cell("tweet id")).alias("native_id"),
        _kind().alias("kind"),
        pl.lit(CHANNEL).alias("channel"),
        "author_id",
        "author_handle",
        _role().alias("author_role"),
        (~pl.col("__inbound")).alias("brand_authored"),
        pl.when(pl.col("__inbound").is_not_null()).then(pl.lit("inbound_flag")).alias("brand_authored_basis"),
        pl.col("__text").alias("text"),
        pl.when(raw != pl.col("__text")).then(raw).alias("text_original"),
        "in_reply_to_id",
        _brand().alias("brand"),
        tables.leftover(header, _MAPPED),
    )


def _whole(number: pl.Expr) -> pl.Expr:
    """An id; re-saved copies of the file write `848.0`."""
    return number.str.strip_chars().str.replace(r"^(\d+)\.0+$", "${1}")


def _kind() -> pl.Expr:
    starts_with_handle = pl.col("__text").str.starts_with("@")
    return (
        pl.when(pl.col("in_reply_to_id").is_not_null())
        .then(pl.lit("reply"))
        .when(starts_with_handle)
        .then(pl.lit("mention"))
        .otherwise(pl.lit("post"))
    )


def _role() -> pl.Expr:
    inbound = pl.col("__inbound")
    return pl.when(inbound).then(pl.lit("customer")).when(~inbound).then(pl.lit("brand")).otherwise(pl.lit("unknown"))


def _brand() -> pl.Expr:
    """The brand that writes, else the first account that a customer addresses by name."""
    named = pl.col("__text").str.extract(_BRAND)
    return pl.when(~pl.col("__inbound")).then("author_handle").otherwise(named)
