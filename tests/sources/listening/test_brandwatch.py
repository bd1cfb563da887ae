"""Brandwatch: a block of lines before the header, columns by network, withheld texts, vendor sentiment."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

HEADER = (
    "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,Country,Account Type,"
    "Author,Category Details,City,Facebook Comments,Facebook Likes,Facebook Shares,Full Name,Full Text,Hashtags,Impact,"
    "Impressions,Original Url,Rating,Region,Resource Id,Thread Entry Type,Thread Id,Twitter Author ID,Twitter Followers,"
    "Twitter Following,Twitter Reply Count,Twitter Reply to,Twitter Retweet of,Twitter Retweets,Twitter Likes,"
    "Twitter Tweets,Twitter Verified,Reach (new),Parent Post Id,Latitude,Longitude"
)
BLOCK = (
    "Report:,Bulk Mentions Download",
    "Brand:,Meridian Air",
    "From:,Mon Mar 01 00:00:00 UTC 2021",
    "To:,Wed Mar 31 23:59:59 UTC 2021",
    'Label:,"Mentions, all"',
    "",
)
POST = {
    "Query Id": "77", "Query Name": "Meridian Air", "Date": "2021-03-25 17:16:56.0", "Title": "ana (@ana_r)",
    "Snippet": "… my bag &amp; I …", "Url": "http://twitter.com/ana_r/statuses/1375129000000000001", "Domain": "twitter.com",
    "Sentiment": "negative", "Page Type": "twitter", "Language": "en", "Country Code": "USA", "Country": "United States of America",
    "Author": "ana_r", "Full Name": "Ana R", "Full Text": "@meridianair my bag &amp; I are in different cities",
    "Hashtags": "#Delay, #wifi", "Impact": "12.3", "Impressions": "1,250", "Resource Id": "-148234", "Thread Entry Type": "post",
    "Thread Id": "900", "Twitter Author ID": "4016976554", "Twitter Followers": "437", "Twitter Retweets": "2",
    "Twitter Likes": "5", "Twitter Reply Count": "1", "Twitter Verified": "false", "Facebook Likes": "0",
    "Reach (new)": "830.0", "Category Details": "Baggage",
}  # fmt: skip

Write = Callable[..., Path]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_mentions_behind_their_block(load: Callable[..., Any], write: Write, encoding: str) -> None:
    found = load(write(HEADER, POST, before=BLOCK, encoding=encoding))
    row = found.row()
    assert (found.found.system, found.facts.header_row) == ("brandwatch", 7)
    assert (row["native_id"], row["channel"], row["kind"]) == ("1375129000000000001", "x", "mention")
    assert row["text"] == "@meridianair my bag & I are in different cities"
    assert (row["author_handle"], row["author_id"], row["author_name"]) == ("ana_r", "4016976554", "Ana R")
    assert (row["author_followers"], row["author_verified"], row["brand_authored"]) == (437, False, None)
    assert (row["likes"], row["reposts"], row["replies"]) == (5, 2, 1)
    assert (row["impressions"], row["reach"]) == (1250, 830)
    assert (row["language"], row["country"], row["conversation_id"]) == ("en", "US", "900")
    assert row["tags"] == ["Baggage", "Delay", "wifi"]
    assert json.loads(row["extra"])["Resource Id"] == "-148234"
    assert json.loads(row["extra"])["Impact"] == "12.3"


def test_the_vendors_sentiment_is_kept_apart(load: Callable[..., Any], write: Write) -> None:
    row = load(write(HEADER, POST)).row()
    assert row["sentiment_vendor"] == "negative"
    assert (row["metric"], row["rating_value"], row["csat_value"]) == (None, None, None)


def test_times_are_in_the_zone_of_the_query(load: Callable[..., Any], write: Write) -> None:
    path = write(HEADER, POST)
    unknown, told = load(path), load(path, timezone="America/New_York")
    assert (unknown.row()["created_at"], unknown.row()["tz_source"]) == (
        datetime(2021, 3, 25, 17, 16, 56, tzinfo=UTC),
        "unknown",
    )
    assert any("state `timezone`" in note for note in unknown.facts.notes)
    assert (told.row()["created_at"].hour, told.row()["tz_source"]) == (21, "assumed")


def test_counts_are_those_of_the_network(load: Callable[..., Any], write: Write) -> None:
    shared = POST | {
        "Page Type": "facebook", "Url": "https://www.facebook.com/1/posts/2", "Twitter Likes": "0", "Twitter Retweets": "0",
        "Facebook Likes": "70", "Facebook Shares": "8", "Facebook Comments": "9", "Twitter Author ID": "", "Twitter Followers": "0",
    }  # fmt: skip
    row = load(write(HEADER, shared)).row()
    assert (row["channel"], row["likes"], row["reposts"], row["replies"]) == ("facebook", 70, 8, 9)
    assert (row["author_followers"], row["author_id"], row["native_id"]) == (None, "@ana_r", "-148234")


def test_columns_renamed_in_2024(load: Callable[..., Any], write: Write) -> None:
    header = HEADER.replace("Twitter", "X") + ",Likes,Comments,Shares,Engagement Score"
    renamed = {name.replace("Twitter", "X"): cell for name, cell in POST.items()}
    forum = {
        "Page Type": "forum",
        "Url": "https://talk.example/t/1",
        "Likes": "3",
        "Comments": "4",
        "Shares": "6",
        "Engagement Score": "13",
    }
    found = load(write(header, renamed | {"Likes": "1"}, renamed | forum | {"X Likes": ""}))
    assert found.records["likes"].to_list() == [5, 3]
    assert (found.row()["author_followers"], found.row(1)["author_followers"]) == (437, None)
    assert (found.row(1)["replies"], found.row(1)["reposts"], found.row(1)["engagements"]) == (4, 6, 13)


def test_withheld_texts_are_kept_as_what_they_are(load: Callable[..., Any], write: Write) -> None:
    withheld = POST | {"Full Text": "", "Snippet": "", "Title": ""}
    cut = POST | {"Full Text": "", "Url": "http://twitter.com/b/statuses/2"}
    article = POST | {
        "Full Text": "",
        "Snippet": "",
        "Title": "Meridian opens a route",
        "Page Type": "news",
        "Url": "https://paper.example/1",
    }
    found = load(write(HEADER, withheld, cut, article))
    rows = found.records
    assert rows["text"].to_list() == [None, "… my bag & I …", None]
    assert rows["text_truncated"].to_list() == [True, True, False]
    assert rows["warnings"].to_list() == [["text_truncated"], ["text_truncated"], None]
    assert (rows["native_id"][0], rows["url"][0]) == ("1375129000000000001", POST["Url"])
    assert any(
        note.startswith("Mentions of which the export holds the address only") and note.endswith(": 1.")
        for note in found.facts.notes
    )


def test_replies_and_reposts_are_linked_by_the_ids_in_their_addresses(load: Callable[..., Any], write: Write) -> None:
    reply = POST | {"Thread Entry Type": "reply", "Twitter Reply to": "http://twitter.com/bo/statuses/41"}
    repost = POST | {"Thread Entry Type": "retweet", "Twitter Retweet of": "http://twitter.com/bo/statuses/42"}
    quote = POST | {"Thread Entry Type": "quote"}
    comment = POST | {
        "Thread Entry Type": "comment",
        "Page Type": "reddit",
        "Url": "https://reddit.com/r/a/1",
        "Parent Post Id": "t3_x",
    }
    rows = load(write(HEADER, reply, repost, quote, comment)).records
    assert rows["kind"].to_list() == ["reply", "repost", "quote", "reply"]
    assert rows["in_reply_to_id"].to_list() == ["41", None, None, "t3_x"]
    assert rows["reposted_id"].to_list() == [None, "42", None, None]


def test_reviews(load: Callable[..., Any], write: Write) -> None:
    review = POST | {
        "Page Type": "review",
        "Url": "https://www.trustpilot.com/reviews/1",
        "Rating": "4",
        "Thread Entry Type": "",
    }
    other = review | {"Url": "https://stars.example/1", "Rating": "0"}
    ten = review | {"Url": "https://stars.example/2", "Rating": "9"}
    found = load(write(HEADER, review, other, ten))
    rows = found.records
    assert rows["channel"].to_list() == ["trustpilot", "reviews", "reviews"]
    assert rows["kind"].to_list() == ["review"] * 3
    assert (rows["rating_value"].to_list(), rows["rating_raw"].to_list()) == ([4, None, None], ["4", "0", "9"])
    assert (rows["rating_min"][0], rows["rating_max"][0], rows["rating_scale_source"][0], rows["rating_norm"][0]) == (
        1,
        5,
        "observed",
        0.75,
    )
    assert rows["warnings"].to_list() == [["scale_observed"], None, ["rating_out_of_scale"]]


@pytest.mark.parametrize(
    ("page", "url", "channel"),
    [
        ("X", "", "x"),
        ("facebook_public", "", "facebook"),
        ("Instagram Public", "", "instagram"),
        ("general", "https://example.com/twitter.com", "web"),
        ("general", "https://mobile.twitter.com/a/status/1", "x"),
        ("review", "https://play.google.com/store/apps/details?id=a", "google_play"),
        ("blog", "https://mytumblr.example", "blog"),
        ("tumblr", "", "tumblr"),
        ("Podcast Episode", "https://pod.example", "podcast_episode"),
        ("xing", "", "xing"),
        ("", "", "web"),
    ],
)
def test_channels(load: Callable[..., Any], write: Write, page: str, url: str, channel: str) -> None:
    assert load(write(HEADER, POST | {"Page Type": page, "Url": url})).row()["channel"] == channel


def test_a_round_number_of_rows_is_a_cap(load: Callable[..., Any], write: Write) -> None:
    capped = load(write(HEADER, *([POST] * 1000)))
    assert capped.facts.frame == "capped"
    assert any(note.startswith("Exactly 1,000 rows") for note in capped.facts.notes)
    assert load(write(HEADER, *([POST] * 1001))).facts.frame == "complete"


def test_a_workbook(load: Callable[..., Any], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["Report:", "Bulk Mentions Download"], ["Brand:", "Meridian Air"], []):
        sheet.append(line)
    names = HEADER.split(",")
    sheet.append(names)
    sheet.append([datetime(2021, 3, 25, 17, 16, 56) if name == "Date" else POST.get(name) for name in names])
    book.save(tmp_path / "mentions.xlsx")
    row = load(tmp_path / "mentions.xlsx").row()
    assert (row["native_id"], row["created_at"]) == (
        "1375129000000000001",
        datetime(2021, 3, 25, 17, 16, 56, tzinfo=UTC),
    )


def test_rows_that_say_nothing_are_rejected(load: Callable[..., Any], write: Write) -> None:
    found = load(write(HEADER, POST, {"Sentiment": "neutral", "Date": "2021-03-25 17:16:56.0"}))
    assert [(reject.row, reject.code) for reject in found.rejects] == [(3, "no_content")]


def test_formulas_and_ids_through_a_spreadsheet(load: Callable[..., Any], write: Write) -> None:
    saved = POST | {"Url": "", "Resource Id": "1.48E+17", "Thread Id": "9.0E+17", "Twitter Author ID": "4.01E+17"}
    row = load(write(HEADER, saved)).row()
    assert (row["native_id"], row["id_damaged"], row["conversation_id"]) == (None, True, None)
    assert row["author_id"] == "@ana_r"
    whole = load(write(HEADER, POST | {"Resource Id": "1.48E+17"}))
    assert (whole.row()["native_id"], whole.row()["id_damaged"], whole.facts.ids_damaged) == (
        "1375129000000000001",
        False,
        0,
    )
