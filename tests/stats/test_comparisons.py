"""Two-sample comparisons against SciPy on single cases, and their empty and extreme inputs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from cxreport import stats

STARS = st.lists(st.integers(0, 12), min_size=5, max_size=5)


def test_two_proportions_takes_chi_square_on_large_bases_and_fisher_on_small() -> None:
    large, small = stats.two_proportions(56, 70, 48, 80), stats.two_proportions(3, 8, 1, 9)
    pooled = 104 / 150
    z = 0.2 / math.sqrt(pooled * (1 - pooled) * (1 / 70 + 1 / 80))
    assert large.p == pytest.approx(2 * scipy_stats.norm.sf(z))
    assert small.p == pytest.approx(scipy_stats.fisher_exact([[3, 5], [1, 8]]).pvalue)


def test_two_proportions_without_a_difference_or_a_base() -> None:
    assert stats.two_proportions(0, 40, 0, 50).p == 1
    assert all(map(math.isnan, stats.two_proportions(0, 0, 3, 5)))
    with pytest.raises(ValueError, match="between 0 and its base"):
        stats.two_proportions(9, 8, 3, 5)


def test_two_means_agree_with_welch_on_the_cases() -> None:
    a, b = np.array([4.0, 5, 5, 3, 4, 5]), np.array([2.0, 3, 5, 1])
    theirs = scipy_stats.ttest_ind(a, b, equal_var=False)
    ours = stats.two_means((a.mean(), a.std(ddof=1), a.size), (b.mean(), b.std(ddof=1), b.size))
    assert ours == pytest.approx((a.mean() - b.mean(), *theirs.confidence_interval(), theirs.pvalue))
    assert all(map(math.isnan, stats.two_means((4, 0, 1), (3, 1, 9))))
    assert all(map(math.isnan, stats.two_means((4, 0, 5), (3, 0, 9))))


@given(STARS, STARS)
def test_mann_whitney_agrees_with_scipy_and_mirrors(first: list[int], second: list[int]) -> None:
    assume(any(first) and any(second) and np.count_nonzero(np.add(first, second)) > 1)
    cases = (np.repeat(np.arange(5), first), np.repeat(np.arange(5), second))
    theirs = scipy_stats.mannwhitneyu(*cases, method="asymptotic", use_continuity=False)
    ours, back = stats.mann_whitney(first, second), stats.mann_whitney(second, first)
    assert (ours.u, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    signs = np.sign(cases[0][:, None] - cases[1])
    assert ours.delta == pytest.approx(signs.mean())
    assert (back.p, back.delta) == pytest.approx((ours.p, -ours.delta))


def test_mann_whitney_of_one_answer_or_none() -> None:
    assert all(map(math.isnan, stats.mann_whitney([0, 0], [3, 4])))
    same = stats.mann_whitney([5, 0], [7, 0])
    assert same.delta == 0
    assert math.isnan(same.p)
    with pytest.raises(ValueError, match="every category"):
        stats.mann_whitney([1, 2], [1, 2, 3])


def test_no_change_needs_evidence() -> None:
    few, many = stats.tost_proportions(40, 50, 40, 50), stats.tost_proportions(4000, 5000, 4000, 5000)
    assert few.value == many.value == 0
    assert few.p > 0.05 > many.p
    assert stats.tost_proportions(4000, 5000, 3500, 5000).p > 0.99
    assert all(map(math.isnan, stats.tost_proportions(0, 0, 1, 2)))
    with pytest.raises(ValueError, match="margin"):
        stats.tost_proportions(1, 2, 1, 2, margin=0)


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.01, 0.3))
def test_equivalence_is_the_interval_inside_the_margin(k1: int, k2: int, margin: float) -> None:
    found = stats.tost_proportions(k1, 400, k2, 400, margin=margin)
    assert (found.p < 0.05) == (-margin < found.low and found.high < margin)
    assert found.p == stats.tost_proportions(k2, 400, k1, 400, margin=margin).p


def test_homogeneity_is_chi_square_and_permuted_where_cells_are_thin() -> None:
    large = [[30, 20, 10], [20, 30, 10]]
    assert stats.homogeneity_p(large) == pytest.approx(scipy_stats.chi2_contingency(large, correction=False).pvalue)
    thin = [[5, 1], [1, 6]]
    assert stats.homogeneity_p(thin) == pytest.approx(scipy_stats.fisher_exact(thin).pvalue, abs=0.015)
    assert stats.homogeneity_p(thin) == stats.homogeneity_p(thin), "its draws are seeded"
    assert stats.homogeneity_p([[4, 0, 2], [4, 0, 2]]) == pytest.approx(1)
    assert all(map(math.isnan, (stats.homogeneity_p([[3, 4]]), stats.homogeneity_p([[3, 0], [4, 0]]))))
