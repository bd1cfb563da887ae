"""Answers of the X API v2 in all their containers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LONG = "The crew rebooked us before we even asked. " * 6


def user(number: str, handle: str, **fields: Any) -> dict[str, Any]:
    counts = {"followers_count": 40, "following_count": 7, "tweet_count": 900, "listed_count": 1}
    return {
        "id": number,
        "username": handle,
        "name": handle.title(),
        "verified": False,
        "public_metrics": counts,
        **fields,
    }


def post(number: str, text: str = "Hello", author: str = "1", **fields: Any) -> dict[str, Any]:
    counts = {"retweet_count": 2, "reply_count": 3, "like_count": 4, "quote_count": 5, "impression_count": 600}
    return {
        "id": number, "text": text, "author_id": author, "conversation_id": number, "lang": "en",
        "created_at": "2026-03-06T13:15:31.187Z", "edit_history_tweet_ids": [number], "public_metrics": counts, **fields,
    }  # fmt: skip


USERS = [user("1", "ana", location="Riga"), user("2", "meridianair", verified=True), user("3", "bo")]
ORIGINAL = post("10", "My bag &amp; I are in different cities. " * 5, author="3")
CUT = "RT @bo: " + ORIGINAL["text"][:120] + "…"
ANSWER = {
    "data": [
        post(
            "20",
            "@ana Sorry!",
            author="2",
            in_reply_to_user_id="1",
            referenced_tweets=[{"type": "replied_to", "id": "11"}],
        ),
        post("21", CUT, referenced_tweets=[{"type": "retweeted", "id": "10"}]),
        post("22", LONG[:200], note_tweet={"text": LONG}),
        post("23", "See this", referenced_tweets=[{"type": "quoted", "id": "10"}, {"type": "replied_to", "id": "11"}]),
    ],
    "includes": {"users": USERS, "tweets": [ORIGINAL, post("11", "Where is my bag?")]},
    "errors": [{"value": "9", "resource_type": "tweet", "title": "Not Found Error", "parameter": "id"}],
    "meta": {"result_count": 4, "newest_id": "23", "next_token": "abc"},
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(value, …)`: one value a line, or a list as one JSON array."""

    def to_file(*values: Any) -> Path:
        path = tmp_path / "export.json"
        path.write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")
        return path

    return to_file


def test_an_answer_with_everything(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write(ANSWER))
    rows = found.records
    assert rows["native_id"].to_list() == ["20", "21", "22", "23", "10", "11"]
    assert rows["is_context"].to_list() == [False] * 4 + [True] * 2
    assert rows["kind"].to_list() == ["reply", "repost", "post", "reply", "post", "post"]
    assert found.facts.rows_read == 5
    assert found.facts.skipped == {"errors about posts that are deleted or protected": 1}
    assert rows["source_pointer"].to_list()[::4] == ["/data/0", "/includes/tweets/0"]
    assert rows["source_row"].to_list() == [0, 1, 2, 3, None, None]


