"""Corrections by a confusion matrix: bounds, identity, permutations, refusals, and whether intervals hold."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxreport import stats
from cxreport.stats import Counted

MATRICES = arrays(float, (3, 3), elements=st.integers(0, 60).map(float))
SHARES = (
    arrays(float, 3, elements=st.integers(0, 50).map(float)).filter(lambda a: a.sum() > 0).map(lambda a: a / a.sum())
)
GOOD = np.array([[60.0, 15, 5], [12, 48, 10], [3, 7, 40]])
FIRST = (1.0, 0.0, 0.0)


@given(SHARES, MATRICES)
@settings(max_examples=60)
def test_shares_stay_shares(observed: np.ndarray, confusion: np.ndarray) -> None:
    for read in (stats.unmixed, stats.restated):
        found = read(observed, confusion)
        assert np.all((found >= 0) & (found <= 1))
        assert found.sum() == pytest.approx(1)


@given(SHARES)
def test_a_classifier_that_is_always_right_changes_nothing(observed: np.ndarray) -> None:
    always = np.diag([30.0, 20, 50])
    assert stats.unmixed(observed, always) == pytest.approx(observed, abs=1e-6)
    assert stats.restated(observed, always) == pytest.approx(observed)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_classes_is_nothing(order: tuple[int, ...]) -> None:
    observed, place = np.array([0.5, 0.3, 0.2]), list(order)
    for read in (stats.unmixed, stats.restated):
        turned = read(observed[place], GOOD[np.ix_(place, place)])
        assert turned == pytest.approx(read(observed, GOOD)[place], abs=1e-6)


def test_two_classes_are_rogan_and_gladens() -> None:
    confusion = np.array([[96.0, 24], [27, 153]])
    found = stats.unmixed([0.4, 0.6], confusion)[0]
    whole = stats.rogan_gladen(
        400, 1000, true_positives=96, coded_positives=120, true_negatives=153, coded_negatives=180
    )
    assert found == pytest.approx(whole.value, abs=1e-6)
    assert whole.value == pytest.approx(0.385, abs=5e-4)
    assert (whole.low, whole.high) == pytest.approx((0.305, 0.465), abs=1e-3)


def test_the_coded_sample_itself_is_given_back() -> None:
    labels, truth = GOOD.sum(axis=0) / GOOD.sum(), GOOD.sum(axis=1) / GOOD.sum()
    assert stats.unmixed(labels, GOOD) == pytest.approx(truth, abs=1e-6)
    assert stats.restated(labels, GOOD) == pytest.approx(truth)


@given(SHARES)
def test_each_reading_is_right_where_it_holds(truth: np.ndarray) -> None:
    rates = GOOD / GOOD.sum(axis=1, keepdims=True)
    assert stats.unmixed(truth @ rates, GOOD) == pytest.approx(truth, abs=1e-6)
    stands_for = GOOD / GOOD.sum(axis=0)
    assert stats.restated(truth, GOOD) == pytest.approx(stands_for @ truth)


def test_what_was_never_coded_is_taken_at_its_word() -> None:
    confusion = np.array([[40.0, 10, 0], [10, 40, 0], [0, 0, 0]])
    for read in (stats.unmixed, stats.restated):
        assert read([0.0, 0.0, 1.0], confusion) == pytest.approx([0, 0, 1], abs=1e-6)


@pytest.mark.parametrize(
    ("confusion", "expected"),
    [([[96, 24], [27, 153]], 0.8 + 0.85 - 1), ([[1, 1], [1, 1]], 0), ([[5, 0], [0, 5]], 1), ([[0, 5], [5, 0]], -1)],
)
def test_informedness(confusion: list[list[float]], expected: float) -> None:
    assert stats.informedness(confusion) == pytest.approx(expected)


def test_chance_corrects_nothing() -> None:
    guess = Counted(np.array([30.0, 40, 30]), np.full((3, 3), 20.0))
    assert np.isnan(stats.corrected_shares([guess], FIRST, 100, whole=True, seed=1).value)
    empty = Counted(np.zeros(3), GOOD)
    assert np.isnan(stats.corrected_shares([empty], FIRST, 100, whole=True, seed=1).value)
    assert np.isnan(stats.corrected_shares([Counted(np.ones(3), GOOD)], FIRST, np.nan, whole=True, seed=1).value)


@given(st.lists(st.tuples(SHARES, MATRICES), min_size=1, max_size=3), st.booleans())
@settings(max_examples=30, deadline=None)
def test_intervals_hold_their_value_and_the_bounds(parts: list[tuple[np.ndarray, np.ndarray]], whole: bool) -> None:
    counted = [Counted(100 * shares, matrix + 60 * np.eye(3)) for shares, matrix in parts]
    share = stats.corrected_shares(counted, FIRST, 200, whole=whole, seed=3, draws=100)
    net = stats.corrected_shares(counted, (-1, 0, 1), 200, whole=whole, seed=3, draws=100)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert -1 <= net.low <= net.value <= net.high <= 1


def test_what_people_coded_counts_as_it_is() -> None:
    coded = Counted(np.array([300.0, 400, 300]), None)
    value, low, high = stats.corrected_shares([coded], FIRST, 1000, whole=False, seed=1)
    assert value == pytest.approx(0.3)
    assert (low, high) == pytest.approx(tuple(stats.wilson(300, 1000)), abs=0.004)


def test_the_interval_knows_both_samples() -> None:
    counts = np.array([400.0, 350, 250])

    def width(confusion: np.ndarray, base: float, whole: bool = True) -> float:
        found = stats.corrected_shares([Counted(counts, confusion)], FIRST, base, whole=whole, seed=1)
        return found.high - found.low

    assert width(GOOD, 1000) > 1.3 * width(GOOD * 10, 1000)
    assert width(GOOD, 100) > 1.3 * width(GOOD, 10_000)
    assert width(GOOD, 1000, whole=False) > 1.3 * width(GOOD, 1000)
    assert width(GOOD, 1000) == width(GOOD, 1000)


def test_intervals_of_the_whole_hold_the_truth() -> None:
    """300 simulated audits of 2,000 records, 300 of them coded."""
    rng = np.random.default_rng(5)
    joint = GOOD / GOOD.sum()
    truth, held = joint.sum(axis=1)[0], 0
    for seed in range(300):
        confusion = rng.multinomial(300, joint.ravel()).reshape(3, 3).astype(float)
        counts = rng.multinomial(2000, joint.sum(axis=0)).astype(float)
        found = stats.corrected_shares([Counted(counts, confusion)], FIRST, 2000, whole=True, seed=seed, draws=300)
        held += found.low <= truth <= found.high
    assert 0.91 <= held / 300 <= 0.99


@pytest.mark.parametrize("shifted", ["prior", "label"])
def test_intervals_of_a_part_hold_the_truth_whichever_reading_is_right(shifted: str) -> None:
    rng = np.random.default_rng(6)
    joint = GOOD / GOOD.sum()
    held = 0
    for seed in range(100):
        confusion = rng.multinomial(300, joint.ravel()).reshape(3, 3).astype(float)
        if shifted == "prior":
            mix = np.array([0.35, 0.35, 0.3])
            labels, truth = mix @ (joint / joint.sum(axis=1, keepdims=True)), mix[0]
        else:
            labels = np.array([0.35, 0.35, 0.3])
            truth = (joint / joint.sum(axis=0))[0] @ labels
        counts = rng.multinomial(800, labels).astype(float)
        found = stats.corrected_shares([Counted(counts, confusion)], FIRST, 800, whole=False, seed=seed, draws=300)
        held += found.low <= truth <= found.high
    assert held >= 88
