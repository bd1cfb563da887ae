"""The page What changed says what the comparisons say, and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cxreport.model.change import Change, Past, Side
from cxreport.model.edition import Edition
from cxreport.model.result import Result
from cxreport.render.words import Words
from cxreport_plugins.change.section import WhatChanged
from tests.measures import make
from tests.themes.gallery import audit_tokens

WORDS = Words()
PAST = Past(title="Audit", client="Meridian Air", period_from="2025-01-01", period_to="2025-06-30")
NUMBERS = {"low": 0.07, "high": 0.13, "margin": 0.05, "p": 0.0004, "q": 0.004, "p_same": 0.9, "q_same": 1.0}


def changed(measure: str = "care.rate", verdict: Any = "up", value: float = 0.1, **facts: Any) -> Change:
    before, now = Side(value=0.3, low=0.27, high=0.33, n=900), Side(value=0.3 + value, low=0.37, high=0.43, n=1000)
    whole: dict[str, Any] = {"before": before, "now": now, "value": value, **NUMBERS, **facts}
    dims: dict[str, str] = whole.pop("dims", {})
    key = measure + "".join(f"[{k}={v}]" for k, v in dims.items())
    return Change(key=key, measure=measure, dims=dims, verdict=verdict, **whole)


def broken(measure: str, reason: str, **facts: Any) -> Change:
    none = dict.fromkeys((*NUMBERS, "value"))
    return changed(measure, "broken").model_copy(update={**none, "reason": reason, **facts})


def edition(*changes: Change, **fields: Any) -> Edition:
    results = {
        c.measure: (Result(id=c.measure, dims=c.dims, value=c.now.value, low=c.now.low, high=c.now.high, n=c.now.n),)
        for c in changes if c.now is not None
    }  # fmt: skip
    cover = make.COVER.model_copy(update={"period_from": "2026-01-01", "period_to": "2026-06-30"})
    return make.edition(results, meta=cover, past=PAST, changes=changes, **fields)


def section() -> WhatChanged:
    return make.section(WhatChanged)


def test_without_a_previous_audit_there_is_no_page() -> None:
    assert not section().present(make.edition())
    assert section().present(edition())


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ((), "Nothing can be compared with the previous audit"),
        ((changed(verdict="open"),), "No figure clearly changed since the previous audit"),
        ((changed(),), "1 figure clearly went up since the previous audit"),
        (
            (changed(), changed("care.b"), changed("care.c", "down", -0.1)),
            "2 figures clearly went up and 1 clearly went down since the previous audit",
        ),
    ],
)
def test_the_heading_counts(changes: tuple[Change, ...], heading: str) -> None:
    assert section().view(edition(*changes), WORDS).title == heading


def test_the_largest_change_is_told_first() -> None:
    small, large = changed("care.small", value=0.06), changed("care.large", value=0.2)
    view = section().view(edition(small, large, changed("care.same", "same", 0.001)), WORDS)
    assert view.lede == "Most of all: care.large went up from 30% to 50%. 1 figure did not change materially."
    [chart] = section().exhibits(edition(small, large), WORDS)
    assert chart.title == "care.large went up from 30% to 50%"
    assert chart.table is not None
    assert [row[0] for row in chart.table.rows] == ["care.large", "care.small"]
    row = dict(zip(chart.table.columns, chart.table.rows[1], strict=True))
    assert row["Change"] == "+6.0 points"
    assert row["95% interval"] == "+7.0 to +13.0"
    assert row["p of no change, adjusted (raw)"] == "0.004 (<0.001)"
    assert row["Margin"] == "±5.0"
    assert row["Smaller base"] == "n\u00a0900"


def test_findings_are_clear_changes_on_sound_results() -> None:
    told = changed("care.a"), changed("care.b", "open"), changed("care.c", "same"), changed("care.d", "down", -0.1)
    weak = changed("care.e")
    page = edition(*told, weak)
    doubtful = page.measures["care.e"][0].model_copy(update={"status": "small_base"})
    page = page.model_copy(update={"measures": {**page.measures, "care.e": (doubtful,)}})
    found = section().findings(page, WORDS)
    assert {finding.id for finding in found} == {"change.care.a", "change.care.d"}
    assert found[0].results[0].id == "care.a"
    assert "95% interval +7.0 to +13.0" in found[0].text


def test_one_measure_makes_one_finding() -> None:
    cuts = [changed(dims={"channel": name}) for name in ("x", "google")]
    assert len(section().findings(edition(*cuts), WORDS)) == 1


def test_breaks_are_told_by_reason() -> None:
    reason = "the sentiment classifier changed"
    page = edition(
        changed(), broken("net.a", reason), broken("net.b", reason, dims={"channel": "x"}), broken("net.b", reason),
        broken("net.new", "it was not measured before", before=None),
    )  # fmt: skip
    *_, breaks = section().exhibits(page, WORDS)
    assert breaks.table is not None
    assert breaks.title == "4 figures cannot be compared with those before"
    assert breaks.table.rows[0] == ("The sentiment classifier changed", "3", "net.a; net.b (2)")
    assert section().limits(page, WORDS)[0].startswith("We cannot say whether 3 figures changed")


def test_other_units_stand_in_a_table() -> None:
    ratio = changed("care.ratio", "same", 0.001, unit="ratio")
    [table] = section().exhibits(edition(ratio), WORDS)
    assert table.chart is None
    assert table.title == "1 figure did not change materially"


def test_another_season_is_said() -> None:
    notes = section().view(edition(changed()), WORDS).notes
    assert len(notes) == 1
    shifted = edition(changed()).model_copy(update={"past": PAST.model_copy(update={"period_from": "2025-03-01"})})
    assert "a season may look like a change" in section().view(shifted, WORDS).notes[0]


def test_hidden_changes_show_nothing() -> None:
    hidden = Change(key="care.few", measure="care.few", verdict="hidden", reason="fewer than 5 people")
    [breaks] = section().exhibits(edition(hidden), WORDS)
    assert breaks.table is not None
    assert breaks.table.rows == (("Fewer than 5 people", "1", "care.few"),)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_chart_draws_both_audits_and_parts_what_is_broken(size: Any) -> None:
    page = edition(changed(), broken("net.a", "the codebook of themes changed"))
    chart = section().exhibits(page, WORDS)[0]
    assert chart.chart is not None
    tokens = audit_tokens()
    drawn = json.dumps(chart.chart(tokens, size).to_dict(), ensure_ascii=False)
    assert "≠" in drawn
    assert "not comparable" in drawn
    assert "+10\u00a0pts" in drawn
