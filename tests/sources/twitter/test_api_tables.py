"""Answers of the X API v2 as others store them: tables of twarc-csv, folders of academictwitteR."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COLUMNS = (
    "id", "conversation_id", "referenced_tweets.replied_to.id", "referenced_tweets.retweeted.id",
    "referenced_tweets.quoted.id", "author_id", "in_reply_to_user_id", "in_reply_to_username", "retweeted_user_id",
    "retweeted_username", "quoted_user_id", "quoted_username", "created_at", "text", "lang", "source",
    "public_metrics.impression_count", "public_metrics.reply_count", "public_metrics.retweet_count",
    "public_metrics.quote_count", "public_metrics.like_count", "public_metrics.bookmark_count", "reply_settings",
    "edit_history_tweet_ids", "possibly_sensitive", "entities.hashtags", "author.id", "author.username", "author.name",
    "author.public_metrics.followers_count", "author.public_metrics.following_count",
    "author.public_metrics.tweet_count", "author.verified", "geo.coordinates.coordinates", "geo.country_code",
    "geo.name", "geo.place_type", "__twarc.version",
)  # fmt: skip


def cells(number: str, **values: str) -> dict[str, str]:
    """One row; `public_metrics__like_count` is `public_metrics.like_count`."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    common = {
        "id": number, "conversation_id": number, "author_id": "1", "created_at": "2021-06-01T16:30:28.000Z",
        "text": "Where is my bag?", "lang": "en", "author.id": "1", "author.username": "ana", "author.name": "Ana",
        "author.public_metrics.followers_count": "40", "author.verified": "False",
        "public_metrics.like_count": "4", "public_metrics.retweet_count": "2",
    }  # fmt: skip
    return {**common, **named}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(*rows: dict[str, str], without: tuple[str, ...] = ()) -> Path:
        path = tmp_path / "posts.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(
                file,
                [name for name in COLUMNS if name not in without],
                restval="",
                extrasaction="ignore",
                lineterminator="\n",
            )
            table.writeheader()
            table.writerows(rows)
        return path

    return to_file


