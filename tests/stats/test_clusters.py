"""Clustered intervals: what they equal, what they never are, and how often they hold the truth."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cxreport import stats
from cxreport.model.schema import AUTHOR_BUCKETS

Buckets = NDArray[np.int64]


@st.composite
def bucketed(draw: st.DrawFn) -> tuple[Buckets, Buckets, Buckets]:
    """Positive, negative and all records of two or more filled buckets, and of some empty ones."""
    rows = draw(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=2, max_size=60))
    positive, negative, neutral = np.array([*rows, (1, 0, 0), (0, 0, 1)]).T
    return positive, negative, positive + negative + neutral


def simulated(
    rng: np.random.Generator, n: int, mean_posts: float, correlation: float
) -> tuple[Buckets, Buckets, Buckets]:
    """``n`` records of authors with a geometric number of posts, hashed into buckets; net share 0.45."""
    posts = rng.geometric(1 / mean_posts, size=n)
    posts = posts[: np.searchsorted(np.cumsum(posts), n) + 1]
    author = np.repeat(np.arange(len(posts)), posts)[:n]
    habit, mood = rng.choice([1, -1, 0], p=[0.6, 0.15, 0.25], size=(2, n))
    voice = np.where(rng.random(n) < math.sqrt(correlation), habit[author], mood)
    bucket = rng.integers(0, AUTHOR_BUCKETS, size=len(posts))[author]
    up, down, every = (
        np.bincount(bucket[kept], minlength=AUTHOR_BUCKETS) for kept in (voice == 1, voice == -1, slice(None))
    )
    return up, down, every


def coverage(n: int, mean_posts: float, correlation: float, runs: int) -> tuple[float, float]:
    """How often the clustered and the plain interval hold the true net share."""
    rng = np.random.default_rng(512)
    hits = np.zeros(2)
    for _ in range(runs):
        sums = simulated(rng, n, mean_posts, correlation)
        plain = stats.adjusted_wald(*(float(column.sum()) for column in sums))
        for which, interval in enumerate((stats.bucketed_trinomial(*sums), plain)):
            hits[which] += interval.low <= 0.45 <= interval.high
    clustered_share, plain_share = hits / runs
    return float(clustered_share), float(plain_share)


@pytest.mark.parametrize("n", [30, 100, 1000])
def test_coverage_when_nobody_writes_twice(n: int) -> None:
    clustered, plain = coverage(n, mean_posts=1, correlation=0, runs=300)
    assert 0.92 <= clustered <= 0.99
    assert abs(clustered - plain) <= 0.02


@pytest.mark.parametrize("n", [30, 100, 1000])
def test_coverage_when_authors_repeat_themselves(n: int) -> None:
    clustered, plain = coverage(n, mean_posts=4, correlation=0.8, runs=300)
    assert clustered >= 0.90
    assert plain <= 0.70


@given(bucketed())
def test_never_narrower_than_independent_records(sums: tuple[Buckets, Buckets, Buckets]) -> None:
    totals = [float(column.sum()) for column in sums]
    pairs = [
        (stats.bucketed_trinomial(*sums), stats.adjusted_wald(*totals)),
        (stats.bucketed_proportion(sums[0], sums[2]), stats.wilson(totals[0], totals[2])),
    ]
    for clustered, plain in pairs:
        # at a bound of the scale both are cut, so compare the free side too
        assert clustered.high - clustered.low >= plain.high - plain.low - 1e-9 or 1 in map(abs, clustered)
    assert stats.deff(*sums) >= 1


@given(st.lists(st.sampled_from([(1, 0), (0, 1), (0, 0)]), min_size=2, max_size=200))
def test_one_record_per_bucket_gives_the_plain_interval(rows: list[tuple[int, int]]) -> None:
    positive, negative = np.array(rows).T
    one_each, n = np.ones(len(rows)), float(len(rows))
    assert stats.deff(positive, negative, one_each) == pytest.approx(1)
    plain = stats.adjusted_wald(float(positive.sum()), float(negative.sum()), n)
    assert stats.bucketed_trinomial(positive, negative, one_each) == pytest.approx(plain, abs=1e-9)
    share = stats.bucketed_proportion(positive, one_each)
    assert share == pytest.approx(stats.wilson(float(positive.sum()), n), abs=1e-9)


@given(bucketed(), st.randoms(use_true_random=False))
def test_order_and_empty_buckets_do_not_matter(sums: tuple[Buckets, Buckets, Buckets], random: Random) -> None:
    order = list(range(len(sums[0])))
    random.shuffle(order)
    moved = [np.concatenate([column[order], [0, 0]]) for column in sums]
    net = stats.bucketed_trinomial(*sums)
    assert stats.bucketed_trinomial(moved[0], moved[1], moved[2]) == pytest.approx(net, nan_ok=True)
    ratio = stats.bucketed_ratio(sums[0], sums[2])
    assert stats.bucketed_ratio(moved[0], moved[2]) == pytest.approx(ratio, nan_ok=True)


def test_authors_who_always_agree_with_themselves_count_once() -> None:
    n = np.full(40, 5)
    positive = np.where(np.arange(40) < 20, 5, 0)
    assert stats.deff(positive, 0, n) == pytest.approx(5, rel=0.03)
    assert stats.deff(n, 0, n) == pytest.approx(5)


@pytest.mark.parametrize("n", [[], [0, 0, 0], [0, 7, 0]])
def test_fewer_than_two_filled_buckets_are_unknown(n: list[int]) -> None:
    sums = np.array(n)
    unknown = [
        *stats.bucketed_ratio(sums, sums),
        *stats.bucketed_log_ratio(sums, sums),
        *stats.bucketed_proportion(sums, sums),
        *stats.bucketed_trinomial(sums, 0 * sums, sums),
        *stats.bucket_bootstrap(sums.reshape(-1, 1), lambda totals: totals[:, 0], seed=1),
        stats.deff(sums, 0, sums),
    ]
    assert all(map(math.isnan, unknown))


def test_ratio_is_the_textbook_linearisation() -> None:
    # mean 2; residuals 1, -1, 0, 0: variance 4/3 · 2 / 4² = 1/6; t₃ = 3.1824
    low, high = stats.bucketed_ratio([3, 1, 2, 2], [1, 1, 1, 1])
    assert (low, high) == pytest.approx((2 - 3.18245 / 6**0.5, 2 + 3.18245 / 6**0.5), rel=1e-5)


@given(st.floats(0.01, 1000))
def test_ratio_scales_with_its_numerator(scale: float) -> None:
    numerator, denominator = np.array([3.0, 1, 4, 1, 5]), np.array([2.0, 1, 1, 3, 2])
    low, high = stats.bucketed_ratio(numerator, denominator)
    assert stats.bucketed_ratio(scale * numerator, denominator) == pytest.approx((scale * low, scale * high))


def test_kish_counts_equal_weights_fully_and_a_giant_once() -> None:
    assert stats.kish_n([3, 3, 3]) == pytest.approx(3)
    assert stats.kish_n([1e9, 1, 1]) == pytest.approx(1)
    assert stats.kish_n([]) == 0


def test_those_who_write_most_and_always_alike_leave_few_degrees_of_freedom() -> None:
    n = np.array([60.0, *np.ones(60)])
    alike, mixed = np.array([60.0, *np.tile([1, 0], 30)]), np.array([30.0, *np.tile([1, 0], 30)])
    # one author has half of the records: hardly two people have spoken where these are all alike
    assert stats.effective_base(alike, 0 * n, n) < 2
    assert stats.effective_base(mixed, 0 * n, n) > 40


def test_mean_base_agrees_with_the_base_of_a_share() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(1, 9, 80)
    hits = rng.binomial(n, rng.beta(1, 1, 80))
    share = hits.sum() / n.sum()
    deviation = math.sqrt(share * (1 - share) * n.sum() / (n.sum() - 1))
    assert stats.mean_base(hits, n, deviation) == pytest.approx(stats.effective_base(hits, 0, n))
    assert stats.mean_base(5 * n, n, 0.0) == pytest.approx(stats.effective_base(n, 0, n))
    assert math.isnan(stats.mean_base([3], [1], 1.0))


def test_log_ratio_by_hand() -> None:
    # shares of either sum: 1/4, 1/4, 1/2 against 1/2, 1/4, 1/4; r² = 1/16, 0, 1/16: variance 3/2 · 1/8, df 2
    low, high = stats.bucketed_log_ratio([10, 10, 20], [2, 1, 1])
    half = math.exp(4.302653 * math.sqrt(3 / 16))
    assert (low, high) == pytest.approx((10 / half, 10 * half), rel=1e-5)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=40), st.floats(0.01, 100))
def test_log_ratio_turns_around_and_scales(rows: list[tuple[int, int]], scale: float) -> None:
    up, down = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    there, back = stats.bucketed_log_ratio(up, down), stats.bucketed_log_ratio(down, up)
    if math.isnan(there.low):
        return
    assert there.low <= up.sum() / down.sum() <= there.high
    assert (1 / back.high if back.high else math.inf, 1 / back.low if back.low else math.inf) == pytest.approx(there)
    assert stats.bucketed_log_ratio(scale * up, down) == pytest.approx((scale * there.low, scale * there.high))


@pytest.mark.parametrize(("up", "down"), [([1, 2], [0, 0]), ([0, 0], [1, 2]), ([4], [2]), ([2, 4, 6], [1, 2, 3])])
def test_log_ratio_that_nobody_can_tell(up: list[int], down: list[int]) -> None:
    assert all(map(math.isnan, stats.bucketed_log_ratio(up, down)))


def ratio(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """First sum over second."""
    return totals[:, 0] / totals[:, 1]


def test_bootstrap_repeats_itself_and_agrees_with_the_linearised_interval() -> None:
    rng = np.random.default_rng(7)
    sums = np.column_stack([rng.poisson(6, 400), rng.poisson(3, 400) + 1])
    drawn = stats.bucket_bootstrap(sums, ratio, seed=1)
    assert drawn == stats.bucket_bootstrap(sums, ratio, seed=1)
    assert drawn != stats.bucket_bootstrap(sums, ratio, seed=2)
    assert drawn == pytest.approx(stats.bucketed_ratio(sums[:, 0], sums[:, 1]), rel=0.02)


def test_bootstrap_leaves_out_undefined_draws_and_keeps_infinite_ones() -> None:
    low, high = stats.bucket_bootstrap([[5, 1], [5, 0], [5, 0]], ratio, seed=3)
    assert low == pytest.approx(5)
    assert high == math.inf
    assert all(map(math.isnan, stats.bucket_bootstrap([[0, 1], [0, 2]], lambda t: t[:, 0] / 0, seed=3)))
