"""Headers and rows of real exports, where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = {
    "brandwatch/mentions_header_2022ish.txt": ("brandwatch", 0),
    "meltwater/header_2022_twitter.csv": ("meltwater", 0),
    "meltwater/header_2025.csv": ("meltwater", 0),
    "sprinklr/columns_seen.txt": ("sprinklr", 0),
    "sprout/post_performance_row.csv": ("sprout", 1),
    "hootsuite/post_performance_with_preamble.csv": ("hootsuite", 2),
}


@pytest.mark.parametrize(("path", "expected"), SAMPLES.items())
def test_samples(shared: Callable[[str], Path], load: Callable[..., Any], path: str, expected: tuple[str, int]) -> None:
    found = load(shared(f"samples/{path}"))
    assert (found.found.system, found.records.height) == expected
