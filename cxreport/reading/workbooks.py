"""Workbooks (XLSX, XLS, ODS): sheets as records of text."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache, reduce
from typing import IO, Literal, TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .batches import Group
from .containers import Input, in_memory
from .problems import ReadError
from .streams import INFLATED_BYTES, bomb, damaged, is_bomb

T = TypeVar("T")
WorkbookFormat = Literal["xlsx", "xls", "ods"]
WORKBOOK_BYTES = 1 << 30
"""A workbook larger than this is refused: workbooks are read in memory."""
CELLS = 50_000_000
"""A sheet whose used area has more cells than this, filled or not, is refused."""
_GROUP_ROWS = 1_000
_EXACT = 2**53
_HALF_SECOND = dt.timedelta(milliseconds=500)
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"[^>]*[^/]>')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*[^/])>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:table-cell\b([^>]*[^/])>")
_ODS_REPEAT = re.compile(rb'repeated="(\d{1,9})"')


class Workbook:
    """An opened workbook. `names` are its visible worksheets (all of them, if all are hidden)."""

    def __init__(self, input: Input, format: WorkbookFormat) -> None:
        """Raises ReadError for a workbook that is broken, locked with a password, or a bomb."""
        self._input = input
        data = in_memory(input, "", WORKBOOK_BYTES)
        if format != "xls":
            _check(input, data, format)
        self._book: CalamineWorkbook = self._guarded(lambda: CalamineWorkbook.from_filelike(data))
        sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        self.names = [sheet.name for sheet in visible or sheets]

    def named(self, sheet: str | int) -> str:
        """The name of a sheet given by name or 1-based number. Raises ReadError when there is none."""
        if isinstance(sheet, int) and 1 <= sheet <= len(self.names):
            return self.names[sheet - 1]
        if sheet in self._book.sheet_names:
            return sheet
        mend = f"Its sheets are {', '.join(map(repr, self.names))}."
        raise ReadError(
            self._input.path,
            f"has no sheet {sheet!r}.",
            mend=mend,
            code="no_sheet",
            member=self._input.member,
        )

    def groups(self, name: str) -> Iterator[Group]:
        """The rows of a sheet as text, numbered as in the sheet. Raises ReadError when it is damaged."""
        sheet: CalamineSheet = self._guarded(lambda: self._book.get_sheet_by_name(name))
        rows = iter(sheet.iter_rows()) if sheet.start is not None else iter(())
        first = 1
        while chunk := [list(map(cell_text, row)) for row in itertools.islice(rows, _GROUP_ROWS)]:
            yield Group(first, chunk)
            first += len(chunk)

    def _guarded(self, read: Callable[[], T]) -> T:
        """What `read` returns; its failures, panics of the library included, become ReadError."""
        try:
            return read()
        except PasswordError as error:
            raise self._error("is locked with a password.", "Save it without one.", "encrypted") from error
        except BaseException as error:
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                what = f"is damaged or no workbook ({error})."
                raise self._error(what, "Open it in a spreadsheet and save it again.", "damaged") from error
            raise

    def _error(self, what: str, mend: str, code: str) -> ReadError:
        return ReadError(self._input.path, what, mend=mend, code=code, member=self._input.member)


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without `.0`, dates and times in ISO form, TRUE and FALSE.

    A whole number past 2^53 was rounded by the spreadsheet and keeps its scientific notation, which tells.
    Times are rounded to the second: spreadsheets store them as fractions of a day.
    """
    text = str(value)
    match value:
        case str() if "\r" in value:
            text = value.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            text = text.upper()
        case float():
            whole = value.is_integer() and abs(value) < _EXACT
            text = str(int(value)) if whole else f"{value:.15g}"
        case dt.datetime():
            text = (value + _HALF_SECOND).replace(microsecond=0).isoformat()
        case dt.timedelta():
            seconds = round(value.total_seconds())
            text = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return text


def workbook_format(data: IO[bytes]) -> WorkbookFormat | None:
    """Which workbook a ZIP is, or None when it is something else."""
    try:
        with zipfile.ZipFile(data) as box:
            names = set(box.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            kind = box.read("mimetype")[:100] if "mimetype" in names else b""
            return "ods" if b"opendocument.spreadsheet" in kind else None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError):
        return None


def _check(input: Input, data: io.BytesIO, format: WorkbookFormat) -> None:
    """Raise ReadError for a workbook that would fill the memory: too much inside, or too wide an area."""
    try:
        with zipfile.ZipFile(data) as box:
            inside = sum(info.file_size for info in box.infolist())
            if is_bomb(inside, data.getbuffer().nbytes) or inside > INFLATED_BYTES:
                raise bomb(input.path, input.member)
            sheets = [name for name in box.namelist() if _is_sheet(name)]
            area = max((_area(box.read(name), format) for name in sheets), default=0)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged(input.path, input.member, error) from error
    data.seek(0)
    if area > CELLS:
        raise ReadError(
            input.path,
            f"has a sheet whose used area is {area:,} cells, most of them empty.",
            mend="Delete the stray cells far below or to the right, or save the sheet as CSV.",
            code="sheet_too_large",
            member=input.member,
        )


def _is_sheet(name: str) -> bool:
    return name == "content.xml" or (name.startswith("xl/worksheets/") and name.endswith(".xml"))


def _area(xml: bytes, format: WorkbookFormat) -> int:
    """Cells in the rectangle around all filled cells of an XLSX sheet; filled cells of an ODS workbook."""
    if format == "ods":
        return sum(_repeats(row[1]) * _filled(row[2]) for row in _ODS_ROW.finditer(xml))
    width = height = 0
    for cell in _XLSX_CELL.finditer(xml):
        width, height = max(width, _column(cell[1])), max(height, int(cell[2]))
    return width * height


def _filled(row: bytes) -> int:
    return sum(_repeats(cell[1]) for cell in _ODS_CELL.finditer(row))


def _repeats(attributes: bytes) -> int:
    found = _ODS_REPEAT.search(attributes)
    return int(found[1]) if found else 1


@cache
def _column(letters: bytes) -> int:
    """`A` → 1, `AA` → 27."""
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)
