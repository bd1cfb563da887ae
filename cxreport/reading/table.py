"""What every table offers, whatever it comes in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from .batches import ROW, TableBatch, Tally
from .containers import Input
from .dialects import Dialect
from .headers import unique_names
from .problems import ReadError

COLUMNS = 16_384
"""A table with more columns than a spreadsheet can hold is refused."""


def refused(input: Input, what: str, code: str, mend: str, why: str = "") -> ReadError:
    """A `ReadError` about `input` as a whole."""
    return ReadError(input.path, what, why, mend, code=code, member=input.member)


class Table(ABC):
    """One table of a file, opened: its header is known, its rows are read by `batches`.

    `header` has unique names (a second `Date` is `Date (2)`, a second blank name ` (2)`); `raw_header` is as
    found. `header_records` are all header rows as found, `preview` the first 15 records of the file. The
    counts `blank_rows` and `short_rows` and the dialect's are final when the batches have been read.
    """

    format: str
    """`csv`, `xlsx`, `xls`, `ods`, `jsonl` or `parquet`."""
    sheet: str | None = None
    """Name of the sheet, in a workbook."""

    def __init__(self, input: Input) -> None:
        self.input = input
        self._names: tuple[list[str], list[str]] = ([], [])
        self.header_records: list[list[str]] = []
        self.preview: list[list[str]] = []
        self._tally = Tally()

    @property
    def raw_header(self) -> list[str]:
        """The column names as found."""
        return self._names[0]

    @property
    def header(self) -> list[str]:
        """The column names, trimmed and made unique."""
        return self._names[1]

    @property
    def blank_rows(self) -> int:
        """Rows without any text, which were skipped."""
        return self._tally.blank_rows

    @property
    def short_rows(self) -> int:
        """Rows with fewer cells than the header; the missing ones are null."""
        return self._tally.short_rows

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """How the table is written, for the loads ledger."""

    @abstractmethod
    def batches(self, size: int = 50_000) -> Iterator[TableBatch]:
        """Read the rows from the beginning, `size` at a time. May be called again."""

    def _name(self, raw: list[str]) -> None:
        if len(raw) > COLUMNS:
            raise refused(self.input, f"has {len(raw):,} columns.", "too_many_columns", "Check its delimiter.")
        self._names = raw, unique_names(raw, reserved=(ROW,))
