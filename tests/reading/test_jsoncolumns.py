"""Lines read as columns hold what lines read one by one do, whatever is in them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxreport.reading import ROW, JsonColumns, JsonProblem, TextStream, json_items, json_lines, json_text, jsons, text

CELL = st.text(st.sampled_from('ab"\\:,{}[] é😀\n\u2028<'), max_size=8)
USUAL = st.fixed_dictionaries(
    {"text": CELL | CELL | CELL | st.none(), "stars": st.floats(1, 5).map(lambda stars: round(stars, 1))},
    optional={
        "a": st.integers(-5, 10**13),
        "yes": st.booleans(),
        "images": st.just([]) | st.just([]) | st.just([{"text": 1}]),
        "helpful": st.lists(st.integers(-9, 99), max_size=2),
    },
)
ODD = st.sampled_from([
    '{"text":"x","stars":5}', '{"text":"x","stars":"5.0"}', '{"text":5.0,"stars":5.0}', '{"text":"x","stars":1e2}',
    '{"text":"x","text":"y"}', '{"text":"x","text":null}', '{"text":null,"text":"y"}', '{"text":"x","new":1}',
    '{"text":"\\ud83d","stars":1.5}', '{"text":"\\u0000"}', '{"text" :"x"}', '{"te\\u0078t":"x"}', '{"text":"x" , "a" :1}',
    '{"te\\"text":"x"}', '{"b\\\\":1}', '{"a":123456789012345678901}', '{"a":-0}', '{"a":1.0}', '{"stars":-0.0}',
    '{"stars":0.00001}', '{"text":{"text":"x"}}', '{"helpful":[1,null]}', '{"helpful":[1,[2]]}', '{"yes":"true"}', "",
    '{"text":"x"}{"text":"y"}', '{"text":"x"} ', '{"text":', '[{"text":"x"}]', '{}', "5", '{"images":[1]}', '{"text":"\t"}',
    '{"text":"a","stars":2.50}', '{"text":  "a"}', '{"text":"\x00"}', '{"text":"x"},', '{"__row":3,"text":"x"}',
    '{"helpful":[1,' + "[" * 300 + "]" * 300 + "]}", '{"a":01}', '{"text":"x","stars":NaN}', '{"text":"\\\\"}',
])  # fmt: skip
DUMP = st.sampled_from([
    json.dumps,
    lambda item: json.dumps(item, ensure_ascii=False, separators=(",", ":")),
    lambda item: json.dumps(item, sort_keys=True),
])  # fmt: skip


@contextmanager
def pieces(size: int) -> Iterator[None]:
    """Text fetched so many bytes at a time, and columns read from as many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_CHUNK", size)
        patch.setattr(jsons, "RUN_BYTES", size)
        yield


def stream(content: str) -> TextStream:
    return TextStream(io.BufferedReader(io.BytesIO(content.encode())))


def cells(value: object) -> object:
    """An item as its cells; what is null, or an empty list, is not told from what is not there."""
    if not isinstance(value, dict):
        return value
    return {key: json_text(cell) for key, cell in value.items() if cell is not None and cell != []}


def one_by_one(content: str) -> list[tuple[int, object]]:
    return [(index, cells(value)) for index, _, value in json_items(stream(content))]


def in_columns(content: str) -> tuple[list[tuple[int, object]], int]:
    """The same of columns and of what came between them; how many were rows of columns."""
    found: list[tuple[int, object]] = []
    rows = 0
    for part in json_lines(stream(content)):
        if isinstance(part, JsonColumns):
            rows += part.frame.height
            assert part.count == part.frame.height + len(part.others)
            assert set(part.frame.drop(ROW).dtypes) == {pl.String()}
            found += sorted([(row.pop(ROW), cells(row)) for row in part.frame.to_dicts()] + _known(part.others))
        else:
            found.append((part[0], cells(part[2])))
    return found, rows


def _known(others: tuple[tuple[int, dict[str, Any]], ...]) -> list[tuple[int, object]]:
    return [(index, cells(value)) for index, value in others]


@given(
    st.lists(st.tuples(USUAL, DUMP), min_size=8, max_size=40), st.lists(st.tuples(st.integers(0, 40), ODD), max_size=3)
)
@example([({"text": "a", "stars": 1.0}, json.dumps)] * 40, [(30, '{"text":"x"}{"text":"y"}')])
@settings(max_examples=400, deadline=None)
def test_columns_hold_what_items_do(usual: list[tuple[dict[str, Any], Any]], odd: list[tuple[int, str]]) -> None:
    lines = [dump(item) for item, dump in usual]
    for at, line in odd:
        lines.insert(at, line)
    content = "\n".join(lines)
    with pieces(300):
        assert in_columns(content)[0] == one_by_one(content)


ALIKE = st.fixed_dictionaries(
    {"text": CELL, "stars": st.just(4.5) | st.just(0.00001), "n": st.integers(0, 9) | st.none()}
)
LIKE = st.sampled_from([
    '{"text":"x","n":1,"stars":4.5}', '{"text":"x","stars":4.5,"stars":4.5}', '{"text":"x","stars":4.5,"more":1}',
    '{"text":"x","stars":{"n":1}}', '{"text":"x","stars":4.5,"n":"1"}', '{"text":"x","stars":4.5,"\\u006e":1}',
    '{"text":"x","stars":4.5}', '{"text":"x","stars":4.5,"n":1,"more":2}', '{"text":"x","n":1,"stars":4.5}{"text":"y"}',
])  # fmt: skip


@given(st.lists(ALIKE, min_size=8, max_size=40), st.lists(st.tuples(st.integers(0, 40), LIKE), max_size=2))
@settings(max_examples=200, deadline=None)
def test_lines_that_are_alike_hold_what_items_do(alike: list[dict[str, Any]], odd: list[tuple[int, str]]) -> None:
    lines = [json.dumps(item) for item in alike]
    for at, line in odd:
        lines.insert(at, line)
    content = "\n".join(lines)
    with pieces(300):
        assert in_columns(content)[0] == one_by_one(content)


def test_flat_lines_come_as_columns_and_doubtful_ones_alone() -> None:
    usual = [json.dumps({"text": f"a {at}", "stars": 4.0, "n": at, "images": []}) for at in range(30)]
    lines = [*usual, '{"text":"b","images":[{"url":"c"}]}', *usual]
    with pieces(200):
        found, rows = in_columns("\n".join(lines))
    assert rows > 50  # the first pieces teach the form
    assert found[30] == (30, {"text": "b", "images": '[{"url": "c"}]'})
    assert found[31] == (31, {"text": "a 0", "stars": "4.0", "n": "0"})


def test_damage_costs_its_own_line_only() -> None:
    usual = [json.dumps({"text": "a", "n": at}) for at in range(40)]
    usual[20] = '{"text":"a","n":'
    with pieces(100):
        found, rows = in_columns("\n".join(usual))
    assert [index for index, value in found if isinstance(value, JsonProblem)] == [20]
    assert len(found) == 40
    assert rows > 10
