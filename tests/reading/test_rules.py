"""The rules that hold for every source: the 17 of the format reference (§0), each from a file to its records."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ..sources.recognition import CONTEXT, Reading, loaded, reading, readings

Put = Callable[..., Reading]
TWEETS = ("tweet_id", "airline_sentiment", "airline", "text", "tweet_created")
REVIEWS = (
    "Review Id", "Review Created (UTC)", "Review Username", "Review Title", "Review Content", "Review Stars", "Review Language",
)  # fmt: skip
AT = "2015-02-24 11:35:52 -0800"


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """`put(name, content)`: write a file and read it."""

    def to_file(name: str, content: str | bytes) -> Reading:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return reading(path)

    return to_file


def table(header: Sequence[str], *rows: Sequence[str], delimiter: str = ",", end: str = "\n") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows([header, *rows])
    return buffer.getvalue()


def tweet(number: int, text: str = "Where is my bag?", at: str = AT) -> tuple[str, ...]:
    return (str(570306133677760513 + number), "neutral", "Meridian Air", text, at)


def review(number: int, text: str = "Kind crew", stars: str = "4", at: str = "2026-01-02 10:00:00") -> tuple[str, ...]:
    return (f"65a00000000000000000000{number}", at, "Ana Exemplo", "", text, stars, "en")


def texts(found: Reading) -> list[Any]:
    return found.records["text"].to_list()


def test_rule_01_cells_are_text_before_they_are_anything(put: Put, tmp_path: Path) -> None:
    blank = ("", *tweet(0)[1:])
    found = put("Tweets.csv", table(TWEETS, tweet(0), blank, tweet(2)))
    assert found.records["native_id"].to_list() == ["570306133677760513", None, "570306133677760515"]
    big = {"id": 12345678901234567890123, "title": "Soft", "content": "Soft", "score": 5, "votes_up": 1, "votes_down": 0,
           "created_at": "2026-01-02T10:00:00Z", "sentiment": 0.9, "sku": "NP-1", "deleted": False}  # fmt: skip
    assert put("y.json", json.dumps({"reviews": [big]})).records["native_id"].to_list() == ["12345678901234567890123"]
    book = openpyxl.Workbook()
    for row in (TWEETS, (570306133677760513, *tweet(0)[1:])):
        book.active.append(row)
    book.save(tmp_path / "Tweets.xlsx")
    [kept] = reading(tmp_path / "Tweets.xlsx").records.select("native_id", "id_damaged").rows()
    assert kept == (None, True), "a workbook holds numbers of 15 digits"


def test_rule_02_ids_that_a_spreadsheet_rounded_are_no_ids(put: Put) -> None:
    rounded = [(f"57030613367776{n}000", *tweet(n)[1:]) for n in range(3)]
    found = put("Tweets.csv", table(TWEETS, *rounded, ("5.70306E+17", *tweet(4)[1:])))
    assert found.records.select("native_id", "id_damaged").unique().rows() == [(None, True)]
    assert found.found.facts.ids_damaged == found.records.height == 4
    assert len([note for note in found.found.facts.notes if "id" in note.lower()]) == 1, "told once a file"


@pytest.mark.parametrize(
    ("encoding", "text", "how"),
    [
        ("utf-8-sig", "Größe", "bom"), ("utf-16", "Größe", "bom"), ("utf-16-le", "Größe", "nul-pattern"), ("utf-8", "Größe", "utf-8"),
        ("cp1252", "Die Größe war schön, ein Café für alle", "detected"), ("cp1251", "Отличный рейс, спасибо большое", "detected"),
        ("mac_roman", "Don’t like it – the café’s “new” menu… it’s naïve", "detected"),
    ],
)  # fmt: skip
def test_rule_03_the_order_of_evidence_for_an_encoding(put: Put, encoding: str, text: str, how: str) -> None:
    found = put("Tweets.csv", table(TWEETS, tweet(0, text), tweet(1, text)).encode(encoding))
    assert (texts(found), found.found.facts.encoding_how) == ([text, text], how)


def test_rule_03_damage_is_shown_and_counted_and_never_dropped(put: Put, tmp_path: Path) -> None:
    sound = [tweet(n, "Größe, schön, Café") for n in range(40)]
    found = put("Tweets.csv", table(TWEETS, *sound, tweet(41, "Gr\0e")).encode().replace(b"\0", b"\xf6\xdf"))
    assert (found.found.facts.encoding_how, found.records.height) == ("replaced", 41)
    assert texts(found)[-1].startswith("Gr\ufffd")
    told = loaded(tmp_path / "Tweets.csv", "twitter", tmp_path / "audit", encoding="cp1252")
    assert set(told["text"]) == {"Größe", "GrÃ¶ÃŸe, schÃ¶n, CafÃ©"}, "the user's word goes first"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_rule_04_lines_end_as_they_like_and_cells_keep_odd_separators(put: Put, end: str) -> None:
    odd = "one\u2028two\x0bthree\x85four"
    assert texts(put("Tweets.csv", table(TWEETS, tweet(0, odd), tweet(1), end=end))) == [odd, "Where is my bag?"]


def test_rule_04_mixed_line_ends(put: Put) -> None:
    lines = table(TWEETS, tweet(0), tweet(1), tweet(2)).splitlines()
    assert put("Tweets.csv", f"{lines[0]}\r\n{lines[1]}\n{lines[2]}\r\n{lines[3]}\n").records.height == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("declared", [False, True])
def test_rule_05_the_delimiter_is_the_one_that_gives_columns(put: Put, delimiter: str, declared: bool) -> None:
    text = table(REVIEWS, review(1, "Kind, quick; calm | and\tquiet"), review(2), delimiter=delimiter)
    found = put("reviews.csv", f"sep={delimiter}\n" * declared + text)
    assert texts(found) == ["Kind, quick; calm | and\tquiet", "Kind crew"]


def test_rule_05_a_european_spreadsheet_writes_decimal_commas(put: Put) -> None:
    header = "Review date;Guest name;Reservation number;Review title;Positive review;Negative review;Review score;Staff"
    found = put("booking.csv", f"{header}\n02.01.2026;Ana;1;;Gut;;8,5;7,5\n")
    assert found.records["rating_value"].to_list() == [8.5]
    assert found.answers["value_number"].to_list() == [7.5]


@pytest.mark.parametrize("above", [0, 1, 6, 13])
def test_rule_06_the_header_is_found_among_the_first_15_records(put: Put, above: int) -> None:
    found = put("reviews.csv", "Report of January\n" * above + table(REVIEWS, review(1), review(2)))
    assert (found.system, found.found.facts.header_row) == ("trustpilot.csv", above + 1)
    assert found.records["source_row"].to_list() == [above + 2, above + 3]


def test_rule_07_headers_are_compared_by_their_words_and_may_repeat(put: Put) -> None:
    odd = (
        "REVIEW_ID",
        " review created (utc) ",
        "Review-Username",
        "Tags",
        "Review\u00a0Content",
        "review stars",
        "Tags",
    )
    found = put("reviews.csv", table(odd, ("65a1", "2026-01-02 10:00:00", "Ana", "a", "Kind crew", "4", "b")))
    [row] = found.records.to_dicts()
    assert (row["native_id"], row["text"], row["rating_value"]) == ("65a1", "Kind crew", 4.0)
    header = ("Timestamp", "How was it?", "How was it?")
    answers = put(
        "form.csv", table(header, *[(f"3/2{n}/2026 15:03:59", f"Lovely crew {n}", f"Cold tea {n}") for n in (1, 2, 3)])
    )
    assert answers.answers.filter(source_row=2)["value_text"].to_list() == ["Lovely crew 1", "Cold tea 1"]


def test_rule_08_cells_hold_line_breaks_and_may_be_large(put: Put) -> None:
    large = "The crew was kind.\n" * 10_000
    found = put("reviews.csv", table(REVIEWS, review(1, large), review(2, 'Said "late"\r\ntwice')))
    assert [text.strip() for text in texts(found)] == [large.strip(), 'Said "late"\ntwice']


def test_rule_09_a_guard_before_an_at_sign_is_dropped_and_no_other(put: Put) -> None:
    said = ("=@MeridianAir late", "'@MeridianAir late", "=SUM(A1)", "'tis late")
    found = put("Tweets.csv", table(TWEETS, *(tweet(n, text) for n, text in enumerate(said))))
    assert texts(found) == ["@MeridianAir late", "@MeridianAir late", "=SUM(A1)", "'tis late"]


def test_rule_10_what_is_missing_depends_on_the_source(put: Put) -> None:
    stars = put("reviews.csv", table(REVIEWS, review(1, "Zero", "0"), review(2, "None", ""), review(3, "N/A", "3")))
    assert stars.records["rating_value"].to_list() == [None, None, 3.0]
    assert texts(stars)[2] == "N/A", "somebody may write that"
    nps = put(
        "form.csv",
        table(("Timestamp", "Would you recommend us?"), *[(f"3/2{n}/2026 15:03:59", s) for n, s in enumerate("0975")]),
    )
    assert nps.records["nps_score"].to_list() == [0, 9, 7, 5]


def test_rule_11_times_say_their_basis_and_their_precision(put: Put) -> None:
    told = put("Tweets.csv", table(TWEETS, tweet(0))).records.row(0, named=True)
    assert (told["created_at"], told["tz_source"], told["created_at_raw"]) == (
        datetime(2015, 2, 24, 19, 35, 52, tzinfo=UTC),
        "explicit",
        AT,
    )
    by_header = put("reviews.csv", table(REVIEWS, review(1), review(2, at="2026-01-02"))).records
    assert by_header["tz_source"].to_list() == ["header"] * 2
    assert by_header["time_precision"].to_list() == ["second", "day"]


@pytest.mark.parametrize(
    ("days", "first"),
    [(("03/04/2026", "25/04/2026"), "2026-04-03"), (("03/04/2026", "04/25/2026"), "2026-03-04")],
)
def test_rule_11_the_whole_column_decides_on_day_and_month(put: Put, days: tuple[str, str], first: str) -> None:
    header = ("Review date", "Guest name", "Positive review", "Negative review", "Review score")
    found = put("booking.csv", table(header, *((day, "Ana", "Kind staff", "", "8") for day in days)))
    assert found.records["created_at"].dt.date().cast(str).to_list()[0] == first


def test_rule_12_serials_of_spreadsheets_are_times(put: Put) -> None:
    found = put("Tweets.csv", table(TWEETS, tweet(0, at="42059.4832407407"), tweet(1, at="42059.4832407407")))
    assert found.records["created_at"].to_list() == [datetime(2015, 2, 24, 11, 35, 52, tzinfo=UTC)] * 2
    assert found.records["tz_source"].unique().to_list() == ["unknown"], "a serial has lost its zone"


def test_rule_13_entities_of_x_and_of_html_are_not_the_same(put: Put) -> None:
    link = "https://m.example/?a=1&copy=2"
    assert texts(put("Tweets.csv", table(TWEETS, tweet(0, f"{link} &lt;3 &amp;gt;")))) == [f"{link} <3 &gt;"]
    asked = {
        "response_id": "1",
        "question_type": "NPS",
        "answer": "9",
        "comment": "Kind &amp; quick &eacute;",
        "responded": "1780763813",
    }
    assert texts(put("asked.json", json.dumps({"data": [asked]}))) == ["Kind & quick é"]


@pytest.mark.parametrize(
    ("yes", "no"),
    [("True", "False"), ("TRUE", "FALSE"), ("1", "0"), ("Yes", "No"), ("WAHR", "FALSCH"), ("VRAI", "FAUX")],
)
def test_rule_14_booleans_in_all_their_spellings(put: Put, yes: str, no: str) -> None:
    header = ("tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id")
    at = "Tue Oct 31 22:10:47 +0000 2017"
    found = put(
        "twcs.csv",
        table(header, ("1", "115712", yes, at, "Late", "2", ""), ("2", "MeridianHelp", no, at, "Sorry", "", "1")),
    )
    assert found.records["brand_authored"].to_list() == [False, True]


@pytest.mark.parametrize("count", ["1,234", "1.234", "1 234", "1\u202f234", "1\u00a0234", "1234"])
def test_rule_15_counts_with_thousands_separators(put: Put, count: str) -> None:
    header = ("Date (GMT)", "Post ID", "Post Message", "Post Permalink", "Social Network", "Impressions", "Likes")
    found = put(
        "posts.csv", table(header, ("2026-03-01 14:30", "1", "New seats", "https://m.example/1", "X", count, "5"))
    )
    assert found.records["impressions"].to_list() == [1234]


def test_rule_16_persons_leave_a_pseudonym_and_networks_nothing(put: Put) -> None:
    header = (
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Why?",
    )
    second = ("", "", "", "", "", "", "", "Open-Ended Response")
    row = (
        "11000000001",
        "4",
        "10/27/2026 08:23:15 AM",
        "10/27/2026 08:25:15 AM",
        "192.0.2.4",
        "Ana@Example.org",
        "Ana",
        "Kind crew",
    )
    found = put("survey.csv", table(header, second, row))
    kept = found.records.write_json() + found.answers.write_json()
    assert found.records["author_id"].to_list() == [CONTEXT.pseudonym("ana@example.org", "email")]
    assert [secret for secret in ("192.0.2.4", "xample.org", '"Ana"') if secret in kept] == []


def test_rule_17_every_container_gives_the_same_records(put: Put, tmp_path: Path) -> None:
    body = table(REVIEWS, review(1), review(2)).encode()
    plain = put("reviews.csv", body).records
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("January/reviews.csv", body)
        archive.writestr("../outside.csv", body)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/reviews.csv").write_bytes(body)
    (tmp_path / "reviews.zip").write_bytes(box.getvalue())
    packed, refused = sorted(readings(tmp_path / "reviews.zip"), key=lambda each: "outside" in str(each.found.member))
    assert "outside" in str(refused.found.member)
    assert refused.records.height == 0
    for found in (put("reviews.csv.gz", gzip.compress(body)), packed, reading(tmp_path / "folder")):
        assert found.records.equals(plain)


def test_rule_17_one_item_in_several_files_is_one_record_in_its_newest_version(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    for name, day, stars in (("a", 20, "FIVE"), ("b", 10, "TWO")):
        item = {
            "reviewId": "r1",
            "starRating": stars,
            "createTime": "2026-01-02T10:00:00Z",
            "updateTime": f"2026-01-{day}T10:00:00Z",
        }
        (tmp_path / f"exports/{name}.json").write_text(json.dumps({"reviews": [item]}), "utf-8")
    found = loaded(tmp_path / "exports", "reviews", tmp_path / "audit")
    assert found.select("native_id", "rating_value", "versions").rows() == [("r1", 5.0, 2)]
