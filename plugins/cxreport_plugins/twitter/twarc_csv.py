"""Tables of twarc-csv: posts of the X API v2, one row each, fields named by their path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import REPOST_PATTERN, filled, mapping, records, tags, text_of

SYSTEM: Final = "x.twarc_csv"
SIGNATURE: Final = frozenset(("id", "conversation id", "public metrics like count", "author username"))
_IDS = {
    "native_id": "id",
    "author_id": "author id",
    "conversation_id": "conversation id",
    "in_reply_to_id": "referenced tweets replied to id",
    "quoted_id": "referenced tweets quoted id",
    "reposted_id": "referenced tweets retweeted id",
}
_TEXTS = {
    "created_at_raw": "created at",
    "raw_text": "text",
    "raw_language": "lang",
    "author_handle": "author username",
    "author_name": "author name",
    "in_reply_to_handle": "in reply to username",
    "country": "geo country code",
}
_COUNTS = {
    "likes": "public metrics like count",
    "replies": "public metrics reply count",
    "quotes": "public metrics quote count",
    "bookmarks": "public metrics bookmark count",
    "impressions": "public metrics impression count",
}
_AUTHOR = {
    "author_followers": "author public metrics followers count",
    "author_following": "author public metrics following count",
    "author_posts": "author public metrics tweet count",
}
_REPOSTS = "public metrics retweet count"
_POINT = r"^\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\]$"
_MAPPED = (
    *_IDS.values(), *_TEXTS.values(), *_COUNTS.values(), *_AUTHOR.values(), _REPOSTS, "author verified",
    "geo coordinates coordinates", "in reply to user id",
)  # fmt: skip


def detect(look: Look) -> Detection | None:
    """By its columns."""
    return tables.detect(look, SYSTEM, SIGNATURE)


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Records by expressions on whole batches."""

    def convert(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
        ids = rows.sound_ids(frame, header.by_norm["id"], facts)
        return records(_raw(frame, header)).with_columns(ids["id_damaged"])

    yield from tables.read(data, SIGNATURE, options, facts, convert)
    rows.warn_of_ids(facts)


def _raw(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
    """Columns of `posts.RAW`."""
    is_repost = header.cell(_IDS["reposted_id"]).is_not_null()
    text = header.cell("text")
    whose = header.cell("retweeted username")
    ids = frame.select(tables.ids(frame, header, name).alias(column) for column, name in _IDS.items())
    mentioned = header.cell("entities hashtags").map_elements(_hashtags, return_dtype=pl.List(pl.String))
    raw = frame.select(
        *(header.cell(name).alias(column) for column, name in _TEXTS.items()),
        *(reading.to_int(header.cell(name)).alias(column) for column, name in _AUTHOR.items()),
        *(count.alias(column) for column, count in _counts(header, is_repost).items()),
        pl.col(reading.ROW).alias("source_row"),
        reading.to_bool(header.cell("author verified")).alias("author_verified"),
        pl.when(is_repost & ~_is_cut(header)).then(pl.format("RT @{}: {}", whose, text)).alias("full_text"),
        is_repost.alias("is_repost"),
        header.cell("in reply to user id").is_not_null().alias("is_addressed"),
        mentioned.alias("tags"),
        *_place(header),
        tables.leftover(header, _MAPPED),
    )
    return filled(raw.hstack(ids))


def _is_cut(header: rows.Header) -> pl.Expr:
    """Whether a repost has its own, cut text, and its own counts: by default twarc-csv gives the original's."""
    return header.cell("text").str.contains(REPOST_PATTERN)


def _counts(header: rows.Header, is_repost: pl.Expr) -> dict[str, pl.Expr]:
    """Counts. Of a repost that was not merged with its original only that of reposts means anything."""
    meaningless = is_repost & _is_cut(header)
    counts = {column: reading.to_int(header.cell(name)) for column, name in _COUNTS.items()}
    kept = {column: pl.when(~meaningless).then(count) for column, count in counts.items()}
    return {**kept, "reposts": reading.to_int(header.cell(_REPOSTS)), "metrics_of_original": is_repost}


def _hashtags(cell: str) -> list[str] | None:
    """The words of the hashtags that a cell holds as JSON."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return tags([text_of(mapping(item).get("tag")) for item in found]) if isinstance(found, list) else None


def _place(header: rows.Header) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """City, latitude and longitude; points have the longitude first."""
    point = header.cell("geo coordinates coordinates")
    lon, lat = (point.str.extract(_POINT, group).cast(pl.Float64, strict=False) for group in (1, 2))
    is_point = (lat.abs() <= 90) & (lon.abs() <= 180)
    city = pl.when(header.cell("geo place type") == "city").then(header.cell("geo name"))
    return city.alias("city"), pl.when(is_point).then(lat).alias("lat"), pl.when(is_point).then(lon).alias("lon")
