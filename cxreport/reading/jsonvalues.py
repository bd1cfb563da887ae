"""JSON values that need a second look: nested very deeply, or with characters that no text may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def is_deeper(value: object, limit: int) -> bool:
    """Whether objects and lists lie within each other more than `limit` deep."""
    level = [value]
    for _ in range(limit):
        level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def repaired(value: Any) -> Any:
    """The value with lone surrogates and NUL characters, which no file or page can hold, shown as U+FFFD."""
    match value:
        case str():
            sound = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            return sound.replace("\0", "\ufffd")
        case list():
            return [repaired(item) for item in value]
        case dict():
            return {repaired(key): repaired(item) for key, item in value.items()}
    return value
