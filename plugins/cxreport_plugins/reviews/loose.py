"""JSON and Python literals that stand within other files: read without trusting them."""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import Any

LITERAL_CHARS = 1 << 20
"""A longer literal is refused: the parser needs a hundred times its length in memory."""
_UNSOUND = re.compile(r"[\0\ud800-\udfff]")


def loads(text: str) -> Any:
    """A JSON value; raw line breaks within strings are forgiven. Raises ValueError when it is none."""
    try:
        return _sound(json.loads(text, strict=False, parse_constant=lambda name: None))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def literal(text: str) -> Any:
    """A value as Python prints it (`{'a': None}`), made of what JSON can say. Raises ValueError when it is none."""
    if len(text) > LITERAL_CHARS:
        raise ValueError(f"it is longer than {LITERAL_CHARS:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # of escapes that Python does not know, such as \d
            return loads(json.dumps(ast.literal_eval(text.strip())))
    except (SyntaxError, TypeError, RecursionError, MemoryError):
        raise ValueError("it is no Python literal") from None


def _sound(value: Any) -> Any:
    """The value with half characters and NULs, which no table can hold, as U+FFFD."""
    match value:
        case str():
            return _UNSOUND.sub("\ufffd", value)
        case list():
            return [_sound(item) for item in value]
        case dict():
            return {_UNSOUND.sub("\ufffd", key): _sound(item) for key, item in value.items()}
    return value
