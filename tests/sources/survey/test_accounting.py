"""Whatever stands in a survey export: rows read = rows of records + rejects + skipped, and nothing raises."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .exports import detect, imports, read, text, write

CELLS = st.one_of(
    st.sampled_from(["", "0", "10", "5", "7.5", "-99", "1,3", "Yes", "N/A", "App;Site", "2026-01-05 10:00:00", "1/2/26",
                     "=1+1", "'@x", "ana@example.org", "3.29E+09", " / A / B", "\u202e"]),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12),
)  # fmt: skip
HEADERS: dict[str, Sequence[Sequence[str]]] = {
    "qualtrics": (
        ["RecordedDate", "Status", "ResponseId", "Q1", "Q1_NPS_GROUP", "Q2_1", "Q2_2"],
        ["Recorded", "Status", "Id", "Would you recommend us?", "Group", "Used - App", "Used - Desk"],
        imports(["recordedDate", "status", "_recordId", "QID1", "QID1_NPS_GROUP", "QID2_1", "QID2_2"]),
    ),
    "surveymonkey": (
        ["Respondent ID", "Collector ID", "End Date", "How satisfied?", "Used", "", "Words"],
        ["", "", "", "Response", "App", "Desk", "Open-Ended Response"],
    ),
    "typeform": (["#", "How easy was it?", "Why?", "Which?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],),
    "flat": (["RespondentID", "Rate us", "Used - App", "Used - Desk", "Words", "Words", "Words"],),
    "limesurvey": (["id", "submitdate", "lastpage", "startlanguage", "NPS", "U[a]", "U[b]", "U[other]", "why"],),
    "alchemer": (["Response ID", "Time Started", "Date Submitted", "Status", "Referer", "A:Used", "B:Used", "Why?"],),
    "ms_forms": (["ID", "Start time", "Completion time", "Email", "Name", "Would you recommend us?", "Why?", "*"],),
    "formbricks": (["No.", "Response ID", "Survey ID", "Formbricks ID (internal)", "1. Rate", "2. G - A", "2. G - B"],),
    "medallia": (["request_id", "star_rating", "response_received_at", "comments", "tags", "customer_name"],),
    "asknicely": (["response_id", "question_type", "answer", "responded", "comment", "data", "person_id"],),
    "spss": (["", "StartDate", "EndDate", "q0001", "q0002_0001", "q0002_0002", "weight"],),
}
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=8)


def is_blank(row: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in row)


@pytest.mark.parametrize("name", HEADERS)
@settings(max_examples=25)
@given(rows=ROWS)
def test_every_row_is_accounted_for(name: str, rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.csv")
        path.write_bytes(text([*HEADERS[name], *rows]).encode())
        got = read(path)
    assert got.accounts()
    assert got.facts.rows_read <= len(rows)
    assert got.facts.rows_read >= sum(1 for row in rows if not is_blank(row))
    assert set(got.answers["source_row"]) <= set(got.records["source_row"])


@settings(max_examples=25)
@given(junk=st.binary(max_size=300))
def test_junk_after_a_header_never_raises(junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.csv")
        path.write_bytes(text(HEADERS["typeform"]).encode() + junk)
        if detect(path) is not None:
            assert read(path).accounts()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=8,
)
SHAPES: dict[str, dict[str, Any]] = {
    "delighted": {"survey_type": "nps", "score": 9, "person": "1", "comment": "x", "additional_answers": []},
    "typeform": {"landed_at": "2026-01-05T10:00:00Z", "answers": [], "token": "t", "metadata": {}},
    "qualtrics": {"responseId": "R_1", "values": {"QID1": 1}, "labels": {}},
    "surveymonkey": {
        "pages": [{"questions": [{"id": "1", "answers": [{"text": "x"}]}]}],
        "collector_id": 1,
        "survey_id": 2,
    },
    "formbricks": {"surveyId": "s", "finished": True, "data": {"q": 1}},
    "satismeter": {"rating": 9, "category": "promoter", "feedback": "x", "campaign": "c"},
    "hubspot": {"properties": {"hs_survey_type": "NPS", "hs_value": "9"}},
    "asknicely": {"response_id": "1", "question_type": "NPS", "answer": "9", "responded": "1780760213"},
    "medallia": {"request_id": "1", "star_rating": 5, "response_received_at": "2026-01-05 10:00:00"},
    "wootric": {"score": 9, "text": "x", "survey_id": 1, "end_user_id": 2},
}


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=20)
@given(data=st.data())
def test_every_object_is_accounted_for(name: str, data: st.DataObject) -> None:
    """Whatever stands in the fields of a response, and whatever stands beside the responses."""
    first = SHAPES[name]
    changed = data.draw(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(first, VALUES)), max_size=4))
    items = [first, *(first | change for change in changed), *data.draw(st.lists(VALUES, max_size=2))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.json")
        path.write_text(json.dumps(items), "utf-8")
        assert read(path).accounts()


def test_rows_with_too_many_cells_are_rejects(tmp_path: Path) -> None:
    rows = [["a", "7", "Because of the view", "x", "", "2026-01-05 10:00:00", "n", "surplus"], ["b", "6"]]
    got = read(write(tmp_path / "t.csv", [*HEADERS["typeform"], *rows]))
    assert [(reject.row, reject.code) for reject in got.rejects] == [(2, "too_many_cells")]
    assert got.records["source_row"].to_list() == [3]
    assert got.accounts()


def test_batches_do_not_change_the_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[str(i), str(i % 8), f"Reason number {i}", "", "", "2026-01-05 10:00:00", "n"] for i in range(40)]
    path = write(tmp_path / "t.csv", [*HEADERS["typeform"], *rows])
    whole = read(path)
    monkeypatch.setattr("cxreport_plugins.survey.source.ROWS", 16)
    parts = read(path)
    assert parts.records.equals(whole.records)
    assert parts.answers.sort("source_row", "position").equals(whole.answers.sort("source_row", "position"))
    assert parts.facts == whole.facts
