"""Composing: texts in Unicode's form NFC, so that equal words are equal."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

_SETTLED = (
    (0x0, 0x2FF), (0x400, 0x482), (0x48A, 0x52F), (0x2002, 0x20CF), (0x2600, 0x27BF), (0x3001, 0x3029),
    (0x3041, 0x3098), (0x30A0, 0x9FFF), (0xAC00, 0xD7A3), (0xFE0F, 0xFE0F), (0x1F000, 0x1FAFF),
)  # fmt: skip
"""Scripts and signs in which every character is in the form NFC beside any other."""
_ROWS = 2_000
"""Texts looked at together: so many that their copies stay in the processor's cache."""
_HIGH = 0x80
_HIGH_OF_EIGHT = 0x8080808080808080


def composed(texts: pl.Series) -> pl.Series:
    """Texts in the form NFC, in which most are already."""
    doubtful = {code for at in range(0, len(texts), _ROWS) for code in _doubtful(texts.slice(at, _ROWS))}
    if not doubtful:
        return texts
    places = texts.str.contains_any(list(map(chr, sorted(doubtful)))).arg_true()
    return texts.scatter(places, texts.gather(places).str.normalize("NFC"))


def _doubtful(texts: pl.Series) -> list[int]:
    """The code points in these texts that may be in another form; bytes from 128 on are those beyond ASCII."""
    whole = texts.str.join("").cast(pl.Binary).item() or b""
    words = np.frombuffer(whole + bytes(-len(whole) % 8), np.uint64)
    signs = words[words & np.uint64(_HIGH_OF_EIGHT) != 0].view(np.uint8)
    codes = np.frombuffer(signs[signs >= _HIGH].tobytes().decode().encode("utf-32-le"), np.uint32)
    found: list[int] = np.unique(codes[~_settled()[codes]]).tolist()
    return found


@cache
def _settled() -> NDArray[np.bool_]:
    """By code point, whether it lies in one of the scripts `_SETTLED`."""
    table = np.zeros(0x110000, np.bool_)
    for first, last in _SETTLED:
        table[first : last + 1] = True
    return table
