"""Records of delimited text, with exact numbers, whatever is wrong with the quotes.

Stretches in which all is in order are read as columns. Elsewhere the csv module reads strictly; where it
stumbles, the lines of that one record are looked at again. Cells
written with loose quotes are taken as they are meant; a quote that is opened and never closed costs the row
that opened it and no other.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator

from .batches import Group
from .dialects import QUOTE, declared_delimiter
from .orderly import columns
from .problems import ReadError, RowProblem
from .text import LINE_CHARS, Piece, TextStream, joined, lines_of

CELL_CHARS = 16 << 20
"""A longer cell is a reject."""
_SCAN_CHARS = 32 << 20
"""A quote still open this much later counts as never closed."""
RUN_BYTES = 2 << 20
"""Columns are read from stretches of about so many bytes."""
_LOOK_LINES = 50
_GROUP_ROWS = 1_000
_GROUP_CHARS = 16 << 20

csv.field_size_limit(CELL_CHARS)


class Delimited:
    """Reads the records of one text stream once."""

    def __init__(self, text: TextStream, delimiter: str, width: int | None = None, header: int = 0) -> None:
        """`width` is the number of header cells, once known: it tells rows from parts of a torn cell.

        Records up to number `header` come as rows in any case.
        """
        self._text, self._delimiter, self._width, self._header = text, delimiter, width, header
        self._stretches = self._sound(joined(text.stretches(), RUN_BYTES))
        self._waiting: Piece | None = None
        """A stretch that was fetched and must be read with care."""
        self._rest = b""
        """The end of the last stretch that was read as columns: a record whose end lies in the next."""
        self._is_begun = False
        self._failure: ReadError | None = None
        self._lines: list[str] = []
        """Lines fetched and not yet accounted for, in order."""
        self._arrived = 0
        self._row = 1

    def groups(self) -> Iterator[Group]:
        """All records in order. Damage that ends the file early becomes a last reject, not an exception."""
        self._restart()
        more = True
        while more:
            while (swift := self._swift()) is not None:
                yield swift
            group = Group(self._row)
            more = self._fill(group)
            group.chars = self._arrived
            if not more and self._failure is not None:
                row = group.first + len(group.rows)
                group.rejects.append(RowProblem(row, self._failure.code, self._failure.detail))
            if group.rows or group.rejects:
                yield group

    def _sound(self, stretches: Iterator[Piece]) -> Iterator[Piece]:
        """The stretches before any damage of the file, which is kept for the end."""
        try:
            yield from stretches
        except ReadError as error:
            self._failure = error

    def _swift(self) -> Group | None:
        """The next stretch as columns, if nothing before it is unread and all is in order in it."""
        if self._width is None or self._lines or self._waiting is not None or self._row <= self._header:
            return None
        stretch, self._rest = self._joined(next(self._stretches, b"")), b""
        found = columns(stretch.encode() if isinstance(stretch, str) else stretch, self._delimiter, self._width)
        if found is None:
            self._waiting = stretch
            return None
        frame, self._rest = found
        group = Group(self._row, frame=frame, chars=len(stretch))
        self._row += frame.height
        return group

    def _joined(self, stretch: Piece) -> Piece:
        """The stretch behind what was left over of the one before."""
        return self._rest + stretch if isinstance(stretch, bytes) else self._text.text(self._rest) + stretch

    def _restart(self) -> None:
        """Begin again at the first line that is not accounted for."""
        self._source = self._feed()
        self._reader = csv.reader(self._source, delimiter=self._delimiter, quotechar=QUOTE, strict=True)
        self._base = 0

    def _feed(self) -> Iterator[str]:
        yield from tuple(self._lines)
        while block := self._block():
            sizes = list(map(len, block))
            self._arrived += sum(sizes)
            lines = [self._flat(line) for line in block] if max(sizes) >= LINE_CHARS else block
            self._lines.extend(lines)
            yield from lines

    def _block(self) -> list[str]:
        """The lines of the stretch to be read with care; the first with a line `sep=;` made blank: no record."""
        stretch, self._waiting = self._waiting if self._waiting is not None else next(self._stretches, b""), None
        lines = lines_of(self._text.text(stretch))
        if lines and not self._is_begun and declared_delimiter(lines[0]) is not None:
            lines[0] = "\n"
        self._is_begun = True
        return lines

    def _flat(self, line: str) -> str:
        """A line that was cut becomes one cell, so that it is rejected as too large and not read in part."""
        if len(line) < LINE_CHARS:
            return line
        return line.replace(self._delimiter, " ").replace(QUOTE, " ")

    def _fill(self, group: Group) -> bool:
        """Read records into `group`; False at the end of the text."""
        rows = group.rows
        self._arrived = 0
        try:
            for row in self._reader:
                rows.append(row)
                if len(rows) >= _GROUP_ROWS or self._arrived > _GROUP_CHARS or self._is_level():
                    break
            else:
                return False
        except csv.Error as error:
            self._mend(group, str(error))
            return True
        self._account(group, self._reader.line_num - self._base)
        return True

    def _is_level(self) -> bool:
        """Whether every line fetched belongs to a record that has been read to its end."""
        return self._reader.line_num - self._base == len(self._lines)

    def _account(self, group: Group, lines: int) -> None:
        """The group's rows are done, and with them the first `lines` lines."""
        self._row += len(group.rows)
        self._forget(lines)

    def _forget(self, lines: int) -> None:
        del self._lines[:lines]
        self._base = self._reader.line_num

    def _mend(self, group: Group, error: str) -> None:
        """The record after the group's rows broke the reader: reread its lines, or reject it."""
        begin = self._lines_of(group.rows)
        end = self._reader.line_num - self._base
        self._account(group, begin)
        torn = self._lines[: end - begin]
        if "limit" in error:
            self._overflow(group, torn)
        elif "end of data" in error:
            self._unterminated(group, len(torn))
        else:
            self._loose(group, torn)

    def _lines_of(self, rows: list[list[str]]) -> int:
        """How many of the waiting lines the rows read so far were made of."""
        again = csv.reader(self._lines, delimiter=self._delimiter, quotechar=QUOTE, strict=True)
        for _ in rows:
            next(again)
        return again.line_num

    def _reject(self, group: Group, code: str, detail: str, lines: int) -> None:
        """Reject the next record, which is taken to be the next `lines` lines, and go on after it."""
        group.rejects.append(RowProblem(self._row, code, detail))
        self._row += 1
        self._forget(lines)
        self._restart()

    def _unterminated(self, group: Group, most: int) -> None:
        """A quote is opened and not closed: it costs its own row, and what follows is read as rows again.

        Of the next `most` lines those at which no row begins were part of the torn cell and go with it.
        """
        lines = 1
        if self._width is not None and self._width > 1:
            lines = next((at for at in range(1, most) if self._begins_row(at)), max(most, 1))
        extent = "in this row" if lines == 1 else f"in this row and the {lines - 1} lines after it"
        self._reject(group, "unterminated_quote", f"a quote is opened and never closed {extent}", lines)

    def _loose(self, group: Group, torn: list[str]) -> None:
        """Something follows a closing quote: cells are quoted loosely, or a stray quote swallowed rows."""
        if len(torn) > 1 and _opens_cell(torn[-1], self._delimiter):
            self._unterminated(group, len(torn) - 1)
            return
        record, used = _lenient(torn, self._delimiter)
        if len(torn) == 1 and used == 1 and len(record) >= (self._width or 0):
            self._forget(1)
            self._keep(group, record)
            return
        taken = len(torn) + sum(1 for _ in itertools.islice(self._source, _LOOK_LINES))
        record, used = _lenient(self._lines[:taken], self._delimiter)
        swallowed = any(self._begins_row(at) for at in range(1, min(used, taken)))
        if swallowed or used > taken or self._width not in (None, len(record)):
            self._unterminated(group, min(len(torn) + 1, taken))
            return
        self._forget(used)
        self._restart()
        self._keep(group, record)

    def _keep(self, group: Group, record: list[str]) -> None:
        group.rows.append(record)
        self._row += 1

    def _begins_row(self, at: int) -> bool:
        """Whether the waiting line number `at` begins a record that is well formed and as wide as the header."""
        if self._width is None or self._width == 1:
            return False
        lines = itertools.islice(self._lines, at, at + _LOOK_LINES)
        try:
            record = next(csv.reader(lines, delimiter=self._delimiter, quotechar=QUOTE, strict=True))
        except (csv.Error, StopIteration):
            return False
        return len(record) == self._width

    def _overflow(self, group: Group, torn: list[str]) -> None:
        """A cell is too large: skip its record if its quote is closed further on, else its first line."""
        quotes = sum(line.count(QUOTE) for line in torn)
        lines, chars = len(torn), 0
        while quotes % 2 and chars < _SCAN_CHARS:
            line = next(self._source, None)
            if line is None:
                break
            quotes, lines, chars = quotes + line.count(QUOTE), lines + 1, chars + len(line)
        if quotes % 2 and lines > 1:
            self._unterminated(group, len(torn))
        else:
            self._reject(group, "cell_too_large", f"a cell is longer than {CELL_CHARS:,} characters", lines)


def _opens_cell(line: str, delimiter: str) -> bool:
    """Whether a line that begins within quotes stumbles over a quote that opens a cell of another row."""
    at, quoted = 0, True
    while True:
        at = line.find(QUOTE if quoted else delimiter, at)
        if at < 0:
            return False
        following = line[at + 1 : at + 2]
        if quoted and following == QUOTE:
            at += 2
        elif quoted and following not in (delimiter, "\n", ""):
            return at == 0 or line[at - 1] == delimiter
        else:
            at += 2 if quoted else 1
            quoted = line[at : at + 1] == QUOTE
            at += quoted


def _lenient(lines: Iterable[str], delimiter: str) -> tuple[list[str], int]:
    """The first record, read leniently, and the lines it took: one more than given if a quote stays open."""
    reader = csv.reader([*lines, "\n"], delimiter=delimiter, quotechar=QUOTE)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return [], reader.line_num
