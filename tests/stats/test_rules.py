"""Base sizes, many comparisons, star ratings, and shares corrected for a classifier's errors."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport import stats


@pytest.mark.parametrize(
    ("n", "status", "mark", "tested"),
    [
        (0, "hidden", "**", False),
        (9, "hidden", "**", False),
        (10, "small_base", "**", False),
        (29, "small_base", "**", False),
        (30, "small_base", "*", True),
        (99, "small_base", "*", True),
        (100, "ok", "", True),
        (math.nan, "hidden", "**", False),
    ],
)
def test_base_sizes(n: float, status: str, mark: str, tested: bool) -> None:
    assert (stats.base_status(n), stats.mark(n), stats.may_test(n)) == (status, mark, tested)


@given(st.lists(st.floats(0, 1), max_size=40))
def test_adjusted_p_values_keep_order_and_never_shrink(p_values: list[float]) -> None:
    adjusted = stats.benjamini_hochberg(p_values)
    assert np.all(adjusted >= np.array(p_values) - 1e-12)
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p_values, kind="stable")]) >= -1e-12)


def test_comparisons_without_a_p_value_do_not_count() -> None:
    adjusted = stats.benjamini_hochberg([0.01, math.nan, 0.04])
    assert adjusted[::2].tolist() == pytest.approx([0.02, 0.04])
    assert math.isnan(adjusted[1])
    assert stats.benjamini_hochberg([]).size == 0
    with pytest.raises(ValueError, match="0"):
        stats.benjamini_hochberg([1.2])


@given(st.integers(0, 500), st.floats(1, 5), st.floats(1, 5))
def test_bayesian_stars_lie_between_the_place_and_the_prior(n: int, stars: float, prior: float) -> None:
    found = stats.bayesian_mean(stars * n, n, prior_n=20, prior_mean=prior)
    assert min(stars, prior) - 1e-9 <= found <= max(stars, prior) + 1e-9
    if n == 0:
        assert found == pytest.approx(prior)


def test_bayesian_stars_of_many_places_rank_the_well_tried_above_the_lucky() -> None:
    lucky, tried = stats.bayesian_mean(np.array([15.0, 1260.0]), np.array([3.0, 300.0]), 20, 3.9)
    assert lucky < tried
    with pytest.raises(ValueError, match="prior"):
        stats.bayesian_mean(15.0, 3.0, 0, 3.9)


def corrected(k: int, n: int, se: float, sp: float, coded: int = 100) -> stats.Estimate:
    """Corrected share for a sample of ``coded`` records of either kind."""
    return stats.rogan_gladen(
        k,
        n,
        true_positives=se * coded,
        coded_positives=coded,
        true_negatives=sp * coded,
        coded_negatives=coded,
    )


@given(st.integers(0, 500), st.floats(0.65, 1), st.floats(0.65, 1))
def test_corrected_shares_stay_within_bounds(k: int, se: float, sp: float) -> None:
    found = corrected(k, 500, se, sp)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_perfect_classifier_changes_nothing_and_a_weak_one_is_refused() -> None:
    assert corrected(200, 500, 1, 1).value == pytest.approx(0.4)
    assert all(map(math.isnan, corrected(200, 500, 0.6, 0.55)))
    assert all(map(math.isnan, corrected(0, 0, 0.9, 0.9)))
