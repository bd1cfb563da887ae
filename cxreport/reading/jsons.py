"""JSON in all the shapes exports use: an array, an object, one object a line, objects glued together.

Lines in which all is in order are read many at a time. Elsewhere items are read one by one from a window over
the text, so a file of any size needs little memory.
Integers stay exact. A broken item is a `JsonProblem` in its place, and reading goes on after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .containers import Input
from .jsoncare import BETWEEN, Broken, Values
from .jsoncolumns import JsonColumns, Runs
from .jsonlines import objects
from .problems import ReadError
from .text import Piece, TextStream, joined, open_text
from .windows import Window

_ASSIGNED = re.compile(r"[^={\[]{0,65536}=")
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


class _Items:
    """The items of one text, in order."""

    def __init__(self, text: TextStream, runs: Runs | None = None) -> None:
        self._text = text
        self._runs = runs
        self._pieces = text.pieces() if runs is None else joined(text.pieces(), RUN_BYTES)
        self._waiting: Piece = b""
        """A piece that was fetched and goes through the window."""
        self._window = Window(self._texts())
        self._values = Values(self._window)
        self._index = 0

    def read(self, *, assigned: bool) -> Iterator[Item | JsonColumns]:
        try:
            yield from self._swift()
            if not self._index and not self._window.peek(BETWEEN):
                raise Broken("empty", "The file is empty.", lost=True)
            if not self._index and assigned:
                self._pass_assignment()
            yield from self._all()
        except Broken as broken:
            yield self._problem(broken)
        except ReadError as error:
            yield self._problem(Broken(error.code, error.detail))

    def _problem(self, broken: Broken) -> Item:
        return self._index, f"/{self._index}", JsonProblem(self._index, broken.code, broken.reason)

    def _pass_assignment(self) -> None:
        window = self._window
        if window.text[window.pos] in "{[":
            return
        match = _ASSIGNED.match(window.text, window.pos)
        if match is None:
            raise Broken("no_assignment", "It does not begin with `name =` as a JavaScript export does.", lost=True)
        window.pos = match.end()

    def _all(self) -> Iterator[Item | JsonColumns]:
        while self._values.advance():
            try:
                value = self._values.value()
            except Broken as broken:
                if broken.lost:
                    raise
                yield self._problem(broken)
            else:
                alone = self._index == 0 and not self._values.in_array and not self._window.peek(BETWEEN)
                yield self._index, "" if alone else f"/{self._index}", value
            self._index += 1
            if self._window.is_used_up(BETWEEN) and not self._values.in_array:
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
        self._values.keys = frozenset(last)

    def _texts(self) -> Iterator[str]:
        """What the window is given: text that must be read with care."""
        while piece := self._waiting or next(self._pieces, b""):
            self._waiting = b""
            yield self._text.text(piece)
