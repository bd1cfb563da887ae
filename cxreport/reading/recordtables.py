"""Tables made of records, whose header row must be found: delimited text and sheets of workbooks."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing

from .batches import Batcher, Group, TableBatch, Tally
from .containers import Input
from .delimited import Delimited
from .dialects import QUOTE, Dialect, choose_delimiter
from .encodings import Encoding
from .headers import PREVIEW, guess_header
from .table import Table, refused
from .text import open_text
from .workbooks import Workbook, WorkbookFormat

Header = int | Callable[[list[list[str]]], int | None] | None
"""1-based record number, a function from the preview to a 0-based index or None, or None: guess."""
_SAMPLE_CHARS = 64 << 10
_CONTROLS = "\ufffd\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"


class RecordTable(Table):
    """A table made of records, whose header must be found among the first of them."""

    def __init__(self, input: Input, header_rows: int) -> None:
        super().__init__(input)
        self._header_rows = max(header_rows, 1)
        self._header_row = 1

    @abstractmethod
    def _groups(self) -> Generator[Group]:
        """All records of the file, from the first."""

    def _first(self, count: int) -> list[list[str]]:
        """The first records; a rejected one is an empty one here."""
        with closing(self._groups()) as groups:
            records = (record for group in groups for record in [*group.rows, *([] for _ in group.rejects)])
            return list(itertools.islice(records, count))

    def _find(self, header: Header) -> None:
        """Read the preview and settle where the header is. Raises ReadError when there is none."""
        self.preview = self._first(PREVIEW)
        if not any(cell.strip() for record in self.preview for cell in record):
            raise refused(self.input, "holds no rows.", "empty", "Export it again, or leave it out.")
        index = self._index(header)
        end = index + self._header_rows
        self.header_records = (self.preview if end <= len(self.preview) else self._first(end))[index:end]
        if not any(cell.strip() for record in self.header_records for cell in record):
            what = f"has no names in row {index + 1}, which is said to be its header."
            raise refused(self.input, what, "no_header", "Correct the number of the header row.")
        self._header_row = index + 1
        width = max(map(len, self.header_records))
        names = self.header_records[0]
        self._name([*names, *[""] * (width - len(names))])

    def _index(self, header: Header) -> int:
        if isinstance(header, int):
            if header < 1:
                raise ValueError("header is a 1-based record number")
            return header - 1
        found = header(self.preview) if header is not None else None
        return guess_header(self.preview, grouped=self._header_rows > 1) if found is None else found

    def batches(self, size: int = 50_000) -> Iterator[TableBatch]:
        """Read the rows below the header, `size` at a time; header rows are counted in `__row`."""
        self._tally = Tally()
        first = self._header_row + self._header_rows
        with closing(self._groups()) as groups:
            yield from Batcher(self.header, self._tally).batches(_from(groups, first), size)


class DelimitedTable(RecordTable):
    """CSV, TSV and their relatives."""

    format = "csv"

    def __init__(
        self, input: Input, encoding: str | None, delimiter: str | None, header: Header, header_rows: int
    ) -> None:
        super().__init__(input, header_rows)
        with open_text(input, encoding=encoding) as text:
            self._found = self._encoding = text.encoding
            sample = next(iter(text), "")[:_SAMPLE_CHARS]
        _check_text(input, sample)
        self._delimiter = delimiter or choose_delimiter(sample.rpartition("\n")[0] or sample)
        self._width: int | None = None
        self._find(header)
        self._width = len(self.header)

    @property
    def dialect(self) -> Dialect:
        """How the table is written; its counts are final when the batches have been read."""
        formulas = self._tally.formula_cells
        return Dialect(self._delimiter, QUOTE, self._header_row, self._encoding, formulas, tuple(self.header))

    def _groups(self) -> Generator[Group]:
        with open_text(self.input, encoding=self._found) as text:
            header = self._header_row + self._header_rows - 1
            for group in Delimited(text, self._delimiter, self._width, header).groups():
                yield group
                self._encoding = text.encoding
            self._encoding = text.encoding


class SheetTable(RecordTable):
    """One sheet of a workbook."""

    def __init__(
        self, input: Input, format: WorkbookFormat, sheet: str | int | None, header: Header, header_rows: int
    ) -> None:
        super().__init__(input, header_rows)
        self.format = format
        self._book = Workbook(input, format)
        self.sheet = self._choice(header) if sheet is None else self._book.named(sheet)
        self._find(header)

    def _choice(self, header: Header) -> str:
        """The first sheet in which the header is found; otherwise the first with any text."""
        filled: list[str] = []
        for name in self._book.names:
            self.sheet = name
            preview = self._first(PREVIEW)
            if not any(cell.strip() for record in preview for cell in record):
                continue
            if not callable(header) or header(preview) is not None:
                return name
            filled.append(name)
        if not filled:
            raise refused(self.input, "holds no rows.", "empty", "Export it again, or leave it out.")
        return filled[0]

    @property
    def dialect(self) -> Dialect:
        """How the table is written; its counts are final when the batches have been read."""
        formulas = self._tally.formula_cells
        return Dialect("", "", self._header_row, Encoding("utf-8", "utf-8"), formulas, tuple(self.header))

    def _groups(self) -> Generator[Group]:
        yield from self._book.groups(self.sheet or "")


def _from(groups: Iterable[Group], first: int) -> Iterator[Group]:
    """The groups without the records before number `first`."""
    for group in groups:
        if group.first < first:
            group.rows = group.rows[first - group.first :]
            group.first = first
            group.rejects = [reject for reject in group.rejects if reject.row >= first]
        yield group


def _check_text(input: Input, sample: str) -> None:
    """Raise ReadError when the sample looks like a binary file that was decoded by force."""
    strange = sum(map(sample.count, _CONTROLS))
    if strange * 20 > len(sample):
        raise refused(input, "is no text: it looks like a binary file.", "binary", "Export the data as CSV.")
