"""Figures of the business beside experience: planted lags are found, noise is directional, little is not testable."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest

from cxreport.api import Facts, Figure, Result, Words
from cxreport_plugins.economics.linkage import Linkage, Pair
from cxreport_plugins.economics.moving import moving
from tests.measures import make
from tests.measures.russian import russian, untold

MONDAY = date(2025, 1, 6)
WEEKS = 60


def moods(seed: int) -> list[int]:
    """Positive records of twenty, week by week."""
    draw = random.Random(seed)
    return [draw.randrange(2, 19) for _ in range(WEEKS)]


def measured(positives: list[int], figures: list[float]) -> tuple[Result, ...]:
    rows: list[dict[str, Any]] = [
        {"created_at": datetime.combine(MONDAY + timedelta(weeks=week, days=n % 7), time(9), UTC),
         "sentiment": "positive" if n < count else "negative"}
        for week, count in enumerate(positives) for n in range(20)
    ]  # fmt: skip
    kpi = tuple(
        Figure(date=MONDAY + timedelta(weeks=week), name="orders, thousand", value=value)
        for week, value in enumerate(figures)
    )
    return make.run(Linkage, make.records(*rows), about=make.context(facts=Facts(kpi=kpi)))


def test_a_planted_lag_and_slope_are_found() -> None:
    """Orders are 100 + a fifth of the net sentiment of four weeks ago: two for ten points."""
    positives = moods(3)
    net = [100 * (2 * count - 20) / 20 for count in positives]
    draw = random.Random(9)
    figures = [100 + 0.2 * (net[week - 4] if week >= 4 else 0) + draw.uniform(-1, 1) for week in range(WEEKS)]
    found = make.pick(measured(positives, figures), figure="orders thousand", **{"with": "sentiment"})
    row = found.rows[0]
    assert (row["lag"], row["unit"], found.status) == (4, "week", "small_base")
    assert row["low"] < 2 < row["high"]
    assert row["slope"] == pytest.approx(2, abs=0.1)
    assert (found.low or 0) > 0.4
    shown = moving(make.edition({Linkage.name: [found]}), Words())
    assert shown is not None
    assert shown.title == "“orders, thousand” rises with net sentiment, 4\u00a0weeks later"
    words = russian(Linkage)
    told = moving(make.edition({Linkage.name: [found]}), words)
    assert told is not None
    assert told.title == "«orders, thousand» растёт, когда растёт баланс тональности: 4\u00a0недели спустя"
    assert untold(told, words) == []


def test_noise_is_a_direction_at_most() -> None:
    draw = random.Random(1)
    found = measured(moods(3), [draw.gauss(100, 10) for _ in range(WEEKS)])
    assert found[0].status == "directional"
    assert found[0].rows[0]["q"] >= 0.1
    shown = moving(make.edition({Linkage.name: found}), Words())
    assert shown is not None
    assert shown.title.startswith("No figure")


def test_few_weeks_and_no_figures_are_not_testable() -> None:
    few = measured(moods(3), [100.0, 101.0, 99.0])
    assert few[0].needs == ("context.kpi for more weeks",)
    none = make.run(Linkage, make.records({"sentiment": "positive"}))
    assert none[0].needs == ("context.kpi",)


def test_the_slope_is_least_squares_on_score_and_trend() -> None:
    """Without noise the slope is exact and its interval closes."""
    score = np.array([float(n * 7 % 11) for n in range(40)])
    pair = Pair("orders", "nps", "week", 3 * score / 10 + 0.5 * np.arange(40), score)
    assert pair.slope(0) == pytest.approx((3, 3, 3), abs=1e-6)
