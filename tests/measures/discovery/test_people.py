"""Connected customers and others, and the six pillars: by hand, and what must hold."""

from __future__ import annotations

import math
from typing import Any

import pytest

from cxreport.api import stats
from cxreport_plugins.discovery.connected import Connected
from cxreport_plugins.discovery.pillars import Pillars
from tests.measures.discovery.made import answers, measured
from tests.measures.make import pick, repeated

HEARD = "How did you hear of us?"


def scored(connected: int, others: int) -> list[dict[str, Any]]:
    """Forty who searched and forty whom friends told, half of either with a point less."""
    return [{"nps_score": score - n % 2} for score in (connected, others) for n in range(40)]


def gap(connected: int, others: int, **options: Any) -> Any:
    given = answers(HEARD, ["google"] * 40 + ["a friend"] * 40)
    return pick(measured(Connected, *scored(connected, others), given=given), metric="nps", scale="10", part="gap")


def test_the_gap_of_means_is_welchs() -> None:
    """Means 8.5 and 6.5, both with 40 answers and a variance of 10/39."""
    found = gap(9, 7)
    deviation = math.sqrt(10 / 39)
    expected = stats.two_means((8.5, deviation, 40), (6.5, deviation, 40))
    assert found.value == 2
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.rows[0]["q"] == pytest.approx(expected.p)


def test_happier_connected_customers_widen_the_gap() -> None:
    assert [gap(k, 6).value for k in (5, 6, 8, 10)] == [-1, 0, 2, 4]


def test_each_scale_by_itself_and_low_is_good_is_turned() -> None:
    rows = [{"metric": "ces", "ces_value": 2.0 - n % 2, "ces_max": 5.0, "rating_reversed": True} for n in range(40)]
    rows += [{"metric": "ces", "ces_value": 4.0 + n % 2, "ces_max": 5.0, "rating_reversed": True} for n in range(40)]
    found = measured(Connected, *rows, given=answers(HEARD, ["google"] * 40 + ["TV"] * 40))
    scale = {"metric": "ces", "scale": "5 low is good"}
    assert pick(found, **scale, side="connected").value == 4.5
    assert pick(found, **scale, side="others").value == 1.5


def test_segments_may_tell_who_is_connected() -> None:
    rows = [{"segment": "online" if n < 40 else "branch", **row} for n, row in enumerate(scored(9, 7))]
    from tests.measures.discovery.made import ABOUT, table
    from tests.measures.make import run

    found = run(Connected, table(*rows), about=ABOUT, segments=("online",))
    assert pick(found, metric="nps", scale="10", part="gap").value == 2


def test_few_answers_point_a_direction_only() -> None:
    given = answers(HEARD, ["google"] * 60 + ["a friend"] * 20)
    rows = [{"nps_score": 9 - n % 3} for n in range(80)]
    assert pick(measured(Connected, *rows, given=given), metric="nps", scale="10", part="gap").status == "directional"


def test_adverts_stand_on_neither_side() -> None:
    found = measured(Connected, *scored(9, 7), given=answers(HEARD, ["an advert"] * 80))
    assert [r.status for r in found] == ["not_testable"]


def test_pillars_are_shares_of_texts_and_have_a_tone() -> None:
    rows = [
        *repeated(12, cues=("pillar.liking",), sentiment="positive"),
        *repeated(4, cues=("pillar.liking", "pillar.scarcity"), sentiment="negative"), *repeated(24),
    ]  # fmt: skip
    found = measured(Pillars, *rows, sentiment_scorer="test")
    assert pick(found, pillar="liking").value == 0.4
    assert pick(found, pillar="scarcity").value == 0.1
    assert pick(found, pillar="liking", part="feeling").value == 50
    assert pick(found, pillar="proof").value == 0
    assert pick(found, pillar="proof", part="feeling").status == "not_testable"
