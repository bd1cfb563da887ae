"""Cells as values: missing, numbers, booleans, sound ids, clean text. All on whole text columns.

Nothing here is applied by itself: whether `-` means missing or `1.234` is a thousand depends on the source.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import polars as pl
from babel.core import get_global

MISSING = ("na", "n/a", "#n/a", "null", "none", "nan", "-", "–", "—")
"""Missing in columns of codes and numbers, whatever the case. In free text it may be an answer."""
_BLANK = r"^[\s\u00a0\u200b\ufeff]*$"
_BLANKS = "\\s\u00a0\u202f\u2009"
_TRUE = (
    "true", "t", "yes", "y", "1", "1.0", "wahr", "ja", "vrai", "oui", "verdadero", "verdadeiro", "sí", "si",
    "sim", "vero", "sì", "waar", "prawda", "tak", "истина", "да",
)  # fmt: skip
_FALSE = (
    "false", "f", "no", "n", "0", "0.0", "falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar",
    "nee", "fałsz", "nie", "ложь", "нет",
)  # fmt: skip
_BOOLEANS: Mapping[str, bool] = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&nbsp;": "\u00a0"}
_USUAL = rf"(?:{'|'.join(_ENTITIES)})|&\s"
_SCIENTIFIC = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$"
_LONG_ID = r"^[0-9]{16,20}$"
_ROUNDED_ID = r"^[0-9]{12,17}000$"


def blank(column: pl.Expr) -> pl.Expr:
    """Null for cells without any visible character, else the cell as it is."""
    return column.map_batches(_visible, return_dtype=pl.String, is_elementwise=True)


def _visible(cells: pl.Series) -> pl.Series:
    """Cells that begin with a visible character of ASCII, or are empty, need no second look."""
    is_visible = cells.is_between("!", "~")
    others = (~is_visible & (cells != "")).arg_true()
    if len(others):
        is_visible = is_visible.scatter(others, ~cells.gather(others).str.contains(_BLANK))
    return cells if is_visible.all() else pl.select(pl.when(is_visible).then(cells)).to_series()


def missing(column: pl.Expr, extra: Iterable[str] = ()) -> pl.Expr:
    """Trimmed text; null for blank cells, those of `MISSING` and those of `extra`, whatever their case."""
    text = column.str.strip_chars()
    codes = [*MISSING, *(code.strip().lower() for code in extra)]
    return pl.when(~text.str.contains(_BLANK) & ~text.str.to_lowercase().is_in(codes)).then(text)


def to_float(column: pl.Expr, *, decimal_comma: bool = False) -> pl.Expr:
    """Float64; null for what is no number. `1,234.5` and `1 234.5` are thousands, `6.5%` is 0.065.

    With `decimal_comma`, `1.234,5` is 1234.5. A lone `1,234` without it is 1234, never 1.234.
    """
    return _numbers(column, pl.Float64(), _float, decimal_comma=decimal_comma)


def to_int(column: pl.Expr, *, decimal_comma: bool = False) -> pl.Expr:
    """Int64; null for what is no whole number. `1,234` and `1 234` are thousands, `848.0` is 848."""
    return _numbers(column, pl.Int64(), _int, decimal_comma=decimal_comma)


def _numbers(
    column: pl.Expr, dtype: pl.DataType, read: Callable[[pl.Expr, bool], pl.Expr], *, decimal_comma: bool
) -> pl.Expr:
    """Plain numbers at once; `read` looks at the other cells only."""

    def convert(cells: pl.Series) -> pl.Series:
        plain = cells.cast(dtype, strict=False)
        is_plain = plain.is_finite().fill_null(value=False) if dtype.is_float() else plain.is_not_null()
        others = (~is_plain & cells.is_not_null()).arg_true()
        if not len(others):
            return plain
        return plain.scatter(others, cells.gather(others).to_frame("").select(read(pl.first(), False)).to_series())

    if decimal_comma:
        return read(column, True)
    return column.map_batches(convert, return_dtype=dtype, is_elementwise=True)


def _float(column: pl.Expr, decimal_comma: bool) -> pl.Expr:
    text = column.str.strip_chars().str.replace_all(rf"[{_BLANKS}'’]", "").str.replace("−", "-", literal=True)
    thousands, decimal = (r"\.", ",") if decimal_comma else (",", r"\.")
    whole = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)?"
    number = rf"^[+-]?{whole}(?:{decimal}[0-9]+|{decimal})?(?:[eE][+-]?[0-9]+)?%?$"
    plain = text.str.replace_all(thousands, "")
    if decimal_comma:
        plain = plain.str.replace(",", ".", literal=True)
    value = plain.str.strip_suffix("%").cast(pl.Float64, strict=False)
    scaled = pl.when(text.str.ends_with("%")).then(value / 100).otherwise(value)
    return pl.when(text.str.contains(number) & scaled.is_finite()).then(scaled)


def _int(column: pl.Expr, decimal_comma: bool) -> pl.Expr:
    text = column.str.strip_chars().str.replace_all(rf"[{_BLANKS}'’]", "").str.replace("−", "-", literal=True)
    thousands, decimal = (r"\.", ",") if decimal_comma else (",", r"\.")
    whole = text.str.replace(rf"{decimal}0*$", "")
    number = rf"^[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)$"
    digits = whole.str.replace_all(thousands, "").str.strip_prefix("+").cast(pl.Int64, strict=False)
    return pl.when(whole.str.contains(number)).then(digits)


def to_count(column: pl.Expr) -> pl.Expr:
    """Int64 of a column of counts, such as impressions; a vendor's estimate with a fraction is rounded.

    Dots are thousands (`1.234`, as a European spreadsheet writes) when all cells that have one are grouped so, else
    decimals (`830.0`, `1250000.4`): the whole column decides.
    """
    text = column.str.strip_chars()
    grouped = text.str.contains(r"^[0-9]{1,3}(?:\.[0-9]{3})+$")
    is_thousands = grouped.filter(text.str.contains(".", literal=True)).all()
    bare = pl.when(grouped & is_thousands).then(text.str.replace_all(".", "", literal=True)).otherwise(text)
    return to_float(bare).round().cast(pl.Int64, strict=False)


def to_bool(column: pl.Expr) -> pl.Expr:
    """Boolean from True/False, 1/0, yes/no and their translations by spreadsheets; else null."""
    text = column.str.strip_chars().str.to_lowercase()
    return text.replace_strict(_BOOLEANS, default=None, return_dtype=pl.Boolean)


def damaged_ids(ids: pl.Series) -> pl.Series:
    """Which ids a spreadsheet has rounded: those in scientific notation, and long ones that end in 000.

    The second only when most of the column's ids of 16 digits and more end so; one may by chance.
    """
    text = ids.cast(pl.String).str.strip_chars()
    scientific = text.str.contains(_SCIENTIFIC).fill_null(False)
    long = text.str.contains(_LONG_ID).fill_null(False)
    rounded = text.str.contains(_ROUNDED_ID).fill_null(False)
    many = int(rounded.sum()) * 2 > int(long.sum())
    return (scientific | rounded if many else scientific).alias(ids.name)


def x_text(column: pl.Expr) -> pl.Expr:
    """Text of X with its three entities unescaped, `&amp;` last. Anything more would damage its URLs."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        column = column.str.replace_all(entity, sign, literal=True)
    return column


