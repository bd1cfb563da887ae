"""twcs.csv and the airline Tweets.csv, as published and as people re-saved them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

TWCS = """\
tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
1,MeridianHelp,False,Tue Oct 31 22:10:47 +0000 2017,@115712 Please send us a message &amp; we will help.,2,3
2,115712,True,Tue Oct 31 22:11:45 +0000 2017,@MeridianHelp and how do I do that?,,1
3,115712,True,Tue Oct 31 22:08:27 +0000 2017,"@MeridianHelp nobody answers,
as usual","1,4",
4,115713,True,Tue Oct 31 22:09:00 +0000 2017,my bag is gone @115850 @MeridianHelp,,
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def to_file(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode())
        return path

    return to_file


def test_twcs_as_published(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    rows = load(write(TWCS)).records
    assert rows["native_id"].to_list() == ["1", "2", "3", "4"]
    assert rows["kind"].to_list() == ["reply", "reply", "mention", "post"]
    assert rows["brand_authored"].to_list() == [True, False, False, False]
    assert set(rows["brand_authored_basis"]) == {"inbound_flag"}
    assert rows["author_handle"].to_list() == ["MeridianHelp", None, None, None]
    assert rows["in_reply_to_id"].to_list() == ["3", "1", None, None]
    assert rows["brand"].to_list() == ["MeridianHelp"] * 4
    assert rows["text"][0] == "@115712 Please send us a message & we will help."
    assert rows["created_at"][0] == datetime(2017, 10, 31, 22, 10, 47, tzinfo=UTC)
    assert rows["url"].null_count() == 4
    assert json.loads(rows["extra"][2]) == {"inbound": "True", "response_tweet_id": "1,4"}


def test_twcs_as_saved_again_by_others(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    saved = (
        ",index,tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id,label\r\n"
        "7,9,849.0,115887.0,TRUE,2017-11-07 13:21:48+00:00,@MeridianHelp hi,851,848.0,negative\r\n"
        "8,10,850,115887,FALSE,2017-11-07 15:21:48+02:00,bye,,,\r\n"
    )
    found = load(write(saved))
    row = found.row()
    assert (row["native_id"], row["author_id"], row["in_reply_to_id"]) == ("849", "115887", "848")
    assert row["brand_authored"] is False
    assert json.loads(row["extra"])["column 1"] == "7"
    assert found.records["created_at"].to_list() == [datetime(2017, 11, 7, 13, 21, 48, tzinfo=UTC)] * 2
    assert not found.facts.ids_damaged


def test_twcs_in_a_workbook_is_in_utc_by_its_documentation(load: Callable[..., Any], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["tweet_id", "in_response_to_tweet_id", "response_tweet_id", "created_at", "author_id", "inbound", "text"]
    )
    sheet.append([19163, 19137, None, datetime(2017, 10, 29, 6, 16, 40), 295975, True, "Great delivery"])
    book.save(tmp_path / "twcs.xlsx")
    row = load(tmp_path / "twcs.xlsx").row()
    assert (row["native_id"], row["in_reply_to_id"], row["tz_source"]) == ("19163", "19137", "spec")
    assert row["created_at"] == datetime(2017, 10, 29, 6, 16, 40, tzinfo=UTC)


def test_rows_without_text_are_rejected_with_their_row(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    found = load(write(TWCS + "5,115714,True,Tue Oct 31 22:09:00 +0000 2017,,,\n6,115714,True,yesterday,late,,\n"))
    assert [(reject.row, reject.code) for reject in found.rejects] == [(6, "no_content")]
    assert found.row(-1)["warnings"] == ["date_unreadable"]
    assert any(note.startswith("Dates that could not be read: 1.") for note in found.facts.notes)


HEADER = (
    "tweet_id,airline_sentiment,airline_sentiment_confidence,negativereason,negativereason_confidence,airline,"
    "airline_sentiment_gold,name,negativereason_gold,retweet_count,text,tweet_coord,tweet_created,tweet_location,"
    "user_timezone"
)


def airline(
    number: str, text: str = "@MeridianAir thanks", created: str = "2015-02-24 11:35:52 -0800", **cells: str
) -> str:
    values = {
        "tweet_id": number, "airline_sentiment": "negative", "airline_sentiment_confidence": "0.7",
        "negativereason": "Lost Luggage", "airline": "Meridian Air", "name": "ana_r", "retweet_count": "2",
        "text": text, "tweet_created": created, **cells,
    }  # fmt: skip
    return ",".join(values.get(name, "") for name in HEADER.split(","))


def test_airline_as_published(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    rows = [airline("570306133677760513", tweet_coord='"[40.7480, -73.9929]"'), airline("570306133677760001", "hello")]
    found = load(write("\n".join([HEADER, *rows])))
    row = found.row()
    assert (row["native_id"], row["id_damaged"]) == ("570306133677760513", False)
    assert row["url"] == "https://x.com/ana_r/status/570306133677760513"
    assert row["created_at"] == datetime(2015, 2, 24, 19, 35, 52, tzinfo=UTC)
    assert (row["brand"], row["sentiment_vendor"], row["tags"]) == ("Meridian Air", "negative", ["Lost Luggage"])
    assert (row["lat"], row["lon"], row["reposts"]) == (40.748, -73.9929, 2)
    assert (row["author_handle"], row["author_id"], row["brand_authored"]) == ("ana_r", "@ana_r", False)
    assert (row["kind"], row["in_reply_to_handle"]) == ("mention", "MeridianAir")
    assert json.loads(row["extra"]) == {"airline_sentiment_confidence": "0.7"}
    assert found.row(1)["kind"] == "post"
    assert found.facts.notes == []


@pytest.mark.parametrize("number", ["5.70306E+17", "5.70306133677761E+017", "570306133677760000"])
def test_ids_that_a_spreadsheet_rounded_identify_nothing(
    load: Callable[..., Any], write: Callable[[str], Path], number: str
) -> None:
    found = load(write("\n".join([HEADER, airline(number), airline(number, "another text")])))
    assert found.records["native_id"].to_list() == [None, None]
    assert found.records["id_damaged"].to_list() == [True, True]
    assert found.records["url"].to_list() == [None, None]
    assert json.loads(found.row()["extra"])["tweet_id"] == number
    assert found.facts.ids_damaged == 2
    assert len([note for note in found.facts.notes if "rounded" in note]) == 1


def test_spreadsheet_damage(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    rows = [airline("570306133677760513", "=@MeridianAir thanks", "42059.4832407407"), airline("5703", "= 5 stars")]
    found = load(write("\r\n".join([f"{HEADER},,,,", *(f"{row},,x,," for row in rows)])))
    row = found.row()
    assert (row["text"], row["text_original"]) == ("@MeridianAir thanks", "=@MeridianAir thanks")
    assert row["created_at"] == datetime(2015, 2, 24, 11, 35, 52, tzinfo=UTC)
    assert (row["tz_source"], row["time_precision"]) == ("unknown", "second")
    assert json.loads(row["extra"])["column 17"] == "x"
    assert found.row(1)["text"] == "= 5 stars"


def test_a_time_zone_may_be_stated_for_serials(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    path = write("\n".join([HEADER, airline("1", created="42059.4832407407")]))
    row = load(path, timezone="America/Los_Angeles").row()
    assert (row["created_at"], row["tz_source"]) == (datetime(2015, 2, 24, 19, 35, 52, tzinfo=UTC), "assumed")


def test_coordinates_that_somebody_added_are_not_used(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    header = "tweet_id,airline_sentiment,airline,name,retweet_count,text,tweet_created,latitude,longitude"
    found = load(
        write(f"{header}\n1,positive,Meridian Air,ana,0,@MeridianAir hi,2015-02-24 11:35:52 -0800,35.8,-119.2\n")
    )
    assert (found.row()["lat"], json.loads(found.row()["extra"])["latitude"]) == (None, "35.8")
    assert any("latitude and longitude were added" in note for note in found.facts.notes)


def test_a_table_without_times_is_read(load: Callable[..., Any], write: Callable[[str], Path]) -> None:
    rows = "\n".join(f"{n},positive,Meridian Air,hello" for n in range(3))
    found = load(write(f"tweet_id,airline_sentiment,airline,text\n{rows}\n"))
    assert found.records["created_at"].null_count() == found.records.height == 3


def test_labels_of_two_lines_and_broken_bytes(load: Callable[..., Any], tmp_path: Path) -> None:
    good = (
        airline("3", "schöne Grüße, sehr müde", negativereason_gold='"Late Flight\nLost Luggage"')
        .replace("sehr müde", 'sehr müde"')
        .replace("schöne", '"schöne')
    )
    lines = "\n".join([HEADER, good, *(airline(str(n), "grüße") for n in range(10, 40))]).encode()
    broken = lines.replace("Grüße".encode(), b"Gr\xffn")
    (tmp_path / "Tweets.csv").write_bytes(broken)
    found = load(tmp_path / "Tweets.csv")
    assert found.records.height == 31
    assert json.loads(found.row()["extra"])["negativereason_gold"] == "Late Flight\nLost Luggage"
    assert found.facts.encoding_how == "replaced"
    assert any("no utf-8" in note for note in found.facts.notes)


@pytest.mark.parametrize(
    "text",
    [
        "id,text\n1,hello\n",
        "('x', {'tweet_id', 'airline_sentiment', 'airline', 'text'}),\n",
        "",
        "just words",
        "tweet_id,text\n1,a\n",
        "\x00\x01\x02",
    ],
)
def test_other_tables_are_not_taken_for_posts(
    detect: Callable[..., Any], write: Callable[[str], Path], text: str
) -> None:
    assert detect(write(text)) is None
