"""The same rules on real exports, where they are at hand (`CXREPORT_TEST_DATA`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.reading import (
    Encoding,
    Input,
    JsonProblem,
    damaged_ids,
    find_header,
    inputs,
    iter_json,
    parse_times,
    read_assigned,
    strip_formula_guard,
    to_bool,
)

Shared = Callable[[str], Path]
Read = Callable[..., Any]


def test_airline_tweets_keep_every_row_and_no_damaged_id(shared: Shared, read: Read) -> None:
    whole = read(Input.at(shared("data/airline-tweets/Tweets.csv")))
    assert whole.frame.height == 14_640
    assert not whole.rejects
    assert whole.table.dialect.encoding == Encoding("utf-8", "utf-8", 0)
    damaged = damaged_ids(whole.frame["tweet_id"])
    assert damaged.sum() > 14_000
    times = parse_times(whole.frame["tweet_created"])
    assert times.failed == 0
    assert times.frame["tz_source"].unique().to_list() == ["explicit"]


def test_airline_tweets_with_damaged_text_are_repaired_and_counted(shared: Shared, read: Read) -> None:
    whole = read(Input.at(shared("data/airline-tweets-excel-scientific-ids/Tweets.csv")))
    assert whole.frame.height == 14_605
    assert not whole.rejects
    assert whole.table.dialect.encoding == Encoding("utf-8", "replaced", 321)
    ids = whole.frame["tweet_id"]
    assert damaged_ids(ids).all()
    assert ids.n_unique() == 2_433


def test_airline_samples(shared: Shared, read: Read) -> None:
    serials = read(Input.at(shared("samples/airline-tweets/Tweets_excel-serial-dates_equals-prefix.csv")))
    times = parse_times(serials.frame["tweet_created"])
    assert (times.failed, set(times.frame["tz_source"])) == (0, {"unknown"})
    assert {time.year for time in times.frame["created_at"]} == {2015}
    text = serials.frame.select(strip_formula_guard(pl.col("text")))["text"]
    assert serials.frame["text"].str.starts_with("=@").any()
    assert not text.str.starts_with("=@").any()
    for name in ("Tweets_ids-in-scientific-notation.csv", "Tweets_libreoffice-resave_ids-E+017.csv"):
        whole = read(Input.at(shared(f"samples/airline-tweets/{name}")))
        assert damaged_ids(whole.frame["tweet_id"]).all()


@pytest.mark.parametrize(
    ("name", "encodings", "rows"),
    [
        ("samples/surveymonkey/StarWars_2header_CR-only.csv", {"mac-roman"}, 3),
        ("samples/surveymonkey/StarWars_2header_macroman.csv", {"mac-roman", "cp1252"}, 3),
        ("data/survey-surveymonkey/region-survey_MIDWEST.csv", {"utf-8"}, 2_778),
    ],
)
def test_surveymonkey_in_two_header_rows(shared: Shared, read: Read, name: str, encodings: set[str], rows: int) -> None:
    whole = read(Input.at(shared(name)), header_rows=2)
    assert whole.table.dialect.encoding.name in encodings
    assert whole.table.dialect.encoding.replaced == 0
    assert whole.table.header_records[0][0] == "RespondentID"
    assert any("Response" in cell for cell in whole.table.header_records[1])
    assert len(whole.table.header_records) == 2
    assert (whole.frame.height, whole.rejects, whole.numbers[0]) == (rows, [], 3)


def test_mac_roman_blanks_are_no_capitals(shared: Shared, read: Read) -> None:
    whole = read(Input.at(shared("data/survey-surveymonkey/food-world-cup_food-world-cup-data.csv")))
    assert "knowledge\u00a0of cuisines" in whole.table.header[1]


def test_play_console_in_utf16(shared: Shared, read: Read) -> None:
    name = "samples/google-play/REENCODED_reviews_com.example_202511_utf16le-bom.csv"
    whole = read(Input.at(shared(name)))
    assert whole.table.dialect.encoding == Encoding("utf-16", "bom", 0)
    assert (len(whole.table.header), whole.frame.height) == (16, 2)
    submitted = parse_times(whole.frame["Review Submit Date and Time"])
    millis = parse_times(whole.frame["Review Submit Millis Since Epoch"])
    assert (
        submitted.frame["created_at"].dt.truncate("1s").to_list()
        == millis.frame["created_at"].dt.truncate("1s").to_list()
    )
    assert set(submitted.frame["tz_source"]) == {"explicit"}
    assert set(millis.frame["tz_source"]) == {"spec"}


def test_hootsuite_after_its_preamble(shared: Shared, read: Read) -> None:
    data = Input.at(shared("samples/hootsuite/post_performance_with_preamble.csv"))
    signature = {"date gmt", "post message", "social network"}
    for header in (None, lambda records: find_header(records, signature)):
        whole = read(data, header=header)
        assert whole.table.dialect.header_row == 3
        assert whole.numbers == [4, 5]


def test_twcs_booleans_after_a_spreadsheet(shared: Shared, read: Read) -> None:
    whole = read(Input.at(shared("samples/twcs/twcs-small_resaved-booleans.csv")))
    assert whole.frame.select(to_bool(pl.col("inbound")))["inbound"].is_not_null().all()


def test_every_shared_table_reads_without_a_reject(shared: Shared, read: Read) -> None:
    names = sorted(shared("data").glob("*/*.csv")) + sorted(shared("data").glob("twcs/*.xlsx"))
    assert len(names) > 20
    for path in names:
        assert read(Input.at(path)).rejects == [], path.name


def test_x_archives_and_api_files(shared: Shared) -> None:
    archive = shared("data/twitter-archive-2022-smithjd")
    (bundle,) = inputs(archive, "archive", lambda data: "data/tweets.js" in data.members)
    assert isinstance(bundle, Input)
    tweets = [value for _, _, value in read_assigned(bundle, "data/tweets.js")]
    assert len(tweets) == 1_758
    assert all(isinstance(tweet, dict) and "tweet" in tweet for tweet in tweets)
    glued = list(iter_json(Input.at(shared("data/x-api-v11-pritul2/data.txt"))))
    assert len(glued) == 9
    assert not any(isinstance(value, JsonProblem) for _, _, value in glued)
    ((_, _, empty),) = iter_json(Input.at(shared("data/x-api-v2-twarc/empty.json")))
    ((_, _, quoted),) = read_assigned(Input.at(shared("data/hostile-not-an-archive/tomayac_tweets.js")))
    assert isinstance(empty, JsonProblem)
    assert isinstance(quoted, JsonProblem)
    assert (empty.code, quoted.code) == ("empty", "not_json")
