"""A window that slides over a text stream, for parsers that need to look ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

    def more(self) -> bool:
        """Fetch at least as much again as is waiting; False when there was nothing left to fetch.

        Growing by doubling keeps repeated attempts at one long item linear. Positions before `pos` become
        invalid. Raises ReadError for damage in the file.
        """
        if self.ended:
            return False
        self._lines += self.text.count("\n", 0, self.pos)
        parts = [self.text[self.pos :]]
        self.text, self.pos = parts[0], 0
        wanted = max(len(parts[0]), WINDOW_CHARS)
        while wanted > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                self.ended = True
                break
            parts.append(chunk)
            wanted -= len(chunk)
        self.text = "".join(parts)
        return len(parts) > 1

    def peek(self, skipped: re.Pattern[str]) -> str:
        """The next character that is not `skipped`, or "" at the end."""
        while True:
            match = skipped.match(self.text, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.text):
                return self.text[self.pos]
            if not self.more():
                return ""

    def cut_short(self, at: int) -> bool:
        """Whether position `at` is so near the end of what was fetched that more might change the reading."""
        return at >= len(self.text) - _NEAR_END

    def line(self, at: int) -> int:
        """1-based number of the line that holds position `at`."""
        return self._lines + self.text.count("\n", 0, at) + 1
