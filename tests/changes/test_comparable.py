"""Which breaks lie between two audits, and which results they touch."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.changes.comparable import stability
from cxreport.changes.compare import compare
from cxreport.model.snapshot import Measured
from tests.changes.made import COLUMNS, ORIGINS, basis, change, share, snapshot

BEFORE, NOW = share(280, 1000), share(380, 1000)


@pytest.mark.parametrize(
    ("needs", "facts", "why"),
    [
        ((), {"origins": ORIGINS | {"voice": "2 a"}}, "the rules of customer voice changed"),
        (("themes_read",), {"origins": ORIGINS | {"themes": "1+other b"}}, "the codebook of themes changed"),
        (("sentiment",), {"origins": ORIGINS | {"sentiment": "2 c en:93d48638"}}, "the sentiment classifier changed"),
        (("moment",), {"origins": ORIGINS | {"moments": "3 d"}}, "the rules of moments changed"),
        (("offers_read",), {"origins": ORIGINS | {"offers": "1 z"}}, "the rules of offers changed"),
        (("sentiment",), {"corrected": ("sentiment",)}, "only one of the two corrects net sentiment by coded texts"),
        ((), {"names": "others"}, "the names by which records are found changed"),
        ((), {"frames": {"x.api.v2": "capped"}}, "the frame of x.api.v2 changed"),
        ((), {"cells": {"x.api.v2 x": 600}}, "other sources: now without trustpilot.csv"),
        ((), {"cells": {"x.api.v2 x": 600, "brandwatch x": 400}}, "now without trustpilot.csv and with brandwatch"),
        ((), {"cells": {"x.api.v2 x": 100, "trustpilot.csv trustpilot": 900}}, "in other proportions"),
    ],
)
def test_a_break_is_seen_and_named(needs: tuple[str, ...], facts: dict[str, Any], why: str) -> None:
    assert change(BEFORE, NOW, needs=needs).verdict == "up"
    broken = change(BEFORE, NOW, needs=needs, **facts)
    assert broken.verdict == "broken"
    assert why in broken.reason
    assert broken.value is broken.p is None
    assert broken.before is not None, "both numbers are told all the same"
    assert broken.now is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"origins": ORIGINS | {"sentiment": "3"}},
        {"origins": ORIGINS | {"themes": "2"}},
        {"corrected": ("sentiment", "moment")},
        {"names": "others", "named": 0.0},
        {"frames": {"x.api.v2": "complete", "typeform": "capped"}},
        {"columns": COLUMNS | {"more": ("new",)}, "origins": ORIGINS | {"new": "1"}},
    ],
)
def test_a_break_touches_nothing_else(facts: dict[str, Any]) -> None:
    earlier = snapshot(BEFORE, year=2025, about=basis([BEFORE.key], named=facts.get("named", 0.5)))
    [found] = compare(earlier, snapshot(NOW, about=basis([NOW.key], **facts)))
    assert found.verdict == "up"


def test_queries_count_where_they_are_told() -> None:
    told = {"x.api.v2": "@meridianair"}
    earlier = snapshot(BEFORE, year=2025, about=basis([BEFORE.key], queries=told))
    same, other, untold = (
        compare(earlier, snapshot(NOW, about=basis([NOW.key], queries=queries)))[0]
        for queries in (told, {"x.api.v2": "meridian"}, {})
    )
    assert (same.verdict, untold.verdict) == ("up", "up")
    assert other.reason == "the query of x.api.v2 changed"


def test_another_measure_under_the_same_name() -> None:
    later = snapshot(NOW)
    later = later.model_copy(update={"infos": {"care.rate": Measured(compared=((),), digest="2")}})
    [found] = compare(snapshot(BEFORE, year=2025), later)
    assert found.reason == "the measure itself, or its options, changed"
    assert "unit" in change(BEFORE, NOW.model_copy(update={"unit": "ratio"})).reason
    assert "level" in change(BEFORE, NOW.model_copy(update={"level": 0.9})).reason


def test_the_stability_index_by_hand() -> None:
    """(.6 − .5)·ln(.6/.5) + (.4 − .5)·ln(.4/.5) = 0.0405."""
    assert stability({"a": 50, "b": 50}, {"a": 60, "b": 40}) == pytest.approx(0.0405, abs=1e-4)
    assert stability({"a": 5}, {"a": 5000}) == 0
    assert stability({}, {}) == 0


mixes = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1000), max_size=4)


@given(mixes, mixes)
def test_the_stability_index_is_a_distance(one: dict[str, int], other: dict[str, int]) -> None:
    assert stability(one, other) >= -1e-12
    assert stability(one, other) == pytest.approx(stability(other, one))
    assert stability(one, one) == 0
