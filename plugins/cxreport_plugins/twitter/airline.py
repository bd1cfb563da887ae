"""`Tweets.csv`: posts to six US airlines, February 2015, with labels by people; and its damaged re-saves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import CHANNEL, REPOST_PATTERN, dated, url

SYSTEM: Final = "x.airline"
SIGNATURE: Final = frozenset(("tweet id", "airline sentiment", "airline", "text"))
_MAPPED = (
    "airline sentiment", "negativereason", "airline", "name", "retweet count", "text", "tweet coord",
    "tweet created",
)  # fmt: skip
_POINT = r"^\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\]$"
_INVENTED = (
    "The columns latitude and longitude were added to this copy of the file by someone, for every row; they "
    "are kept in `extra` and not used as places."
)


def detect(look: Look) -> Detection | None:
    """By its columns."""
    return tables.detect(look, SYSTEM, SIGNATURE)


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Records by expressions on whole batches: this is also the table that speed is measured with."""
    facts.zone = options.timezone
    facts.frame = "without_replies"

    def convert(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
        if {"latitude", "longitude"} <= header.by_norm.keys() and _INVENTED not in facts.notes:
            facts.notes.append(_INVENTED)
        return _records(frame, header, options, facts)

    yield from tables.read(data, SIGNATURE, options, facts, convert)
    rows.warn_of_ids(facts)


def _records(frame: pl.DataFrame, header: rows.Header, options: TwitterOptions, facts: ReadFacts) -> pl.DataFrame:
    ids = rows.sound_ids(frame, header.by_norm["tweet id"], facts)
    raw = pl.col(header.by_norm["text"])
    text = reading.x_text(reading.strip_formula_guard(raw))
    handle = header.cell("name").str.strip_chars().str.strip_prefix("@")
    reason = header.cell("negativereason")
    whole = frame.hstack(ids).with_columns(text.alias("__text"), handle.alias("author_handle"))
    mapped = _MAPPED if ids["native_id"].null_count() else (*_MAPPED, "tweet id")
    records = whole.select(
        pl.col(reading.ROW).alias("source_row"),
        "native_id",
        "id_damaged",
        _kind(pl.col("__text")).alias("kind"),
        pl.lit(CHANNEL).alias("channel"),
        url(),
        pl.format("@{}", pl.col("author_handle").str.to_lowercase()).alias("author_id"),
        "author_handle",
        pl.lit("customer").alias("author_role"),
        pl.lit(value=False).alias("brand_authored"),
        pl.lit("export_type").alias("brand_authored_basis"),
        pl.col("__text").alias("text"),
        pl.when(raw != pl.col("__text")).then(raw).alias("text_original"),
        pl.col("__text").str.extract(r"^@(\w{1,20})").alias("in_reply_to_handle"),
        reading.to_int(header.cell("retweet count")).alias("reposts"),
        header.cell("airline").str.strip_chars().alias("brand"),
        header.cell("airline sentiment").str.strip_chars().str.to_lowercase().alias("sentiment_vendor"),
        pl.when(reason.is_not_null()).then(pl.concat_list(reason)).alias("tags"),
        *(part.alias(name) for name, part in _place(header.cell("tweet coord")).items()),
        tables.leftover(header, mapped),
    )
    created = tables.column(frame, header, "tweet created")
    return records.hstack(dated(created, options.timezone))


def _kind(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text.str.contains(REPOST_PATTERN))
        .then(pl.lit("repost"))
        .when(text.str.starts_with("@"))
        .then(pl.lit("mention"))
        .otherwise(pl.lit("post"))
    )


def _place(point: pl.Expr) -> dict[str, pl.Expr]:
    """`[lat, lon]`; the point 0, 0 in the Atlantic is what apps sent that knew none."""
    lat, lon = (point.str.extract(_POINT, group).cast(pl.Float64, strict=False) for group in (1, 2))
    sound = (lat.abs() <= 90) & (lon.abs() <= 180) & ((lat != 0) | (lon != 0))
    return {"lat": pl.when(sound).then(lat), "lon": pl.when(sound).then(lon)}
