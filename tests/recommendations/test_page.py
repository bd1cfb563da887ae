"""The page of recommendations: what it promises, and never more than today's interval allows."""

from __future__ import annotations

import pytest

from cxreport.api import Expected, Recommendation, Recommendations, Result
from cxreport.model.edition import Edition
from cxreport.render.words import Words
from cxreport_plugins.recommendations.prospect import prospect, reading, today, wanted
from cxreport_plugins.recommendations.section import Advice
from tests.measures.make import edition, result, section

WORDS = Words()
RATE = result("care.response_rate", 0.4, 0.37, 0.43, facts={"unit": "share"})


def step(ident: str = "a", **changes: object) -> Recommendation:
    whole = {
        "id": ident, "title": f"Do {ident}", "findings": ["care.answered"], "action": "So.", "horizon": "now",
        "impact": 5, "effort": 1, "measured": "Next audit.",
        "expected": [{"measure": "care.response_rate", "low": 0.6, "high": 0.8, "by": "2027-06-30"}],
    }  # fmt: skip
    return Recommendation.model_validate({**whole, **changes})


def made(*steps: Recommendation, results: tuple[Result, ...] = (RATE,)) -> Edition:
    advice = Recommendations(recommendations=steps)
    return edition({"care.response_rate": results}, recommendations=advice)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (0.6, 0.8, "clear"), (0.1, 0.3, "clear"), (0.42, 0.6, "begins"), (0.2, 0.38, "begins"), (0.442, 0.6, "begins"),
        (0.443, 0.6, "clear"), (0.2, 0.357, "clear"),
        (0.35, 0.5, "reached"), (0.4, 0.4, "reached"),
    ],
)  # fmt: skip
def test_how_a_range_lies_to_what_is_known_today(low: float, high: float, kind: str) -> None:
    found = prospect(made(step()), Expected(measure="care.response_rate", low=low, high=high))
    assert found.kind == kind


def test_what_is_hidden_today_has_no_figure_to_be_held_against() -> None:
    hidden = result("care.response_rate", None, n=8, facts={"status": "hidden", "reason": "fewer than 10 records"})
    found = prospect(made(step(), results=(hidden,)), step().expected[0])
    assert found.kind == "unknown"
    assert reading(found, WORDS) == "There is no figure today: fewer than 10 records"
    lost = prospect(made(step(), results=()), step().expected[0])
    assert (lost.kind, today(lost, WORDS), wanted(lost, WORDS)) == ("unknown", "–", "–")


def test_the_roadmap_goes_by_horizon_and_keeps_the_numbers() -> None:
    shown = made(step("a", horizon="later"), step("b"), step("c"))
    view = section(Advice).view(shown, WORDS)
    assert view.title == "3 steps follow from the findings, 2 of them within 30 days"
    horizons = view.data["horizons"]
    assert [(h["title"], [s["number"] for s in h["steps"]]) for h in horizons] == [("Now", [2, 3]), ("Later", [1])]
    change = horizons[0]["steps"][0]["expected"][0]
    assert (change["wanted"], change["today"], change["by"]) == ("60% to 80%", "40% (37% to 43%)", "by 30 June 2027")
    assert change["href"] == "methods.html#care.response_rate"


def test_without_owner_or_reason_their_lines_are_left_out() -> None:
    bare = section(Advice).view(made(step()), WORDS).data["horizons"][0]["steps"][0]
    full = section(Advice).view(made(step(owner="Care", why="It hurts.")), WORDS).data["horizons"][0]["steps"][0]
    assert [label for label, _ in bare["facts"]] == ["How", "Measured by"]
    assert [label for label, _ in full["facts"]] == ["Why", "How", "Owner", "Measured by"]


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        ([step("a", impact=3)], "No step is judged to do much for little effort"),
        ([step("a", impact=[2, 5])], "No step is judged to do much for little effort"),
        ([step("a"), step("b", effort=5)], "Step 1 is judged to do much for little effort"),
        ([step("a"), step("b", impact=[4, 5])], "Steps 1 and 2 are judged to do much for little effort"),
    ],
)
def test_the_matrix_says_only_what_whole_ranges_say(steps: list[Recommendation], title: str) -> None:
    matrix = section(Advice).exhibits(made(*steps), WORDS)[0]
    assert matrix.title == title
    assert matrix.table is not None
    assert len(matrix.table.rows) == len(steps)


def test_the_matrix_is_drawn_also_where_steps_lie_on_each_other() -> None:
    from cxreport.render.charts.svg import finish
    from tests.themes.gallery import audit_tokens

    tokens = audit_tokens()
    matrix = section(Advice).exhibits(made(step("a"), step("b"), step("c", impact=[1, 5])), WORDS)[0]
    assert matrix.chart is not None
    drawn = finish(matrix.chart(tokens, "wide"), "e", "Matrix", "Words.", "wide", tokens)
    assert all(f"{number} Do {ident}" in drawn for number, ident in enumerate("abc", start=1))
    assert "Do first" in drawn
    assert "Think twice" in drawn


def test_expected_changes_that_cannot_be_told_are_not_counted_as_clear() -> None:
    near = step("b", expected=[{"measure": "care.response_rate", "low": 0.42, "high": 0.5}])
    table = section(Advice).exhibits(made(step("a"), near), WORDS)[1]
    assert table.title == "1 of 2 expected changes are large enough for an audit of this size to tell"
    assert table.table is not None
    assert [row[0] for row in table.table.rows] == ["1", "2"]
    assert "could not be told" in table.table.rows[1][-1]


def test_nothing_recommended_nothing_shown() -> None:
    assert not section(Advice).present(edition())
    assert section(Advice).present(made(step()))
