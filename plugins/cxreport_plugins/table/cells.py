"""Cells of mapped columns as values of the record's types."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl
from babel import Locale

from cxreport.api import INSTANT, RECORDS, reading

Convert = Callable[[pl.Expr], pl.Expr]
_OTHER_NAMES = {
    "usa": "US", "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "czech republic": "CZ", "turkey": "TR", "macedonia": "MK", "swaziland": "SZ",
    "ivory coast": "CI", "burma": "MM", "myanmar": "MM", "hong kong": "HK", "macau": "MO", "palestine": "PS",
    "russian federation": "RU", "republic of korea": "KR", "korea": "KR", "viet nam": "VN", "holland": "NL",
    "united states of america": "US", "uae": "AE", "congo": "CG",
}  # fmt: skip
"""Names in use that CLDR does not list."""


def is_time(name: str) -> bool:
    """Whether a column of a record is an instant."""
    return RECORDS[name] == INSTANT


def values(name: str, found: pl.Series, separator: str) -> pl.Series:
    """Cells as the type of the column `name`; null where they are none. Not for instants."""
    dtype = RECORDS[name]
    if isinstance(dtype, pl.List):
        return converted(found, lambda cell: _labels(cell, separator))
    if name.startswith(("text", "title")):
        return found
    convert = _BY_NAME.get(name) or _BY_TYPE.get(str(dtype))
    return converted(found.str.strip_chars(), convert) if convert else found.str.strip_chars()


def converted(found: pl.Series, convert: Convert) -> pl.Series:
    """What an expression makes of each cell; worked out once for cells that are alike."""
    column = found.alias("cell").to_frame()
    distinct = column.unique()
    if distinct.height * 2 > column.height:
        return column.select(convert(pl.col("cell")).alias("made"))["made"]
    made = distinct.with_columns(convert(pl.col("cell")).alias("made"))
    return column.join(made, on="cell", how="left", nulls_equal=True, maintain_order="left")["made"]


def is_lossy(name: str) -> bool:
    """Whether `values` may fail, so that the cell as found must be kept elsewhere."""
    return RECORDS[name] != pl.String or name in _BY_NAME


def _labels(cell: pl.Expr, separator: str) -> pl.Expr:
    labels = cell.str.split(separator).list.eval(pl.element().str.strip_chars().replace("", None).drop_nulls())
    return pl.when(labels.list.len() > 0).then(labels.list.unique(maintain_order=True))


def country(text: pl.Expr) -> pl.Expr:
    """ISO 3166-1 alpha-2 from codes of two or three letters and from English names."""
    named = text.str.to_lowercase().replace_strict(_countries(), default=None, return_dtype=pl.String)
    return pl.coalesce(named, reading.to_alpha2(text))


def language(text: pl.Expr) -> pl.Expr:
    """BCP-47 tag from a tag or an English name; `und` and the like are no language."""
    named = text.str.to_lowercase().replace_strict(_languages(), default=None, return_dtype=pl.String)
    tag = text.str.replace_all("_", "-", literal=True)
    is_tag = tag.str.contains(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$") & ~tag.str.contains(r"^(?i)(?:und|zxx)$")
    return pl.coalesce(named, pl.when(is_tag).then(tag))


def address(text: pl.Expr) -> pl.Expr:
    """An http or https address; no other may be linked to."""
    return pl.when(text.str.contains(r"^(?i)https?://")).then(text)


def number(text: pl.Expr) -> pl.Expr:
    """A number with a decimal point, else with a decimal comma."""
    return pl.coalesce(reading.to_float(text), reading.to_float(text, decimal_comma=True))


_BY_NAME: dict[str, Convert] = {
    "author_country": country,
    "country": country,
    "language": language,
    "url": address,
}
_BY_TYPE: dict[str, Convert] = {
    "Int64": reading.to_int,
    "Float64": number,
    "Boolean": reading.to_bool,
}


@cache
def _countries() -> dict[str, str]:
    names = {name.casefold(): code for code, name in Locale("en").territories.items() if len(code) == 2}
    return names | {name.replace("&", "and"): code for name, code in names.items()} | _OTHER_NAMES


@cache
def _languages() -> dict[str, str]:
    return {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
