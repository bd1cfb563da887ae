"""The biggest traps of feedback exports: the 24 of the format reference (§10), one test each, file to records."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from cxreport.cli.main import cli

from .recognition import Reading, loaded, read_once, reading, readings

INVENTED = Path(__file__).parent / "invented"
Put = Callable[..., Reading]


def sample(name: str) -> Reading:
    """An invented export."""
    [found] = read_once(INVENTED / name)
    return found


def rows(found: Reading) -> list[dict[str, Any]]:
    return found.records.to_dicts()


def chosen(found: Reading) -> list[list[str]]:
    """The answers of questions that may be answered by several choices."""
    return found.answers["value_codes"].drop_nulls().to_list()


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """`put(name, text, encoding)`: write a file and read it."""

    def to_file(name: str, text: str, encoding: str = "utf-8") -> Reading:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return reading(path)

    return to_file


AIRLINE = "tweet_id,airline_sentiment,airline,text,tweet_created\n"


def test_trap_01_ids_through_a_spreadsheet_merge_nothing(put: Put, tmp_path: Path) -> None:
    at = "2015-02-24 11:35:52 -0800"
    found = put("Tweets.csv", AIRLINE + "".join(f"5.70306E+17,neutral,A,{text},{at}\n" for text in ("a", "b", "c")))
    assert found.records.select("native_id", "id_damaged").rows() == [(None, True)] * 3
    assert found.found.facts.ids_damaged == 3
    assert any("damaged" in note or "rounded" in note for note in found.found.facts.notes)
    merged = loaded(tmp_path / "Tweets.csv", "twitter", tmp_path / "audit")
    assert sorted(merged["text"]) == ["a", "b", "c"]


def test_trap_02_an_archive_holds_no_customers_words() -> None:
    found = sample("x.archive/2026")
    assert found.found.facts.frame == "own_posts"
    assert found.records["brand_authored"].to_list() == [True] * 7
    assert any("no customer's words" in note and "mentions" in note for note in found.found.facts.notes)
    [repost] = [row for row in rows(found) if row["kind"] == "repost"]
    assert (repost["text_truncated"], repost["likes"], repost["reposts"]) == (True, None, None)


def test_trap_03_only_three_entities_of_x_are_unescaped(put: Put) -> None:
    said = "See https://m.example/?a=1&copy=2&para=3 &amp;lt; &lt;3 A&amp;B"
    found = put("twcs.csv", f"tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
                            f"1,115712,True,Tue Oct 31 22:10:47 +0000 2017,{said},,\n")  # fmt: skip
    assert found.records["text"].to_list() == ["See https://m.example/?a=1&copy=2&para=3 &lt; <3 A&B"]
    assert html.unescape(said) != found.records["text"].item()


def test_trap_04_long_posts_stand_in_note_tweets_and_length_proves_nothing() -> None:
    posts = {row["text"][:6]: row for row in rows(sample("x.archive/2026"))}
    noted, mentions = posts["We hav"], posts["@a_exa"]
    assert noted["text"].strip().endswith("here is what we found.")
    assert noted["text_original"].endswith("… https://t.co/NoteNoteNo")
    assert (len(mentions["text"]) > 280, mentions["text_original"]) == (True, None)


def test_trap_05_before_november_2010_only_the_day_is_known() -> None:
    found = {row["text"]: row for row in rows(sample("x.classic/archive"))}
    first, later = found["Our first word here"], found["Winter timetable is out"]
    assert (first["time_precision"], later["time_precision"]) == ("day", "second")


def test_trap_06_a_user_replied_to_is_no_thread() -> None:
    found = {row["in_reply_to_handle"]: row for row in rows(sample("x.archive/2026")) if row["in_reply_to_handle"]}
    assert (found["bo_example"]["kind"], found["bo_example"]["in_reply_to_id"]) == ("mention", None)
    assert (found["ana_example"]["kind"], found["ana_example"]["in_reply_to_id"]) == ("reply", "2029000000000000001")


def test_trap_07_customers_may_stand_in_includes_and_reposts_carry_foreign_counts() -> None:
    found = sample("x.api.v2/pages.jsonl")
    parent = found.by_id("2029000000000000001")
    assert (parent["is_context"], parent["text"]) == (True, "@meridianair where is my bag & my seat?")
    repost = found.by_id("2029000000000000012")
    assert (repost["metrics_of_original"], repost["likes"], repost["text_truncated"]) == (True, None, False)
    flattened = sample("x.twarc_csv/harvest.csv").by_id("2029000000000000012")
    assert (flattened["kind"], flattened["metrics_of_original"]) == ("repost", True)


def test_trap_08_play_reviews_are_utf16_return_each_month_and_hide_their_ids(tmp_path: Path) -> None:
    folder = INVENTED / "google_play.console"
    assert {each.found.facts.encoding for each in readings(folder)} == {"utf-16"}
    found = loaded(folder, "reviews", tmp_path / "audit").filter(kind="review")
    assert found.select("native_id", "versions", "rating_value").rows() == [
        ("00000001-aaaa-bbbb-cccc-000000000001", 2, 4.0), ("gp:AOqpTOF_example", 1, 5.0),
    ]  # fmt: skip


def test_trap_09_title_and_text_glued_together_come_apart() -> None:
    play = sample("google_play.api/reviews.json").records.row(0, named=True)
    assert (play["title"], play["text"]) == ("Hangs", "It hangs after the passport page")
    glued = sample("trustpilot.scrape/glued.csv").records.row(0, named=True)
    assert glued["text"].endswith("they rebooked us at once.")
    flat = sample("trustpilot.scrape/flat.csv").records.row(0, named=True)
    assert (flat["title"], flat["text"]) == (None, "Delivery was very fast and the crew was kind.")


def test_trap_10_a_translated_review_is_analysed_once_in_its_own_words() -> None:
    review = sample("google.business/accounts-1-locations-55.json").by_id("r1")
    assert (review["text"], review["text_translated"]) == ("Die Lounge war kalt", "The lounge was cold")


def test_trap_11_the_rating_of_a_place_is_not_that_of_a_review() -> None:
    assert sample("google.outscraper/reviews.csv").by_id("Ch1")["rating_value"] == 1.0
    assert sample("google.apify/dataset.json").by_id("Ch1")["rating_value"] == 4.0


@pytest.mark.parametrize(
    "name",
    ["google_play.scrape", "sprout", "meltwater", "surveymonkey", "ms_forms", "google_forms", "booking", "yelp", "zendesk.view"],
)  # fmt: skip
def test_trap_12_a_time_without_a_zone_is_not_said_to_be_utc(name: str) -> None:
    tables = [path for path in (INVENTED / name).iterdir() if path.name != "bulk.json"]  # the API tells its offset
    found = pl.concat([each.records for path in tables for each in read_once(path)]).filter(
        pl.col("created_at").is_not_null()
    )
    assert found.height
    assert found["tz_source"].unique().to_list() == ["unknown"]


def test_trap_13_headers_and_previews_of_qualtrics_are_no_respondents_and_codes_no_scale(put: Put) -> None:
    ids = {path.name: reading(path).records["native_id"].to_list() for path in (INVENTED / "qualtrics").iterdir()}
    assert ids == {
        "Flug_January 10, 2026_09.30.csv": ["R_1", "R_2"], "Flug.tsv": ["R_1"], "Flug.xlsx": ["R_1"], "legacy.csv": ["R_9"],
        "responses.json": ["R_5"],
    }  # fmt: skip
    imports = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in ("_recordId", "recordedDate", "QID1"))
    codes = "".join(f"R_{code},2026-01-10 09:02:01,{code}\n" for code in (4, 21, 22, 1))
    found = put("recoded.csv", f"ResponseId,RecordedDate,Q1\nId,Date,How satisfied were you?\n{imports}\n{codes}")
    assert found.system == "qualtrics"
    assert found.records["csat_value"].drop_nulls().to_list() == []


def test_trap_14_questions_of_surveymonkey_span_columns_and_not_selected_is_no_answer() -> None:
    found = sample("surveymonkey/expanded.csv")
    used = found.answers.filter(question_text="What did you use?")
    assert used["value_codes"].drop_nulls().to_list() == [["App"], ["App", "Desk"]]
    assert used.filter(row_label="Other (please specify)")["value_text"].to_list() == ["Pigeon"]
    mac = sample("surveymonkey/mac-excel.csv")
    assert (mac.records.height, mac.found.facts.encoding) == (2, "mac-roman")
    assert mac.records["text"].to_list() == ["The café’s crew", "“Late”"]
    assert chosen(sample("surveymonkey/spss-like.csv")) == [["App"], ["Desk"]]


@pytest.mark.parametrize(
    ("question", "scores", "nps"),
    [
        ("How likely are you to recommend us?", (0, 7, 10, 9), [0, 7, 10, 9]),
        ("How likely are you to recommend us (1 to 10)?", (1, 7, 10, 9), []),
        ("How likely are you to recommend us, from 1 to 5?", (1, 3, 5, 5), []),
    ],
)
def test_trap_15_nps_is_0_to_10_and_zero_is_a_detractor(
    put: Put, question: str, scores: tuple[int, ...], nps: list[int]
) -> None:
    found = put(
        "form.csv", f'Timestamp,"{question}"\n' + "".join(f"3/2{i}/2026 15:03:59,{s}\n" for i, s in enumerate(scores))
    )
    assert found.records["nps_score"].drop_nulls().to_list() == nps
    assert found.records.filter(nps_score=0)["nps_group"].to_list() == (["detractor"] if nps else [])


def test_trap_16_good_and_bad_are_binary_offered_is_no_answer_and_codes_no_values() -> None:
    rated = sample("zendesk/satisfaction_ratings.json")
    assert rated.records.select("metric", "rating_value", "rating_max").rows() == [("binary", 1.0, 1.0)]
    assert sum(rated.found.facts.skipped.values()) == 1
    codes = sample("freshdesk/satisfaction_ratings.json").records
    assert codes.select("rating_raw", "rating_value", "rating_norm").rows() == [("103", 7.0, 1.0), ("-103", 1.0, 0.0)]


def test_trap_17_every_rating_carries_its_scale_and_whence_it_is() -> None:
    whole = pl.concat([each.records for path in sorted(INVENTED.glob("*/*")) for each in read_once(path)])
    rated = whole.filter(pl.col("rating_value").is_not_null())
    assert rated.select(pl.col("rating_min", "rating_max", "rating_scale_source").null_count()).row(0) == (0, 0, 0)
    scales = {name: sample(name).records.select("rating_min", "rating_max").row(0) for name in (
        "booking/reviews_meridian-inn.csv", "agoda/reviews.csv", "g2/survey-responses.json",
    )}  # fmt: skip
    assert list(scales.values()) == [(1.0, 10.0), (0.0, 10.0), (0.0, 5.0)]
    vendor = sample("talkwalker/documents.csv").records.row(0, named=True)
    assert (vendor["sentiment_vendor"], vendor["rating_value"]) == ("-5", None)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("ms_forms/Survey(1-2).xlsx", [["App", "Bureau"], ["App"]]),
        ("google_forms/Umfrage.csv", [["App", "Schalter, Gepäck"], ["App"], ["App", "Schalter, Gepäck"], ["Schalter, Gepäck", "App"]]),
        ("typeform/responses-AbCd-token.csv", [["Home", "Prices"], ["Prices", "Home"], ["Home"]]),
        ("formbricks/export-flight-2026-01-10.csv", [["App", "Desk"], ["App"], ["Desk", "App"]]),
        ("surveymonkey/expanded.csv", [["App"], ["App", "Desk"]]),
        ("alchemer/export.csv", [["App"]]),
        ("limesurvey/results-survey8020.csv", [["SQ001"], ["SQ002"]]),
    ],
)  # fmt: skip
def test_trap_18_several_choices_are_joined_by_every_tool_in_its_own_way(name: str, choices: list[list[str]]) -> None:
    assert chosen(sample(name)) == choices


def test_trap_19_headers_in_other_languages(put: Put) -> None:
    for name, score in (("qualtrics/Flug.tsv", 0), ("ms_forms/Survey(1-2).xlsx", 9), ("google_forms/Umfrage.csv", 9)):
        assert sample(name).records["nps_score"].item(0) == score, name
    header = ",".join(f"열 {number}" for number in range(17))
    row = (
        '2029000000000000031,"Tue, Jul 14, 2026",Hi,https://x.com/meridianair/status/2029000000000000031,9,5'
        + ",0" * 11
    )
    assert put("account_analytics_content.csv", f"{header}\n{row}\n").records["likes"].to_list() == [5]


def test_trap_20_one_broken_block_of_a_page_hides_nothing_and_an_average_is_no_review(put: Put) -> None:
    page = (INVENTED / "schema_org/saved.html").read_text("utf-8")
    broken = '<script type="application/ld+json">{"@type": "Review" "name": broken}</script>'
    found = put("page.html", page.replace("<script", f"{broken}<script", 1))
    assert [reject.code for reject in found.rejects] == ["broken"]
    assert found.records.select("text", "rating_value").rows() == [("Packs small.", 4.5)]


def test_trap_21_the_header_need_not_be_the_first_row() -> None:
    for name, row in (("hootsuite/post_performance.csv", 3), ("brandwatch/bulk_mentions.csv", 7)):
        found = sample(name)
        assert (found.found.facts.header_row, found.records["source_row"].item(0)) == (row, row + 1)


def test_trap_22_formulas_neither_come_in_nor_go_out(put: Put, tmp_path: Path) -> None:
    text = '=HYPERLINK(""https://m.example"")'
    found = put("Tweets.csv", f'{AIRLINE}1,neutral,A,=@MeridianAir late,2015-02-24 11:35:52 -0800\n'
                              f'2,neutral,A,"{text}",2015-02-24 11:36:52 -0800\n')  # fmt: skip
    assert found.records["text"].to_list() == ["@MeridianAir late", text.replace('""', '"')]
    config = {"version": 1, "brand": {"names": ["Meridian Air"]}, "privacy": {"key": "a key of no importance"}}
    config["sources"] = [{"id": "posts", "type": "twitter", "path": "Tweets.csv"}]
    (tmp_path / "config.yaml").write_text(json.dumps(config), "utf-8")
    project = ["-c", str(tmp_path / "config.yaml")]
    done = CliRunner().invoke(cli, ["export", "records", *project, "--output", str(tmp_path / "out.csv")])
    assert done.exit_code == 0, done.output
    out = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert sorted(out["text"]) == ["'" + text.replace('""', '"'), "'@MeridianAir late"]


def test_trap_23_private_members_and_numbers_stay_out() -> None:
    archive = sample("x.archive/2026")
    assert any("direct-messages.js" in note and "Not opened" in note for note in archive.found.facts.notes)
    kept = {name: json.dumps([sample(name).records.write_json(), sample(name).found.facts.notes]) for name in (
        "x.archive/2026", "booking/reviews_meridian-inn.csv", "qualtrics/responses.json", "google_forms/Umfrage.csv",
    )}  # fmt: skip
    for secret in ("this is private", "4411223344", "192.0.2.9", "ana@example.org", "post@meridianair"):
        assert [name for name, text in kept.items() if secret in text] == []


def test_trap_24_caps_of_the_vendors_are_told() -> None:
    told = {
        "app_store.rss/page1-gb.json": "500", "google.places/details.json": "five reviews", "google_play.api/reviews.json": "seven days",
    }  # fmt: skip
    for name, words in told.items():
        assert any(words in note for note in sample(name).found.facts.notes), name
    assert {sample(name).found.facts.frame for name in list(told)[1:]} == {"capped"}


def test_trap_24_a_round_number_of_mentions_is_a_cap(put: Put) -> None:
    header = "SocialNetwork,SenderScreenName,Message,UniversalMessageId,CreatedTime\n"
    body = "".join(f"TWITTER,ana{i},Where is my bag {i}?,{i},03/25/2026 17:16\n" for i in range(5_000))
    found = put("stream.csv", header + body)
    assert (found.found.facts.frame, found.found.facts.rows_read) == ("capped", 5_000)
