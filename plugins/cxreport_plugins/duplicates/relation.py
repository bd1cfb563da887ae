"""Exact duplicates after normalisation (measured in text.md §5), and reposts counted on their originals."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from cxreport.api import Keep, Relation

LONG = 60
"""Normalised characters from which equal texts of different authors are copies, and not just alike."""
OPEN = ("post", "mention", "reply", "quote", "review")
"""Kinds that are written in the open, where texts are copied; notes and answers are merely alike."""
_NOISE = (r"https?://\S+", r"@\w+", r"[^\p{L}\p{N}]+")


class Duplicates(Relation):
    """Marks repeated texts; nothing is dropped, the default population leaves repeats out.

    The same author repeating a text is a duplicate at any length. Different authors are merged only when the
    text is long (campaigns, copied spam) and written in the open, on one channel: "thank you" is said by many,
    and each counts.
    """

    name = "duplicates"
    needs = (
        "record_id", "id_space", "native_id", "kind", "channel", "author_id", "text", "created_at",
        "brand_authored", "is_context", "reposted_id",
    )  # fmt: skip
    adds = {"duplicate_of": pl.String, "duplicates": pl.Int64, "repost_count": pl.Int64}  # noqa: RUF012

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        """One row a record that is a copy, has copies, or was reposted."""
        copies, reposts = keep(_copies(records)), keep(_reposts(records))
        touched = nw.concat([copies.select("record_id"), reposts.select("record_id")]).unique()
        return touched.join(copies, on="record_id", how="left").join(reposts, on="record_id", how="left")


def _copies(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    own = ~nw.col("brand_authored").fill_null(value=False) & ~nw.col("is_context")
    said = records.filter(own & (nw.col("kind") != "repost") & ~nw.col("text").is_null())
    plain = nw.col("text").str.to_lowercase().str.replace_all("ё", "е", literal=True)
    for noise in _NOISE:
        plain = plain.str.replace_all(noise, " ")
    said = said.with_columns(__said=plain.str.strip_chars())
    copied = (nw.col("__said").str.len_chars() >= LONG) & nw.col("kind").is_in(OPEN).fill_null(value=False)
    copy = nw.concat_str("channel", "__said", separator="\x1f", ignore_nulls=True)
    personal = nw.concat_str("author_id", "__said", separator="\x1f")
    said = said.with_columns(
        __key=nw.when(copied).then(copy).otherwise(personal),
        __at=nw.col("created_at").dt.timestamp("ms").fill_null(2**62),
    ).filter(~nw.col("__key").is_null() & (nw.col("__said") != ""))
    grouped = said.with_columns(
        duplicates=nw.len().over("__key").cast(nw.Int64), __first=nw.col("__at").min().over("__key")
    ).filter(nw.col("duplicates") > 1)
    eldest = nw.when(nw.col("__at") == nw.col("__first")).then(nw.col("record_id"))
    grouped = grouped.with_columns(__eldest=eldest).with_columns(__original=nw.col("__eldest").min().over("__key"))
    is_copy = nw.col("record_id") != nw.col("__original")
    return grouped.select(
        "record_id",
        duplicate_of=nw.when(is_copy).then(nw.col("__original")),
        duplicates=nw.when(~is_copy).then(nw.col("duplicates")),
    )


def _reposts(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    reposts = records.filter((nw.col("kind") == "repost") & ~nw.col("reposted_id").is_null())
    counted = reposts.group_by("id_space", "reposted_id").agg(repost_count=nw.len().cast(nw.Int64))
    originals = records.filter(~nw.col("native_id").is_null()).select("record_id", "id_space", "native_id")
    found = originals.join(
        counted,
        left_on=["id_space", "native_id"],
        right_on=["id_space", "reposted_id"],
        how="inner",
    )
    return found.select("record_id", "repost_count")
