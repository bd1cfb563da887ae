"""X Analytics: the account's own posts in three generations, and the totals that are no posts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import Detection, Input

NEW = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
)
LINK = "https://x.com/meridianair/status/2074000000000000001"
ROW = f'2074000000000000001,"Tue, Jul 14, 2026",Boarding &amp; more,{LINK},"122,978",12,300,1,2,0,3,4,129,200,66,0,0'
OLD = (
    '"Tweet id","Tweet permalink","Tweet text","time","impressions","engagements","engagement rate","retweets",'
    '"replies","likes","user profile clicks","url clicks","promoted impressions","promoted likes"'
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(*lines: str, encoding: str = "utf-8") -> Path:
        (tmp_path / "analytics.csv").write_text("\n".join(lines) + "\n", encoding=encoding)
        return tmp_path / "analytics.csv"

    return to_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_posts_since_2024(load: Callable[..., Any], write: Callable[..., Path], encoding: str) -> None:
    found = load(write(NEW, ROW, encoding=encoding))
    row = found.row()
    assert (found.found.system, found.found.format) == ("x.analytics", "posts 2024+")
    assert (row["native_id"], row["author_handle"], row["url"]) == ("2074000000000000001", "meridianair", LINK)
    assert (row["text"], row["text_original"]) == ("Boarding & more", "Boarding &amp; more")
    assert (row["created_at"], row["time_precision"], row["tz_source"]) == (
        datetime(2026, 7, 14, tzinfo=UTC),
        "day",
        "unknown",
    )
    assert (row["impressions"], row["likes"], row["engagements"]) == (122978, 12, 300)
    assert (row["bookmarks"], row["shares"], row["replies"], row["reposts"]) == (1, 2, 3, 4)
    assert (row["brand_authored"], row["brand_authored_basis"], row["author_role"]) == (True, "export_type", "brand")
    assert json.loads(row["extra"])["Profile visits"] == "129"
    assert found.facts.frame == "own_posts"
    assert any("no customer's words" in note for note in found.facts.notes)


def test_posts_from_2014_to_2023(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    link = "https://twitter.com/meridianair/status/777470000000000001"
    row = f'"777470000000000001","{link}","@ana we are on it","2016-09-18 12:00 +0000","1234.0","30.0","0.02","1","2","3","4","5","-","-"'
    found = load(write(OLD, row))
    said = found.row()
    assert found.found.format == "posts 2014-2023"
    assert (said["kind"], said["in_reply_to_handle"], said["in_reply_to_id"]) == ("reply", "ana", None)
    assert (said["created_at"], said["tz_source"]) == (datetime(2016, 9, 18, 12, tzinfo=UTC), "explicit")
    assert (said["impressions"], said["engagements"], said["likes"], said["reposts"]) == (1234, 30, 3, 1)
    assert (said["bookmarks"], said["shares"]) == (None, None)
    assert "promoted likes" not in json.loads(said["extra"]), "`-` is missing, not a value"


def test_favorites_were_likes(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    row = '"1","","Hello","2015-01-18 12:00 +0000","9","3","0.3","1","2","7","4","5","-","-"'
    assert load(write(OLD.replace('"likes"', '"favorites"'), row)).row()["likes"] == 7


def test_totals_by_day_give_figures_and_no_records(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    header = (
        "Date,Impressions,Engagements,Likes,Replies,Reposts,New follows,Unfollows,Bookmarks,Shares,Profile visits,"
        "Create Post,Video views,Media views"
    )
    found = load(
        write(
            header,
            '"Fri, Apr 26, 2024","1,100",10,2,0,0,0,0,0,0,0,0,0,0',
            '"Thu, Apr 25, 2024",90,9,2,0,0,0,0,0,0,0,1,-,0',
            "some day,1,1,1,1,1,1,1,1,1,1,1,1,1",
        )
    )
    assert found.records.height == 0
    assert found.facts.skipped == {"days of totals, which are no posts": 3}
    totals = {(day, name): value for day, name, value in found.figures.select("date", "name", "value").iter_rows()}
    friday, thursday = date(2024, 4, 26), date(2024, 4, 25)
    assert {day for day, _ in totals} == {friday, thursday}, "a day that cannot be read has no totals"
    assert (totals[friday, "impressions"], totals[thursday, "impressions"]) == (1100, 90)
    assert (totals[thursday, "posts"], (thursday, "video_views") in totals) == (1, False)
    assert any("no record comes of them" in note for note in found.facts.notes)


def test_headers_in_another_language(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    header = ",".join(f"열 {number}" for number in range(17))
    found = load(write(header, ROW.replace('"Tue, Jul 14, 2026"', "2026년 7월 14일")))
    row = found.row()
    assert found.found.format == "posts 2024+, translated"
    assert (row["impressions"], row["likes"], row["reposts"]) == (122978, 12, 4)
    assert (row["created_at"].date().isoformat(), row["time_precision"]) == ("2026-07-06", "second")
    assert (row["tz_source"], row["created_at_raw"], row["warnings"]) == ("spec", "2026년 7월 14일", None)
    assert any("another language" in note for note in found.facts.notes)


@pytest.mark.parametrize("width", [1, 3, 16, 18])
def test_a_header_of_another_width_is_not_taken_for_a_translation(
    detect: Callable[..., Any], read_input: Callable[..., Any], write: Callable[..., Path], width: int
) -> None:
    path = write(",".join(f"열 {number}" for number in range(width)), ROW)
    assert detect(path) is None
    read_input(Input.at(path), Detection("x.analytics", "posts 2024+, translated"))


def test_rows_without_id_and_ids_through_a_spreadsheet(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(
        write(
            NEW,
            ROW.replace("2074000000000000001,", "2.074E+18,", 1),
            ',"Tue, Jul 14, 2026",No id,,5,,,,,,,,,,,,',
            "3.1E+18,,Damaged for good,,5,,,,,,,,,,,,",
            '2074000000000000009,"Tue, Jul 14, 2026",,https://x.com/meridianair/status/2074000000000000009,5,,,,,,,,,,,,',
        )
    )
    assert found.records["native_id"].to_list() == ["2074000000000000001", None, None]
    assert found.records["id_damaged"].to_list() == [False, False, True]
    assert found.facts.ids_damaged == 1
    assert found.records["likes"].to_list() == [12, None, None]
    assert [(reject.row, reject.code) for reject in found.rejects] == [(5, "no_content")]
