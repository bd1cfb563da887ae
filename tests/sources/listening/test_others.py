"""Meltwater, Talkwalker, Sprinklr, and the exports of own posts of Hootsuite and Sprout Social."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Write = Callable[..., Path]

MELTWATER = (
    ",Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Subregion,Language,Reach,Desktop Reach,Engagement,"
    "AVE,Sentiment,Key Phrases,Input Name,Keywords,Tweet Id,Twitter Id,Twitter Screen Name,Twitter Followers,"
    "Twitter Following,Alternate Date Format,Time,State,City,Document Tags "
)
TWEET = {
    "Date": "25-Mar-2021", "Time": "5:16 PM", "URL": "https://twitter.com/ana_r/status/1375129000000000001",
    "Opening Text": "My bag and I are in different cities, and nobody answers", "Hit Sentence": "My bag and I are…",
    "Source": "Twitter", "Influencer": "Ana R", "Country": "United States", "Language": "English", "Reach": "437",
    "Engagement": "9", "Sentiment": "Negative", "Keywords": "meridian; bag", "Input Name": "Meridian Air",
    "Tweet Id": '"1375129000000000001"', "Twitter Id": '"4016976554"', "Twitter Screen Name": "@ana_r",
    "Twitter Followers": "437", "Alternate Date Format": "3/25/2021", "State": "Texas",
}  # fmt: skip
ARTICLE = {
    "Date": "26-Mar-2021 08:00AM", "Headline": "Meridian opens a route", "URL": "https://paper.example/1", "Source": "The Daily Paper",
    "Opening Text": "On Friday the airline", "Hit Sentence": "… says Meridian Air …", "Influencer": "Bo Writer",
    "Language": "Brazilian", "Country": "Atlantis", "Sentiment": "Not Rated", "Reach": "1250000.4",
}  # fmt: skip


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), ("\t", "utf-16")])
def test_meltwater(load: Callable[..., Any], write: Write, delimiter: str, encoding: str) -> None:
    found = load(write(MELTWATER, TWEET, ARTICLE, delimiter=delimiter, encoding=encoding))
    row = found.row()
    assert found.found.system == "meltwater"
    assert (row["native_id"], row["author_id"], row["author_handle"]) == ("1375129000000000001", "4016976554", "ana_r")
    assert row["text"] == "My bag and I are in different cities, and nobody answers"
    assert row["text_truncated"] is False
    assert (row["created_at"], row["tz_source"]) == (datetime(2021, 3, 25, 17, 16, tzinfo=UTC), "unknown")
    assert (row["language"], row["country"], row["region"]) == ("en", "US", "Texas")
    assert (row["sentiment_vendor"], row["reach"], row["engagements"]) == ("negative", 437, 9)
    assert row["tags"] == ["meridian", "bag", "Meridian Air"]
    assert json.loads(row["extra"])["Alternate Date Format"] == "3/25/2021"


def test_articles_come_in_excerpts(load: Callable[..., Any], write: Write) -> None:
    row = load(write(MELTWATER, ARTICLE)).row()
    assert (row["channel"], row["title"], row["native_id"]) == (
        "web",
        "Meridian opens a route",
        "https://paper.example/1",
    )
    assert (row["text"], row["text_truncated"]) == ("… says Meridian Air …", True)
    assert (row["sentiment_vendor"], row["language"], row["country"], row["reach"]) == (None, None, None, 1250000)
    assert row["created_at"] == datetime(2021, 3, 26, 8, tzinfo=UTC)
    extra = json.loads(row["extra"])
    assert (extra["Opening Text"], extra["Country"], extra["Language"]) == (
        "On Friday the airline",
        "Atlantis",
        "Brazilian",
    )


def test_a_damaged_tweet_id_is_read_off_the_address(load: Callable[..., Any], write: Write) -> None:
    found = load(
        write(MELTWATER, TWEET | {"Tweet Id": "1.37513E+18"}, TWEET | {"Tweet Id": '"1.37513E+18"', "URL": ""})
    )
    assert found.records["native_id"].to_list() == ["1375129000000000001", None]
    assert found.records["id_damaged"].to_list() == [False, True]
    assert found.facts.ids_damaged == 1


def test_the_whole_column_decides_on_day_and_month(load: Callable[..., Any], write: Write) -> None:
    rows = [TWEET | {"Date": day, "Time": "10:00 AM"} for day in ("05/06/2021", "06/07/2021", "13/06/2021")]
    days = load(write(MELTWATER, *rows)).records["created_at"].dt.strftime("%d %b").to_list()
    assert days == ["05 Jun", "06 Jul", "13 Jun"]


WORLD = "extra_article_attributes.world_data"
TALKWALKER = (
    "url,published,title,content,lang,source_type,post_type,sentiment,reach,engagement,content_snippet,extra_author_attributes.id,"
    "extra_author_attributes.name,extra_author_attributes.short_name,source_extended_attributes.twitter_followers,"
    f"article_extended_attributes.twitter_retweets,article_extended_attributes.twitter_likes,{WORLD}.country_code,{WORLD}.city,parent_url,root_url"
)
DOCUMENT = {
    "url": "http://twitter.com/ana_r/statuses/1375129000000000001", "published": "2021-03-25 17:16:56", "lang": "en",
    "content": "my bag &amp; I", "source_type": '["SOCIALMEDIA", "SOCIALMEDIA_TWITTER"]', "post_type": "TEXT", "sentiment": "-5", "reach": "830", "engagement": "12",
    "extra_author_attributes.id": "id:twitter.com:4016976554", "extra_author_attributes.name": "Ana R",
    "extra_author_attributes.short_name": "ana_r", "source_extended_attributes.twitter_followers": "437",
    "article_extended_attributes.twitter_retweets": "2", "article_extended_attributes.twitter_likes": "5",
    f"{WORLD}.country_code": "us", f"{WORLD}.city": "Austin", "parent_url": "http://twitter.com/bo/statuses/41",
}  # fmt: skip


def test_talkwalker(load: Callable[..., Any], write: Write) -> None:
    found = load(write(TALKWALKER, DOCUMENT, DOCUMENT | {"published": "1616692616000"}))
    row = found.row()
    assert (found.found.system, row["channel"], row["native_id"]) == ("talkwalker", "x", "1375129000000000001")
    assert (row["sentiment_vendor"], row["rating_value"]) == ("-5", None)
    assert (row["text"], row["kind"], row["in_reply_to_id"]) == ("my bag & I", "reply", "41")
    assert (row["author_followers"], row["likes"], row["reposts"], row["engagements"]) == (437, 5, 2, 12)
    assert (row["country"], row["city"]) == ("US", "Austin")
    assert found.records["created_at"].to_list() == [datetime(2021, 3, 25, 17, 16, 56, tzinfo=UTC)] * 2
    assert found.records["tz_source"].to_list()[0] == "unknown"


def test_documents_without_text(load: Callable[..., Any], write: Write) -> None:
    bare = {"published": DOCUMENT["published"], "url": DOCUMENT["url"], "source_type": "SOCIALMEDIA_TWITTER"}
    news = {"url": "https://paper.example/1", "title": "A route", "content": "All of it", "source_type": "ONLINENEWS"}
    rows = load(write(TALKWALKER, bare, news)).records
    assert rows["text_truncated"].to_list() == [True, False]
    assert rows["channel"].to_list() == ["x", "news"]
    assert rows["native_id"].to_list() == ["1375129000000000001", "https://paper.example/1"]


SPRINKLR = (
    "SocialNetwork,SenderUserId,SenderScreenName,SenderListedName,Sender Followers Count,SenderGender,Title,Message,MessageType,"
    "UniversalMessageId,CreatedTime,Permalink,Country,Language,Sentiment,Retweets,Favorites,Star Rating,Engagement Type"
)
MESSAGE = {
    "SocialNetwork": "TWITTER", "SenderUserId": "4016976554", "SenderScreenName": "ana_r", "SenderListedName": "Ana R",
    "Sender Followers Count": "437", "Message": "@meridianair where is my bag", "MessageType": "Twitter Mention",
    "UniversalMessageId": "TWITTER_4_77", "CreatedTime": "03/25/2021 17:16", "Country": "US", "Sentiment": "NEGATIVE",
    "Permalink": "https://twitter.com/ana_r/status/1375129000000000001", "Retweets": "2", "Favorites": "5",
}  # fmt: skip


def test_sprinklr(load: Callable[..., Any], write: Write) -> None:
    review = {
        "SocialNetwork": "GOOGLE",
        "Message": "Good",
        "UniversalMessageId": "G_1",
        "Star Rating": "4",
        "SenderScreenName": "bo",
    }
    private = MESSAGE | {"MessageType": "Twitter Direct Message"}
    found = load(write(SPRINKLR, MESSAGE, review, private))
    row = found.row()
    assert (found.found.system, row["channel"], row["kind"], row["native_id"]) == (
        "sprinklr",
        "x",
        "mention",
        "1375129000000000001",
    )
    assert (row["sentiment_vendor"], row["likes"], row["reposts"]) == ("negative", 5, 2)
    assert (row["created_at"], row["country"]) == (datetime(2021, 3, 25, 17, 16, tzinfo=UTC), "US")
    assert json.loads(row["extra"])["UniversalMessageId"] == "TWITTER_4_77"
    assert (found.row(1)["kind"], found.row(1)["rating_value"], found.row(1)["native_id"]) == ("review", 4, "G_1")
    assert found.records.height == 2
    assert sum(found.facts.skipped.values()) == 1


def test_sprinklr_in_a_workbook(load: Callable[..., Any], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    names = SPRINKLR.split(",")
    sheet.append(names)
    sheet.append([datetime(2021, 3, 25, 17, 16) if name == "CreatedTime" else MESSAGE.get(name) for name in names])
    book.save(tmp_path / "stream.xlsx")
    assert load(tmp_path / "stream.xlsx").row()["created_at"] == datetime(2021, 3, 25, 17, 16, tzinfo=UTC)


HOOTSUITE = (
    "Date (GMT),Post ID,Post Message,Post Permalink,Post Type,Social Network,Impressions,Reach,Engagement,Likes,Comments,Shares,"
    "Post Link Clicks,Video Views"
)
SPROUT = (
    "Date,Post ID,Network,Post Type,Content Type,Profile,Sent by,Link,Post,Impressions,Reach,Engagements,"
    "Engagement Rate (per Impression),Reactions,Comments,Shares,Saves,Post Link Clicks,Video Views"
)


def test_hootsuite_behind_its_title(load: Callable[..., Any], write: Write) -> None:
    own = {
        "Date (GMT)": "2024-03-01 14:30", "Post ID": "111_222", "Post Message": "Spring launch", "Post Permalink": "https://facebook.com/111/posts/222",
        "Post Type": "Photo", "Social Network": "Facebook", "Impressions": "1,200", "Reach": "900", "Engagement": "85", "Likes": "60",
        "Comments": "15", "Shares": "10", "Post Link Clicks": "30",
    }  # fmt: skip
    found = load(
        write(HOOTSUITE, own, before=("Post performance,,,,", '"Mar 1, 2024 - Mar 31, 2024",,,,')),
        timezone="Asia/Tokyo",
    )
    row = found.row()
    assert (found.found.system, found.facts.header_row, row["source_row"]) == ("hootsuite", 3, 4)
    assert (row["created_at"], row["tz_source"], found.facts.zone) == (
        datetime(2024, 3, 1, 14, 30, tzinfo=UTC),
        "header",
        "UTC",
    )
    assert (row["impressions"], row["likes"], row["replies"], row["reposts"], row["engagements"]) == (
        1200,
        60,
        15,
        10,
        85,
    )
    assert (row["brand_authored"], row["brand_authored_basis"], row["author_role"]) == (True, "export_type", "brand")
    assert (row["native_id"], row["channel"], row["kind"], row["tags"]) == ("111_222", "facebook", "post", ["Photo"])
    assert json.loads(row["extra"])["Post Link Clicks"] == "30"
    assert found.facts.frame == "own_posts"
    assert any("no customer's words" in note for note in found.facts.notes)


def test_sprout_has_the_accounts_zone(load: Callable[..., Any], write: Write) -> None:
    own = {
        "Date": "03/04/2024 10:05 am", "Post ID": "17890000000000001", "Network": "Instagram", "Post Type": "Post", "Content Type": "Reel",
        "Profile": "meridianair", "Sent by": "Jane", "Link": "https://www.instagram.com/reel/xyz", "Post": "New collection",
        "Impressions": "2000", "Engagement Rate (per Impression)": "6.5%", "Reactions": "100", "Saves": "5", "Video Views": "1800",
    }  # fmt: skip
    path = write(SPROUT, own, own | {"Date": "03/15/2024 10:05 am", "Post ID": "17890000000000002"})
    found = load(path)
    row = found.row()
    assert (row["created_at"], row["tz_source"]) == (datetime(2024, 3, 4, 10, 5, tzinfo=UTC), "unknown"), (
        "the other row tells the month"
    )
    assert load(path, timezone="America/Chicago").row()["created_at"].hour == 16
    assert (row["author_handle"], row["likes"], row["bookmarks"], row["video_views"]) == ("meridianair", 100, 5, 1800)
    assert (row["reposts"], row["replies"]) == (None, None)
    assert (found.facts.frame, row["brand_authored"]) == ("own_posts", True)
    assert json.loads(row["extra"])["Sent by"] == "Jane"


@pytest.mark.parametrize(
    "header", ["Date,Network,Post", "Url,Sentiment,Page Type", "id,text", "Headline,Source,Influencer"]
)
def test_other_tables_are_not_taken_for_one(detect: Callable[[Path], Any], write: Write, header: str) -> None:
    assert detect(write(header, {"Date": "1"})) is None


def test_talkwalker_without_a_column_that_says_anything_rejects_its_rows(
    tmp_path: Path, load: Callable[..., Any]
) -> None:
    path = tmp_path / "documents.csv"
    path.write_text("extra_author_attributes.short_name,root_url\nana_example,https://x.example/1\n", "utf-8")
    found = load(path)
    assert found.records.is_empty()
    assert [(reject.row, reject.code) for reject in found.rejects] == [(2, "no_content")]
