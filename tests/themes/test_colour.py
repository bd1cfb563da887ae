"""Colour arithmetic, and a client's accent that can be read whatever it was."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.render.charts.colour import contrast, from_oklch, oklch, readable
from cxreport.render.charts.tokens import Tokens

from .gallery import audit_tokens

HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return audit_tokens()


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#777777", "#777777", 1),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(first, second) == contrast(second, first)


@given(HEXES)
def test_oklch_there_and_back_is_the_same_colour(colour: str) -> None:
    again = from_oklch(*oklch(colour))
    assert all(abs(int(colour[i : i + 2], 16) - int(again[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_a_readable_colour_is_left_alone_and_a_hopeless_one_is_refused() -> None:
    assert readable("#0b5fff", ["#ffffff"], 4.5) == "#0b5fff"
    with pytest.raises(ValueError, match="no lightness"):
        readable("#0b5fff", ["#ffffff", "#000000"], 6)


@given(HEXES)
def test_any_accent_becomes_readable_in_every_mode_and_stays_its_own_token(accent: str) -> None:
    fitted = audit_tokens().with_accent(accent)
    fitted.check_unique()
    for mode, least in (("light", 4.5), ("dark", 4.5), ("contrast", 7), ("print", 7)):
        for ground in ("paper", "panel"):
            assert contrast(fitted.hex("accent", mode), fitted.hex(ground, mode)) >= least  # type: ignore[arg-type]


@pytest.mark.parametrize("accent", ["#0b5fff", "#ffcc00", "#00b37a", "#e4002b", "#7a1fa2", "#ff7f00"])
def test_an_accent_keeps_its_hue(tokens: Tokens, accent: str) -> None:
    fitted = tokens.with_accent(accent)
    for mode in ("light", "dark"):
        turn = oklch(fitted.hex("accent", mode))[2] - oklch(accent)[2]
        assert abs(math.remainder(turn, 2 * math.pi)) < math.radians(6), (mode, fitted.hex("accent", mode))


def test_an_accent_like_another_token_steps_aside(tokens: Tokens) -> None:
    ink = tokens.paint("ink")
    assert tokens.with_accent(ink).paint("accent") != ink
