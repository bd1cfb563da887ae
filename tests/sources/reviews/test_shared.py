"""True scrapes load whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .exports import Loaded


@pytest.mark.parametrize("name", ["nookmart.com_reviews.csv", "trustpilot_reviews.csv"])
def test_true_scrapes_load_whole(shared: Callable[[str], Path], name: str) -> None:
    loaded = Loaded(shared(f"data/trustpilot-nookmart/{name}"))
    assert loaded.records.height == loaded.facts.rows_read > 10
    assert loaded.records["rating_value"].null_count() == 0
