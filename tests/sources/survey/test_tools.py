"""Microsoft Forms, LimeSurvey, Alchemer and Formbricks as tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .exports import CONTEXT, Outcome, detect, read, workbook, write

Shared = Callable[[str], Path]


def everything(got: Outcome) -> str:
    return got.records.write_json() + got.answers.write_json() + got.notes


HEADS = {
    "en": ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"],
    "fr": ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Heure de la dernière modification"],
    "de": ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
    "es": ["Id.", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"],
}
ASKED = {
    "en": "How likely are you to recommend us?\u00a0", "fr": "Recommanderiez-vous notre service ?",
    "de": "Würden Sie uns weiterempfehlen?", "es": "¿Nos recomendaría?",
}  # fmt: skip


def form(path: Path, language: str = "en", **more: Any) -> Path:
    head = HEADS[language]
    blank = [None] * (len(head) - 5)
    start, end = datetime(2026, 3, 2, 9, 0, 0), datetime(2026, 3, 2, 9, 4, 30)
    rows: list[list[Any]] = [
        [*head, ASKED[language], "Which did you use?", "Tell us more\n", "Points - Which did you use?"],
        [1, start, end, "ana@example.org", "Ana Exemplo", *blank, 0, "App;Desk;", "The app kept signing me out", 1],
        [2, start, end, "anonymous", "", *blank, 10, "Desk;", "Friendly people at the desk", 0],
    ]
    return workbook(path, rows)


@pytest.mark.parametrize("language", HEADS)
def test_microsoft_forms(tmp_path: Path, language: str) -> None:
    got = read(form(tmp_path / "Feedback(1-2).xlsx", language))
    assert (got.detection.system, got.detection.confidence) == ("ms_forms", 0.95)
    first, second = got.record(2), got.record(3)
    assert (first["nps_score"], first["nps_group"], second["nps_score"]) == (0, "detractor", 10)
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 3, 2, 9, 4, 30, tzinfo=UTC), "unknown")
    assert "tz_unknown" in first["warnings"]
    assert (first["duration_s"], first["complete"], first["text"]) == (270.0, True, "The app kept signing me out")
    assert first["author_id"] == CONTEXT.pseudonym("ana@example.org", "email")
    assert second["author_id"] is None
    assert got.answer(2, "Q2")["value_codes"] == ["App", "Desk"]
    assert got.answer(3, "Q2")["value_codes"] == ["Desk"]
    assert json.loads(first["extra"])["Points - Which did you use?"] == "1"
    assert "xemplo" not in everything(got)
    assert "example.org" not in everything(got)
    assert got.accounts()


def test_ids_that_count_from_1_in_each_file_do_not_collide(tmp_path: Path) -> None:
    header = [*HEADS["en"][:5], "Your view of the lounge"]
    ids = []
    for month in (1, 2):
        path = workbook(
            tmp_path / f"{month}.xlsx",
            [header, [1, datetime(2026, month, 1, 9), datetime(2026, month, 1, 10), "anonymous", "", "Calm"]],
        )
        ids.append(read(path).records["native_id"][0])
        assert ids[-1] == read(path).records["native_id"][0]
    assert None not in ids
    assert len(set(ids)) == 2


LIME = [
    "id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl",
    "NPS", "U[SQ001]", "U[SQ002]", "U[other]", "G[A][1]", "G[B][1]", "T", "interviewtime", "groupTime80", "NPSTime",
]  # fmt: skip
LIME_ROWS = [
    ["1", "2026-02-01 10:05:00", "3", "de", "77", "tok1", "2026-02-01 10:00:00", "2026-02-01 10:05:00", "192.0.2.7", "",
     "0", "Y", "", "Pigeon", "4", "5", "Much too slow\\nand twice so", "300.5", "290", "9"],
    ["2", "", "1", "de", "78", "", "2026-02-01 11:00:00", "2026-02-01 11:01:00", "192.0.2.8", "",
     "10", "", "Y", "", "", "", "", "60", "50", "9"],
    ["3", "1980-01-01 00:00:00", "3", "en", "79", "", "1980-01-01 00:00:00", "1980-01-01 00:00:00", "", "",
     "7", "Y", "Y", "", "", "", "", "", "", ""],
]  # fmt: skip


def lime(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]] = LIME_ROWS) -> Path:
    lines = [";".join(f'"{cell}"' for cell in row) for row in (header, *rows)]
    path.write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n\r\n").encode())
    return path


def test_limesurvey_results(tmp_path: Path) -> None:
    got = read(lime(tmp_path / "results-survey8020.csv", LIME))
    assert (got.detection.system, got.detection.format) == ("limesurvey", "results")
    assert got.facts.delimiter == ";"
    first, second, third = (got.record(row) for row in (2, 3, 4))
    assert (first["nps_score"], second["nps_score"], third["nps_score"]) == (0, 10, 7)
    assert (first["complete"], second["complete"], third["complete"]) == (True, False, True)
    assert (second["created_at"], third["created_at"]) == (datetime(2026, 2, 1, 11, 1, tzinfo=UTC), None)
    assert (first["text"], first["duration_s"], first["language"]) == ("Much too slow\nand twice so", 300.5, "de")
    assert first["author_id"] == CONTEXT.pseudonym("tok1", "reference")
    used = [(a["row_label"], a["value_codes"], a["value_text"]) for a in got.answers_of(2) if a["question_id"] == "U"]
    assert sorted(used, key=str) == [("other", None, "Pigeon"), (None, ["SQ001"], "SQ001")]
    grid = {a["row_label"]: a["value_number"] for a in got.answers_of(2) if a["question_id"] == "G"}
    assert grid == {"A 1": 4.0, "B 1": 5.0}
    assert json.loads(first["extra"]) == {"NPSTime": "9", "groupTime80": "290", "lastpage": "3", "seed": "77"}
    assert "192.0.2" not in everything(got)
    assert got.accounts()


def test_limesurvey_headed_by_codes_and_texts(tmp_path: Path) -> None:
    texts = {
        "NPS": "NPS. Would you recommend us?", "U[SQ001]": "U[SQ001]. What did you use? [App]",
        "U[SQ002]": "U[SQ002]. What did you use? [Desk]", "U[other]": "U[other]. What did you use? [Other]",
        "submitdate": "submitdate. Date submitted", "lastpage": "lastpage. Last page",
        "startlanguage": "startlanguage. Start language", "id": "id. Response ID",
    }  # fmt: skip
    got = read(lime(tmp_path / "r.csv", [texts.get(name, name) for name in LIME]))
    used = next(a for a in got.answers_of(4) if a["question_id"] == "U")
    assert (used["value_codes"], used["question_text"]) == (["App", "Desk"], "What did you use?")
    assert got.record(2)["question_text"] == "Would you recommend us?"


def test_limesurvey_vv(tmp_path: Path) -> None:
    texts = [
        "Response ID",
        "Date submitted",
        "Last page seen",
        "Language",
        "Would you recommend us?",
        "Used: App",
        "Used: Desk",
        "Why?",
    ]
    codes = ["id", "submitdate", "lastpage", "startlanguage", "rec", "U_a", "U_b", "why"]
    row = [
        "5",
        "2026-02-01 10:05:00",
        "3",
        "en",
        "9",
        "Y",
        "{question_not_shown}",
        "Said {quote}yes{quote}{newline}at {lbrace}once}",
    ]
    blank = ["6", "2026-02-01 10:06:00", "3", "en", "0", "{question_not_shown}", "Y", "{question_not_shown}"]
    path = tmp_path / "vvexport_8020.csv"
    path.write_text("\n".join("\t".join(cells) for cells in (texts, codes, row, blank)), "utf-8")
    got = read(path)
    assert (got.detection.format, got.facts.header_row, got.facts.rows_read) == ("VV", 1, 2)
    first = got.record(3)
    assert (first["nps_score"], first["question_text"]) == (9, "Would you recommend us?")
    assert got.answer(3, "why")["value_text"] == 'Said "yes"\nat {once}'
    assert (got.answer(3, "U")["value_codes"], got.answer(3, "U")["not_shown"]) == (["a"], False)
    why = got.answer(4, "why")
    assert (why["not_shown"], why["value_text"], why["value_number"], why["value_codes"]) == (True, None, None, None)
    assert got.accounts()


def test_texts_above_the_codes_of_a_vv_export_are_no_respondent(tmp_path: Path) -> None:
    texts = ["Response ID", "Date submitted", "Last page", "Start language", "Would you recommend us?"]
    codes = ["id", "submitdate", "lastpage", "startlanguage", "rec"]
    row = ["5", "2026-02-01 10:05:00", "3", "en", "9"]
    path = tmp_path / "vvexport_8020.csv"
    path.write_text("\n".join("\t".join(cells) for cells in (texts, codes, row)), "utf-8")
    got = read(path)
    assert (got.detection.format, got.facts.rows_read) == ("VV", 1)
    assert got.record(3)["nps_score"] == 9


ALCHEMER = [
    "Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Legacy Comments", "Comments", "Language",
    "Referer", "SessionID", "User Agent", "Extended Referer", "Longitude", "Latitude", "Country", "City", "State/Region",
    "Postal", "How satisfied are you?", "App:What did you use?", "Desk:What did you use?", "Other - Write In:What did you use?",
    "Crew:Rate us", "Food:Rate us", "Please note: why?",
]  # fmt: skip


def alchemer(ident: str, status: str, *answers: str) -> list[str]:
    return [
        ident, "2026-07-01 10:00:00", "2026-07-01 10:02:00", status, "c9", "", "", "English", "", "s1", "Browser 1", "",
        "10.0", "53.5", "Germany", "Hamburg", "HH", "20095", *answers,
    ]  # fmt: skip


def test_alchemer(tmp_path: Path) -> None:
    rows = [
        alchemer("1", "Complete", "Very satisfied", "App", "", "Pigeon", "4", "2", "The desk answered at once"),
        alchemer("2", "Partial", "Dissatisfied", "App", "Desk", "", "", "", ""),
        alchemer("3", "Disqualified", "Satisfied", "", "", "", "", "", ""),
    ]
    got = read(write(tmp_path / "a.csv", [ALCHEMER, *rows], "utf-8-sig"))
    assert (got.detection.system, got.detection.confidence) == ("alchemer", 1.0)
    first, second = got.record(2), got.record(3)
    assert (first["csat_value"], second["csat_value"]) == (5.0, 2.0)
    assert (first["complete"], second["complete"]) == (True, False)
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 7, 1, 14, 2, tzinfo=UTC), "spec")
    assert (first["lat"], first["duration_s"], first["text"]) == (53.5, 120.0, "The desk answered at once")
    assert got.answer(3, "Q2")["value_codes"] == ["App", "Desk"]
    assert {a["row_label"]: a["value_number"] for a in got.answers_of(2) if a["question_id"] == "Q3"} == {
        "Crew": 4.0,
        "Food": 2.0,
    }
    assert got.answer(2, "Q4")["question_text"] == "Please note: why?"
    assert got.facts.skipped == {"survey_disqualified": 1}
    assert "20095" not in everything(got)
    assert "Browser 1" not in everything(got)
    assert got.accounts()


FORMBRICKS = [
    "No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)", "User ID", "Tags",
    "Source - url", "1. How likely are you to recommend us?", "2. What did you use?", "2. What did you use? - Option ID",
    "3. Rate - Crew", "3. Rate - Food", "4. Why?", "plan", "Verified Email",
]  # fmt: skip


def test_formbricks(tmp_path: Path) -> None:
    rows = [
        ["1", "cl1", "2026-02-01 10:00:00", "Yes", "s1", "x", "u1", "vip", "https://x.example", "9", "App; Desk", "o1; o2",
         "Good", "Poor", "Open until late at night", "pro", "ana@example.org"],
        ["2", "cl2", "2026-02-01 11:00:00", "No", "s1", "y", "", "", "", "0", "Desk", "o2", "", "", "", "", ""],
        ["3", "cl3", "2026-02-01 12:00:00", "Yes", "s1", "z", "", "", "", "8", "App; Fax", "o1; o3", "", "", "", "", ""],
    ]  # fmt: skip
    got = read(write(tmp_path / "export-feedback-2026.csv", [FORMBRICKS, *rows]))
    assert (got.detection.system, got.detection.format) == ("formbricks", "table")
    first, second = got.record(2), got.record(3)
    assert (first["nps_score"], second["nps_score"]) == (9, 0)
    assert (first["native_id"], first["complete"], second["complete"], first["tags"]) == ("cl1", True, False, ["vip"])
    assert got.answer(2, "Q2")["value_codes"] == ["App", "Desk"]
    assert {a["row_label"]: a["value_text"] for a in got.answers_of(2) if a["question_id"] == "Q3"} == {
        "Crew": "Good",
        "Food": "Poor",
    }
    assert json.loads(first["extra"])["plan"] == "pro"
    assert "example.org" not in everything(got)
    assert got.accounts()


@pytest.mark.parametrize(
    "header", [["ID", "Start time", "Notes"], ["id", "lastpage", "submitdate"], ["Response ID", "Referer"]]
)
def test_half_a_signature_is_none(tmp_path: Path, header: list[str]) -> None:
    assert detect(write(tmp_path / "x.csv", [header, ["1", "2", "3"][: len(header)]])) is None


def headers_of(path: Path, prefix: str = "") -> list[str]:
    line = next(line for line in path.read_text("utf-8-sig").splitlines() if line.startswith(prefix))
    parts = (
        line.removeprefix(prefix)
        .replace('"', "")
        .split({"en:": "|", "fr:": "|"}.get(prefix, ";" if ";" in line else ","))
    )
    return [part.strip() for part in parts]


@pytest.mark.parametrize(
    ("name", "prefix", "system"),
    [
        ("alchemer/csv_columns.txt", "Response ID", "alchemer"),
        ("limesurvey/csv_header.txt", "", "limesurvey"),
        ("ms-forms/headers.txt", "en:", "ms_forms"),
        ("ms-forms/headers.txt", "fr:", "ms_forms"),
    ],
)
def test_headers_of_real_exports(shared: Shared, tmp_path: Path, name: str, prefix: str, system: str) -> None:
    header = headers_of(shared(f"samples/{name}"), prefix if prefix.endswith(":") else "")
    found = detect(write(tmp_path / "x.csv", [header, ["1"] * len(header)]))
    assert found is not None
    assert found.system == system


def test_medallia_fields(shared: Shared, tmp_path: Path) -> None:
    header = shared("samples/medallia/agent-connect_fields.txt").read_text("utf-8").split()
    found = detect(write(tmp_path / "x.csv", [header, ["1"] * len(header)]))
    assert found is not None
    assert found.system == "medallia.agent_connect"
