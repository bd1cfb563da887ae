"""Qualtrics: header records are no respondents, previews are none either, metadata is known in any language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, detect, imports, read, source, text, workbook, write

NAMES = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
    "Q1", "Q1_NPS_GROUP", "Q2", "Q3", "Q3 - Topics", "Q4_1", "Q4_2", "Q4_3", "Q4_3_TEXT", "Q5_1", "Q5_2", "Q6",
    "segment", "store", "",
]  # fmt: skip
GERMAN = [
    "Anfangsdatum", "Enddatum", "Antworttyp", "IP-Adresse", "Aktueller Stand", "Dauer (in Sekunden)", "Beendet",
    "Erfassungsdatum", "Antwort-ID", "Nachname", "Vorname", "E-Mail", "Externe Datenreferenz", "Breitengrad",
    "Längengrad", "Verteilungskanal", "Benutzersprache",
    "How likely are you to recommend us?", "How likely … - Group", "How satisfied were you with the flight?",
    "Tell us more", "Q3 - Topics", "What did you use? - App", "What did you use? - Desk", "What did you use? - Other",
    "What did you use? - Other - Text", "Please rate - Crew", "Please rate - Food", "Which meals?",
    "segment", "store", "",
]  # fmt: skip
IDS: list[Any] = [
    "startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished",
    {"ImportId": "recordedDate", "timeZone": "Europe/Berlin"}, "_recordId", "recipientLastName", "recipientFirstName",
    "recipientEmail", "externalDataReference", "locationLatitude", "locationLongitude", "distributionChannel",
    "userLanguage", "QID1", "QID1_NPS_GROUP", "QID2", "QID3_TEXT", "QID3_TEXT_0aTopics",
    {"ImportId": "QID4", "choiceId": "1"}, {"ImportId": "QID4", "choiceId": "2"}, {"ImportId": "QID4", "choiceId": "3"},
    "QID4_3_TEXT", "QID5_1", "QID5_2", "QID6", "segment", "store", "",
]  # fmt: skip
DEFAULTS = {
    "StartDate": "2026-01-10 09:00:00", "EndDate": "2026-01-10 09:02:00", "Status": "0", "IPAddress": "192.0.2.7",
    "Progress": "100", "Duration (in seconds)": "120", "Finished": "1", "RecordedDate": "2026-01-10 09:02:01",
    "DistributionChannel": "email", "UserLanguage": "DE", "segment": "gold",
}  # fmt: skip


def row(ident: str, **cells: str) -> list[str]:
    values = DEFAULTS | {"ResponseId": ident} | cells
    return [values.get(name, "") for name in NAMES]


ROWS = [
    row("R_1", Q1="9", Q1_NPS_GROUP="3", Q2="4", Q3="Lovely\ncrew", Q4_1="1", Q4_3="1", Q4_3_TEXT="a lounge",
        Q5_1="5", Q5_2="2", Q6="1,3", RecipientEmail="Ana@Example.org", RecipientLastName="Example"),
    row("R_2", Q1="0", Q1_NPS_GROUP="1", Q2="-99", Q6="2"),
    row("R_3", Status="1", Q1="10"),
    row("R_4", Status="Survey Test", Q1="10"),
    row("R_5", Status="8", Q1="10"),
    row("R_6"),
    row("R_7", Q1="8", Q1_NPS_GROUP="3", RecordedDate="2026-02-30 10:00:00", Q6="1,2"),
]  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(tmp_path / "Flight_survey.csv", [NAMES, GERMAN, imports(IDS), *ROWS], newline="\n")


def test_it_is_certain_of_import_ids_whatever_the_language(export: Path) -> None:
    found = detect(export)
    assert found is not None
    assert (found.system, found.format, found.confidence) == ("qualtrics", "3 header rows", 1.0)


def test_no_header_is_a_respondent_and_previews_tests_and_spam_are_skipped(export: Path) -> None:
    got = read(export)
    assert got.records["native_id"].to_list() == ["R_1", "R_2", "R_7"]
    assert got.records["source_row"].to_list() == [4, 5, 10]
    assert got.facts.skipped == {"survey_preview": 1, "survey_test": 1, "survey_spam": 1, "empty_response": 1}
    assert got.facts.rows_read == 7
    assert got.accounts()


def test_a_response_is_one_record_with_all_its_scores(export: Path) -> None:
    first = read(export).record(4)
    assert (first["kind"], first["channel"], first["metric"]) == ("survey_response", "survey", "nps")
    assert (first["nps_score"], first["nps_group"], first["rating_value"], first["rating_norm"]) == (
        9, "promoter", 9.0, 0.9,
    )  # fmt: skip
    assert (first["csat_value"], first["csat_max"]) == (4.0, 5.0)
    assert (first["question_id"], first["question_text"]) == ("Q1", "How likely are you to recommend us?")
    assert first["text"] == "Lovely\ncrew"
    assert (first["language"], first["language_source"], first["complete"]) == ("de", "source", True)
    assert (first["duration_s"], first["segment"]) == (120.0, "gold")
    assert first["brand_authored"] is False


def test_the_zone_of_the_third_header_record_is_used(export: Path) -> None:
    got = read(export, timezone="Asia/Tokyo")
    assert got.record(4)["created_at"] == datetime(2026, 1, 10, 8, 2, 1, tzinfo=UTC)
    assert got.record(4)["tz_source"] == "header"
    assert got.facts.zone == "Europe/Berlin"


def test_zero_is_a_detractor_and_seen_but_unanswered_is_missing(export: Path) -> None:
    second = read(export).record(5)
    assert (second["nps_score"], second["nps_group"], second["csat_value"]) == (0, "detractor", None)
    assert [a["question_id"] for a in read(export).answers_of(5)] == ["Q1", "Q6"]


def test_a_bad_date_and_a_contradicting_group_are_warnings_not_losses(export: Path) -> None:
    got = read(export)
    seventh = got.record(10)
    assert seventh["created_at"] is None
    assert seventh["created_at_raw"] == "2026-02-30 10:00:00"
    assert {"date_unreadable", "nps_group_differs"} <= set(seventh["warnings"])
    assert "Dates that could not be read" in got.notes


def test_every_question_goes_to_answers(export: Path) -> None:
    got = read(export)
    assert got.answer(4, "Q1")["answer_type"] == "scale"
    by_label = {(a["question_id"], a["row_label"]): a for a in got.answers_of(4)}
    assert by_label["Q4", None]["value_codes"] == ["App", "Other"]
    assert by_label["Q4", "Other"]["value_text"] == "a lounge"
    assert by_label["Q5", "Crew"]["value_number"] == 5.0
    assert by_label["Q5", "Food"]["question_text"] == "Please rate"
    assert by_label["Q6", None]["value_codes"] == ["1", "3"]


def test_personal_columns_leave_a_pseudonym_and_nothing_else(export: Path) -> None:
    got = read(export)
    assert got.record(4)["author_id"] == CONTEXT.pseudonym("ana@example.org", "email")
    everything = got.records.write_json() + got.answers.write_json() + got.notes
    for secret in ("192.0.2.7", "ana@example.org", "Ana@", '"Example"'):
        assert secret not in everything
    assert "IPAddress" in got.notes
    assert "RecipientEmail" in got.notes


def test_unmapped_metadata_is_kept_with_sorted_keys(export: Path) -> None:
    assert read(export).record(4)["extra"] == '{"DistributionChannel":"email","Progress":"100","Q1_NPS_GROUP":"3"}'


def test_metadata_may_fill_a_canonical_column_or_be_a_score(tmp_path: Path) -> None:
    rows = [[*r[:-2], "S7" if i else "9", ""] for i, r in enumerate(ROWS[:2])]
    path = write(tmp_path / "q.csv", [NAMES, GERMAN, imports(IDS), *rows])
    assert read(path, columns={"location_id": "store"}).record(5)["location_id"] == "S7"
    assert read(path, questions={"store": "nps"}).record(4)["nps_score"] == 9
    assert "`columns` names 'shop'" in read(path, columns={"location_id": "shop"}).notes


def test_utf16_tsv_and_two_header_workbook(tmp_path: Path) -> None:
    tsv = tmp_path / "survey.tsv"
    tsv.write_bytes(b"\xff\xfe" + text([NAMES, GERMAN, imports(IDS), *ROWS], delimiter="\t").encode("utf-16-le"))
    assert read(tsv).records["native_id"].to_list() == ["R_1", "R_2", "R_7"]
    book = read(workbook(tmp_path / "survey.xlsx", [NAMES, GERMAN, *ROWS]))
    assert book.detection.format == "2 header rows"
    assert book.records["native_id"].to_list() == ["R_1", "R_2", "R_7"]
    assert book.record(3)["nps_score"] == 9
    assert book.record(3)["tz_source"] == "unknown"


def test_one_header_row_left(tmp_path: Path) -> None:
    got = read(write(tmp_path / "q.csv", [NAMES, *ROWS]))
    assert got.detection.format == "1 header rows"
    assert got.records["source_row"].to_list() == [2, 3, 8]


def test_legacy_layout(tmp_path: Path) -> None:
    first = [*(f"V{i}" for i in range(1, 11)), "Q1", "Q2", "LocationLatitude", ""]
    second = [
        "ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status",
        "StartDate", "EndDate", "Finished", "How likely are you to recommend us (0-10)?", "Why?", "LocationLatitude", "",
    ]  # fmt: skip
    data = ["R_9", "Default", "Ana", "", "ana@example.org", "192.0.2.7", "0", "2017-07-18 08:28:09",
            "2017-07-18 08:28:48", "1", "7", "It was fine", "47.1", ""]  # fmt: skip
    path = tmp_path / "legacy.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text([first, second, data]).encode())
    got = read(path)
    assert (got.detection.format, got.facts.rows_read) == ("legacy", 1)
    record = got.record(3)
    assert (record["native_id"], record["nps_score"], record["text"]) == ("R_9", 7, "It was fine")
    assert record["author_id"] == CONTEXT.pseudonym("ana@example.org", "email")
    assert "Ana" not in str(record)


def test_suggested_options_read_the_file_as_the_guess_does(export: Path) -> None:
    data, survey = source(export), source(export)
    from cxreport.api import Input

    found = survey.detect(Input.at(export))
    assert found is not None
    options = data.suggest(Input.at(export), found)
    assert options == {"questions": {"Q1": "nps", "Q2": {"metric": "csat", "min": 1, "max": 5}, "Q3": "text"}}
    assert read(export, **options).records["csat_value"].to_list() == read(export).records["csat_value"].to_list()
