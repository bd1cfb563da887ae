"""Cells as numbers, booleans, ids and clean text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.reading import (
    alpha3_to_alpha2,
    blank,
    damaged_ids,
    html_text,
    missing,
    strip_formula_guard,
    to_alpha2,
    to_bool,
    to_count,
    to_float,
    to_int,
    x_text,
)


def apply(rule: Callable[..., pl.Expr], *cells: str | None, **options: Any) -> list[Any]:
    frame = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.String)})
    return frame.select(rule(pl.col("cell"), **options))["cell"].to_list()


def test_blank_and_missing() -> None:
    assert apply(blank, "", " \u00a0", None, " none ", "-") == [None, None, None, " none ", "-"]
    assert apply(missing, "", " NA", "n/a", "NULL", "NaN", "–", "none", " 0 ", "no") == [*[None] * 7, "0", "no"]
    assert apply(missing, "-99", "{question_not_shown}", "9", extra=["-99", "{Question_not_shown}"]) == [
        None,
        None,
        "9",
    ]


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("1234", 1234.0, 1234.0),
        ("1,234", 1234.0, 1.234),
        ("1.234", 1.234, 1234.0),
        ("1,234.5", 1234.5, None),
        ("1.234,5", None, 1234.5),
        ("1 234", 1234.0, 1234.0),
        ("1\u202f234", 1234.0, 1234.0),
        ("1\u00a0234\u00a0567", 1234567.0, 1234567.0),
        ("-4.5", -4.5, None),
        ("−4,5", None, -4.5),
        ("6.5%", 0.065, None),
        ("6,5 %", None, 0.065),
        ("1e3", 1000.0, 1000.0),
        ("12,34", None, 12.34),
        (".5", 0.5, None),
        ("4.", 4.0, None),
        ("", None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("1,2,3", None, None),
        ("four", None, None),
        ("1e999", None, None),
    ],
)
def test_numbers(cell: str, point: float | None, comma: float | None) -> None:
    assert apply(to_float, cell) == [pytest.approx(point) if point is not None else None]
    assert apply(to_float, cell, decimal_comma=True) == [pytest.approx(comma) if comma is not None else None]


def test_whole_numbers() -> None:
    cells = ["848.0", "1,234", "1 234", "-7", "+7", "12.5", "1.234", "", "x", "9" * 30, "570306133677761513", None]
    assert apply(to_int, *cells) == [848, 1234, 1234, -7, 7, None, None, None, None, None, 570306133677761513, None]
    assert apply(to_int, "1.234", "848,0", "12,5", decimal_comma=True) == [1234, 848, None]


def test_the_whole_column_decides_what_a_dot_in_counts_is() -> None:
    assert apply(to_count, "1.234", "12", "1.234.567", None) == [1234, 12, 1234567, None]
    assert apply(to_count, "830.0", "1.234", "1250000.4", "1,234", "x") == [830, 1, 1250000, 1234, None]


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_survive_every_thousands_separator(number: int) -> None:
    for sign in (",", " ", "\u202f", "'"):
        assert apply(to_int, f"{number:,}".replace(",", sign)) == [number]
    assert apply(to_int, f"{number:,}".replace(",", "."), decimal_comma=True) == [number]


def test_booleans() -> None:
    assert apply(to_bool, "True", "WAHR", " vrai ", "1", "Yes", "да") == [True] * 6
    assert apply(to_bool, "FALSE", "Falsch", "faux", "0", "no", "нет") == [False] * 6
    assert apply(to_bool, "", "maybe", None, "2") == [None] * 4


def test_damaged_ids() -> None:
    scientific = ["5.70306E+17", "5.70306133677761E+017", "5,70306E+17", "3.29E+09"]
    assert damaged_ids(pl.Series(scientific)).to_list() == [True] * 4
    rounded = ["570306133677760000", "570301130888122000", "570301083672813571", "x1", None]
    assert damaged_ids(pl.Series(rounded)).to_list() == [True, True, False, False, False]
    by_chance = ["570306133677760000", "570301130888122368", "570301083672813571"]
    assert damaged_ids(pl.Series(by_chance)).to_list() == [False] * 3
    assert damaged_ids(pl.Series(["1000", "2000", "ab5e12", "R_1e5"])).to_list() == [False] * 4
    assert damaged_ids(pl.Series([], dtype=pl.String)).to_list() == []


def test_text_of_x_is_unescaped_in_two_passes_only() -> None:
    assert apply(x_text, "a &lt;b&gt; &amp; c", "&amp;lt;", "?a=1&copy=2&para=3", None) == [
        "a <b> & c", "&lt;", "?a=1&copy=2&para=3", None,
    ]  # fmt: skip
    assert apply(html_text, "caf&eacute; &amp; bar", "plain", None) == ["café & bar", "plain", None]


def test_only_one_guard_before_an_at_sign_is_stripped() -> None:
    assert apply(strip_formula_guard, "=@brand hi", "'@brand", "==@x", "=1+1", "'tis", "a=@b") == [
        "@brand hi", "@brand", "==@x", "=1+1", "'tis", "a=@b",
    ]  # fmt: skip


def test_countries() -> None:
    assert apply(to_alpha2, "USA", "deu", " GB ", "UK", "XXX", "SUN", "", None) == [
        "US", "DE", "GB", "GB", None, None, None, None,
    ]  # fmt: skip
    assert (alpha3_to_alpha2("NLD"), alpha3_to_alpha2("NL"), alpha3_to_alpha2("Netherlands")) == ("NL", "NL", None)
