"""Krippendorff's alpha against its author's own example, and what must hold of any coding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.stats import krippendorff, macro_f1, masi, precision, recall

# Krippendorff 2011, section C: four observers, twelve units, 0 where an observer did not code.
OBSERVERS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
])  # fmt: skip

codings = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=4, max_size=12)
"""Units of three coders; 0 stands for no code."""


def counted(observers: np.ndarray, classes: int) -> np.ndarray:
    return np.stack([(observers == c).sum(axis=0) for c in range(1, classes + 1)], axis=1)


def test_published_example() -> None:
    counts = counted(OBSERVERS, 5)
    assert krippendorff(counts).value == pytest.approx(0.743, abs=5e-4)
    assert krippendorff(counts, ordinal=True).value == pytest.approx(0.815, abs=5e-4)


def test_two_binary_observers() -> None:
    """Section A of the same paper: two observers, ten units, alpha .095."""
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff(counted(np.array([first, second]) + 1, 2)).value == pytest.approx(0.095, abs=5e-4)


def test_interval_holds_the_value_and_repeats() -> None:
    counts = counted(OBSERVERS, 5)
    one, again = krippendorff(counts, seed=7), krippendorff(counts, seed=7)
    assert one == again
    assert 0 < one.low < one.value < one.high <= 1


def test_nothing_to_compare() -> None:
    assert np.isnan(krippendorff(np.empty((0, 3))).value)
    assert np.isnan(krippendorff([[1, 0], [0, 1]]).value), "one code a unit"
    assert np.isnan(krippendorff([[2, 0], [2, 0]]).value), "everything is of one class"


@given(codings)
def test_perfect_agreement_is_one(units: list[list[int]]) -> None:
    firsts = np.array([[unit[0] or 1] * 2 for unit in units]).T
    counts = counted(firsts, 3)
    if len(set(firsts[0])) > 1:
        for ordinal in (False, True):
            assert krippendorff(counts, ordinal=ordinal).value == pytest.approx(1)


@given(codings, st.permutations(range(3)))
def test_order_of_coders_and_units_is_nothing(units: list[list[int]], coders: list[int]) -> None:
    table = np.array(units).T
    shuffled = table[coders][:, np.random.default_rng(len(units)).permutation(table.shape[1])]
    for ordinal in (False, True):
        one = krippendorff(counted(table, 3), ordinal=ordinal, draws=1).value
        other = krippendorff(counted(shuffled, 3), ordinal=ordinal, draws=1).value
        assert one == pytest.approx(other, nan_ok=True)


@given(codings)
def test_units_with_one_code_change_nothing(units: list[list[int]]) -> None:
    counts = counted(np.array(units).T, 3)
    more = np.vstack([counts, [[1, 0, 0], [0, 0, 1], [0, 0, 0]]])
    assert krippendorff(counts, draws=1).value == pytest.approx(krippendorff(more, draws=1).value, nan_ok=True)


def test_sets() -> None:
    none, bag, both, gate = frozenset[str](), frozenset({"bag"}), frozenset({"bag", "gate"}), frozenset({"gate"})
    distance = masi([none, bag, both, gate])
    assert distance[0] == pytest.approx([0, 1, 1, 1])
    assert distance[1] == pytest.approx([1, 0, 2 / 3, 1])
    agreeing = krippendorff([[0, 2, 0, 0], [0, 0, 2, 0], [2, 0, 0, 0]], distance=distance).value
    near = krippendorff([[0, 1, 1, 0], [0, 0, 2, 0], [2, 0, 0, 0]], distance=distance).value
    far = krippendorff([[0, 1, 0, 1], [0, 0, 2, 0], [2, 0, 0, 0]], distance=distance).value
    assert agreeing == pytest.approx(1)
    assert far < near < 1


def test_figures_of_a_confusion_matrix() -> None:
    matrix = [[8, 2, 0], [1, 5, 4], [0, 0, 0]]
    assert precision(matrix) == pytest.approx([8 / 9, 5 / 7, 0])
    assert recall(matrix) == pytest.approx([0.8, 0.5, np.nan], nan_ok=True)
    assert macro_f1(matrix) == pytest.approx((16 / 19 + 10 / 17 + 0) / 3)
    assert macro_f1([[3, 0, 0], [0, 4, 0], [0, 0, 0]]) == pytest.approx(1), "an absent class is no mistake"
    assert np.isnan(macro_f1(np.zeros((2, 2))))
