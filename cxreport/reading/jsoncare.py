"""JSON values one after another from a window over a text, with care: damage costs one value and no other."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from .jsonlines import DEPTH
from .jsonvalues import is_deeper, repaired
from .windows import Window

ITEM_CHARS = 512 << 20
"""Items longer than this are refused, and with them the rest of the file."""
BETWEEN = re.compile(r"[\s,;\x1e\ufeff]*")
"""What may stand between two values."""
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_NEXT_LINE = re.compile(r"\n(?=[{\[])")
_NEXT_OBJECT = re.compile(r",\s*(?=\{)")
_PLAIN = re.compile(r"[^,\]\n]*")
_UNSOUND = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_SIGNS = '{["-0123456789tfnNI'
_STRICT = json.JSONDecoder(parse_constant=lambda name: None)
_LENIENT = json.JSONDecoder(parse_constant=lambda name: None, strict=False)
_TRIES = 1_000


class Broken(Exception):
    """An item cannot be read. `lost` means that reading cannot go on after it."""

    def __init__(self, code: str, reason: str, *, lost: bool = False) -> None:
        super().__init__(code, reason)
        self.code, self.reason, self.lost = code, reason, lost


class Values:
    """The values of a window: first `advance` to one, then read its `value`."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.in_array = False
        """Whether the values are elements of a list."""
        self.keys: frozenset[str] = frozenset()
        """Keys of the last sound object: after damage, reading goes on at an object like it."""

    def advance(self) -> bool:
        """Go to the next item, in and out of arrays; False at the end."""
        while True:
            match self._window.peek(BETWEEN), self.in_array:
                case "", True:
                    raise Broken("truncated", "The file ends before its list does.", lost=True)
                case "", False:
                    return False
                case "[", False:
                    self.in_array = True
                case "]", True:
                    self.in_array = False
                case _:
                    return True
            self._window.pos += 1

    def value(self) -> object:
        """The item at the window's position, which moves behind it, sound or not."""
        window = self._window
        self._check_sign(window.text[window.pos])
        while True:
            try:
                value, end = _STRICT.raw_decode(window.text, window.pos)
            except json.JSONDecodeError as error:
                if self._wait(error):
                    continue
                value, end = self._reread(error)
            except RecursionError:
                raise self._passed("too_deep", f"It is nested more than {DEPTH} levels deep.") from None
            except ValueError as error:
                raise self._passed("number_too_long", f"It holds a number that is too long ({error}).") from None
            if end < len(window.text) or not window.more():
                break
        return self._checked(value, end)

    def _check_sign(self, sign: str) -> None:
        if sign in _SIGNS:
            return
        quoted = " (single quotes are JavaScript, not JSON)" if sign == "'" else ""
        reason = f"An item begins with {sign!r}, which is not JSON{quoted}."
        if not self.in_array:
            self._to_next_line()
        raise Broken("not_json", reason, lost=self.in_array)

    def _wait(self, error: json.JSONDecodeError) -> bool:
        """Whether the error may only mean that the item was not fetched whole; then more has been."""
        window = self._window
        cut = window.cut_short(error.pos) or error.msg.startswith("Unterminated string")
        if window.ended or not cut:
            return False
        if len(window.text) - window.pos > ITEM_CHARS:
            raise Broken("item_too_large", f"It is longer than {ITEM_CHARS:,} characters.", lost=True)
        window.more()
        return True

    def _reread(self, error: json.JSONDecodeError) -> tuple[Any, int]:
        """Raw line breaks and tabs within strings are forgiven; anything else is passed over as broken."""
        window = self._window
        if "control character" in error.msg:
            try:
                return _LENIENT.raw_decode(window.text, window.pos)
            except ValueError:
                pass
        end = len(window.text.rstrip())
        if window.ended and (error.pos >= end or error.msg.startswith("Unterminated string")):
            raise Broken("truncated", "The file ends in the middle of an item.", lost=True)
        reason = f"It is not JSON: {error.msg} (line {window.line(error.pos)})."
        if self.in_array:
            raise self._passed("broken", reason)
        self._to_next_line()
        raise Broken("broken", reason)

    def _checked(self, value: object, end: int) -> object:
        window = self._window
        begin, window.pos = window.pos, end
        nested = window.text.count("{", begin, end) + window.text.count("[", begin, end)
        if nested > DEPTH and is_deeper(value, DEPTH):
            raise Broken("too_deep", f"It is nested more than {DEPTH} levels deep.")
        if _UNSOUND.search(window.text, begin, end):
            value = repaired(value)
        if isinstance(value, dict):
            self.keys = frozenset(value)
        return value

    def _passed(self, code: str, reason: str) -> Broken:
        """The problem with the item at the window's position, after going behind that item."""
        if self._to_its_end() or (not self.in_array and self._to_next_line()):
            return Broken(code, reason)
        return Broken(code, f"{reason} What follows could not be read.", lost=True)

    def _to_its_end(self) -> bool:
        """Go behind the item, by its brackets, or to the next object like the last one if that comes first."""
        window = self._window
        while True:
            ends = [end for end in (self._closed(), self._alike()) if end]
            if ends:
                window.pos = min(ends)
                return True
            if not window.more():
                return False

    def _closed(self) -> int:
        """Where the item's brackets are closed and something that may follow does; 0 when nowhere."""
        text = self._window.text
        end = _balanced(text, self._window.pos)
        return end if end and text[end : end + 1000].lstrip()[:1] in ("", ",", "]", "{") else 0

    def _alike(self) -> int:
        """Where the next object begins that shares most keys with the last sound one; 0 when nowhere."""
        if not self.keys:
            return 0
        candidates = _NEXT_OBJECT.finditer(self._window.text, self._window.pos)
        starts = (match.end() for match in itertools.islice(candidates, _TRIES))
        return next(filter(self._is_alike, starts), 0)

    def _is_alike(self, at: int) -> bool:
        try:
            value, _ = _STRICT.raw_decode(self._window.text, at)
        except (ValueError, RecursionError):
            return False
        return 2 * len(self.keys & set(value)) > len(self.keys)

    def _to_next_line(self) -> bool:
        """Go to the next line that begins with an object or array; to the end when there is none."""
        window = self._window
        while True:
            match = _NEXT_LINE.search(window.text, window.pos)
            if match:
                window.pos = match.end()
                return True
            window.pos = max(window.pos, len(window.text) - 1)
            if not window.more():
                window.pos = len(window.text)
                return False


def _balanced(text: str, begin: int) -> int:
    """Position behind the bracketed item, or plain value, that begins at `begin`; 0 when it does not end."""
    if text[begin] not in "{[":
        match = _PLAIN.match(text, begin)
        return match.end() if match and match.end() < len(text) else 0
    depth = 0
    for token in _TOKEN.finditer(text, begin):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
            if not depth:
                return token.end()
    return 0
