"""JSON objects and Parquet as tables."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from cxreport.reading import Input, ReadError, open_table

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Input]


def parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def test_json_lines_become_text_columns(read: Read) -> None:
    whole = read(
        '{"id": 12345678901234567890, "text": "gut"}\n'
        '{"id": 2, "score": 4.5, "tags": ["a", {"b": "ü"}], "ok": true, "none": null}\n'
        "[1]\n{broken\n"
        '{"text": ""}\n',
        name="a.jsonl",
    )
    assert whole.table.header == ["id", "text", "score", "tags", "ok", "none"]
    assert whole.rows == [
        ("12345678901234567890", "gut", None, None, None, None),
        ("2", None, "4.5", '["a", {"b": "ü"}]', "true", None),
        (None, "", None, None, None, None),
    ]
    assert whole.numbers == [1, 2, 5]
    assert whole.rejects == [(3, "not_an_object"), (4, "broken")]
    assert whole.table.format == "jsonl"
    assert whole.table.dialect.header_row == 0


def test_an_array_of_objects_is_a_table_under_any_name(read: Read) -> None:
    assert read('[{"a": 1}, {"a": 2}]', name="a.csv").rows == [("1",), ("2",)]
    assert read('\ufeff\n{"a": "x"}', name="a.txt").rows == [("x",)]


def test_csv_that_begins_like_json_is_csv(read: Read) -> None:
    assert read("[Date],{text}\n1,2\n").table.header == ["[Date]", "{text}"]


def test_json_without_objects_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="holds no JSON objects"):
        read("[]", name="a.json")


def test_parquet_becomes_text(read: Read) -> None:
    frame = pl.DataFrame(
        {
            "id": [12345678901234567, None],
            "at": [dt.datetime(2026, 3, 6, 13, 2, 5, tzinfo=dt.UTC), None],
            "naive": [dt.datetime(2026, 3, 6, 13, 2, 5, 250000), None],
            "score": [4.5, None],
            "ok": [True, None],
            "tags": [["a", "ü"], None],
            "who": [{"n": 1}, None],
            "raw": [b"\xff", None],
        }
    )
    for name, content in (("a.parquet", parquet(frame)), ("a.parquet.gz", gzip.compress(parquet(frame)))):
        whole = read(content, name=name)
        first = "12345678901234567", "2026-03-06T13:02:05+00:00", "2026-03-06T13:02:05.250", "4.5", "true"
        assert whole.rows == [(*first, '["a", "ü"]', '{"n": 1}', "ff"), (None,) * 8]
        assert whole.numbers == [1, 2]
        assert whole.table.format == "parquet"


def test_parquet_comes_in_batches(write: Write) -> None:
    table = open_table(write("a.parquet", parquet(pl.DataFrame({"n": range(25)}))))
    batches = list(table.batches(10))
    assert [batch.frame.height for batch in batches] == [10, 10, 5]
    assert batches[2].frame.row(0) == ("20", 21)
    assert table.preview[0] == ["0"]
    assert len(table.preview) == 15
