"""The page of themes: titles that say the result, and nothing where there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from cxreport.api import Edition, Result, Words
from cxreport.render.charts.tokens import load_tokens
from cxreport_plugins.themes.section import Themes
from tests.measures.make import edition, result, section
from tests.measures.test_pages import ROOT

WORDS = Words()
BOOK = Result(
    id="themes.share", dims={"part": "codebook"}, kind="series", unit="text",
    rows=({"id": "bags", "label": "Bags"}, {"id": "crew", "label": "Crew"}, {"id": "food", "label": "Food"}),
)  # fmt: skip
SHARE = {"unit": "share"}


def share(theme: str, value: float, low: float, high: float, n: int = 500) -> Result:
    return result("themes.share", value, low, high, n, facts=SHARE, theme=theme)


def change(theme: str, value: float, low: float, high: float, before: float, q: float = 0.01) -> Result:
    row = {"before": before, "late": before + value / 100, "p": q / 2, "q": q, "turn": "2026-03-01"}
    return result("themes.change", value, low, high, 400, facts={"rows": (row,)}, theme=theme)


def phrase(text: str, side: str, odds: float) -> dict[str, Any]:
    return {
        "phrase": text,
        "side": side,
        "odds": odds,
        "low": odds / 2,
        "high": 2 * odds,
        "z": 4.0,
        "q": 0.01,
        "people": 20,
    }


def whole() -> Edition:
    told = [phrase("lost bag", "negative", 5), phrase("kind crew", "positive", 3)]
    return edition({
        "themes.share": [share("bags", 0.3, 0.26, 0.34), share("crew", 0.1, 0.08, 0.13), share("food", 0, 0, 0.01),
                         share("none", 0.45, 0.41, 0.5), BOOK],
        "themes.sentiment": [
            result("themes.sentiment", -60, -70, -50, 150, theme="bags"), result("themes.sentiment", 50, 40, 60, 90, theme="crew"),
            *[result("themes.sentiment", v, v - 10, v + 10, 60, theme=t, channel=c)
              for t, c, v in (("bags", "x", -70), ("bags", "trustpilot", -40), ("crew", "x", 20), ("crew", "trustpilot", 70))],
        ],
        "themes.change": [
            change("bags", 8, 4, 12, 0.2), change("crew", -5, -8, -2, 0.15), change("food", 1, 0.2, 1.8, 0.01),
            result("themes.change", 7, n=7, facts={"kind": "count", "unit": "people", "level": None}, theme="food", part="new"),
        ],
        "themes.phrases": [result("themes.phrases", None, n=300, facts={"kind": "series", "unit": "text", "rows": tuple(told)},
                                  contrast="sentiment", lang="en")],
    })  # fmt: skip


def titles(shown: Edition) -> dict[str, str]:
    return {e.id: e.title for e in section(Themes).exhibits(shown, WORDS)}


def test_titles_say_the_result() -> None:
    view = section(Themes).view(whole(), WORDS)
    assert view.title == "Bags is what customers talk about most: 30% of their texts"
    assert any("Food (7\u00a0people)" in note for note in view.notes)
    assert titles(whole()) == {
        "themes.share": "Bags is named in 30% of texts, more than any other theme",
        "themes.sentiment": "Bags is clearly negative, Crew is clearly positive",
        "themes.grid": "Net sentiment runs from \u221270 (Bags, X) to +70 (Crew, Trustpilot)",
        "themes.change": "Bags rose from 20% to 28% of texts, Crew fell from 15% to 10% of texts",
        "themes.sentiment-en": "People tell bad experiences by \u201clost bag\u201d and good ones by \u201ckind crew\u201d",
    }


def test_a_change_that_is_unsure_or_small_is_none() -> None:
    unsure = [change("bags", 8, 4, 12, 0.2, q=0.3), change("crew", 1, 0.5, 1.5, 0.2)]
    shown = edition({"themes.share": [BOOK], "themes.change": unsure})
    assert titles(shown) == {"themes.change": "No theme is clearly talked about more or less than before"}
    assert [f.id for f in section(Themes).findings(shown, WORDS)] == []


def test_findings_and_limits() -> None:
    found = {f.id: f.title for f in section(Themes).findings(whole(), WORDS)}
    assert found == {
        "themes.hurting": "Bags hurts most: net sentiment \u221260 in 30% of the texts",
        "themes.rising": "Bags is talked about more: 20% of texts before, 28% now",
    }
    assert section(Themes).limits(whole(), WORDS) == [
        "45% of customers\u2019 texts have no theme of the codebook (n\u00a0500)."
    ]


def test_equals_are_not_ranked() -> None:
    shown = edition({"themes.share": [share("bags", 0.3, 0.2, 0.4), share("crew", 0.28, 0.2, 0.4), BOOK]})
    assert section(Themes).view(shown, WORDS).title == "Bags and Crew are what customers talk about most"


@pytest.mark.parametrize(
    "found", [(), ({"status": "not_testable", "reason": "no codebook and no pack is configured"},)]
)
def test_without_a_codebook_it_says_so(found: tuple[dict[str, Any], ...]) -> None:
    shown = edition({"themes.share": [Result(id="themes.share", level=None, **facts) for facts in found]})
    assert titles(shown) == {}
    expected = "no codebook and no pack is configured" if found else "too few texts"
    assert section(Themes).view(shown, WORDS).title == f"Themes cannot be told: {expected}"


def test_every_exhibit_can_be_drawn() -> None:
    themes = ROOT / "themes" / "cxreport_themes"
    tokens = load_tokens(
        themes / "base/tokens.yaml", themes / "audit/tokens.yaml", font_folders=[themes / "audit/fonts"]
    )
    for exhibit in section(Themes).exhibits(whole(), WORDS):
        assert exhibit.table is not None
        assert exhibit.chart is not None
        assert exhibit.chart(tokens, "wide").to_dict()["layer"]
        assert exhibit.chart(tokens, "narrow").to_dict()["layer"]
