"""The change that was planted between the year before and this one is found, and nothing else is made of it."""

from __future__ import annotations

from typing import Any

import pytest

from .demo import Demo


def change(demo: Demo, key: str) -> dict[str, Any]:
    [found] = [each for each in demo.audit["changes"] if each["key"] == key]
    return dict(found)


@pytest.mark.parametrize(
    ("key", "verdict"),
    [
        ("experience.nps", "up"),
        ("experience.csat[scale=5]", "up"),
        ("experience.ces[scale=7,version=2.0]", "up"),
        ("care.response_rate[channel=x]", "up"),
        ("care.first_response_time[within=1 day]", "up"),
        ("experience.stars[channel=google_play,scale=5]", "up"),
        ("experience.stars[channel=trustpilot,scale=5]", "down"),
        ("experience.stars[channel=google,scale=5]", "same"),
    ],
)
def test_planted_changes_are_found(demo: Demo, key: str, verdict: str) -> None:
    found = change(demo, key)
    assert found["verdict"] == verdict
    assert found["low"] <= found["value"] <= found["high"]
    assert found["before"]["n"] >= 30


def test_the_planted_size_lies_in_the_interval(demo: Demo) -> None:
    nps = change(demo, "experience.nps")
    assert nps["low"] < 13.3 - 1.7 < nps["high"]
    assert nps["value"] == pytest.approx(13.3 - 1.7, abs=0.2)


def test_breaks_are_named_and_not_tested(demo: Demo) -> None:
    sentiment = change(demo, "overview.sentiment")
    assert (sentiment["verdict"], sentiment["reason"]) == ("broken", "the sentiment classifier changed")
    assert sentiment["value"] is None
    stars = change(demo, "experience.stars[channel=app_store,scale=5]")
    assert stars["reason"] == "it was not measured before"


def test_most_of_what_was_measured_twice_can_be_compared(demo: Demo) -> None:
    """Else a rule changed its version: make examples/meridian/previous.json anew, its README says how."""
    verdicts = [each["verdict"] for each in demo.audit["changes"]]
    assert sum(verdict in ("up", "down", "same", "open") for verdict in verdicts) >= 35


def test_the_same_faults_come_back(demo: Demo) -> None:
    recurrence = demo.result("change.recurrence")
    assert recurrence["value"] >= 0.7
    assert recurrence["concepts"] == ["D12"]


def test_the_page_tells_it(demo: Demo) -> None:
    text = demo.text("change.html")
    assert "July 2025 – June 2026 against July 2024 – June 2025" in text
    assert "went up from +2 to +13" in text
    assert "The sentiment classifier changed" in text
    assert "cannot tell: they show what differs between two periods" in text


def test_a_public_edition_tells_no_change_of_few(demo: Demo, site_of: Any) -> None:
    import json

    public = json.loads((site_of("public") / "audit.json").read_text("utf-8"))
    for each in public["changes"]:
        for side in ("before", "now"):
            people = each[side] and (each[side]["n_authors"] or each[side]["n"])
            assert people is None or people >= 10
            assert not each[side] or each[side]["n"] % 5 == 0
