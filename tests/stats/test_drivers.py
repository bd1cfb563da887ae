"""Shares of R²: what they equal, what they always are, and how often their intervals hold the truth."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cxreport import stats

Floats = NDArray[np.float64]
ratings = arrays(np.int64, st.tuples(st.integers(6, 25), st.integers(2, 6)), elements=st.integers(1, 5))
"""Answers on 1 to 5, a row a response; the last column is the outcome."""


def covariance(answers: NDArray[np.generic]) -> Floats:
    """Of the columns."""
    return np.asarray(np.cov(answers.T.astype(float), bias=True))


def fitted(answers: Floats, chosen: Iterable[int]) -> float:
    """R² of a regression on the chosen columns, by least squares on the answers themselves."""
    outcome = answers[:, -1]
    design = np.column_stack([np.ones(len(answers)), *(answers[:, j] for j in chosen)])
    rest = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return 1 - float(rest @ rest) / float(((outcome - outcome.mean()) ** 2).sum())


def brute_force(answers: Floats) -> Floats:
    """What each predictor adds to R², averaged over all orders, order by order."""
    predictors = answers.shape[1] - 1
    added = np.zeros(predictors)
    orders = list(itertools.permutations(range(predictors)))
    for order in orders:
        steps = [fitted(answers, order[:k]) for k in range(predictors + 1)]
        added[list(order)] += np.diff(steps)
    return added / len(orders)


def sample(n: int, seed: int = 3, weights: tuple[float, ...] = (0.9, 0.6, 0.3, 0.0)) -> Floats:
    """Answers on 1 to 5 to questions that correlate by about 0.35, and a score from 0 to 10 that they drive."""
    rng = np.random.default_rng(seed)
    size = len(weights)
    root = np.linalg.cholesky(0.65 * np.eye(size) + 0.35)
    parts = np.clip(np.round(3.4 + 1.1 * rng.normal(size=(n, size)) @ root.T), 1, 5)
    score = 7 + (parts - 3.4) @ np.array(weights) + 1.6 * rng.normal(size=n)
    return np.column_stack([parts, np.clip(np.round(score), 0, 10)])


def test_lmg_is_the_average_over_all_orders() -> None:
    answers = sample(200)
    assert stats.lmg(covariance(answers)) == pytest.approx(brute_force(answers), abs=1e-12)


def test_two_predictors_have_a_closed_form_that_both_methods_reach() -> None:
    correlations = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    whole = (0.36 + 0.16 - 2 * 0.6 * 0.4 * 0.5) / (1 - 0.25)
    first = (0.36 + whole - 0.16) / 2
    assert stats.r_squared(correlations) == pytest.approx(whole)
    assert stats.lmg(correlations) == pytest.approx([first, whole - first])
    assert stats.johnson(correlations) == pytest.approx([first, whole - first])
    assert stats.variance_inflation(correlations) == pytest.approx([1 / 0.75, 1 / 0.75])


def test_johnson_is_what_its_definition_says() -> None:
    correlations = np.asarray(np.corrcoef(sample(150).T)).reshape(5, 5)
    within, outcome = correlations[:-1, :-1], correlations[:-1, -1]
    values, vectors = np.linalg.eigh(within)
    loadings = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    beta = np.linalg.solve(loadings, outcome)
    assert stats.johnson(correlations) == pytest.approx(loadings**2 @ beta**2)


def test_independent_predictors_have_their_squared_correlations() -> None:
    correlations = np.eye(4)
    correlations[-1, :3] = correlations[:3, -1] = (0.5, 0.3, 0.1)
    for method in (stats.lmg, stats.johnson):
        assert method(correlations) == pytest.approx([0.25, 0.09, 0.01])
    assert stats.variance_inflation(correlations) == pytest.approx([1, 1, 1])


@settings(max_examples=60, deadline=None)
@given(ratings)
def test_shares_add_up_to_r_squared_and_are_never_negative(answers: NDArray[np.int64]) -> None:
    matrix = covariance(answers)
    whole = stats.r_squared(matrix)
    for method in (stats.lmg, stats.johnson):
        shares = method(matrix)
        if answers[:, -1].std() == 0:
            assert np.isnan(shares).all()
            assert np.isnan(whole)
            continue
        assert (shares >= 0).all()
        assert shares.sum() == pytest.approx(whole, abs=1e-7)
        assert whole <= 1


@settings(max_examples=40, deadline=None)
@given(ratings, st.randoms(use_true_random=False))
def test_shares_follow_their_predictors(answers: NDArray[np.int64], chance: object) -> None:
    order = list(range(answers.shape[1] - 1))
    chance.shuffle(order)  # type: ignore[attr-defined]
    moved = answers[:, [*order, -1]]
    for method in (stats.lmg, stats.johnson):
        expected = method(covariance(answers))[..., order]
        assert method(covariance(moved)) == pytest.approx(expected, abs=1e-7, nan_ok=True)


def test_units_and_direction_do_not_matter() -> None:
    answers = sample(200)
    turned = answers.copy()
    turned[:, 0] = 100 - 20 * turned[:, 0]
    for method in (stats.lmg, stats.johnson, stats.variance_inflation):
        assert method(covariance(turned)) == pytest.approx(method(covariance(answers)))


def test_a_question_asked_twice_shares_its_weight() -> None:
    answers = sample(200, weights=(0.9, 0.3))
    doubled = np.column_stack([answers[:, 0], answers])
    once, twice = stats.lmg(covariance(answers)), stats.lmg(covariance(doubled))
    assert twice[0] == pytest.approx(twice[1])
    assert twice.sum() == pytest.approx(once.sum())
    assert stats.johnson(covariance(doubled)).sum() == pytest.approx(once.sum())
    assert stats.variance_inflation(covariance(doubled))[:2].tolist() == [np.inf, np.inf]


def test_a_question_that_all_answer_alike_has_no_weight() -> None:
    answers = sample(200, weights=(0.9, 0.3))
    answers[:, 1] = 4.1
    for method in (stats.lmg, stats.johnson):
        assert method(covariance(answers))[1] == 0
        assert method(covariance(answers))[0] > 0.2


def test_sums_by_bucket_give_the_same_matrices() -> None:
    answers = sample(300)
    places = stats.pairs(answers.shape[1])
    products = [(answers[:, i] * answers[:, j]).sum() for i, j in places]
    assert stats.covariances(300, answers.sum(axis=0), products) == pytest.approx(covariance(answers))


def test_many_matrices_at_once_are_each_by_itself() -> None:
    matrices = np.stack([covariance(sample(100, seed)) for seed in range(6)]).reshape(2, 3, 5, 5)
    for method in (stats.lmg, stats.johnson, stats.r_squared, stats.variance_inflation):
        together = method(matrices)
        assert together[1, 2] == pytest.approx(method(matrices[1, 2]))


def test_too_many_predictors_are_refused() -> None:
    with pytest.raises(ValueError, match="13 predictors; 12 at most"):
        stats.lmg(np.eye(14))


def test_resampling_needs_two_buckets_and_a_seed_fixes_it() -> None:
    sums = np.array([[3.0, 1.0], [0.0, 0.0], [1.0, 4.0]])
    drawn = stats.bucket_resamples(sums, seed=1, draws=50)
    assert drawn.shape == (50, 2)
    assert {tuple(row) for row in drawn} == {(6, 2), (4, 5), (2, 8)}
    assert (stats.bucket_resamples(sums, seed=1, draws=50) == drawn).all()
    assert stats.bucket_resamples(sums[:2], seed=1).shape == (0, 2)
    low, high = stats.percentile_band(np.array([[1, 5], [np.nan, 9], [3, 7]]))
    assert (low.tolist(), high.tolist()) == ([1, 5], [3, 7])
    assert np.isnan(stats.percentile_band(np.empty((0, 2)))).all()


def test_intervals_of_shares_hold_the_truth() -> None:
    """Of a hundred samples of 300; `python -m benchmarks.coverage` simulates more."""
    truth = stats.lmg(covariance(sample(400_000, 0)))
    truth = truth / truth.sum()
    hits = np.zeros(4)
    for seed in range(1, 101):
        answers = sample(300, seed)
        places = stats.pairs(5)
        columns = [np.ones(300), *answers.T, *(answers[:, i] * answers[:, j] for i, j in places)]
        rest = stats.left_out(np.column_stack(columns))
        without = stats.lmg(stats.covariances(rest[:, 0], rest[:, 1:6], rest[:, 6:]))
        own = stats.lmg(covariance(answers))
        low, high = stats.jackknife_shares(own / own.sum(), without / without.sum(axis=1, keepdims=True))
        hits += (low <= truth) & (truth <= high)
    assert (hits >= 89).all()


def test_what_is_left_out_adds_up_to_the_rest() -> None:
    sums = np.array([[1.0, 2], [0, 0], [3, 4], [5, 0]])
    assert stats.left_out(sums).tolist() == [[8, 4], [6, 2], [4, 6]]


def test_jackknife_by_hand() -> None:
    # one share at 1/2; without each bucket its logit is ln(3/2), 0 or -ln(3/2): Σd² = 2 ln²(3/2), Σd⁴ = 2 ln⁴: df 2
    low, high = stats.jackknife_shares([0.5], [[0.6], [0.5], [0.4]])
    half = 4.302653 * math.sqrt(2 / 3 * 2) * math.log(1.5)
    assert (low[0], high[0]) == pytest.approx((1 / (1 + math.exp(half)), 1 / (1 + math.exp(-half))), rel=1e-5)


def test_jackknife_stays_within_its_bounds() -> None:
    rng = np.random.default_rng(1)
    others = rng.dirichlet([0.1, 1, 9], 40)
    low, high = stats.jackknife_shares(others.mean(axis=0), others)
    assert ((low >= 0) & (low <= others.mean(axis=0)) & (others.mean(axis=0) <= high) & (high <= 1)).all()
    sure, told = stats.jackknife_shares([0.0, 1.0], [[0.0, 1.0]] * 9)
    assert sure.tolist() == pytest.approx([0, 1], abs=1e-5)
    assert told.tolist() == pytest.approx([0, 1], abs=1e-5)
    assert np.isnan(stats.jackknife_shares([0.5], [[0.5], [0.4]])).all()
    assert np.isnan(stats.jackknife_shares([0.5], [[0.5], [0.4], [np.nan]])).all()
