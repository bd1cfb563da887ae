"""Questions mapped in the configuration: by column, id or text; scales, directions, versions, priorities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from .exports import Outcome, read, source, write

HEAD = [
    ["RespondentID", "Score us", "Effort", "Ease", "Mood", "Words", "More words"],
    ["", "Response", "Response", "Response", "Response", "Open-Ended Response", "Open-Ended Response"],
]
ROWS = [
    ["1001", "9", "1", "7", "2", "It went well", "Really"],
    ["1002", "", "5", "1", "1", "", "Not good"],
    ["1003", "12", "", "", "", "", ""],
    ["1004", "n/a", "9", "4", "Great", "", ""],
]


def mapped(tmp_path: Path, questions: dict[str, Any]) -> Outcome:
    return read(write(tmp_path / "s.csv", [*HEAD, *ROWS]), questions=questions)


def test_all_scores_stand_on_one_record_and_nps_is_the_main_one(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Score us": "nps", "Ease": "ces", "Mood": {"metric": "csat", "max": 5}})
    first, second = got.record(3), got.record(4)
    assert (first["metric"], first["question_id"], first["rating_value"]) == ("nps", "Q1", 9.0)
    assert (first["csat_value"], first["csat_max"], first["ces_value"], first["ces_max"]) == (2.0, 5.0, 7.0, 7.0)
    assert (second["metric"], second["rating_value"], second["rating_max"]) == ("csat", 1.0, 5.0)
    assert second["ces_value"] == 1.0


def test_ces_defaults_to_version_two_and_says_so(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Ease": "ces"})
    assert got.records["ces_max"].drop_nulls().unique().to_list() == [7.0]
    assert "Q3 mapped as CES on 1–7, version 2.0, high is good." in got.notes


def test_old_ces_is_reversed_and_kept_apart(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Effort": {"metric": "ces", "version": "1.0"}})
    first, fourth = got.record(3), got.record(6)
    assert (first["ces_value"], first["ces_max"], first["rating_reversed"], first["rating_norm"]) == (
        1.0,
        5.0,
        True,
        1.0,
    )
    assert (fourth["rating_raw"], fourth["ces_value"], fourth["ces_max"]) == ("9", None, None)
    assert "low is good" in got.notes


def test_a_reversed_csat_beside_another_main_score_is_turned_round(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Score us": "nps", "Effort": {"metric": "csat", "min": 1, "max": 5, "reversed": True}})
    assert (got.record(3)["metric"], got.record(3)["csat_value"]) == ("nps", 5.0)
    second = got.record(4)
    assert (second["metric"], second["csat_value"], second["rating_reversed"], second["rating_norm"]) == (
        "csat", 5.0, True, 0.0,
    )  # fmt: skip


def test_no_answer_is_no_bad_answer(tmp_path: Path) -> None:
    fourth = mapped(tmp_path, {"Score us": "nps"}).record(6)
    assert (fourth["metric"], fourth["warnings"]) == (None, None)


def test_labels_of_the_user(tmp_path: Path) -> None:
    labels = {"Great": 5, "Awful": 1}
    got = mapped(tmp_path, {"Mood": {"metric": "csat", "labels": labels}})
    assert got.records["csat_value"].to_list() == [2.0, 1.0, None, 5.0]


def test_texts_are_joined_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"More words": "text", "Words": "text"})
    assert got.record(3)["text"] == "Really\n\nIt went well"
    assert got.record(4)["text"] == "Not good"


def test_ignored_questions_leave_nothing(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Words": "ignore", "More words": "ignore"})
    assert got.records["text"].null_count() == 4
    assert {"Q5", "Q6"}.isdisjoint(got.answers["question_id"])


def test_a_question_is_found_by_text_whatever_its_case_and_punctuation(tmp_path: Path) -> None:
    assert mapped(tmp_path, {"score US.": "nps"}).record(3)["nps_score"] == 9
    assert mapped(tmp_path, {"Q1": "nps"}).record(3)["nps_score"] == 9


def test_an_unknown_question_is_named_with_its_neighbour(tmp_path: Path) -> None:
    notes = mapped(tmp_path, {"Scor us": "nps"}).notes
    assert "`questions` names 'Scor us', which is no question of this file; did you mean 'Score us'?" in notes


def test_with_a_mapping_nothing_else_is_guessed(tmp_path: Path) -> None:
    head = [["RespondentID", "Would you recommend us?", "How satisfied?"], ["", "Response", "Response"]]
    rows = [["1", "0", "5"], ["2", "10", "1"]]
    got = read(write(tmp_path / "s.csv", [*head, *rows]), questions={"How satisfied?": "csat"})
    assert got.records["nps_score"].null_count() == 2
    assert got.records["csat_max"].to_list() == [5.0, 5.0]


def test_a_second_question_of_a_metric_stands_among_the_answers_only(tmp_path: Path) -> None:
    got = mapped(tmp_path, {"Mood": {"metric": "csat", "max": 5}, "Effort": {"metric": "csat", "max": 5}})
    assert got.records["csat_value"].to_list() == [2.0, 1.0, None, None]
    assert got.answer(4, "Q2")["value_number"] == 5.0
    assert "CSAT of a response is that of Q4; Q2 stand among the answers only." in got.notes


def test_a_question_about_a_part_is_no_score_of_the_whole(tmp_path: Path) -> None:
    part = {"metric": "csat", "max": 5, "topic": "Check-in"}
    got = mapped(tmp_path, {"Effort": part, "Mood": {"metric": "csat", "max": 5}})
    assert got.records["csat_value"].to_list() == [2.0, 1.0, None, None]
    about, whole = got.answer(4, "Q2"), got.answer(4, "Q4")
    assert (about["answer_type"], about["row_label"], about["value_number"], about["scale_max"]) == (
        "scale", "Check-in", 5.0, 5.0,
    )  # fmt: skip
    assert whole["row_label"] is None
    assert "Q2 mapped as CSAT of 'Check-in' on 1–5, high is good." in got.notes
    assert "stand among the answers only" not in got.notes


def test_a_part_where_low_is_good_is_turned_round(tmp_path: Path) -> None:
    part = {"metric": "csat", "min": 1, "max": 5, "reversed": True, "topic": "Waiting"}
    got = mapped(tmp_path, {"Effort": part})
    assert [got.answer(row, "Q2")["value_number"] for row in (3, 4)] == [5.0, 1.0]
    assert got.answer(3, "Q2")["value_text"] == "1"


HEAD_OF_GRID = [["RespondentID", "Rate", "", "Words"], ["", "Crew", "Food", "Open-Ended Response"]]


def test_the_rows_of_a_grid_are_parts(tmp_path: Path) -> None:
    rows = [["1", "4", "5", "Nice and calm"], ["2", "4", "", ""], ["3", "4", "9", ""]]
    path = write(tmp_path / "s.csv", [*HEAD_OF_GRID, *rows])
    got = read(path, questions={"Rate": {"metric": "csat", "max": 5}})
    given = [(a["row_label"], a["value_number"], a["scale_max"]) for a in got.answers_of(3) if a["question_id"] == "Q1"]
    assert given == [("Crew", 4.0, 5.0), ("Food", 5.0, 5.0)]
    assert [a["value_number"] for a in got.answers_of(5)] == [4.0, None]
    assert got.records["csat_value"].null_count() == 3
    assert "Q1 mapped as CSAT of 'Crew' on 1–5" in got.notes


def test_one_row_of_a_grid_may_be_the_score_of_the_whole(tmp_path: Path) -> None:
    head = ["Timestamp", "How was it? [Crew]", "How was it? [All in all]"]
    path = write(tmp_path / "s.csv", [head, ["2026-01-02 10:00:00", "4", "2"], ["2026-01-03 10:00:00", "5", "5"]])
    part = {"metric": "csat", "max": 5, "topic": "The crew"}
    whole = {"metric": "csat", "max": 5}
    got = read(path, questions={head[1]: part, head[2]: whole})
    assert got.records["csat_value"].to_list() == [2.0, 5.0]
    assert [(a["row_label"], a["value_number"]) for a in got.answers_of(2)] == [(None, 2.0), ("The crew", 4.0)]


def test_a_grid_is_no_recommendation(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", [*HEAD_OF_GRID, ["1", "4", "5", "Nice and calm"]])
    got = read(path, questions={"Rate": "nps"})
    assert "cannot be one nps score" in got.notes
    assert got.record(3)["nps_score"] is None


@pytest.mark.parametrize(
    "question",
    [
        {"metric": "nps", "max": 5}, {"metric": "nps", "reversed": True}, {"metric": "csat", "version": "2.0"},
        {"metric": "csat", "min": 5, "max": 1}, {"metric": "nps", "topic": "Crew"}, {"metric": "text", "topic": "Crew"},
        {"metric": "stars"}, {"metric": "ces", "version": "3"}, "happiness",
    ],
)  # fmt: skip
def test_contradicting_options_are_refused(question: Any) -> None:
    with pytest.raises(ValidationError):
        source(Path("x.csv"), questions={"Q1": question})


def test_a_mapping_is_compared_with_what_the_question_looks_like(tmp_path: Path) -> None:
    head = [["RespondentID", "Would you recommend us?", "How satisfied?"], ["", "Response", "Response"]]
    path = write(tmp_path / "s.csv", [*head, ["1", "0", "5"], ["2", "10", "1"]])
    agreed = read(path, questions={"Would you recommend us?": "nps"}).notes
    assert "It looks like it: 0–10 answers and 'recommend' in its text; confidence 0.9." in agreed
    assert "It looks like NPS, though" in read(path, questions={"Would you recommend us?": "csat"}).notes
    assert "Its text and answers do not show it." in mapped(tmp_path, {"Mood": "csat"}).notes
