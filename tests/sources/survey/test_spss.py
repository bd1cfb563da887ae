"""SPSS files, written by pyreadstat and read back."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from cxreport.api import Input, ReadError, ReadFacts

from .exports import detect, read, source

NAMES = {
    "ResponseId": "Response ID", "RecordedDate": "Recorded Date", "IPAddress": "IP Address", "Q1": "How likely are you to recommend us?",
    "Q2": "How satisfied are you?", "Q3": "Why?", "store": "store",
}  # fmt: skip
AGREED = {
    1.0: "Very dissatisfied", 2.0: "Dissatisfied", 3.0: "Neither satisfied nor dissatisfied", 4.0: "Satisfied",
    5.0: "Very satisfied",
}  # fmt: skip


@pytest.fixture
def sav(tmp_path: Path) -> Path:
    pyreadstat = pytest.importorskip("pyreadstat", reason="the extra `spss` is not installed")
    frame = pl.DataFrame({
        "ResponseId": ["R_1", "R_2", "R_3"],
        "RecordedDate": [datetime(2026, 2, day, 10, 30) for day in (1, 2, 3)],
        "IPAddress": ["192.0.2.1", "192.0.2.2", ""],
        "Q1": [0.0, 10.0, -99.0],
        "Q2": [5.0, 2.0, None],
        "Q3": ["The seat was too narrow", "", "All went very well"],
        "store": ["HAM", "HAM", "MUC"],
    })  # fmt: skip
    path = tmp_path / "survey.sav"
    labels = {"Q1": {0.0: "Not at all likely", 10.0: "Extremely likely"}, "Q2": AGREED}
    missing = {"Q1": [-99.0]}
    pyreadstat.write_sav(frame, str(path), column_labels=NAMES, variable_value_labels=labels, missing_ranges=missing)
    return path


def test_values_labels_and_missing(sav: Path) -> None:
    got = read(sav)
    assert (got.detection.system, got.detection.confidence) == ("spss", 1.0)
    first, second, third = (got.record(row) for row in (1, 2, 3))
    assert (first["native_id"], first["nps_score"], second["nps_score"], third["nps_score"]) == ("R_1", 0, 10, None)
    assert (first["csat_value"], second["csat_value"], third["csat_value"]) == (5.0, 2.0, None)
    assert first["created_at"] == datetime(2026, 2, 1, 10, 30, tzinfo=UTC)
    assert first["text"] == "The seat was too narrow"
    assert first["question_text"] == "How likely are you to recommend us?"
    assert json.loads(first["extra"]) == {"Q2 (code)": "5", "store": "HAM"}
    assert "192.0.2" not in got.records.write_json() + got.answers.write_json()
    assert got.accounts()


def test_from_an_archive_it_is_the_same(sav: Path) -> None:
    packed = sav.with_suffix(".sav.gz")
    packed.write_bytes(gzip.compress(sav.read_bytes()))
    assert read(packed).records.equals(read(sav).records)


def test_without_the_extra_it_is_recognised_and_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    path = tmp_path / "survey.sav"
    path.write_bytes(b"$FL2" + bytes(200))
    found = detect(path)
    assert found is not None
    with pytest.raises(ReadError, match=r"cxreport\[spss\]"):
        list(source(path).read(Input.at(path), found, ReadFacts()))


def test_a_damaged_file_is_a_problem(tmp_path: Path) -> None:
    pytest.importorskip("pyreadstat", reason="the extra `spss` is not installed")
    path = tmp_path / "survey.sav"
    path.write_bytes(b"$FL2" + bytes(200))
    found = detect(path)
    assert found is not None
    with pytest.raises(ReadError, match="damaged"):
        list(source(path).read(Input.at(path), found, ReadFacts()))
