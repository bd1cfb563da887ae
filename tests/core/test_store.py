"""The store: whole files or none, found by what they were made from, and no more of them than there is room for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from cxreport.engine.store import STALE, Info, Store, key_of


def text(path: Path, content: str = "x") -> int:
    return path.write_text(content, "utf-8")


def test_keys_tell_values_apart() -> None:
    values: list[list[Any]] = [
        ["a", "b"],
        ["ab"],
        ["a", ["b"]],
        ["a", None],
        ["a"],
        [1],
        ["1"],
        [b"\x01"],
        [{"a": 1}],
        [{"a": 2}],
    ]
    keys = {key_of(*value) for value in values}
    assert len(keys) == len(values)
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def broken(path: Path) -> None:
        text(path)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        store.put(key_of("a"), ".json", broken)
    assert store.info() == Info(0, 0)


def test_equal_content_is_one_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keys = {store.add(".txt", lambda path: text(path, "the same")) for _ in range(3)}
    assert len(keys) == 1
    assert store.info() == Info(1, 8)


def test_a_value_is_made_once(tmp_path: Path) -> None:
    store, made = Store(tmp_path), list[int]()

    def make() -> dict[str, int]:
        made.append(1)
        return {"n": len(made)}

    assert [store.once("k" * 40, make), Store(tmp_path).once("k" * 40, make)] == [{"n": 1}, {"n": 1}]


def test_a_damaged_value_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("k" * 40, {"n": 1})
    text(store.path("k" * 40, ".json"), '{"n": ')
    assert store.once("k" * 40, lambda: {"n": 2}) == {"n": 2}


def test_what_was_used_longest_ago_goes_first_and_what_is_needed_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    paths = {name: store.put(key_of(name), ".bin", lambda path: text(path, "." * 100)) for name in "abcd"}
    for age, path in enumerate(paths.values()):
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    store.find(key_of("b"), ".bin")
    store.trim({paths["a"]}, limit=250)
    assert {name for name, path in paths.items() if path.exists()} == {"a", "b"}


def test_halves_of_a_dead_build_go_and_those_of_a_living_one_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = store.put(key_of("a"), ".bin", text)
    dead, living = kept.with_name("b.part"), kept.with_name("c.part")
    text(dead)
    text(living)
    long_ago = living.stat().st_mtime - 2 * STALE
    os.utime(dead, (long_ago, long_ago))
    store.trim(set(), limit=1_000)
    assert not dead.exists()
    assert living.exists()
    assert kept.exists()


def test_clearing_tells_what_went(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.put(key_of("a"), ".bin", text)
    assert store.clear() == Info(1, 1)
    assert store.info() == Info(0, 0)
