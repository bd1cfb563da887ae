"""Where the keys of JSON objects stand in the bytes of many lines, and what their values begin with.

Within a string every quote has a backslash before it. So a quote without one, and a colon behind it, end a key
wherever they stand; for what this could miss, its line is doubtful.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

KEY_BYTES: Final = 200
"""Longer keys are not looked for."""
_WORD: Final = 8
_LEAD: Final = b"\n" * (KEY_BYTES + 2 * _WORD)
_NUMBER_BYTES: Final = 24
_TRAIL: Final = b"\n" * (_NUMBER_BYTES + 4)
_QUOTE, _BACKSLASH, _COLON, _SPACE, _NEWLINE = b'"\\: \n'
_COMMA, _CLOSING, _POINT = b",}."

Positions = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Keys:
    """The keys of lines that end in `\\n`."""

    def __init__(self, lines: bytes) -> None:
        whole = b"".join((_LEAD, lines, _TRAIL))
        self._signs = np.frombuffer(whole, np.uint8)
        self._words: NDArray[np.uint64] = np.ndarray((len(whole) - _WORD,), "<u8", whole, 0, (1,))
        """The eight bytes from each position on."""
        within = self._signs[len(_LEAD) : len(_LEAD) + len(lines)]
        ends = np.flatnonzero(within == _NEWLINE)
        self.bounds = np.append(0, ends + 1)
        """Where each line begins in `lines`, and where the last ends."""
        self._ends = ends + len(_LEAD)
        colons = np.flatnonzero(within == _COLON) + len(_LEAD)
        before, second = self._signs[colons - 1], self._signs[colons - 2]
        is_key = (before == _QUOTE) & (second != _BACKSLASH)
        self._colons = colons[is_key]
        self._last = self._words[self._colons - _WORD]
        escaped = (before == _QUOTE) & ~is_key & (self._signs[colons - 3] == _BACKSLASH)
        apart = (before <= _SPACE) & ((second <= _SPACE) | (second == _QUOTE))
        self._odd = colons[escaped | apart]

    @property
    def count(self) -> int:
        """How many keys there are."""
        return len(self._colons)

    def lines(self, keys: Positions) -> Positions:
        """Indexes of the lines in which some keys stand."""
        found: Positions = np.searchsorted(self._ends, self._colons[keys])
        return found

    def doubtful(self) -> Positions:
        """Indexes of lines with a key that may have been missed."""
        found: Positions = np.searchsorted(self._ends, self._odd)
        return found

    def are_even(self, width: int) -> bool:
        """Whether every line has so many keys."""
        if self.count != width * len(self._ends):
            return False
        rows = self._colons.reshape(-1, width)
        return bool((rows[1:, 0] > self._ends[:-1]).all() and (rows[:, -1] < self._ends).all())

    def named(self, name: bytes, among: Positions | None = None) -> Positions:
        """Indexes of the keys that are written just so, in order; of some keys or of all."""
        quoted = b'"' + name + b'"'
        found: Positions = np.arange(self.count) if among is None else among
        for end in range(len(quoted), 0, -_WORD):
            part = quoted[max(end - _WORD, 0) : end]
            shift = 8 * (_WORD - len(part))
            behind = len(quoted) - end
            words = self._words[self._colons[found] - _WORD - behind] if behind else self._last[found]
            found = found[words >> np.uint64(shift) == int.from_bytes(part, "little")]
        is_whole: Flags = self._signs[self._colons[found] - len(quoted) - 1] != _BACKSLASH
        return found[is_whole]

    def values(self, keys: Positions) -> Positions:
        """Where the values of some keys begin, for `sign` and `is_decimal`."""
        after: Positions = self._colons[keys] + 1
        after += self._signs[after] == _SPACE
        return after

    def sign(self, values: Positions) -> NDArray[np.uint8]:
        """The byte at each place."""
        return self._signs[values]

    def is_decimal(self, values: Positions) -> Flags:
        """Whether each value is a number with a point and without an exponent, and not too long."""
        signs = self._signs[values[:, np.newaxis] + np.arange(_NUMBER_BYTES)]
        is_end = (signs == _COMMA) | (signs == _CLOSING)
        is_point = signs == _POINT
        is_digit = (signs >= ord("0")) & (signs <= ord("9")) | (signs == ord("-"))
        end, point = is_end.argmax(1), is_point.argmax(1)
        is_sound = (~(is_digit | is_point)).argmax(1) == end
        found: Flags = is_end.any(1) & is_point.any(1) & (point < end) & is_sound
        return found
