"""Sheets of workbooks as tables, under any file name."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from cxreport.reading import ReadError, damaged_ids, find_header, workbooks

Read = Callable[..., Any]
Pack = Callable[..., bytes]

ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def book(**sheets: list[list[Any]]) -> bytes:
    """The bytes of an XLSX with these sheets."""
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def ods(pack: Pack, rows: str) -> bytes:
    """The bytes of an ODS whose only sheet has these XML rows."""
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS_NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return pack({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(text: str, repeated: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'


def test_cells_become_text(read: Read) -> None:
    moment = dt.datetime(2026, 3, 6, 13, 2, 5)
    rows: list[list[Any]] = [
        ["id", "when", "score", "ok", "text"],
        [12, moment, 4.5, True, "one\r\ntwo"],
        [3.0, dt.date(2026, 3, 6), 0.1 + 0.2, False, None],
        [570306133677761513, dt.time(3, 4), None, None, "=@brand"],
    ]
    whole = read(book(Answers=rows), name="survey.xlsx")
    assert whole.table.format == "xlsx"
    assert whole.table.sheet == "Answers"
    assert whole.rows[0] == ("12", "2026-03-06T13:02:05", "4.5", "TRUE", "one\ntwo")
    assert whole.rows[1] == ("3", "2026-03-06", "0.3", "FALSE", "")
    assert whole.rows[2][1:4] == ("03:04:00", "", "")
    assert damaged_ids(whole.frame["id"]).to_list() == [False, False, True], "a rounded id must look rounded"
    assert whole.numbers == [2, 3, 4]


def test_the_name_does_not_matter(read: Read) -> None:
    assert read(book(S=[["a", "b"], [1, 2]]), name="export.csv").rows == [("1", "2")]


def test_row_numbers_are_those_of_the_sheet(read: Read) -> None:
    whole = read(book(S=[[], ["Report"], [], ["id", "text"], [1, "x"], [], [2, "y"]]))
    assert whole.table.header == ["id", "text"]
    assert whole.table.dialect.header_row == 4
    assert whole.numbers == [5, 7]
    assert whole.table.blank_rows == 1


def test_the_sheet_is_the_one_with_the_header(read: Read) -> None:
    data = book(Empty=[], About=[["Made for", "you"], ["by", "us"]], Data=[["Score", "Text"], [9, "good"]])
    assert read(data).table.sheet == "About"
    assert read(data, header=lambda records: find_header(records, {"score"})).rows == [("9", "good")]
    assert read(data, sheet="Data").rows == [("9", "good")]
    assert read(data, sheet=3).rows == [("9", "good")]
    with pytest.raises(ReadError, match=r"has no sheet 'Nope'.*'Empty', 'About', 'Data'"):
        read(data, sheet="Nope")
    with pytest.raises(ReadError, match="holds no rows"):
        read(book(Empty=[]))


def test_a_stray_cell_far_away_does_not_fill_the_memory(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "CELLS", 10_000)
    made = openpyxl.Workbook()
    made.active["A1"] = "id"
    made.active["XFD1048576"] = "oops"
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(ReadError, match="used area is 17,179,869,184 cells"):
        read(out.getvalue())


def test_ods_is_read_and_its_repeats_are_bounded(read: Read, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    head = f"<table:table-row>{ods_cell('id')}{ods_cell('text')}</table:table-row>"
    row = f"<table:table-row>{ods_cell('1')}{ods_cell('gut')}</table:table-row>"
    whole = read(ods(pack, head + row + empty))
    assert (whole.table.format, whole.rows) == ("ods", [("1", "gut")])
    monkeypatch.setattr(workbooks, "CELLS", 10_000)
    repeated = ' table:number-columns-repeated="16384"'
    with pytest.raises(ReadError, match="used area"):
        read(ods(pack, f'<table:table-row table:number-rows-repeated="9">{ods_cell("x", repeated)}</table:table-row>'))


def test_broken_and_foreign_office_files_are_refused(read: Read, pack: Pack) -> None:
    whole = book(S=[["a", "b"], [1, 2]])
    with pytest.raises(ReadError):
        read(whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="is a ZIP or an office document"):
        read(pack({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), name="letter.docx")
    with pytest.raises(ReadError, match="is damaged or no workbook"):
        read(pack({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<not-closed"}))
