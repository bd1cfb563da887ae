"""JSON values as the texts of cells, one by one and whole columns at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress

import msgspec
import polars as pl

_DTYPES: dict[type, pl.DataType | type[pl.DataType]] = {int: pl.Int64, bool: pl.Boolean, float: pl.Float64}
_WRITTEN_OUT = (0.001, 1e15)
"""Floats of this size have no exponent, whoever writes them."""
_ENCODER = msgspec.json.Encoder(order="sorted")
_WRITTEN_OTHERWISE = ("\\u", "0.0000", *(f"{digit}e" for digit in range(10)))
"""Escapes, exponents, numbers below 0.0001, or what looks like them: msgspec and `json` may write them differently."""


def json_text(value: object) -> str | None:
    """A JSON value as the text of a cell: strings as they are, null as None, objects and lists as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):  # the usual case, five times as fast without an encoder
        return str(value).lower() if isinstance(value, bool) else str(value)
    return json.dumps(value, ensure_ascii=False)


def sorted_json(value: object) -> str:
    """A JSON value as text with its keys sorted, as `json` writes it."""
    try:
        text = msgspec.json.format(_ENCODER.encode(value), indent=0).decode()
    except (msgspec.MsgspecError, OverflowError, TypeError, ValueError, RecursionError):
        text = ""
    if not text or any(map(text.__contains__, _WRITTEN_OTHERWISE)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text


def json_cells(values: Sequence[object]) -> pl.Series:
    """`json_text` of each value; at once where all that are not null are of one plain kind."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return pl.Series(values, dtype=pl.String)
    if kinds in ({int}, {bool}, {float}):
        with suppress(OverflowError, TypeError, pl.exceptions.PolarsError):  # whole numbers may be of any length
            return plain_cells(pl.Series(values, dtype=_DTYPES[kinds.pop()]))
    return pl.Series([json_text(value) for value in values], dtype=pl.String)


def plain_cells(values: pl.Series) -> pl.Series:
    """`json_text` of each of some integers, floats, flags or texts."""
    if values.dtype != pl.Float64 or values.abs().is_between(*_WRITTEN_OUT).all():
        return values.cast(pl.String)
    return pl.Series(values.name, [json_text(value) for value in values.to_list()], dtype=pl.String)
