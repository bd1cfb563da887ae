"""Google Forms and Typeform."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from .exports import CONTEXT, detect, read, write

TYPEFORM = [
    "#", "How easy was it to book?", "What nearly stopped you?", "Which pages?", "Response Type", "Start Date (UTC)",
    "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending",
]  # fmt: skip
TOKENS = [f"{i:032x}" for i in range(1, 4)]
TYPEFORM_ROWS = [
    [TOKENS[0], "7", "Nothing at all, really", "Home, Prices", "completed", "2026-01-05 10:00:00", "",
     "2026-01-05 10:01:30", "d3560842b2", "vip, new", "Thank you"],
    [TOKENS[1], "3", "", "Prices", "partial", "2026-01-06 10:00:00", "2026-01-06 10:00:40", "", "d3560842b2", "", ""],
    [TOKENS[2], "", "", "", "partial", "2026-01-06 10:00:00", "", "", "a1b2c3d4e5", "", ""],
]  # fmt: skip


def test_typeform(tmp_path: Path) -> None:
    got = read(write(tmp_path / "responses.csv", [TYPEFORM, *TYPEFORM_ROWS]))
    assert (got.detection.system, got.detection.confidence) == ("typeform", 1.0)
    first, second = got.record(2), got.record(3)
    assert (first["native_id"], first["ces_value"], first["ces_max"]) == (TOKENS[0], 7.0, 7.0)
    assert first["created_at"] == datetime(2026, 1, 5, 10, 1, 30, tzinfo=UTC)
    assert (first["tz_source"], first["duration_s"], first["complete"]) == ("header", 90.0, True)
    assert (first["tags"], first["text"]) == (["vip", "new"], "Nothing at all, really")
    assert (second["complete"], second["created_at"]) == (False, datetime(2026, 1, 6, 10, 0, 40, tzinfo=UTC))
    assert first["author_id"] == second["author_id"] == CONTEXT.pseudonym("d3560842b2", "device")
    assert got.facts.skipped == {"empty_response": 1}
    assert got.facts.zone == "UTC"
    assert got.accounts()


def test_old_typeform_gives_choices_columns_or_joins_them_with_slashes(tmp_path: Path) -> None:
    header = ["#", "Bus", "Train", "Extras", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    dates = ["2018-04-03 09:05:14", "2018-04-03 09:05:40", "d3560842b2"]
    rows = [[TOKENS[0], "Bus", "Train", " / Meal / Seat", *dates], [TOKENS[1], "", "Train", "", *dates]]
    got = read(write(tmp_path / "old.csv", [header, *rows]))
    assert got.answer(2, "Q1")["value_codes"] == ["Bus", "Train"]
    assert got.answer(3, "Q1")["value_codes"] == ["Train"]
    assert got.answer(2, "Q3")["value_codes"] == ["Meal", "Seat"]
    assert got.record(2)["complete"] is True


def test_typeform_titles_lose_their_marks(tmp_path: Path) -> None:
    header = [*TYPEFORM[:1], "Hi {{field:ab12}}, was it *good*?", *TYPEFORM[2:]]
    got = read(write(tmp_path / "t.csv", [header, *TYPEFORM_ROWS[:1]]))
    assert got.answer(2, "Q1")["question_text"] == "Hi …, was it good?"


@pytest.mark.parametrize(
    ("stamp", "date", "expected"),
    [
        ("Timestamp", "3/21/2026 15:03:59", datetime(2026, 3, 21, 15, 3, 59, tzinfo=UTC)),
        ("Carimbo de data/hora", "14/07/2025 22:25:41", datetime(2025, 7, 14, 22, 25, 41, tzinfo=UTC)),
        ("Zeitstempel", "21.03.2026 15:03:59", datetime(2026, 3, 21, 15, 3, 59, tzinfo=UTC)),
        ("Horodateur", "21/03/2026 15:03:59", datetime(2026, 3, 21, 15, 3, 59, tzinfo=UTC)),
        ("タイムスタンプ", "2026/03/21 15:03:59", datetime(2026, 3, 21, 15, 3, 59, tzinfo=UTC)),
        ("Отметка времени", "21.03.2026 15:03:59", datetime(2026, 3, 21, 15, 3, 59, tzinfo=UTC)),
        ("Timestamp", "2026/03/21 3:03:59 PM MDT", datetime(2026, 3, 21, 21, 3, 59, tzinfo=UTC)),
    ],
)
def test_google_forms_in_many_languages(tmp_path: Path, stamp: str, date: str, expected: datetime) -> None:
    header = [stamp, "What did you like?", "Staff [Kind]", "Staff [Quick]", "Score"]
    got = read(write(tmp_path / "form.csv", [header, [date, "The view from seat 4", "4", "5", "7 / 10"]]))
    assert (got.detection.system, got.detection.confidence) == ("google_forms", 0.6)
    record = got.record(2)
    assert (record["created_at"], record["native_id"], record["complete"]) == (expected, None, True)
    assert record["text"] == "The view from seat 4"
    assert record["extra"] == '{"Score":"7 / 10"}'
    grid = {a["row_label"]: a["value_number"] for a in got.answers_of(2) if a["question_id"] == "Q2"}
    assert grid == {"Kind": 4.0, "Quick": 5.0}


def test_google_forms_drops_the_address_and_splits_choices(tmp_path: Path) -> None:
    header = ["Carimbo de data/hora", "Endereço de e-mail", "Nome completo", "Quais canais?"]
    rows = [
        ["14/07/2025 22:25:41", "x@example.com", "Exemplo", "App;Site"],
        ["15/07/2025 22:25:41", "y@example.com", "Exemplo", "App"],
        ["16/07/2025 22:25:41", "x@example.com", "Exemplo", "Site;Balcão"],
    ]
    got = read(write(tmp_path / "form.csv", [header, *rows]))
    assert got.answer(2, "Q2")["value_codes"] == ["App", "Site"]
    assert got.record(2)["author_id"] == got.record(4)["author_id"] != got.record(3)["author_id"]
    assert "example.com" not in got.records.write_json() + got.answers.write_json()
    assert "Exemplo" not in got.records.write_json() + got.answers.write_json()


def test_the_first_telling_date_decides_for_the_whole_column(tmp_path: Path) -> None:
    rows = [["03/04/2026 10:00:00", "Fine by me"], ["25/04/2026 10:00:00", "Good for us"]]
    got = read(write(tmp_path / "form.csv", [["Horodateur", "Votre avis ?"], *rows]))
    assert got.record(2)["created_at"] == datetime(2026, 4, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "rows",
    [
        [["Timestamp", "level", "message"], ["boot", "INFO", "started"]],
        [["Timestamp"], ["3/21/2026"]],
        [["When", "Timestamp"], ["a", "3/21/2026"]],
        [["Team", "Total"], ["North", "12"]],
    ],
)
def test_other_tables_are_not_taken_for_forms(tmp_path: Path, rows: list[list[str]]) -> None:
    assert detect(write(tmp_path / "log.csv", rows)) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b'[{"#": 1}]', b"\x00" * 50, b"PAR1", b"%PDF-1.7", b'"' * 999, b"\xff\xfe\x00"]
)
def test_hostile_bytes_are_not_recognised_and_do_not_raise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert detect(path) is None


def test_a_file_of_headers_only(tmp_path: Path) -> None:
    got = read(write(tmp_path / "t.csv", [TYPEFORM]))
    assert got.facts.rows_read == got.records.height == 0
    assert "no responses" in got.notes