def test_twarc_csv(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    tagged = json.dumps([{"start": 1, "end": 5, "tag": "délai"}, {"tag": "wifi"}])
    found = load(
        write(
            cells("1399780280710221834", entities__hashtags=tagged, public_metrics__impression_count="600"),
            cells(
                "20",
                referenced_tweets__replied_to__id="11",
                in_reply_to_user_id="2",
                in_reply_to_username="meridianair",
            ),
            cells(
                "21", in_reply_to_user_id="2", in_reply_to_username="meridianair", text="@meridianair hello &amp; bye"
            ),
            cells("22", referenced_tweets__quoted__id="10"),
            cells(
                "23",
                geo__coordinates__coordinates="[24.1, 56.9]",
                geo__country_code="LV",
                geo__name="Riga",
                geo__place_type="city",
            ),
        )
    )
    rows = found.records
    assert found.found.system == "x.twarc_csv"
    assert rows["kind"].to_list() == ["post", "reply", "mention", "quote", "post"]
    assert rows["tags"][0].to_list() == ["délai", "wifi"]
    assert rows["text"][2] == "@meridianair hello & bye"
    assert (rows["in_reply_to_id"][1], rows["in_reply_to_handle"][1]) == ("11", "meridianair")
    assert (rows["impressions"].to_list()[:2], rows["likes"][0]) == ([600, None], 4)
    assert (rows["country"][4], rows["city"][4], rows["lat"][4], rows["lon"][4]) == ("LV", "Riga", 56.9, 24.1)
    row = found.row()
    assert (row["author_handle"], row["author_followers"], row["author_verified"]) == ("ana", 40, False)
    assert row["created_at"].isoformat() == "2021-06-01T16:30:28+00:00"
    assert row["url"] == "https://x.com/ana/status/1399780280710221834"


def test_a_merged_repost_has_its_originals_text_and_counts(
    load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    reposted = {"referenced_tweets__retweeted__id": "10", "retweeted_username": "bo"}
    found = load(
        write(
            cells("30", text="Whole text of the original", public_metrics__like_count="900", **reposted),
            cells("31", text="RT @bo: Whole te…", public_metrics__like_count="0", **reposted),
        )
    )
    rows = found.records
    assert rows["text"].to_list() == ["RT @bo: Whole text of the original", "RT @bo: Whole te…"]
    assert rows["kind"].to_list() == ["repost"] * 2
    assert rows["metrics_of_original"].to_list() == [True, True]
    assert rows["likes"].to_list() == [900, None]


def test_tables_of_older_versions(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    newer = ("public_metrics.impression_count", "public_metrics.bookmark_count", "in_reply_to_username")
    row = load(write(cells("30", in_reply_to_user_id="2"), without=newer)).row()
    assert (row["impressions"], row["in_reply_to_handle"], row["kind"]) == (None, None, "mention")


def test_broken_cells(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(
        write(
            cells("1.39978E+18", entities__hashtags="[{'tag': 1", referenced_tweets__replied_to__id="1.4E+18"),
            cells(
                "31",
                entities__hashtags='{"tag": "x"}',
                geo__coordinates__coordinates="[200, 95]",
                public_metrics__like_count="many",
            ),
            cells("32", text=""),
        )
    )
    assert found.records["native_id"].to_list() == [None, "31"]
    assert found.records["in_reply_to_id"].to_list() == [None, None]
    assert found.records["tags"].null_count() == found.records["lat"].null_count() == 2
    assert found.records["likes"].to_list() == [4, None]
    assert found.facts.ids_damaged == 1
    assert [reject.code for reject in found.rejects] == ["no_content"]


POST = {
    "id": "20", "author_id": "1", "text": "RT @bo: My bag and…", "created_at": "2021-06-02T21:15:24.000Z",
    "conversation_id": "20", "referenced_tweets": [{"type": "retweeted", "id": "10"}], "lang": "en",
    "entities": {"hashtags": {}, "mentions": [{"username": "bo", "id": "3"}], "annotations": {}, "urls": {}},
    "public_metrics": {"retweet_count": 6, "reply_count": 0, "like_count": 0, "quote_count": 0},
}  # fmt: skip
ORIGINAL = {**POST, "id": "10", "author_id": "3", "text": "My bag and I parted", "referenced_tweets": {}}
USERS = {
    "users": [{"id": "1", "username": "ana", "name": "Ana", "public_metrics": {"followers_count": 40}}, {"id": "3", "username": "bo", "name": "Bo"}],
    "tweets": [ORIGINAL],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mentions"
    path.mkdir()
    members = {
        "data_20.json": [POST],
        "users_20.json": USERS,
        "data_21.json": [{**POST, "id": "21"}, 5, {"id": "22", "text": ""}],
        "users_21.json": USERS,
    }
    for name, value in members.items():
        (path / name).write_text(json.dumps(value), encoding="utf-8")
    (path / "query").write_text("meridian", encoding="utf-8")
    return path


def test_a_folder_joins_posts_and_users(folder: Path, load: Callable[..., Any], tmp_path: Path) -> None:
    found = load(folder)
    rows = found.records
    assert found.found.system == "x.academictwitter"
    assert rows["native_id"].to_list() == ["20", "10", "21"]
    assert rows["is_context"].to_list() == [False, True, False]
    assert (rows["author_handle"].to_list(), rows["author_followers"][0]) == (["ana", "bo", "ana"], 40)
    assert rows["text"][0] == "RT @bo: My bag and I parted"
    assert [reject.code for reject in found.rejects] == ["not_a_post", "no_content"]
    assert rows["source_pointer"].to_list() == ["data_20.json#/0", "users_20.json#/tweets/0", "data_21.json#/0"]
    packed = load(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder)))
    assert packed.records.equals(rows)


def test_posts_without_their_users_are_read_and_said(folder: Path, load: Callable[..., Any]) -> None:
    (folder / "users_21.json").unlink()
    found = load(folder)
    assert found.own["author_handle"].to_list() == ["ana", None]
    assert found.own["author_id"].to_list() == ["1", "1"]
    assert any(note.startswith("Files of posts without their file of users: 1.") for note in found.facts.notes)


def test_users_alone_are_no_posts(folder: Path, load: Callable[..., Any]) -> None:
    found = load(folder / "users_20.json")
    assert found.own.height == 0
    assert found.facts.skipped == {"profiles": 2}
    assert any("data_*.json" in note for note in found.facts.notes)


def test_a_folder_with_anything_else_is_no_such_folder(folder: Path, detect: Callable[..., Any]) -> None:
    (folder / "reviews.csv").write_text("id,text\n1,Good\n", encoding="utf-8")
    assert detect(folder) is None
