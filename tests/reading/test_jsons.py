"""JSON in every shape, sound and broken."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.reading import Input, JsonProblem, ReadError, iter_json, read_assigned, windows

Write = Callable[[str, bytes | str], Input]


@pytest.fixture
def items(write: Write) -> Callable[..., list[tuple[int, str, Any]]]:
    """Items of a text; a problem is shown as `!code`."""

    def make(content: bytes | str, reader: Callable[..., Any] = iter_json) -> list[tuple[int, str, Any]]:
        found = reader(write("a.json", content))
        return [(i, p, f"!{value.code}" if isinstance(value, JsonProblem) else value) for i, p, value in found]

    return make


Items = Callable[..., list[tuple[int, str, Any]]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", []),
        (' [ {"a":1} , {"a":2} ] ', [(0, "/0", {"a": 1}), (1, "/1", {"a": 2})]),
        ("[1, null]", [(0, "/0", 1), (1, "/1", None)]),
        ('\ufeff{"a": 1}\n', [(0, "", {"a": 1})]),
        ('{"a":1}\n{"a":2}\r\n', [(0, "/0", {"a": 1}), (1, "/1", {"a": 2})]),
        ('{\n "a": 1\n}{\n "a": 2\n}', [(0, "/0", {"a": 1}), (1, "/1", {"a": 2})]),
        ('{"a":1},\n{"a":2}', [(0, "/0", {"a": 1}), (1, "/1", {"a": 2})]),
        ('{"id": 123456789012345678901234567890}', [(0, "", {"id": 123456789012345678901234567890})]),
        ('{"a": "one\ntwo\tthree"}', [(0, "", {"a": "one\ntwo\tthree"})]),
        ('{"a": NaN}', [(0, "", {"a": None})]),
        (r'{"a": "\ud83d\ude00 \ud83d \u0000"}', [(0, "", {"a": "😀 \ufffd \ufffd"})]),
    ],
)
def test_sound_shapes(items: Items, content: str, expected: list[Any]) -> None:
    assert items(content) == expected
    assert items(content.removeprefix("\ufeff").encode("utf-16")) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["!empty"]),
        (" \n", ["!empty"]),
        ("<html>\n<p>", ["!not_json"]),
        ("['a', 'b']", ["!not_json"]),
        ('log line\n{"a":1}', ["!not_json", {"a": 1}]),
        ('[{"a":1},{"a":', [{"a": 1}, "!truncated"]),
        ('[{"a":1},{"a":"x', [{"a": 1}, "!truncated"]),
        ('[{"a":1}', [{"a": 1}, "!truncated"]),
        ('[{"a":1},{"a":,},{"a":3}]', [{"a": 1}, "!broken", {"a": 3}]),
        ('[{"a":1},\n{"a":"x, "b":[1},\n{"a":3}]', [{"a": 1}, "!broken", {"a": 3}]),
        ("[1, tru, 3]", [1, "!broken", 3]),
        ('{"a":1}\n{"a":"x\n{"a":3}\n', [{"a": 1}, "!broken", {"a": 3}]),
        ('{"a":1}\n{"a":1,}\n{"a":3}', [{"a": 1}, "!broken", {"a": 3}]),
        (f'{{"a":{"9" * 5000}}}\n{{"a":1}}', ["!number_too_long", {"a": 1}]),
        (f"[{'[' * 300}{']' * 300}, 2]", ["!too_deep", 2]),
        (f"[{'[' * 50_000}{']' * 50_000}, 2]", ["!too_deep", 2]),
        ("[" * 100_000, ["!too_deep"]),
        ('{"a":' * 100_000, ["!too_deep"]),
    ],
)
def test_broken_shapes_cost_what_is_broken(items: Items, content: str, expected: list[Any]) -> None:
    found = items(content)
    assert [value for _, _, value in found] == expected
    assert [index for index, _, _ in found] == list(range(len(expected)))


def test_depth_is_counted_in_levels_not_brackets(items: Items) -> None:
    assert items("[" + json.dumps([[]] * 500) + "]") == [(0, "/0", [[]] * 500)]
    at_limit: Any = 1
    for _ in range(200):
        at_limit = [at_limit]
    assert items(json.dumps([at_limit]))[0][2] == at_limit
    assert items(json.dumps([[at_limit]]))[0][2] == "!too_deep"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('window.YTD.tweets.part0 = [ {"tweet" : {"url":"a=b"}} ];\n', [{"tweet": {"url": "a=b"}}]),
        ("window.YTD.like.part0 = [ ]", []),
        ('var user_details =  {"id": "1"}', [{"id": "1"}]),
        ('[{"a": "="}]', [{"a": "="}]),
        ("var tweets = [\n 'a',\n 'b'\n];", ["!not_json"]),
        ("alert('no')", ["!no_assignment"]),
        ("", ["!empty"]),
    ],
)
def test_assigned_javascript(items: Items, content: str, expected: list[Any]) -> None:
    assert [value for _, _, value in items(content, read_assigned)] == expected


def test_a_problem_says_what_and_where(write: Write) -> None:
    data = write("a.jsonl", '{"a":1}\n{"a":2}\n{"a":}\n')
    (_, _, problem) = list(iter_json(data))[2]
    assert problem == JsonProblem(2, "broken", "It is not JSON: Expecting value (line 3).")
    ((_, _, quoted),) = read_assigned(write("b.js", "x = ['a']"))
    assert isinstance(quoted, JsonProblem)
    assert "single quotes are JavaScript" in quoted.reason


def test_damaged_packing_ends_with_a_problem(write: Write) -> None:
    lines = "".join(f'{{"n": {n * 7919 % 104729}}}\n' for n in range(20_000))
    *sound, last = (value for _, _, value in iter_json(write("a.jsonl.gz", gzip.compress(lines.encode())[:-3000])))
    assert len(sound) > 10_000
    assert sound[:100] == [{"n": n * 7919 % 104729} for n in range(100)]
    assert isinstance(last, JsonProblem)
    assert last.code == "truncated"


def test_a_missing_file_is_an_error(write: Write) -> None:
    data = write("a.json", "[]")
    with pytest.raises(ReadError, match="name one of its members"):
        list(iter_json(Input.at(data.local_path().parent)))  # type: ignore[union-attr]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text("ab", max_size=2), VALUES, max_size=3), max_size=8), st.integers(1, 9))
def test_any_objects_in_any_shape_through_any_window(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, Any]], window: int
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "WINDOW_CHARS", window)
        shapes = [
            json.dumps(values),
            json.dumps(values, indent=2, ensure_ascii=False),
            "\n".join(map(json.dumps, values)),
            "".join(json.dumps(value, indent=1) for value in values),
            "x.y = " + json.dumps(values) + ";",
        ]
        for shape in shapes:
            path.write_text(shape, encoding="utf-8", newline="")
            reader = read_assigned if shape.startswith("x") else iter_json
            found = [value for _, _, value in reader(Input.at(path))]
            assert found == values or (not values and not shape)


@given(st.text(st.sampled_from('{}[]",:\\1eatrun \n'), max_size=40))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(content, encoding="utf-8", newline="")
    for reader in (iter_json, read_assigned):
        indexes = [index for index, _, _ in reader(Input.at(path))]
        assert indexes == list(range(len(indexes)))
