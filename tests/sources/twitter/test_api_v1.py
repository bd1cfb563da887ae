"""Statuses of the X API v1.1 in all their containers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LONG = "The crew rebooked us before we even asked, and the new seats were better. " * 3
USER = {
    "id": 4016976554, "id_str": "4016976554", "name": "Ana R", "screen_name": "ana_r", "followers_count": 437,
    "friends_count": 62, "statuses_count": 16637, "verified": False, "location": "Riga", "url": None,
}  # fmt: skip


def status(number: int, text: str = "Where is my bag?", **fields: Any) -> dict[str, Any]:
    return {
        "created_at": "Wed Apr 08 10:14:37 +0000 2020", "id": number, "id_str": str(number), "full_text": text,
        "truncated": False, "entities": {"hashtags": [], "urls": []}, "source": "web", "in_reply_to_status_id": None,
        "in_reply_to_status_id_str": None, "in_reply_to_user_id": None, "in_reply_to_user_id_str": None,
        "in_reply_to_screen_name": None, "user": USER, "geo": None, "coordinates": None, "place": None,
        "is_quote_status": False, "retweet_count": 2, "favorite_count": 5, "favorited": False, "lang": "en", **fields,
    }  # fmt: skip


FIRST, SECOND = status(1247830197530841088), status(1247830193583960064, "Thank you &amp; good night")


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (json.dumps([FIRST, SECOND], indent=4), "/1"),
        (json.dumps({"statuses": [FIRST, SECOND], "search_metadata": {"count": 2}}), "/statuses/1"),
        (f"{json.dumps(FIRST)}\n{json.dumps(SECOND)}\n", "/1"),
        (json.dumps(FIRST, indent=4) + json.dumps(SECOND, indent=4), "/1"),
    ],
    ids=["array", "search", "lines", "glued"],
)
def test_containers(load: Callable[..., Any], write: Callable[[str], Path], text: str, pointer: str) -> None:
    found = load(write(text))
    assert found.found.system == "x.api.v1.1"
    assert found.records["native_id"].to_list() == ["1247830197530841088", "1247830193583960064"]
    assert found.records["source_pointer"][1] == pointer
    assert found.records["text"][1] == "Thank you & good night"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def to_file(text: str) -> Path:
        (tmp_path / "statuses.json").write_text(text, encoding="utf-8")
        return tmp_path / "statuses.json"

    return to_file


@pytest.fixture
def read(load: Callable[..., Any], write: Callable[[str], Path]) -> Callable[..., Any]:
    return lambda *values: load(write("\n".join(json.dumps(value) for value in values)))


def test_author_counts_and_time(read: Callable[..., Any]) -> None:
    row = read(status(1, reply_count=3, quote_count=4)).row()
    assert (row["author_id"], row["author_handle"], row["author_followers"]) == ("4016976554", "ana_r", 437)
    assert (row["author_following"], row["author_posts"], row["author_verified"]) == (62, 16637, False)
    assert (row["likes"], row["reposts"], row["replies"], row["quotes"]) == (5, 2, 3, 4)
    assert row["created_at"].isoformat() == "2020-04-08T10:14:37+00:00"
    assert row["brand_authored"] is None
    assert json.loads(row["extra"])["author"] == {"location": "Riga"}
    assert "place" not in json.loads(row["extra"])


def test_counts_that_the_free_api_leaves_out_are_unknown(read: Callable[..., Any]) -> None:
    row = read(status(1)).row()
    assert (row["replies"], row["quotes"], row["impressions"]) == (None, None, None)


def test_the_text_of_reposts_comes_from_the_original(read: Callable[..., Any]) -> None:
    original = status(10, LONG, user={**USER, "screen_name": "bo", "id_str": "7"}, favorite_count=900)
    found = read(status(20, f"RT @bo: {LONG[:130]}…", retweeted_status=original, retweet_count=40, favorite_count=0))
    row, context = found.row(), found.row(1)
    assert (row["kind"], row["text"], row["reposted_id"]) == ("repost", f"RT @bo: {LONG}", "10")
    assert (row["reposts"], row["likes"], row["metrics_of_original"]) == (40, None, True)
    assert (context["native_id"], context["is_context"], context["likes"]) == ("10", True, 900)
    assert context["source_pointer"] == "/retweeted_status"
    assert found.facts.rows_read == 1


def test_long_texts_of_the_stream(read: Callable[..., Any]) -> None:
    cut = {"text": LONG[:139] + "…", "full_text": None, "truncated": True}
    tags = {"hashtags": [{"text": "delay"}]}
    extended = {"extended_tweet": {"full_text": LONG, "entities": tags}}
    rows = read({**status(1), **cut, **extended}, {**status(2), **cut}).records
    assert rows["text"].to_list() == [LONG, LONG[:139] + "…"]
    assert rows["text_truncated"].to_list() == [False, True]
    assert rows["tags"].to_list() == [["delay"], None]


def test_replies_mentions_and_quotes(read: Callable[..., Any]) -> None:
    answered: dict[str, Any] = {
        "in_reply_to_status_id": 10,
        "in_reply_to_status_id_str": "10",
        "in_reply_to_screen_name": "ana_r",
    }
    addressed: dict[str, Any] = {
        "in_reply_to_user_id": 7,
        "in_reply_to_user_id_str": "7",
        "in_reply_to_screen_name": "ana_r",
    }
    quoting: dict[str, Any] = {
        "is_quote_status": True,
        "quoted_status_id_str": "30",
        "quoted_status": status(30, "Look"),
    }
    found = read(status(1, **answered), status(2, **addressed), status(3, **quoting), status(30, "Look"))
    assert found.own["kind"].to_list() == ["reply", "mention", "quote", "post"]
    assert found.own["in_reply_to_id"].to_list() == ["10", None, None, None]
    assert found.own["quoted_id"].to_list() == [None, None, "30", None]
    assert found.records.filter(is_context=True)["native_id"].to_list() == ["30"]


def test_places(read: Callable[..., Any]) -> None:
    place = {"place_type": "city", "name": "Riga", "country_code": "LV"}
    point = {"type": "Point", "coordinates": [24.1, 56.9]}
    row = read(status(1, place=place, coordinates=point, geo={"type": "Point", "coordinates": [56.9, 24.1]})).row()
    assert (row["country"], row["city"], row["lat"], row["lon"]) == ("LV", "Riga", 56.9, 24.1)


def test_what_is_no_status_is_counted(read: Callable[..., Any]) -> None:
    found = read(
        FIRST, {"limit": {"track": 5}}, {"delete": {"status": {"id": 1}}}, {"statuses": []}, {"a": 1}, status(5, "")
    )
    assert found.facts.skipped == {"notices of a stream": 2, "answers without statuses": 1}
    assert [reject.code for reject in found.rejects] == ["not_a_post", "no_content"]


def test_a_file_cut_short(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    found = load(write(json.dumps([FIRST, SECOND], indent=4)[:-200]))
    assert found.records.height == 1
    assert [reject.code for reject in found.rejects] == ["truncated"]
