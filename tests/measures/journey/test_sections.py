"""The sections `journey` and `heatmap`: claims are tested against intervals."""

from __future__ import annotations

from typing import Any

import pytest

from cxreport.model.audit import Evidence
from cxreport.model.result import Result
from cxreport.render.words import Words
from cxreport_plugins.journey.heatmap import Heatmap
from cxreport_plugins.journey.section import Journey
from tests.measures.make import edition, result, section

WORDS = Words()
M, X = "journey.moments", "journey.matrix"


def moment(name: str, value: float, half: float = 5, n: int = 500, **facts: Any) -> Result:
    return result(M, value, value - half, value + half, n, facts=facts, moment=name)


def share(name: str, value: float, n: int = 2000) -> Result:
    return result(M, value, value - 0.01, value + 0.01, n, facts={"unit": "share"}, moment=name, part="share")


def cell(name: str, channel: str, value: float, half: float = 5, n: int = 500, **facts: Any) -> Result:
    return result(X, value, value - half, value + half, n, facts=facts, moment=name, channel=channel)


FALLING = (moment("stimulus", 18), moment("zmot", -4), moment("fmot", 9), moment("smot", -31, 3, 900))


def heading(*results: Result) -> str:
    return section(Journey).view(edition({M: results}), WORDS).title


def test_the_largest_clear_fall_leads() -> None:
    assert heading(*FALLING) == "Net sentiment falls from +9 when customers choose to −31 once they use it"


def test_a_fall_needs_consecutive_moments_and_separate_intervals() -> None:
    assert heading(moment("stimulus", 20), moment("fmot", -20)) == (
        "The journey is at its lowest when customers choose: net sentiment −20"
    )
    assert heading(moment("fmot", 9, 10), moment("smot", -9, 10)) == "No moment of the journey clearly stands out"
    assert (
        heading(moment("fmot", 30, 5, 29), moment("smot", -30)) == "Too few records tell a moment to draw the journey"
    )


def test_without_a_fall_a_rise_is_told() -> None:
    rows = (moment("stimulus", -20, 9), moment("zmot", -15, 9), moment("fmot", 10, 9), moment("smot", 12, 9))
    assert heading(*rows) == "Net sentiment rises from −15 while customers research to +10 when they choose"


def test_findings_tell_the_fall_and_the_lowest_moment_once() -> None:
    findings = section(Journey).findings(edition({M: [*FALLING, share("smot", 0.5)]}), WORDS)
    assert [f.id for f in findings] == ["journey.fall"]
    assert "−34 to −28, n\u00a0900" in findings[0].text
    assert "50% of the records are about that moment." in findings[0].text
    assert findings[0].weight == pytest.approx(0.40 * 0.5)
    assert findings[0].link is not None
    assert findings[0].link.href == "journey.curve"
    early = (moment("stimulus", -40), moment("zmot", 10), moment("fmot", -5), moment("smot", -8))
    assert [f.id for f in section(Journey).findings(edition({M: early}), WORDS)] == ["journey.fall", "journey.lowest"]


def test_no_finding_rests_on_a_marked_number() -> None:
    rows = [r.model_copy(update={"status": "small_base"}) for r in FALLING]
    assert list(section(Journey).findings(edition({M: rows}), WORDS)) == []
    cells = [cell("smot", "x", -50, status="small_base"), cell("fmot", "x", 20, status="small_base")]
    assert list(section(Heatmap).findings(edition({X: cells}), WORDS)) == []


def test_what_is_directional_points_and_says_that_it_is_no_test() -> None:
    soft: dict[str, Any] = {"status": "directional", "reason": "often wrong"}
    rows = [r.model_copy(update=soft) for r in FALLING]
    cells = [cell("smot", "x", -50, **soft), cell("fmot", "x", 20, **soft), cell("zmot", "x", -90, n=99, **soft)]
    made = edition({M: [*rows, share("smot", 0.5)], X: cells})
    (fall,), (lowest,) = section(Journey).findings(made, WORDS), section(Heatmap).findings(made, WORDS)
    assert fall.title == "Net sentiment points down from +9 when customers choose to −31 once they use it"
    assert lowest.title == "The lowest point seems to be X, once customers use it: net sentiment −50"
    assert "a direction, not a test: often wrong" in fall.text
    assert "a direction, not a test: often wrong" in lowest.text
    assert fall.weight == pytest.approx(0.40 * 0.5 / 2)
    assert section(Heatmap).view(made, WORDS).title == (
        "Moments by channel point to X, once customers use it: net sentiment −50"
    )
    level = [moment(m, 3, 9, **soft) for m in ("stimulus", "zmot", "fmot", "smot")]
    assert heading(*level) == "The journey points to no moment in particular"


