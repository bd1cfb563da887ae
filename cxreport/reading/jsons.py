"""JSON in all the shapes exports use: an array, an object, one object a line, objects glued together.

Lines in which all is in order are read many at a time. Elsewhere items are read one by one from a window over
the text, so a file of any size needs little memory.
Integers stay exact. A broken item is a `JsonProblem` in its place, and reading goes on after it.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .containers import Input
from .jsoncolumns import JsonColumns, Runs
from .jsonlines import DEPTH, objects
from .jsonvalues import is_deeper, repaired
from .problems import ReadError
from .text import Piece, TextStream, joined, open_text
from .windows import Window

ITEM_CHARS = 512 << 20
"""Items longer than this are refused, and with them the rest of the file."""
_BETWEEN = re.compile(r"[\s,;\x1e\ufeff]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_NEXT_LINE = re.compile(r"\n(?=[{\[])")
_NEXT_OBJECT = re.compile(r",\s*(?=\{)")
_PLAIN = re.compile(r"[^,\]\n]*")
_UNSOUND = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_SIGNS = '{["-0123456789tfnNI'
_ASSIGNED = re.compile(r"[^={\[]{0,65536}=")
_STRICT = json.JSONDecoder(parse_constant=lambda name: None)
_LENIENT = json.JSONDecoder(parse_constant=lambda name: None, strict=False)
_TRIES = 1_000
RUN_BYTES = 4 << 20
"""Lines are read as columns in runs of about so many bytes."""
_SEVERAL = 2
"""Of fewer items it is not known whether the file holds one value only."""


@dataclass(frozen=True, slots=True)
class JsonProblem:
    """An item that could not be read: its 0-based index, a reason code, and the reason."""

    index: int
    code: str
    reason: str


Item = tuple[int, str, object]
"""0-based index, RFC 6901 pointer ("" when the file is one single value), and value or JsonProblem."""


def iter_json(input: Input, member: str = "", *, encoding: str | None = None) -> Iterator[Item]:
    """The items of a JSON member: of one array, one object, JSONL, or values glued together.

    A top-level array gives its elements. A file cut short gives what is complete and then a problem. Raises
    ReadError when the file cannot be opened.
    """
    with open_text(input, member, encoding) as text:
        yield from json_items(text)


def read_assigned(input: Input, member: str = "", *, encoding: str | None = None) -> Iterator[Item]:
    """The items of a JavaScript member of the kind `name = [ … ]`: as `iter_json`, after the first `=`.

    A text that begins with `{` or `[` is read as plain JSON. What is JavaScript but not JSON, such as single
    quotes, gives a problem. Raises ReadError when the file cannot be opened.
    """
    with open_text(input, member, encoding) as text:
        yield from json_items(text, assigned=True)


def json_items(text: TextStream, *, assigned: bool = False) -> Iterator[Item]:
    """As `iter_json` or `read_assigned`, over a stream that the caller opened, perhaps for its encoding."""
    for item in _Items(text).read(assigned=assigned):
        if isinstance(item, tuple):
            yield item


def json_lines(text: TextStream) -> Iterator[Item | JsonColumns]:
    """As `json_items`, but lines of flat objects that are all alike come as columns, many at a time."""
    yield from _Items(text, Runs()).read(assigned=False)


class _Broken(Exception):
    """An item cannot be read. `lost` means that reading cannot go on after it."""

    def __init__(self, code: str, reason: str, *, lost: bool = False) -> None:
        super().__init__(code, reason)
        self.code, self.reason, self.lost = code, reason, lost


class _Items:
    """The items of one text, in order."""

    def __init__(self, text: TextStream, runs: Runs | None = None) -> None:
        self._text = text
        self._runs = runs
        self._pieces = text.pieces() if runs is None else joined(text.pieces(), RUN_BYTES)
        self._waiting: Piece = b""
        """A piece that was fetched and goes through the window."""
        self._window = Window(self._texts())
        self._in_array = False
        self._index = 0
        self._keys: frozenset[str] = frozenset()
        """Keys of the last sound object: after damage, reading goes on at an object like it."""

    def read(self, *, assigned: bool) -> Iterator[Item | JsonColumns]:
        try:
            yield from self._swift()
            if not self._index and not self._window.peek(_BETWEEN):
                raise _Broken("empty", "The file is empty.", lost=True)
            if not self._index and assigned:
                self._pass_assignment()
            yield from self._all()
        except _Broken as broken:
            yield self._problem(broken)
        except ReadError as error:
            yield self._problem(_Broken(error.code, error.detail))

    def _problem(self, broken: _Broken) -> Item:
        return self._index, f"/{self._index}", JsonProblem(self._index, broken.code, broken.reason)

    def _pass_assignment(self) -> None:
        window = self._window
        if window.text[window.pos] in "{[":
            return
        match = _ASSIGNED.match(window.text, window.pos)
        if match is None:
            raise _Broken("no_assignment", "It does not begin with `name =` as a JavaScript export does.", lost=True)
        window.pos = match.end()

    def _all(self) -> Iterator[Item | JsonColumns]:
        while self._advance():
            try:
                value = self._value()
            except _Broken as broken:
                if broken.lost:
                    raise
                yield self._problem(broken)
            else:
                alone = self._index == 0 and not self._in_array and not self._window.peek(_BETWEEN)
                yield self._index, "" if alone else f"/{self._index}", value
            self._index += 1
            if self._window.is_used_up(_BETWEEN) and not self._in_array:
                yield from self._swift()

    def _swift(self) -> Iterator[Item | JsonColumns]:
        """Items of whole pieces, as long as all is in order in them; none when the window has more to give."""
        while not self._waiting:
            piece = next(self._pieces, b"")
            if isinstance(piece, bytes) and self._runs and (columns := self._runs.read(piece, self._index)):
                last = objects(piece[piece.rfind(b"\n", 0, -1) + 1 :]) or [{}]
                self._pass_by(piece, columns.count, last[0])
                yield columns
                continue
            found = objects(piece) if isinstance(piece, bytes) else None
            if found is None or isinstance(piece, str) or self._index + len(found) < _SEVERAL:
                self._waiting = piece
                return
            for index, value in enumerate(found, self._index):
                yield index, f"/{index}", value
            self._pass_by(piece, len(found), found[-1])
            if self._runs:
                self._runs.learn(found)

    def _pass_by(self, piece: bytes, count: int, last: dict[str, Any]) -> None:
        """So many objects have been read from the piece."""
        self._index += count
        self._window.pass_by(piece.count(b"\n"))
        self._keys = frozenset(last)

    def _texts(self) -> Iterator[str]:
        """What the window is given: text that must be read with care."""
        while piece := self._waiting or next(self._pieces, b""):
            self._waiting = b""
            yield self._text.text(piece)

    def _advance(self) -> bool:
        """Go to the next item, in and out of arrays; False at the end."""
        while True:
            match self._window.peek(_BETWEEN), self._in_array:
                case "", True:
                    raise _Broken("truncated", "The file ends before its list does.", lost=True)
                case "", False:
                    return False
                case "[", False:
                    self._in_array = True
                case "]", True:
                    self._in_array = False
                case _:
                    return True
            self._window.pos += 1

    def _value(self) -> object:
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
        if not self._in_array:
            self._to_next_line()
        raise _Broken("not_json", reason, lost=self._in_array)

    def _wait(self, error: json.JSONDecodeError) -> bool:
        """Whether the error may only mean that the item was not fetched whole; then more has been."""
        window = self._window
        cut = window.cut_short(error.pos) or error.msg.startswith("Unterminated string")
        if window.ended or not cut:
            return False
        if len(window.text) - window.pos > ITEM_CHARS:
            raise _Broken("item_too_large", f"It is longer than {ITEM_CHARS:,} characters.", lost=True)
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
            raise _Broken("truncated", "The file ends in the middle of an item.", lost=True)
        reason = f"It is not JSON: {error.msg} (line {window.line(error.pos)})."
        if self._in_array:
            raise self._passed("broken", reason)
        self._to_next_line()
        raise _Broken("broken", reason)

    def _checked(self, value: object, end: int) -> object:
        window = self._window
        begin, window.pos = window.pos, end
        nested = window.text.count("{", begin, end) + window.text.count("[", begin, end)
        if nested > DEPTH and is_deeper(value, DEPTH):
            raise _Broken("too_deep", f"It is nested more than {DEPTH} levels deep.")
        if _UNSOUND.search(window.text, begin, end):
            value = repaired(value)
        if isinstance(value, dict):
            self._keys = frozenset(value)
        return value

    def _passed(self, code: str, reason: str) -> _Broken:
        """The problem with the item at the window's position, after going behind that item."""
        if self._to_its_end() or (not self._in_array and self._to_next_line()):
            return _Broken(code, reason)
        return _Broken(code, f"{reason} What follows could not be read.", lost=True)

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
        if not self._keys:
            return 0
        candidates = _NEXT_OBJECT.finditer(self._window.text, self._window.pos)
        starts = (match.end() for match in itertools.islice(candidates, _TRIES))
        return next(filter(self._is_alike, starts), 0)

    def _is_alike(self, at: int) -> bool:
        try:
            value, _ = _STRICT.raw_decode(self._window.text, at)
        except (ValueError, RecursionError):
            return False
        return 2 * len(self._keys & set(value)) > len(self._keys)

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
