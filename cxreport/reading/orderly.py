"""Stretches of delimited text in which all is in order: Polars reads those, many times as fast as with care.

In order means: UTF-8 without NUL or bare CR, every quote opens or closes a cell or is doubled within one, and
every record is as wide as the header. Then there is one way to read it, and both readers agree.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .dialects import QUOTE

_QUOTE: Final = ord(QUOTE)
_NEWLINE: Final = ord("\n")
_MOST: Final = 16 << 20
"""More bytes than this may hold a cell that is too large."""

Positions = NDArray[np.int64]


def columns(data: bytes, delimiter: str, width: int) -> tuple[pl.DataFrame, bytes] | None:
    """The whole records of `data` as text columns, and the bytes after them; None when any needs care."""
    sign = delimiter.encode()
    plain = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    if width < 2 or len(sign) > 1 or len(plain) > _MOST or b"\r" in plain or b"\0" in plain:
        return None
    signs = np.frombuffer(plain, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    ends = _outside(np.flatnonzero(signs == _NEWLINE), quotes)
    if not len(ends):
        return None
    whole = int(ends[-1]) + 1
    inside = quotes[: np.searchsorted(quotes, whole)]
    delimiters = _outside(np.flatnonzero(signs[:whole] == ord(delimiter)), inside)
    if len(delimiters) != len(ends) * (width - 1) or not _is_quoted_well(signs[:whole], inside, sign):
        return None
    frame = _parsed(plain[:whole], delimiter, width)
    return None if frame is None or frame.height != len(ends) else (frame, plain[whole:])


def _outside(positions: Positions, quotes: Positions) -> Positions:
    """Those of the positions that do not lie within quotes."""
    return positions[np.searchsorted(quotes, positions) % 2 == 0] if len(quotes) else positions


def _is_quoted_well(signs: NDArray[np.uint8], quotes: Positions, delimiter: bytes) -> bool:
    """Whether each quote stands at an end of its cell, or beside another; the two of `""` are such, too."""
    is_border = np.zeros(256, np.bool_)
    is_border[[*delimiter, _QUOTE, _NEWLINE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = signs[opening - 1]  # of the first sign of all, the last, which is the end of a line
    return bool(is_border[before].all() and is_border[signs[closing + 1]].all())


def _parsed(data: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    """All cells as text, empty ones too; None for a record with too many and for what is not UTF-8."""
    schema = {f"c{index}": pl.String for index in range(width)}
    try:
        frame = pl.read_csv(data, has_header=False, schema=schema, separator=delimiter, quote_char=QUOTE)
    except pl.exceptions.PolarsError:
        return None
    return frame.with_columns(pl.all().fill_null(""))