def test_a_directional_journey_is_not_compared_and_says_why() -> None:
    rows = [*(r.model_copy(update={"status": "directional"}) for r in FALLING), share("none", 0.55)]
    made, page = edition({M: rows}), section(Journey)
    assert (
        page.view(made, WORDS).title
        == "Net sentiment points down from +9 when customers choose to −31 once they use it"
    )
    (curve,) = page.exhibits(made, WORDS)
    assert curve.title == "As measured, net sentiment lies between −31 (SMOT) and +18 (Stimulus)"
    assert curve.note.startswith("Directional: nothing tells the moment of 55% of the records")
    assert page.limits(made, WORDS) == ["Nothing tells the moment of 55% of the records, so moments are not tested."]
    assert page.limits(edition({M: FALLING}), WORDS) == []


def test_the_curve_says_which_moments_are_clearly_on_a_side() -> None:
    (curve,) = section(Journey).exhibits(edition({M: [*FALLING, moment("shared", -38)]}), WORDS)
    assert curve.title == "SMOT and what is shared are clearly negative, Stimulus and FMOT are clearly positive"
    assert curve.table is not None
    assert curve.table.rows[-1] == ("Shared: told to others", "−38", "−43 to −33", "n\u00a0500")


def test_columns_hold_records_score_and_one_typical_voice_of_its_side() -> None:
    long = "The bag came nine days late and nobody at the desk could say where it had been all that time, or why."
    said = [
        Evidence(id="b", source_id="s", text=long, moment="smot", sentiment="negative", lang="en"),
        Evidence(id="a", source_id="s", text=long + " Thanks anyway.", moment="smot", sentiment="positive"),
        Evidence(id="c", source_id="s", text=long, moment="zmot", sentiment="positive"),
    ]
    count = result(M, 900, n=900, facts={"kind": "count", "unit": "records"}, moment="smot", part="records")
    made = edition({M: [*FALLING, count, share("smot", 0.5)]}, evidence=said)
    columns = {c["id"]: c for c in section(Journey).view(made, WORDS).data["columns"]}
    assert (columns["smot"]["records"], columns["smot"]["quote"]) == ("900 (50%)", long)
    assert columns["zmot"]["quote"] is None
    assert (columns["shared"]["net"], columns["shared"]["quote"]) == ("", None)


def test_a_moment_whose_number_is_hidden_quotes_nobody() -> None:
    hidden = result(M, None, n=4, facts={"status": "hidden"}, moment="smot")
    said = Evidence(
        id="b", source_id="s", text="A kind crew and a good seat. " * 3, moment="smot", sentiment="positive"
    )
    made = edition({M: [hidden]}, evidence=[said])
    columns = {c["id"]: c for c in section(Journey).view(made, WORDS).data["columns"]}
    assert columns["smot"]["quote"] is None


def test_the_heatmap_counts_clear_cells() -> None:
    cells = [cell("smot", "x", -50), cell("fmot", "x", 20), cell("zmot", "x", 2), cell("smot", "chat", -90, 5, 12)]
    page = section(Heatmap)
    made = edition({X: cells})
    assert page.view(made, WORDS).title == (
        "Net sentiment is clearly negative in 1 of 3\u00a0cells and clearly positive in 1"
    )
    (exhibit,) = page.exhibits(made, WORDS)
    assert exhibit.table is not None
    assert exhibit.table.rows[0] == ("X", "no record", "+2 (n\u00a0500)", "+20 (n\u00a0500)", "−50 (n\u00a0500)")
    assert exhibit.table.rows[1][4] == "−90 (n\u00a012**)"


def test_a_moment_negative_everywhere_is_the_exhibit_s_title() -> None:
    cells = [cell("smot", "x", -50), cell("smot", "chat", -20), cell("fmot", "x", 20)]
    (exhibit,) = section(Heatmap).exhibits(edition({X: cells}), WORDS)
    assert exhibit.title == "SMOT: every channel with enough records is clearly negative"
    one_less = [*cells, cell("smot", "survey", 4)]
    (exhibit,) = section(Heatmap).exhibits(edition({X: one_less}), WORDS)
    assert exhibit.title == "As measured, net sentiment runs from −50 (X, SMOT) to +20 (X, FMOT)"


def test_the_lowest_cell_is_a_finding_only_below_all_others() -> None:
    clear = [cell("smot", "x", -50), cell("fmot", "x", 20), cell("smot", "chat", -20)]
    (finding,) = section(Heatmap).findings(edition({X: clear}), WORDS)
    assert finding.title == "The lowest point is X, once customers use it: net sentiment −50"
    assert "the other 2 cells" in finding.text
    close = [*clear, cell("zmot", "x", -44)]
    assert list(section(Heatmap).findings(edition({X: close}), WORDS)) == []


def test_nothing_measured_is_said_and_not_drawn() -> None:
    lacking = result(M, None, facts={"status": "not_testable", "reason": "no record tells a moment"})
    assert heading(lacking) == "Too few records tell a moment to draw the journey"
    assert list(section(Journey).exhibits(edition({M: [lacking]}), WORDS)) == []
    assert list(section(Heatmap).exhibits(edition({X: []}), WORDS)) == []
