"""Design tokens: complete, readable in every mode, each light hex its own; and the sheet made from them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from cxreport.render.charts.colour import contrast
from cxreport.render.charts.errors import TokensError
from cxreport.render.charts.sheet import css_string, running_heads
from cxreport.render.charts.tokens import DIVERGING, ON_DIVERGING, REQUIRED, Mode, Tokens, load_tokens, merge

from .gallery import THEMES, audit_tokens

MODES: tuple[Mode, ...] = ("light", "dark", "contrast", "print")


def base_tokens() -> Tokens:
    return load_tokens(THEMES / "base/tokens.yaml")


def raw() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((THEMES / "base/tokens.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module", params=["base", "audit"])
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return base_tokens() if request.param == "base" else audit_tokens()


@pytest.mark.parametrize("mode", MODES)
def test_text_is_readable_on_paper_and_panel(tokens: Tokens, mode: Mode) -> None:
    for name in ("ink", "ink-2", "ink-3", "accent"):
        for ground in ("paper", "panel"):
            assert contrast(tokens.hex(name, mode), tokens.hex(ground, mode)) >= 4.5, (name, ground)


@pytest.mark.parametrize("mode", MODES)
def test_graphics_stand_out_from_paper(tokens: Tokens, mode: Mode) -> None:
    for name in ("mark", "focus", "shared", "neg-2", "pos-2", *(f"cat-{i}" for i in range(1, 6))):
        assert contrast(tokens.hex(name, mode), tokens.hex("paper", mode)) >= 3, name


@pytest.mark.parametrize("mode", MODES)
def test_numbers_are_readable_on_their_sentiment_class(tokens: Tokens, mode: Mode) -> None:
    for fill, text in zip(DIVERGING, ON_DIVERGING, strict=True):
        assert contrast(tokens.hex(fill, mode), tokens.hex(text, mode)) >= 4.5, fill


@pytest.mark.parametrize(
    ("value", "name"),
    [(-100, "neg-3"), (-50.1, "neg-3"), (-50, "neg-3"), (-49.9, "neg-2"), (-10, "neg-1"), (-9.9, "mid"), (0, "mid"),
     (10, "mid"), (10.1, "pos-1"), (30, "pos-1"), (50, "pos-2"), (50.1, "pos-3"), (100, "pos-3")],
)  # fmt: skip
def test_classes_of_sentiment(value: float, name: str) -> None:
    tokens = base_tokens()
    assert tokens.diverging(value)[0] == tokens.paint(name)


def test_two_tokens_with_one_light_hex_are_named() -> None:
    broken = raw()
    broken["colour"]["mark"]["light"] = broken["colour"]["ink"]["light"]
    with pytest.raises(TokensError, match="ink and mark share the light hex"):
        Tokens.of(broken)


def test_every_fault_is_told_at_once() -> None:
    broken = raw()
    del broken["colour"]["neg-3"], broken["colour"]["focus"]
    with pytest.raises(TokensError) as caught:
        Tokens.of(broken)
    assert [p.what for p in caught.value.problems] == ["colour.focus is missing", "colour.neg-3 is missing"]


@pytest.mark.parametrize("bad", ["#FFF", "red", "#1A1C20", "rgb(0,0,0)"])
def test_only_lower_case_six_digit_hexes(bad: str) -> None:
    broken = raw()
    broken["colour"]["ink"]["light"] = bad
    with pytest.raises(TokensError, match=r"colour\.ink\.light"):
        Tokens.of(broken)


def test_an_unknown_key_and_a_family_with_a_digit_are_refused() -> None:
    with pytest.raises(TokensError, match="colours"):
        Tokens.of({**raw(), "colours": {}})
    with pytest.raises(TokensError, match=r"font\.chart"):
        Tokens.of(merge(raw(), {"font": {"chart": "Source Sans 3"}}))


def test_a_child_names_only_what_differs() -> None:
    merged = merge({"a": {"b": 1, "c": [1, 2]}, "d": 1}, {"a": {"c": [3]}})
    assert merged == {"a": {"b": 1, "c": [3]}, "d": 1}
    assert audit_tokens().paint("pos-2") == base_tokens().paint("pos-2")
    assert audit_tokens().paint("paper") != base_tokens().paint("paper")


def test_an_unknown_colour_is_named_with_those_there_are() -> None:
    with pytest.raises(TokensError, match="no colour 'inc'; there are: paper"):
        base_tokens().paint("inc")


def test_the_vega_config_holds_colours_not_names_and_smaller_text_when_narrow() -> None:
    tokens = audit_tokens()
    wide, narrow = tokens.vega_config(), tokens.vega_config(narrow=True)
    assert "$" not in str(wide)
    assert wide["axis"]["labelColor"] == tokens.paint("ink-2")
    assert wide["font"] == tokens.font == "Cx Sans, Arial, sans-serif"
    assert (wide["text"]["fontSize"], narrow["text"]["fontSize"]) == (14, 13)
    assert narrow["line"]["strokeWidth"] == wide["line"]["strokeWidth"]


def test_the_sheet_defines_every_colour_in_every_mode_and_follows_charts() -> None:
    sheet = audit_tokens().css()
    for name in REQUIRED:
        assert len(re.findall(rf"--{name}:#", sheet)) == 6, name
    assert '.chart [fill="#1a1c20"]{fill:var(--ink)}' in sheet
    assert '.chart [stroke="#d17a2c"]{stroke:var(--neg-2)}' in sheet
    assert sheet.count("{") == sheet.count("}")


def test_margins_of_print_hold_any_title() -> None:
    hostile = 'A "client" \\ }</style>\n@import'
    heads = running_heads(audit_tokens(), hostile, "July 2025", "Confidential")
    assert css_string('a"b') == '"a\\22 b"'
    assert "</style" not in heads
    assert "@import" not in heads
    assert heads.count("{") == heads.count("}")
    assert "counter(page)" in heads
