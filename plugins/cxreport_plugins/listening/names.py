"""English names of languages and countries, and codes of either, as codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl
from babel import Locale

from cxreport.api import reading


def language(cell: pl.Expr) -> pl.Expr:
    """BCP-47 language from a tag such as `en` or `pt-BR`, or an English name; null for anything else."""
    tag = cell.str.strip_chars().str.replace("_", "-", literal=True)
    code = pl.when(tag.str.contains(r"^[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$")).then(tag)
    known = pl.when(~code.str.to_lowercase().is_in(("und", "unk", "xx", "zxx"))).then(code)
    named = tag.str.to_lowercase().replace_strict(_languages(), default=None, return_dtype=pl.String)
    return pl.coalesce(named, known)


def country(code: pl.Expr, name: pl.Expr) -> pl.Expr:
    """ISO 3166-1 alpha-2 from a code (alpha-2 or alpha-3), else from an English name in either column."""
    named = [
        cell.str.strip_chars().str.to_lowercase().replace_strict(_countries(), default=None, return_dtype=pl.String)
        for cell in (code, name)
    ]
    return pl.coalesce(reading.to_alpha2(code), *named, reading.to_alpha2(name))


@cache
def _languages() -> Mapping[str, str]:
    return {name.lower(): code.replace("_", "-") for code, name in Locale("en").languages.items() if len(code) == 2}


@cache
def _countries() -> Mapping[str, str]:
    known = {name.lower(): code for code, name in Locale("en").territories.items() if len(code) == 2}
    return {**known, "united states of america": "US", "usa": "US", "uk": "GB", "russian federation": "RU"}
