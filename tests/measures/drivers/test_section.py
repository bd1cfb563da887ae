"""The page Drivers: what it says, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from cxreport.model.edition import Edition
from cxreport.model.result import Result, not_testable
from cxreport.render.words import Words
from cxreport_plugins.drivers.section import Drivers
from cxreport_plugins.drivers.weighed import IMPACT, IMPORTANCE, weighed

from ..make import edition, result, section

EN = Words()
Ends = tuple[float, float, float]


def made(ident: str, ends: Ends, n: int, facts: dict[str, Any], **dims: str) -> Result:
    value, low, high = ends
    return result(ident, value, low, high, n, facts=facts, **dims)


def part(topic: str, importance: Ends, mean: Ends, n: int = 800, **facts: Any) -> list[Result]:
    """The three results of one part."""
    whole = {"unit": "share", "rows": ({"correlation": 0.5},), **facts}
    rated = {"unit": "stars", "rows": ({"low": 1.0, "high": 5.0},)}
    dims = {"source_id": "nps", "topic": topic}
    return [
        made(IMPORTANCE, importance, n, whole, **dims),
        made(IMPORTANCE, importance, n, {"unit": "share"}, **dims, part="relative_weight"),
        made(IMPORTANCE, mean, n, rated, **dims, part="mean"),
    ]


def explained(n: int = 800, inflation: float = 1.4) -> Result:
    row = {"metric": "nps", "scale": 10.0, "parts": 3, "p": 0.0, "inflation": inflation}
    dims = {"source_id": "nps", "part": "explained"}
    return result(IMPORTANCE, 0.5, 0.45, 0.55, n, facts={"unit": "share", "rows": (row,)}, **dims)


CREW = part("Crew", (0.6, 0.52, 0.68), (3.1, 3.0, 3.2))
FOOD = part("Food", (0.3, 0.24, 0.36), (4.0, 3.9, 4.1))
SEAT = part("Seat", (0.1, 0.05, 0.15), (3.9, 3.8, 4.0))


def page(*parts: list[Result], **more: Any) -> Edition:
    whole = explained(**more)
    scored = result(IMPORTANCE, whole.n + 90.0, n=whole.n + 90, facts={"kind": "count"}, source_id="nps", part="scored")
    return edition({IMPORTANCE: [whole, scored, *(r for one in parts for r in one)]})


def theme(name: str, gap: Ends, share: float, q: float | None = 0.001, n: int = 200) -> list[Result]:
    rows = ({"share": share, "with": 20 + gap[0], "without": 20.0, "p": 0.0, "q": q},)
    whole = (share * gap[0], share * gap[1], share * gap[2])
    return [
        made(IMPACT, gap, n, {"rows": rows}, theme=name, outcome="nps"),
        made(IMPACT, whole, n, {}, theme=name, outcome="nps", part="contribution"),
    ]


def themed(*themes: list[Result]) -> Edition:
    whole = result(IMPACT, 12, 8, 16, 900, outcome="nps", part="all")
    return edition({IMPACT: [whole, *(r for one in themes for r in one)]})


BAGS = theme("bags", (-40, -50, -30), 0.2)
CALM = theme("calm", (3, -8, 14), 0.1, q=0.6)


def test_what_weighs_more_and_is_rated_lower_heads_the_page() -> None:
    shown = section(Drivers)
    assert shown.view(page(CREW, FOOD, SEAT), EN).title == "Crew weighs more than other parts, and is rated lower"
    [exhibit] = shown.exhibits(page(CREW, FOOD, SEAT), EN)
    assert exhibit.title == "Crew goes with willingness to recommend most: 60% of what all parts explain"
    assert exhibit.table
    assert [row[0] for row in exhibit.table.rows] == ["Crew", "Food", "Seat"]
    assert [row[-1] for row in exhibit.table.rows] == [
        "Weighs more, rated lower", "Cannot be told", "Weighs less, rated higher",
    ]  # fmt: skip
    assert "explain 50% (45% to 55%) of how willingness to recommend differs" in exhibit.note
    assert exhibit.source == "Base: 800 of 890\u00a0answers: those that rate every part. Source: nps."


def test_the_leader_is_a_finding_only_where_its_interval_is_clear_of_the_next() -> None:
    [finding] = section(Drivers).findings(page(CREW, FOOD, SEAT), EN)
    assert finding.id == "drivers.leader"
    assert finding.title == "Crew goes with willingness to recommend most: 60% of what all parts explain"
    assert "Crew 60% (52% to 68%), rated 3.10 on average; next comes Food with 30%" in finding.text
    assert "An association, not a cause." in finding.text
    wide = part("Crew", (0.5, 0.3, 0.7), (3.1, 3.0, 3.2))
    level = part("Food", (0.4, 0.25, 0.55), (4.0, 3.9, 4.1))
    both = section(Drivers).findings(page(wide, level, SEAT), EN)
    assert [f.title for f in both] == [
        "Crew and Food go with willingness to recommend most: 90% of what all parts explain"
    ]
    blurred = part("Seat", (0.1, 0.02, 0.3), (3.9, 3.8, 4.0))
    assert section(Drivers).findings(page(wide, level, blurred), EN) == []


@pytest.mark.parametrize(
    "facts",
    [{"status": "directional", "reason": "fewer than 100 complete answers for 3 parts"}, {"status": "small_base"}],
)
def test_no_finding_rests_on_a_small_base(facts: dict[str, Any]) -> None:
    crew = part("Crew", (0.6, 0.52, 0.68), (3.1, 3.0, 3.2), 60, **facts)
    food = part("Food", (0.3, 0.24, 0.36), (4.0, 3.9, 4.1), 60, **facts)
    small = page(crew, food, n=60)
    assert section(Drivers).findings(small, EN) == []
    title = section(Drivers).view(small, EN).title
    assert ("direction only" in title) is (facts["status"] == "directional")


def test_parts_that_are_rated_alike_are_said_to_be() -> None:
    note = section(Drivers).exhibits(page(CREW, FOOD, SEAT, inflation=7.2), EN)[0].note
    assert "Some parts are rated nearly alike (variance inflation 7.2)" in note


def test_parts_that_could_not_be_weighed_are_named() -> None:
    gone = not_testable(IMPORTANCE, "far fewer people rate it than other parts")
    left = gone.model_copy(update={"dims": {"source_id": "nps", "topic": "Lounge"}})
    assert "Not weighed: Lounge." in section(Drivers).exhibits(page(CREW, FOOD, [left]), EN)[0].note


def test_other_scales_are_drawn_without_their_means() -> None:
    seat = [r.model_copy(update={"rows": ({"low": 0.0, "high": 10.0},)}) if "mean" in r.key else r for r in SEAT]
    [exhibit] = section(Drivers).exhibits(page(CREW, FOOD, seat), EN)
    assert "Performance" not in exhibit.subtitle
    assert {key.shape for key in exhibit.keys} == {"estimate", "interval"}
    assert weighed(page(CREW, FOOD, seat))[0].pressing == []


def test_a_theme_that_costs_is_told_with_what_the_score_would_be_without_its_texts() -> None:
    [exhibit] = section(Drivers).exhibits(themed(BAGS, CALM), EN)
    assert exhibit.title == "Bags: without the texts that name it the score would be 8.0 points higher"
    assert exhibit.table
    assert [row[0] for row in exhibit.table.rows] == ["Bags", "Calm"]
    [finding] = section(Drivers).findings(themed(BAGS, CALM), EN)
    assert finding.title == "Bags: answers that name it score 40 points lower"
    assert "\u221220 in the 20% of answers that name it, +20 in the others" in finding.text


def test_what_chance_may_give_is_no_finding() -> None:
    unsure = theme("bags", (-40, -50, -30), 0.2, q=0.3)
    untested = theme("bags", (-40, -50, -30), 0.2, q=None, n=20)
    for rows in (unsure, untested, CALM):
        assert section(Drivers).findings(themed(rows), EN) == []
        assert "No theme clearly goes" in section(Drivers).exhibits(themed(rows), EN)[0].title


def test_sites_are_listed_apart() -> None:
    rows = ({"share": 0.3, "with": 1.5, "without": 3.5, "p": 0.0, "q": 0.001},)
    dims = {"theme": "bags", "outcome": "stars", "channel": "trustpilot"}
    stars = {"unit": "stars"}
    found = [
        result(IMPACT, -2.0, -2.4, -1.6, 150, facts={**stars, "rows": rows}, **dims),
        result(IMPACT, -0.6, -0.8, -0.4, 150, facts=stars, **dims, part="contribution"),
    ]
    [exhibit] = section(Drivers).exhibits(edition({IMPACT: found}), EN)
    assert exhibit.title == "Bags: reviews on Trustpilot that name it give 2.0 stars fewer than others"
    assert exhibit.table
    assert exhibit.table.rows[0][0] == "Trustpilot: Bags"


def test_absence_names_the_reason_and_its_input() -> None:
    none = not_testable(
        IMPORTANCE, "nobody rates parts of the experience beside a score of the whole", "driver questions"
    )
    empty = edition({IMPORTANCE: [none]})
    assert not section(Drivers).present(empty)
    assert section(Drivers).limits(empty, EN) == [
        "Which parts of the experience go with the score is not testable: nobody rates parts of the experience beside "
        "a score of the whole. It needs: driver questions."
    ]
    assert section(Drivers).exhibits(empty, EN) == []
    assert section(Drivers).findings(empty, EN) == []


def test_drivers_are_no_causes_and_the_summary_says_so() -> None:
    [limit] = section(Drivers).limits(page(CREW, FOOD, SEAT), EN)
    assert "need not cause it" in limit
