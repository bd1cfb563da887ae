"""Quick ways of reading give what careful reading gives, whatever is in the file."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxreport.reading import delimited, json_cells, json_items, json_text, jsons, sorted_json, text
from cxreport.reading.delimited import Delimited
from cxreport.reading.orderly import columns
from cxreport.reading.text import TextStream

CELL = st.sampled_from(["", "a", '"b"', '"c, ""d"""', '"e\nf"', '""', "é😀", "0", " ", "'x", "=1", '"\n\n"', "#"])
SLIP = st.sampled_from(['"', "\n", ",", "\r", "\r\n", "\x00", '""', '"x', "x,", "\ufeff", ",,,,", "\n\n"])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
LINE = st.dictionaries(st.sampled_from("abcd"), VALUE, max_size=4).map(json.dumps)
ODD = st.sampled_from([
    "", "5", "[1]", '{"a":NaN}', '{"a":1e999}', '{"a":"\\u0000"}', '{"a":"\\ud83d"}', "{'a':1}", '{"a":1},', "}", "{",
    '{"a":"x\ty"}', '{"a":1}{"b":2}', '{"a":' + "[" * 250 + "]" * 250 + "}", '{"a":\n1}', "\x00", "null", '{"a":01}',
])  # fmt: skip


@contextmanager
def pieces(size: int) -> Iterator[None]:
    """Text fetched so many bytes at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_CHUNK", size)
        patch.setattr(delimited, "RUN_BYTES", size)
        yield


def stream(content: str) -> TextStream:
    return TextStream(io.BufferedReader(io.BytesIO(content.encode())))


def rows(content: str, *, careful: bool) -> tuple[list[Any], list[Any], object]:
    """Numbered records, rejects and the encoding that was told."""
    with pytest.MonkeyPatch.context() as patch:
        if careful:
            patch.setattr(delimited, "columns", lambda *asked: None)
        found = stream(content)
        groups = list(Delimited(found, ",", 3, 1).groups())
    cells = [group.frame.rows() if group.frame is not None else group.rows for group in groups]
    numbered = [
        (at, list(row)) for group, some in zip(groups, cells, strict=True) for at, row in enumerate(some, group.first)
    ]
    return numbered, [reject for group in groups for reject in group.rejects], found.encoding


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=60), st.lists(st.tuples(st.integers(0, 900), SLIP), max_size=2))
@settings(max_examples=400, deadline=None)
def test_tables_are_read_alike(table: list[tuple[str, ...]], slips: list[tuple[int, str]]) -> None:
    content = "a,b,c\n" + "".join(",".join(row) + "\n" for row in table)
    for at, slip in slips:
        content = content[:at] + slip + content[at:]
    with pieces(64):
        assert rows(content, careful=False) == rows(content, careful=True)


def test_orderly_stretches_are_read_as_columns() -> None:
    found = columns(b'1,"a\nb",\r\n2,"""",x\n3,"open\n', ",", 3)
    assert found is not None
    frame, rest = found
    assert (frame.rows(), rest) == ([("1", "a\nb", ""), ("2", '"', "x")], b'3,"open\n')


@pytest.mark.parametrize(
    "data",
    [
        b"1,2\n",
        b"1,2,3,4\n",
        b'1,a"b,"\n',
        b'1,"a"b",3\n',
        b"1,\x00,3\n",
        b"1,\xff,3\n",
        b"1,\r,3\n",
        b"1,2,3\n\n",
        b"",
    ],
)
def test_what_is_not_in_order_is_left_to_care(data: bytes) -> None:
    assert columns(data, ",", 3) is None


def items(content: str, *, careful: bool) -> str:
    with pytest.MonkeyPatch.context() as patch:
        if careful:
            patch.setattr(jsons, "objects", lambda lines: None)
        return repr(list(json_items(stream(content))))


@given(st.lists(LINE | LINE | LINE | ODD, max_size=20), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=250, deadline=None)
def test_json_lines_are_read_alike(lines: list[str], end: str) -> None:
    content = end.join(lines)
    with pieces(200):
        assert items(content, careful=False) == items(content, careful=True)


@given(st.lists(VALUE) | st.lists(st.floats() | st.none()) | st.lists(st.integers(0, 2**64)) | st.lists(st.booleans()))
def test_cells_are_texts_of_their_values(values: list[Any]) -> None:
    assert json_cells(values).to_list() == [json_text(value) for value in values]
    assert json_cells(values).dtype == pl.String


@given(VALUE.filter(lambda value: "Infinity" not in json.dumps(value)))
@example(6.103515625e-05)
def test_sorted_json_is_what_the_standard_library_writes(value: Any) -> None:
    assert sorted_json(value) == json.dumps(value, ensure_ascii=False, sort_keys=True)
    assert math.isclose(json.loads(sorted_json(1e-7)), 1e-7)
