"""Learning on real, hand-labelled texts (skipped where they are absent): what 400 coded ones must be worth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks import labelled
from benchmarks.learning import CODED_TEXTS, run, shares

Shared = Callable[[str], Path]


def test_english_posts_and_the_shares_of_six_companies(shared: Shared) -> None:
    done = run(labelled.airline(shared(labelled.AIRLINE)), CODED_TEXTS, seed=0)
    assert done.f1 >= 66
    found = shares(done)
    assert len(found) == 6
    assert sum(share.held for share in found) >= 5
    assert all(share.high - share.low < 0.5 for share in found)


def test_russian_posts(shared: Shared) -> None:
    assert run(labelled.banks(shared(labelled.BANKS)), CODED_TEXTS, seed=0).f1 >= 62
