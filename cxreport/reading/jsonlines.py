"""Lines of JSON in which all is in order: msgspec reads those, many times as fast as with care.

It refuses what is not JSON or not UTF-8, single surrogates, NaN, and numbers beyond a float; what it reads, it
reads as `json` does. What it would not refuse although it needs care is looked for here.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
import numpy as np

DEPTH: Final = 200
"""Values nested deeper than this are refused."""
_BRACKET, _SMALL, _NEWLINE = ord("{"), 32, ord("\n")
_NUL: Final = b"\\u0000"
_DECODER: Final = msgspec.json.Decoder()


def objects(lines: bytes) -> list[dict[str, Any]] | None:
    """The objects of whole lines; None when any line needs care or holds something else."""
    if not lines.startswith(b"{") or _NUL in lines or _may_be_deep(lines):
        return None
    try:
        found = _DECODER.decode_lines(lines)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return found if set(map(type, found)) == {dict} else None


def _may_be_deep(lines: bytes) -> bool:
    """Whether any line has enough opening brackets to be nested too deeply."""
    signs = np.frombuffer(lines, np.uint8)
    starts = np.flatnonzero(signs[:-1] == _NEWLINE) + 1
    opening = (signs | _SMALL) == _BRACKET  # `[` is `{` but for this bit
    return bool((np.add.reduceat(opening, np.append(0, starts), dtype=np.int64) > DEPTH).any())
