"""Real exports, where they are at hand: their counts, checked against ten lines of Polars."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import ReadError

Shared = Callable[[str], Path]


@pytest.mark.parametrize(
    ("folder", "posts"), [("twitter-archive-2020-denchi", 22), ("twitter-archive-2022-smithjd", 1758)]
)
def test_archives_load_whole_from_folder_and_zip(
    shared: Shared, load: Callable[..., Any], tmp_path: Path, folder: str, posts: int
) -> None:
    path = shared(f"data/{folder}")
    found = load(path)
    packed = load(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", path)))
    assert found.records.height == found.facts.rows_read == posts
    assert not found.rejects
    assert packed.records.equals(found.records)
    assert found.records["created_at"].null_count() == 0
    assert found.records["author_handle"].null_count() == 0
    assert found.facts.expected in (None, posts)
    assert found.records["native_id"].n_unique() == posts


def test_counts_of_the_2022_archive(shared: Shared, load: Callable[..., Any]) -> None:
    rows = load(shared("data/twitter-archive-2022-smithjd")).records
    assert rows["created_at"].dt.year().min() == 2007
    assert rows["in_reply_to_id"].drop_nulls().len() == 160
    assert rows.filter(kind="repost").height == 128


def test_the_file_that_only_looks_like_an_archive(shared: Shared, load: Callable[..., Any]) -> None:
    with pytest.raises(ReadError, match="is no part of an X archive"):
        load(shared("data/hostile-not-an-archive/tomayac_tweets.js"))


def test_airline_agrees_with_polars(shared: Shared, load: Callable[..., Any]) -> None:
    path = shared("data/airline-tweets/Tweets.csv")
    plain = pl.read_csv(path, infer_schema=False)
    found = load(path)
    rows = found.records
    assert rows.height == plain.height == 14640
    assert not found.rejects
    assert rows["id_damaged"].all()
    for column, header in (("brand", "airline"), ("sentiment_vendor", "airline_sentiment"), ("author_handle", "name")):
        assert sorted(rows[column].value_counts().rows()) == sorted(plain[header].value_counts().rows())
    assert rows["reposts"].sum() == plain["retweet_count"].cast(pl.Int64).sum()
    assert rows["tags"].list.first().drop_nulls().len() == plain["negativereason"].drop_nulls().len()
    local = plain["tweet_created"].str.to_datetime("%Y-%m-%d %H:%M:%S %z", time_unit="us")
    assert rows["created_at"].equals(local.dt.convert_time_zone("UTC"), check_names=False)


def test_airline_with_broken_bytes_and_rounded_ids(shared: Shared, load: Callable[..., Any]) -> None:
    found = load(shared("data/airline-tweets-excel-scientific-ids/Tweets.csv"))
    assert found.facts.rows_read == found.facts.ids_damaged == 14605
    assert found.records["native_id"].null_count() == found.records.height
    assert found.facts.encoding_how == "replaced"


@pytest.mark.parametrize(("name", "rows", "inbound"), [("sample.csv", 93, 49), ("twcs-small.csv", 121, 66)])
def test_twcs_agrees_with_polars(shared: Shared, load: Callable[..., Any], name: str, rows: int, inbound: int) -> None:
    path = shared(f"data/twcs/{name}")
    plain = pl.read_csv(path, infer_schema=False)
    found = load(path)
    assert found.records.height == plain.height == rows
    brands = plain.filter(pl.col("inbound").str.to_lowercase() == "false")
    assert found.records["brand_authored"].sum() == brands.height == rows - inbound
    assert sorted(found.records["author_handle"].drop_nulls()) == sorted(brands["author_id"])
    assert found.records["in_reply_to_id"].to_list() == plain["in_response_to_tweet_id"].to_list()


def test_twcs_with_torn_rows(shared: Shared, load: Callable[..., Any]) -> None:
    found = load(shared("data/twcs/spotify_support_requests_inbound.csv"))
    assert found.facts.rows_read == 15103
    assert [reject.code for reject in found.rejects] == ["no_content"] * 7


def test_every_twcs_workbook_is_read(shared: Shared, load: Callable[..., Any]) -> None:
    for path in sorted(shared("data/twcs").glob("*.xlsx")):
        found = load(path)
        assert found.records.height == int(
            path.stem.split("-")[-1] if path.stem[-1].isdigit() else path.stem.split("-")[2]
        )
        assert not found.rejects


API = {
    "2sets.jsonl": 200, "counts.jsonl": 0, "edited.jsonl": 1, "entities_test.jsonl": 474, "flat.jsonl": 100,
    "geo_tweets.jsonl": 2, "noflat.jsonl": 100, "quoted_edit.jsonl": 1, "streaming_output_with_error.jsonl": 7,
    "users.jsonl": 0, "verified_type.jsonl": 1, "withheld.jsonl": 215,
}  # fmt: skip


@pytest.mark.parametrize(("name", "posts"), API.items())
def test_answers_of_the_api(shared: Shared, load: Callable[..., Any], name: str, posts: int) -> None:
    found = load(shared(f"data/x-api-v2-twarc/{name}"))
    assert found.own.height == posts
    assert found.records["created_at"].null_count() == 0
    assert {reject.code for reject in found.rejects} <= {"truncated"}


def test_flattened_and_unflattened_pages_hold_the_same_posts(shared: Shared, load: Callable[..., Any]) -> None:
    flat, pages = (load(shared(f"data/x-api-v2-twarc/{name}.jsonl")).own for name in ("flat", "noflat"))
    columns = ["native_id", "kind", "author_handle", "reposted_id", "likes", "created_at"]
    assert flat.select(columns).sort("native_id").equals(pages.select(columns).sort("native_id"))
