"""Whatever stands in a survey export: rows read = rows of records + rejects + skipped, and nothing raises."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

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