def test_replies_users_and_counts(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    row = load(write(ANSWER)).row()
    assert (row["in_reply_to_id"], row["in_reply_to_handle"], row["conversation_id"]) == ("11", "ana", "20")
    assert (row["author_handle"], row["author_followers"], row["author_posts"]) == ("meridianair", 40, 900)
    assert (row["author_verified"], row["brand_authored"]) == (True, None)
    assert (row["likes"], row["reposts"], row["replies"], row["quotes"], row["impressions"]) == (4, 2, 3, 5, 600)
    assert row["created_at"].isoformat() == "2026-03-06T13:15:31.187000+00:00"
    assert row["url"] == "https://x.com/meridianair/status/20"


def test_a_repost_has_its_originals_words_and_says_whose_counts_it_has(
    load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    row = load(write(ANSWER)).row(1)
    assert row["text"] == "RT @bo: " + ORIGINAL["text"].replace("&amp;", "&")
    assert (row["text_original"], row["reposted_id"]) == (CUT, "10")
    assert (row["metrics_of_original"], row["reposts"], row["likes"], row["impressions"]) == (True, 2, None, None)
    assert json.loads(row["extra"])["public_metrics"]["like_count"] == 4


def test_long_posts_and_quotes(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    rows = load(write(ANSWER)).records
    assert rows["text"][2] == LONG
    assert (rows["quoted_id"][3], rows["in_reply_to_id"][3]) == ("10", "11")


@pytest.mark.parametrize("shape", ["lines", "array", "glued"])
def test_pages_overlap_and_parents_come_once(load: Callable[..., Any], tmp_path: Path, shape: str) -> None:
    second = {"data": [post("23", "See this"), post("24", "Last")], "includes": {"users": USERS, "tweets": [ORIGINAL]}}
    pages = [json.dumps(page, indent=2 if shape == "glued" else None) for page in (ANSWER, second)]
    text = {"lines": "\n".join(pages), "array": f"[{','.join(pages)}]", "glued": "".join(pages)}[shape]
    (tmp_path / "pages.json").write_text(text, encoding="utf-8")
    found = load(tmp_path / "pages.json")
    assert found.own["native_id"].to_list() == ["20", "21", "22", "23", "23", "24"]
    assert sorted(found.records.filter(is_context=True)["native_id"]) == ["10", "11"]
    assert found.records["source_pointer"][0] == "/0/data/0"


def test_a_parent_that_was_read_before_is_no_context(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    first = {"data": [post("11", "Where is my bag?")], "includes": {"users": USERS}}
    found = load(write(first, ANSWER))
    assert found.records.filter(native_id="11").height == 1
    assert found.records["is_context"].sum() == 1


def test_flattened_posts(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    flat = post("21", CUT, author=USERS[0]["id"])
    flat |= {"author": USERS[0], "referenced_tweets": [{"type": "retweeted", **ORIGINAL, "author": USERS[2]}]}
    found = load(write(flat, post("30", "Alone", author="3")))
    assert found.found.format == "flattened"
    assert found.records["native_id"].to_list() == ["21", "10", "30"]
    assert found.row()["text"].endswith("cities. ")
    assert (found.row()["author_handle"], found.row(1)["author_handle"]) == ("ana", "bo")
    assert "referenced_tweets" not in json.loads(found.row()["extra"])


def test_lines_of_a_stream_cut_short(load: Callable[..., Any], tmp_path: Path) -> None:
    line = json.dumps({"data": post("40"), "includes": {"users": USERS}, "matching_rules": [{"id": "1"}]})
    (tmp_path / "stream.jsonl").write_text(f"{line}\n{line[: len(line) // 2]}", encoding="utf-8")
    found = load(tmp_path / "stream.jsonl")
    assert found.records["source_pointer"].to_list() == ["/0/data"]
    assert [reject.code for reject in found.rejects] == ["truncated"]


def test_what_holds_no_posts_is_counted(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(
        write(
            {"data": USERS, "meta": {"result_count": 3}},
            {"data": [{"start": "a", "end": "b", "tweet_count": 5}], "meta": {"total_tweet_count": 5}},
            {"meta": {"result_count": 0}},
            {"data": [{"id": "1"}, "x"]},
            {"something": "else"},
            [1],
        )
    )
    assert found.facts.skipped == {"profiles": 3, "counts of posts per period": 1, "answers without posts": 1}
    assert [reject.code for reject in found.rejects] == ["not_a_post"] * 3 + ["not_an_object"]


def test_empty_lists_of_r_and_absent_fields(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    bare = {"id": "50", "text": "Only what is always there", "edit_history_tweet_ids": ["50"]}
    odd = post("51", entities={}, referenced_tweets={}, public_metrics={}, geo={}, author_id=None, lang=None)
    found = load(write({"data": [bare, odd], "includes": {"users": {}, "tweets": {}}, "errors": {}}))
    assert found.records["likes"].to_list() == [None, None]
    assert found.records["metrics_of_original"].to_list() == [False, False]


def test_places_topics_and_attachments(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    place = {"id": "p", "full_name": "Riga, Latvia", "name": "Riga", "country_code": "LV", "place_type": "city"}
    media = {"media_key": "3_1", "type": "photo", "alt_text": "a queue", "url": "https://pics.example/1.jpg"}
    told = post(
        "60",
        geo={"place_id": "p", "coordinates": {"type": "Point", "coordinates": [24.1, 56.9]}},
        attachments={"media_keys": ["3_1"]},
        entities={"hashtags": [{"tag": "delay"}, {"tag": "delay"}]},
        context_annotations=[{"entity": {"id": "1", "name": "Meridian Air"}}],
    )
    row = load(write({"data": told, "includes": {"places": [place], "media": [media]}})).row()
    assert (row["country"], row["city"], row["lat"], row["lon"]) == ("LV", "Riga", 56.9, 24.1)
    assert row["tags"] == ["delay", "Meridian Air"]
    extra = json.loads(row["extra"])
    assert extra["attachments"]["media_keys"][0]["alt_text"] == "a queue"
    assert extra["geo"]["place"]["full_name"] == "Riga, Latvia"


@pytest.mark.parametrize(
    "value",
    [
        {"id_str": "1", "id": 1, "text": "v1.1", "user": {}, "created_at": "Wed Oct 10 20:19:24 +0000 2018"},
        {"reviews": [{"starRating": "FIVE"}]},
        {"data": [{"type": "customerReviews", "id": "1"}]},
        {"responses": []},
        [1, 2],
        "text",
    ],
)
def test_other_json_is_not_taken_for_it(detect: Callable[..., Any], write: Callable[..., Path], value: Any) -> None:
    found = detect(write(value))
    assert found is None or found.system != "x.api.v2"
