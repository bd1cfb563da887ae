"""Whatever stands in a file: nothing crashes, and every row is a record, a reject or left out by count."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import Detection
from cxreport_plugins.common.look import begun

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
LINKS = st.lists(
    st.fixed_dictionaries({}, optional={"expanded_url": SCALARS, "text": SCALARS, "tag": SCALARS}) | SCALARS, max_size=2
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers(1, 10**19).map(str) | SCALARS, "id_str": st.just("77") | SCALARS, "text": st.text(max_size=9) | JSON,
    "full_text": st.text(max_size=9) | JSON, "created_at": JSON, "lang": JSON, "coordinates": JSON, "author": JSON,
    "entities": st.fixed_dictionaries({}, optional={"urls": LINKS, "hashtags": LINKS, "mentions": LINKS, "media": LINKS}) | JSON,
    "referenced_tweets": st.lists(st.fixed_dictionaries({"type": st.sampled_from(["retweeted", "quoted", "replied_to", "?"])}, optional={"id": SCALARS, "text": SCALARS}) | JSON, max_size=2) | JSON,
    "public_metrics": st.fixed_dictionaries({}, optional={"like_count": JSON, "retweet_count": JSON}) | JSON,
    "user": st.fixed_dictionaries({}, optional={"id_str": SCALARS, "screen_name": SCALARS, "verified": SCALARS}) | JSON,
    "retweeted_status": st.fixed_dictionaries({}, optional={"id_str": SCALARS, "text": SCALARS, "user": JSON}) | JSON,
    "quoted_status": JSON, "extended_tweet": JSON, "truncated": JSON, "retweet_count": JSON, "place": JSON,
    "in_reply_to_user_id": JSON, "author_id": JSON, "note_tweet": JSON, "geo": JSON, "attachments": JSON, "favorite_count": JSON,
}  # fmt: skip
POSTS = st.fixed_dictionaries({}, optional=FIELDS)
INCLUDES = st.fixed_dictionaries(
    {}, optional={name: st.lists(POSTS | JSON, max_size=2) | JSON for name in ("tweets", "users", "media", "places")}
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "data": st.lists(POSTS | JSON, max_size=3) | POSTS | JSON,
        "includes": INCLUDES | JSON,
        "errors": st.lists(JSON, max_size=2) | JSON,
        "meta": JSON,
    },
)


@given(JSON, st.integers(0, 400))
def test_the_beginning_of_json_is_read_as_far_as_it_goes(value: Any, cut: int) -> None:
    text = json.dumps({"first": 1, "value": value})
    assert begun(text) == {"first": 1, "value": value}
    part = begun(text[:cut])
    assert part is None or ({**part, "value": value} == {"first": 1, "value": value}) or part == {}


@given(text=st.text(max_size=60))
def test_the_beginning_of_anything_is_looked_at_without_a_crash(text: str) -> None:
    begun("{" + text)
    begun(text)


@given(values=st.lists(ANSWERS | POSTS | JSON, max_size=4))
def test_api_answers(values: list[Any], read_as: Callable[..., Any]) -> None:
    text = "\n".join(json.dumps(value) for value in values)
    read_as("x.api.v2", "answers", text.encode())


@given(elements=st.lists(st.fixed_dictionaries({"tweet": POSTS}) | POSTS | JSON, max_size=4))
def test_archives(elements: list[Any], read_as: Callable[..., Any]) -> None:
    read_as("x.archive", "member tweets", b"window.YTD.tweets.part0 = " + json.dumps(elements).encode())


@given(
    values=st.lists(
        st.fixed_dictionaries({}, optional={"statuses": st.lists(POSTS | JSON, max_size=2)}) | POSTS | JSON, max_size=3
    )
)
def test_statuses(values: list[Any], read_as: Callable[..., Any]) -> None:
    read_as("x.api.v1.1", "statuses", "".join(json.dumps(value) for value in values).encode())


@given(elements=st.lists(POSTS | JSON, max_size=4))
def test_months(elements: list[Any], read_as: Callable[..., Any]) -> None:
    read_as("x.classic", "month", b"Grailbird.data.tweets_2018_10 = \n " + json.dumps(elements).encode())


@given(
    value=st.fixed_dictionaries(
        {},
        optional={
            "users": st.lists(POSTS | JSON, max_size=2) | JSON,
            "tweets": st.lists(POSTS | JSON, max_size=2) | JSON,
        },
    )
    | JSON
)
def test_users_apart_from_posts(value: Any, read_as: Callable[..., Any]) -> None:
    read_as("x.academictwitter", "users", json.dumps(value).encode())


HEADERS = [
    "tweet_id",
    "airline_sentiment",
    "airline",
    "text",
    "name",
    "tweet_created",
    "tweet_coord",
    "retweet_count",
    "inbound",
    "author_id",
    "response_tweet_id",
    "in_response_to_tweet_id",
    "created_at",
    "negativereason",
    "in_reply_to_status_id",
    "timestamp",
    "expanded_urls",
    "id",
    "conversation_id",
    "public_metrics.like_count",
    "author.username",
    "entities.hashtags",
    "referenced_tweets.retweeted.id",
    "Post id",
    "Post text",
    "Post Link",
    "Date",
    "Impressions",
    "Create Post",
    "*",
    "^.*$",
    "",
]
CELLS = st.text(max_size=12) | st.sampled_from(
    ["5.7E+17", "True", "0", "[1, 2]", "@a", "RT @a: b", "2015-02-24 11:35:52 -0800"]
)


@pytest.mark.parametrize(
    ("system", "format"),
    [
        ("x.airline", ""),
        ("x.twcs", ""),
        ("x.classic", "tweets.csv"),
        ("x.twarc_csv", ""),
        ("x.analytics", "posts 2024+"),
        ("x.analytics", "totals by day"),
    ],
)
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=len(HEADERS) + 1), max_size=5),
    width=st.integers(0, len(HEADERS)),
)
def test_tables(system: str, format: str, rows: list[list[str]], width: int, read_as: Callable[..., Any]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *rows, ["x"] * width])
    read_as(system, format, out.getvalue().encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def read_as(tmp_path_factory: pytest.TempPathFactory, law: Callable[..., Any]) -> Callable[..., Any]:
    """Read bytes as a given system, whatever they are detected as; the law of accounting is checked."""
    path: Path = tmp_path_factory.mktemp("any") / "file"

    def read(system: str, format: str, data: bytes) -> Any:
        path.write_bytes(data)
        return law(path, Detection(system, format))

    return read
