"""SurveyMonkey: two header records, carried question texts, checkboxes and matrices, old encodings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from .exports import CONTEXT, read, text, workbook, write

FIRST = [
    "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
    "Custom Data 1", "How likely is it that you would recommend us?", "Which channels did you use?", "", "", "",
    "Please rate", "", "Anything to add?",
]  # fmt: skip
SECOND = [
    *[""] * 9,
    "Response",
    "E-mail",
    "Phone",
    "App",
    "Other (please specify)",
    "Crew",
    "Food",
    "Open-Ended Response",
]
ROWS = [
    ["115000000001", "4511", "10/27/2025 08:20:15 AM", "10/27/2025 08:23:15 AM", "192.0.2.1", "ana@example.org", "Ana",
     "Example", "ref", "10 - Extremely likely", "E-mail", "", "App", "carrier pigeon", "Very good", "2", "Quick, thanks"],
    ["115000000002", "4511", "11/02/2025 01:00:00 PM", "11/02/2025 01:10:00 PM", "192.0.2.2", "", "", "", "",
     "0 - Not at all likely", "", "Phone", "", "", "Poor", "1", ""],
    ["115000000003", "4511", "1/3/26 4:01", "13/13/2026", "", "", "", "", "", "11", "", "", "", "", "", "", ""],
    ["115000000004", "4511", "11/05/2025 01:00:00 PM", "", "", "", "", "", "x", "", "", "", "", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(tmp_path / "Service.csv", [FIRST, SECOND, *ROWS])


def test_both_header_records_are_headers(export: Path) -> None:
    got = read(export)
    assert (got.detection.system, got.detection.format) == ("surveymonkey", "2 header rows")
    assert got.records["source_row"].to_list() == [3, 4, 5]
    assert got.facts.skipped == {"empty_response": 1}
    assert got.accounts()


def test_scores_with_their_labels(tmp_path: Path) -> None:
    got = read(write(tmp_path / "s.csv", [FIRST, SECOND, *ROWS[:2]]))
    assert got.records["nps_score"].to_list() == [10, 0]
    assert got.record(3)["rating_raw"] == "10 - Extremely likely"
    assert "Q1 taken as NPS: 0–10 answers and 'recommend' in its text; confidence 0.9." in got.notes


def test_answers_beyond_ten_are_not_guessed_to_be_nps(export: Path) -> None:
    got = read(export)
    assert got.records["nps_score"].null_count() == 3
    assert "Q1 may be NPS: answers of 0–11, beyond 0–10, and 'recommend' in its text" in got.notes


def test_a_score_outside_its_scale_is_null_counted_and_warned_of(export: Path) -> None:
    got = read(export, questions={"How likely is it that you would recommend us?": "nps"})
    third = got.record(5)
    assert (third["metric"], third["rating_raw"], third["rating_value"]) == ("nps", "11", None)
    assert "rating_out_of_scale" in third["warnings"]
    assert "Scores outside their scale, left out while their responses were kept: 1." in got.notes
    assert got.answer(5, "Q1")["value_number"] is None


def test_the_question_text_is_carried_on_to_its_options(export: Path) -> None:
    got = read(export)
    ticked, other = (a for a in got.answers_of(3) if a["question_id"] == "Q2")
    assert (ticked["answer_type"], ticked["value_codes"]) == ("multi", ["E-mail", "App"])
    assert ticked["question_text"] == other["question_text"] == "Which channels did you use?"
    assert (other["row_label"], other["value_text"]) == ("Other (please specify)", "carrier pigeon")
    rated = {a["row_label"]: a["value_text"] for a in got.answers_of(3) if a["question_id"] == "Q3"}
    assert rated == {"Crew": "Very good", "Food": "2"}


def test_options_called_e_mail_and_phone_are_no_personal_data(export: Path) -> None:
    got = read(export)
    assert "E-mail" not in got.notes
    assert got.record(3)["author_id"] == CONTEXT.pseudonym("ana@example.org", "email")
    assert "Ana" not in str(got.record(3))


def test_dates_are_american_and_their_zone_is_unknown_until_told(export: Path) -> None:
    first = read(export).record(3)
    assert first["created_at"] == datetime(2025, 10, 27, 8, 23, 15, tzinfo=UTC)
    assert (first["tz_source"], first["duration_s"]) == ("unknown", 180.0)
    assert "tz_unknown" in first["warnings"]
    told = read(export, timezone="America/New_York").record(3)
    assert told["created_at"] == datetime(2025, 10, 27, 12, 23, 15, tzinfo=UTC)
    assert (told["tz_source"], told["warnings"]) == ("assumed", None)


def test_undecided_dates_follow_the_tool_unless_told_otherwise(tmp_path: Path) -> None:
    row = ["1150", "4", "", "03/04/2026 10:00", *[""] * 12, "Nice to talk"]
    path = write(tmp_path / "s.csv", [FIRST, SECOND, row])
    assert read(path).record(3)["created_at"] == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert "month first" in read(path).notes
    assert read(path, day_first=True).record(3)["created_at"] == datetime(2026, 4, 3, 10, tzinfo=UTC)


def test_cr_only_and_macroman(tmp_path: Path) -> None:
    head = [["RespondentID", "What do you think of the café?", "Zufrieden?"], ["", "Open-Ended Response", "Response"]]
    rows = [[f"32928{i:05}", f"Très bien, déjà vu n° {i}", "Déçu"] for i in range(20)]
    path = tmp_path / "mac.csv"
    path.write_bytes(text([*head, *rows], newline="\r").encode("mac_roman"))
    got = read(path)
    assert got.records["text"].to_list() == [row[1] for row in rows]
    assert got.facts.encoding == "mac-roman"
    assert got.facts.rows_read == 20


def test_rounded_ids_identify_nobody(tmp_path: Path) -> None:
    rows = [["3.29E+09", "I liked it"], ["3.29E+09", "I did not"]]
    head = [["RespondentID", "Your words"], ["", "Open-Ended Response"]]
    got = read(write(tmp_path / "s.csv", [*head, *rows]))
    assert got.records["native_id"].to_list() == [None, None]
    assert got.facts.ids_damaged == 2
    assert "id_damaged" in got.record(3)["warnings"]


def test_spss_like_variant(tmp_path: Path) -> None:
    header = [
        "",
        "StartDate",
        "EndDate",
        "q0001",
        "q0002_0001",
        "q0002_0002",
        "q0003_0001",
        "q0003_0002",
        "age",
        "weight",
    ]
    rows = [
        ["1", "5/10/18 4:01", "5/10/18 4:06", "Very", "Not selected", "News", "Often", "Rarely", "35", "1.5"],
        ["2", "5/22/18 6:30", "5/22/18 6:53", "Some", "Family", "News", "Rarely", "NA", "64", "0.5"],
    ]
    got = read(write(tmp_path / "raw.csv", [header, *rows]))
    assert got.detection.format == "SPSS-like"
    assert got.answer(2, "q0002")["value_codes"] == ["News"]
    assert got.answer(3, "q0002")["value_codes"] == ["Family", "News"]
    assert [a["value_text"] for a in got.answers_of(3) if a["question_id"] == "q0003"] == ["Rarely"]
    assert got.record(2)["weight"] == 1.5
    assert got.record(2)["extra"] == '{"age":"35"}'
    assert got.record(3)["created_at"] == datetime(2018, 5, 22, 6, 53, tzinfo=UTC)


def test_one_flattened_header(tmp_path: Path) -> None:
    header = ["RespondentID", "Main dish?", "Main dish? - Other (please specify)", "Sides? Tick all - Peas",
              "Sides? Tick all - Corn", "Sides? Tick all - Other (please specify)",
              "Sides? Tick all - Other (please specify)"]  # fmt: skip
    rows = [
        ["1001", "Other (please specify)", "stew", "Peas", "Corn", "", ""],
        ["1002", "Rice", "", "", "Corn", "Other (please specify)", "figs"],
    ]
    got = read(write(tmp_path / "flat.csv", [header, *rows]))
    assert got.detection.format == "1 header row"
    main, dish = (a for a in got.answers_of(2) if a["question_id"] == "Q1")
    assert (main["value_text"], dish["value_text"], dish["answer_type"]) == ("Other (please specify)", "stew", "text")
    ticked, other = (a for a in got.answers_of(3) if a["question_id"] == "Q2")
    assert ticked["value_codes"] == ["Corn", "Other (please specify)"]
    assert other["value_text"] == "figs"


def test_workbook(tmp_path: Path) -> None:
    cells = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in ROWS[:2]]
    got = read(workbook(tmp_path / "Service.xlsx", [FIRST, SECOND, *cells]))
    assert got.records["native_id"].to_list() == ["115000000001", "115000000002"]
    assert got.records["nps_score"].to_list() == [10, 0]


def test_a_comma_within_a_label_does_not_make_it_two_choices(tmp_path: Path) -> None:
    head = [["RespondentID", "Is it rude?", "Which days?"], ["", "Response", "Response"]]
    rude = ["No, not at all", "Yes, somewhat", "Yes, very"]
    days = ["Mon, Tue", "Tue", "Mon, Wed", "Wed", "Mon", "Tue, Wed"]
    rows = [[str(3000 + i), rude[i % 3], days[i % 6]] for i in range(24)]
    got = read(write(tmp_path / "s.csv", [*head, *rows]))
    assert got.answer(3, "Q1")["answer_type"] == "single"
    assert got.answer(3, "Q2")["value_codes"] == ["Mon", "Tue"]
