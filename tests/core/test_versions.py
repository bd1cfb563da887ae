"""Versions: the same item read twice is one record, the newest, with a count."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from cxreport.stages.versions import merge_versions

from .fakes import loaded, source, table, write

OLD: dict[str, Any] = {
    "native_id": "1",
    "text": "old",
    "created_at": "2026-01-01T10:00:00Z",
    "updated_at": "2026-01-02T10:00:00Z",
}
NEW = {**OLD, "text": "new", "updated_at": "2026-03-01T10:00:00Z"}
PARENT = {**OLD, "text": "parent", "updated_at": None, "is_context": True}
NEVER_EDITED = {**OLD, "text": "never edited", "updated_at": None}


def merged(folder: Path, *files: list[dict[str, Any]]) -> list[tuple[str, int]]:
    for number, rows in enumerate(files):
        write(folder / f"{number}.jsonl", *({k: v for k, v in row.items() if v is not None} for row in rows))
    engine, _ = loaded(folder, source(folder))
    surplus = merge_versions(engine)
    kept = table(engine)
    assert surplus == sum(map(len, files)) - kept.height
    return sorted(kept.select("text", "versions").rows())


def test_the_newest_is_kept_whatever_the_order_of_files(tmp_path: Path) -> None:
    for number, (a, b, c) in enumerate(permutations([OLD, NEW, NEVER_EDITED])):
        assert merged(tmp_path / str(number), [a], [b], [c]) == [("new", 3)]


def test_a_record_in_its_own_right_comes_before_a_parent(tmp_path: Path) -> None:
    assert merged(tmp_path / "a", [PARENT], [NEVER_EDITED]) == [("never edited", 2)]
    assert merged(tmp_path / "b", [NEVER_EDITED], [PARENT]) == [("never edited", 2)]


def test_others_are_left_alone(tmp_path: Path) -> None:
    other = {"native_id": "2", "text": "other"}
    assert merged(tmp_path / "a", [OLD, other], [OLD]) == [("old", 2), ("other", 1)]
    assert merged(tmp_path / "b", [OLD, other]) == [("old", 1), ("other", 1)]


def test_equal_texts_without_an_id_are_not_versions(tmp_path: Path) -> None:
    assert merged(tmp_path, [{"text": "thank you"}, {"text": "thank you"}]) == [("thank you", 1)] * 2


@pytest.mark.parametrize("missing", ["created_at", "updated_at"])
def test_versions_without_dates_are_merged_too(tmp_path: Path, missing: str) -> None:
    undated = {k: v for k, v in OLD.items() if k not in ("created_at", "updated_at")}
    one = {**undated, **({} if missing == "created_at" else {"created_at": OLD["created_at"]})}
    assert [count for _, count in merged(tmp_path, [one], [one], [one])] == [3]
