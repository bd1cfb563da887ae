"""The published values every release must reproduce to the digits printed."""

from __future__ import annotations

import numpy as np
import pytest

from cxreport import stats


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (8, 10, (0.4902, 0.9433)),
        (0, 20, (0.0, 0.1611)),
        (29, 100, (0.2101, 0.3854)),
        (400, 1000, (0.370, 0.431)),
    ],
)
def test_wilson(k: int, n: int, expected: tuple[float, float]) -> None:
    digits = 3 if n == 1000 else 4
    assert tuple(round(limit, digits) for limit in stats.wilson(k, n)) == expected


def test_nps_of_100() -> None:
    value, se = stats.nps(45, 25, 100), stats.nps_se(45, 25, 100)
    assert (round(value, 1), round(se, 2)) == (20.0, 8.12)
    assert (round(value - 1.96 * se, 2), round(value + 1.96 * se, 2)) == (4.08, 35.92)
    low, high = stats.adjusted_wald_nps(45, 25, 100)
    assert (round(low, 2), round(high, 2)) == (3.77, 35.06)


def test_nps_of_20() -> None:
    low, high = stats.adjusted_wald_nps(12, 3, 20)
    assert (stats.nps(12, 3, 20), round(low, 2), round(high, 2)) == (45.0, 8.43, 69.83)


def test_nps_difference() -> None:
    difference = stats.nps_difference((45, 25, 100), (38, 30, 100))
    assert (round(difference.value, 1), round(difference.se, 2), round(difference.z, 2)) == (
        12.0,
        11.55,
        1.04,
    )
    assert difference.low < 0 < difference.value < difference.high


def test_newcombe() -> None:
    low, high = stats.newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert round(stats.two_proportions(56, 70, 48, 80).value, 3) == 0.200


@pytest.mark.parametrize(("stars", "n", "expected"), [(5.0, 3, 4.043), (4.2, 300, 4.181)])
def test_bayesian_stars(stars: float, n: int, expected: float) -> None:
    assert round(stats.bayesian_mean(stars * n, n, prior_n=20, prior_mean=3.9), 3) == expected


def test_benjamini_hochberg() -> None:
    adjusted = stats.benjamini_hochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205])
    assert np.round(adjusted, 4).tolist() == [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.0846, 0.205]


def test_branching_ratio() -> None:
    assert stats.branching_ratio([1, 1, 4, 2, 12]) == pytest.approx(0.75, abs=1e-12)


def test_gini() -> None:
    assert round(stats.gini([420_000, 276_000, 50_000, 40_000, 26_000]), 4) == 0.5044


def test_reach_asymmetry() -> None:
    assert round(stats.reach_asymmetry(276_000 + 420_000, 116_000), 2) == 6.00


def test_rogan_gladen() -> None:
    corrected = stats.rogan_gladen(
        400, 1000, true_positives=96, coded_positives=120, true_negatives=153, coded_negatives=180
    )
    assert tuple(round(limit, 3) for limit in corrected) == (0.385, 0.305, 0.465)


def test_median_ranks_and_the_first_base_with_a_finite_p90() -> None:
    assert stats.quantile_ranks(25, 0.5) == (8, 18)
    assert stats.quantile_ranks(35, 0.9)[1] > 35
    assert stats.quantile_ranks(36, 0.9)[1] == 36
