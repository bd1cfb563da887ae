"""A window that slides over a text stream, for parsers that need to look ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .problems import ReadError

WINDOW_CHARS = 4 << 20
_NEAR_END = 16


class Window:
    """`text` from `pos` on is what has been fetched and not yet used; `more` fetches and forgets."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self.text = ""
        self.pos = 0
        self.ended = False
        self._lines = 0
        self._failure: ReadError | None = None

    def more(self) -> bool:
        """Fetch at least as much again as is waiting; False when there was nothing left to fetch.

        Growing by doubling keeps repeated attempts at one long item linear. Positions before `pos` become
        invalid. Raises ReadError for damage in the file, once what came before it has been given out.
        """
        if self._failure is not None:
            raise self._failure
        if self.ended:
            return False
        self._lines += self.text.count("\n", 0, self.pos)
        parts = [self.text[self.pos :]]
        parts += self._fetch(max(len(parts[0]), WINDOW_CHARS))
        self.text, self.pos = "".join(parts), 0
        return len(parts) > 1

    def _fetch(self, wanted: int) -> Iterator[str]:
        try:
            while wanted > 0 and not self.ended:
                chunk = next(self._chunks, "")
                self.ended = not chunk
                wanted -= len(chunk)
                yield chunk
        except ReadError as error:
            self._failure = error

    def peek(self, skipped: re.Pattern[str]) -> str:
        """The next character that is not `skipped`, or "" at the end."""
        while True:
            match = skipped.match(self.text, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.text):
                return self.text[self.pos]
            if not self.more():
                return ""

    def pass_by(self, lines: int) -> None:
        """So many lines of the text have been read without this window."""
        self._lines += lines

    def is_used_up(self, skipped: re.Pattern[str]) -> bool:
        """Whether only what is `skipped` is left of what has been fetched."""
        return len(self.text) - self.pos < _NEAR_END and skipped.fullmatch(self.text, self.pos) is not None

    def cut_short(self, at: int) -> bool:
        """Whether position `at` is so near the end of what was fetched that more might change the reading."""
        return at >= len(self.text) - _NEAR_END

    def line(self, at: int) -> int:
        """1-based number of the line that holds position `at`."""
        return self._lines + self.text.count("\n", 0, at) + 1