def html_text(column: pl.Expr) -> pl.Expr:
    """Text of sources that escape HTML, unescaped once. Not for X: see `x_text`."""
    return column.map_batches(_unescaped, return_dtype=pl.String, is_elementwise=True)


def _unescaped(texts: pl.Series) -> pl.Series:
    """The usual entities at once; texts with any other `&` by the rules of HTML."""
    places = texts.str.contains("&", literal=True).fill_null(value=False).arg_true()
    if not len(places):
        return texts
    some = texts.gather(places)
    usual = some.str.count_matches("&", literal=True) == some.str.count_matches(_USUAL)
    rare = [html.unescape(text) for text in some.filter(~usual).to_list()]
    done = some.str.replace_many(list(_ENTITIES), list(_ENTITIES.values())).scatter((~usual).arg_true(), rare)
    return texts.scatter(places, done)


def strip_formula_guard(column: pl.Expr) -> pl.Expr:
    """Text without the one `=` or `'` that exporters and people put before a leading `@`."""
    return column.str.replace(r"^[='](@)", "${1}")


def to_alpha2(column: pl.Expr) -> pl.Expr:
    """ISO 3166-1 alpha-2 from alpha-2 or alpha-3 codes, whatever their case; null for anything else."""
    return (
        column.str.strip_chars().str.to_uppercase().replace_strict(_countries(), default=None, return_dtype=pl.String)
    )


def alpha3_to_alpha2(code: str) -> str | None:
    """One country code: `USA` → `US`; alpha-2 stays; None for anything else."""
    return _countries().get(code.strip().upper())


@cache
def _countries() -> Mapping[str, str]:
    """Alpha-3 and withdrawn alpha-2 codes with one successor, and every alpha-2 code itself (CLDR)."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    single = {old: new[0] for old, new in aliases.items() if len(new) == 1 and old.isalpha() and new[0].isalpha()}
    known = {code for code in get_global("territory_currencies") if len(code) == 2}
    return {old: new for old, new in single.items() if new in known} | {code: code for code in known}
