"""Real exports of the older and the tabular formats, where they are at hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Shared = Callable[[str], Path]


def test_the_classic_archive(shared: Shared, load: Callable[..., Any], tmp_path: Path) -> None:
    """Its months hold 13, 5 and 47 posts; its table 49, of which 33 are of other months."""
    path = shared("data/twitter-archive-2012format-agustin-es")
    found = load(path)
    assert found.own.height == 13 + 5 + 47 + 33
    assert found.own["native_id"].n_unique() == found.own.height
    assert found.facts.skipped == {"posts that the files of months hold too": 16}
    assert found.facts.expected == 8332
    assert found.own["created_at"].null_count() == 0
    assert not found.rejects
    packed = load(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", path)))
    assert packed.records.equals(found.records)


@pytest.mark.parametrize(
    ("name", "posts"), [("tweets.csv", 49), ("data/js/tweets/2012_11.js", 13), ("data/js/tweets/2014_01.js", 47)]
)
def test_members_of_the_classic_archive(shared: Shared, load: Callable[..., Any], name: str, posts: int) -> None:
    found = load(shared(f"data/twitter-archive-2012format-agustin-es/{name}"))
    assert found.own.height == posts
    assert found.own["created_at"].null_count() == 0


def test_statuses_glued_together(shared: Shared, load: Callable[..., Any]) -> None:
    found = load(shared("data/x-api-v11-pritul2/data.txt"))
    assert found.own.height == found.facts.rows_read == 9
    assert not found.rejects
    assert found.own["author_followers"].null_count() == 0
