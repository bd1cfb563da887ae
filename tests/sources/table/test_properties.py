"""Whatever stands in a table: every row is a record or a reject, and no cell is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import Input, ReadError
from cxreport_plugins.table.layout import MAPPABLE

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='\ufeff"'), max_size=10)
CELLS = PLAIN | st.sampled_from(
    ["5", "11", "4,5", "-1", "2026-01-02", "05/06/2026", "5.7E+17", "TRUE", "a\nb", "N/A", "de"]
)
HEADER = ["key", "when", "said", "mark", "sub", "free", "*"]
OPTIONS: dict[str, Any] = {
    "columns": {"native_id": "key", "created_at": "when", "text": "said"},
    "rating": {"column": "mark", "metric": "custom", "min": 0, "max": 5},
    "answers": ["sub"],
}


@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=8), max_size=6))
def test_every_row_is_accounted_for(rows: list[list[str]], path: Path, load: Callable[..., Any]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    found = load(path, delimiter=",", header_row=1, encoding="utf-8", **OPTIONS)
    for record in found.records.iter_rows(named=True):
        cells = dict(zip(HEADER, rows[record["source_row"] - 2], strict=False))
        extra = json.loads(record["extra"] or "{}")
        assert extra.get("free", "") == (cells["free"] if cells["free"].strip() else "")
        assert (record["text"] or "") == (cells["said"] if cells["said"].strip() else "")
        assert record["rating_value"] is None or 0 <= record["rating_value"] <= 5


@given(name=st.sampled_from(MAPPABLE), cells=st.lists(CELLS, min_size=1, max_size=4))
def test_every_column_takes_any_cell(name: str, cells: list[str], path: Path, load: Callable[..., Any]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["m", "t"], *([cell, "words"] for cell in cells)])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    columns = {"text": "t", name: "m"} if name != "text" else {"text": "m", "title": "t"}
    found = load(path, delimiter=",", header_row=1, encoding="utf-8", columns=columns)
    assert found.records.height == len(cells)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_looked_at(data: bytes, path: Path, source: Callable[..., Any]) -> None:
    path.write_bytes(data)
    try:
        given_input = Input.at(path)
    except ReadError:
        return
    probe = source()
    found = probe.detect(given_input)
    if found is not None:
        probe.suggest(given_input, found)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "table.csv"
