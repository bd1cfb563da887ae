"""Texts whose sentiment people labelled, as records, where `CXREPORT_TEST_DATA` names the folder that holds them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import polars as pl

from cxreport.api import AUTHOR_BUCKETS, Coding

AIRLINE: Final = "data/airline-tweets/Tweets.csv"
BANKS: Final = "data/sentirueval2016-ru/banks_test_etalon.xml"
META: Final = ("id", "twitid", "date", "text")
SIGNS: Final = {-1: "negative", 0: "neutral", 1: "positive"}


def found(name: str) -> Path | None:
    """A data set, where it is."""
    root = os.environ.get("CXREPORT_TEST_DATA")
    path = Path(root) / name if root else None
    return path if path is not None and path.is_file() else None


def airline(path: Path) -> pl.DataFrame:
    """Posts to six airlines, the `cell` of each; see `records`."""
    tweets = pl.read_csv(path, infer_schema_length=0).drop_nulls(["text", "airline_sentiment"])
    told = tweets.select("text", truth="airline_sentiment", author_id="name", cell="airline")
    return records(told, "en")


def banks(path: Path) -> pl.DataFrame:
    """Russian posts about banks by the sum of their opinions on all of them; copies count as one author's."""
    rows = []
    for table in ElementTree.parse(path).iter("table"):
        cells = {column.get("name"): column.text for column in table.iter("column")}
        marks = [int(v) for k, v in cells.items() if k not in META and v not in (None, "NULL", "")]
        if marks:
            rows.append((cells["text"], SIGNS[(sum(marks) > 0) - (sum(marks) < 0)]))
    told = pl.DataFrame(rows, schema={"text": pl.String, "truth": pl.String}, orient="row")
    letters = pl.col("text").str.to_lowercase().str.replace_all(r"https?://\S+|@\w+|[^\p{L}]", "")
    return records(told.with_columns(author_id=letters, cell=pl.lit("banks")), "ru")


def records(told: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Texts as enriched records of one channel, with their `truth`; ids and buckets are hashes, as in a build."""
    names = told["author_id"].unique().sort()
    buckets = {name: int(_digest(name)[:8], 16) % AUTHOR_BUCKETS for name in names}
    return told.select(
        record_id=pl.Series([_digest(f"{i} {text}") for i, text in enumerate(told["text"])]),
        channel=pl.lit("x"), title=pl.lit(None, pl.String), text="text", lang=pl.lit(lang), author_id="author_id",
        author_bucket=pl.col("author_id").replace_strict(buckets, return_dtype=pl.UInt16),
        truth="truth", cell="cell",
    )  # fmt: skip


def coded(texts: pl.DataFrame, n: int, seed: int) -> Coding:
    """A coding sheet: a random sample of the texts with their true sentiment."""
    drawn = texts.sample(n, seed=seed, shuffle=True).sort("record_id")
    given = drawn.select(
        "record_id", coder=pl.lit("people"), stratum=pl.lit("all"), weight=pl.lit(1.0), sentiment="truth"
    )
    empty = Coding.empty().rows
    return Coding(pl.concat([empty, given], how="diagonal"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
