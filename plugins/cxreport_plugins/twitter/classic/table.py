"""`tweets.csv` of a classic archive, in both orders of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import polars as pl

from cxreport.api import Batch, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import REPOST_PATTERN, filled, records

SIGNATURE: Final = frozenset(("tweet id", "in reply to status id", "timestamp", "expanded urls"))
_IDS = {
    "native_id": "tweet id",
    "in_reply_to_id": "in reply to status id",
    "reposted_id": "retweeted status id",
}
_MAPPED = (*_IDS.values(), "timestamp", "text")
HELD_TWICE: Final = "posts that the files of months hold too"


def read(
    data: Input, options: TwitterOptions, facts: ReadFacts, owner: dict[str, Any], met: frozenset[str] = frozenset()
) -> Iterator[Batch]:
    """Posts of the table; those whose ids were `met` in the files of months are skipped.

    `owner` holds the columns that say who wrote them. Rows are numbered on after those read before.
    """
    before = facts.rows_read

    def convert(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
        new = frame.filter(~header.cell("tweet id").is_in(list(met)).fill_null(value=False)) if met else frame
        facts.skip(HELD_TWICE, frame.height - new.height)
        return _records(new, header, facts, owner)

    for batch in tables.read(data, SIGNATURE, options, facts, convert):
        moved = tuple(replace(reject, row=(reject.row or 0) + before) for reject in batch.rejects)
        yield Batch(batch.records.with_columns(pl.col("source_row") + before), rejects=moved)


def _records(frame: pl.DataFrame, header: rows.Header, facts: ReadFacts, owner: dict[str, Any]) -> pl.DataFrame:
    ids = rows.sound_ids(frame, header.by_norm["tweet id"], facts)
    whole = frame.with_columns(tables.ids(frame, header, name).alias(column) for column, name in _IDS.items())
    text, user = header.cell("text"), header.cell("in reply to user id")
    raw = whole.select(
        *(pl.lit(value).alias(column) for column, value in owner.items()),
        *_IDS,
        pl.col(reading.ROW).alias("source_row"),
        header.cell("timestamp").alias("created_at_raw"),
        text.alias("raw_text"),
        (header.cell("retweeted status id").is_not_null() | text.str.contains(REPOST_PATTERN)).alias("is_repost"),
        user.is_not_null().alias("is_addressed"),
        pl.when(user.is_not_null()).then(text.str.extract(r"^@(\w{1,20})")).alias("in_reply_to_handle"),
        tables.leftover(header, _MAPPED),
    )
    return records(filled(raw)).with_columns(ids["id_damaged"])
