"""Open a table, whatever it comes in: its first bytes decide, not its name."""

from __future__ import annotations

import re

from .batches import TableBatch
from .containers import Input, in_memory
from .dialects import Dialect, choose_delimiter
from .encodings import decode
from .headers import find_header, norm
from .objects import JsonTable, ParquetTable
from .problems import RowProblem
from .recordtables import DelimitedTable, Header, SheetTable
from .table import Table, refused
from .workbooks import WORKBOOK_BYTES, workbook_format

__all__ = [
    "Dialect",
    "Header",
    "RowProblem",
    "Table",
    "TableBatch",
    "choose_delimiter",
    "find_header",
    "norm",
    "open_table",
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "an SPSS file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "a database"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)
_HTML = re.compile(r"<(!doctype\s+html|html|head|table|meta)\b", re.IGNORECASE)
_XML = re.compile(r"<\?xml\b")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")


def open_table(
    input: Input,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: Header = None,
    header_rows: int = 1,
    sheet: str | int | None = None,
) -> Table:
    """The table in `input`: delimited text, a workbook, JSON objects or Parquet.

    `header` is the 1-based record number of the header row; or a function from the preview to its 0-based
    index, such as `find_header`, where None means not found; or None. Without a find, the first record as
    wide as most are is the header. `header_rows` counts header rows from there on. `sheet` is a name or
    1-based number; by default the first sheet in which the header is found. Raises ReadError, with what to
    do, for what cannot be read or is no table.
    """
    head = input.head()
    if not head:
        raise refused(input, "is empty.", "empty", "Export it again, or leave it out.")
    if head.startswith(b"PAR1"):
        return ParquetTable(input)
    if head.startswith(_OLE):
        return SheetTable(input, "xls", sheet, header, header_rows)
    if head.startswith(_ZIP):
        format = workbook_format(in_memory(input, "", WORKBOOK_BYTES))
        if format is None:
            raise refused(input, "is a ZIP or an office document, not a table.", "no_table", "Save it as CSV or XLSX.")
        return SheetTable(input, format, sheet, header, header_rows)
    _refuse_others(input, head)
    start = head.decode(decode(head, encoding).name, "replace").lstrip("\ufeff \t\r\n")
    _refuse_markup(input, start)
    if _JSON.match(start):
        return JsonTable(input, encoding)
    return DelimitedTable(input, encoding, delimiter, header, header_rows)


def _refuse_others(input: Input, head: bytes) -> None:
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise refused(input, f"is {what}, not a table.", "no_table", "Export the data as CSV or XLSX.")


def _refuse_markup(input: Input, start: str) -> None:
    if _HTML.match(start):
        mend = "Open it in a spreadsheet and save it as XLSX; or download it again: it may be a login page."
        raise refused(input, "is a web page, not a table.", "no_table", mend)
    if _XML.match(start):
        raise refused(input, "is XML, not a table.", "no_table", "Export the data as CSV or XLSX.")
