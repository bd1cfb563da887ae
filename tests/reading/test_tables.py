"""Delimited text: nothing lost, nothing invented, every row with its number."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.reading import Input, ReadError, choose_delimiter, find_header, norm, open_table
from cxreport.reading import delimited as delimited_module
from cxreport.reading import text as text_module

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Input]


def test_a_plain_table(read: Read) -> None:
    whole = read("id,text\n1,good\n2,\n")
    assert whole.table.header == whole.table.raw_header == ["id", "text"]
    assert whole.table.header_records == [["id", "text"]]
    assert whole.table.preview == [["id", "text"], ["1", "good"], ["2", ""]]
    assert whole.rows == [("1", "good"), ("2", "")], "an empty cell stays empty text"
    assert whole.numbers == [2, 3]
    assert whole.frame.schema == {"id": pl.String, "text": pl.String, "__row": pl.Int64}
    dialect = whole.table.dialect
    assert (dialect.delimiter, dialect.quotechar, dialect.header_row) == (",", '"', 1)
    assert dialect.columns == ("id", "text")
    assert whole.table.format == "csv"


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\nx, y, z\tu\n", "\t"),
        ("a|b|c\n1|2;3|4\n", "|"),
        ("sep=;\na;b\n", ";"),
        ('"sep=|"\na|b\n', "|"),
        ('id;text\n1;"a, b, c"\n2;"d, e, f"\n', ";"),
        ("text\nhello\nbye\n", ","),
        ("Report\n\nFrom,To\nid,text,date\n1,a,b\n2,c,d\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_the_one_that_gives_columns(sample: str, delimiter: str) -> None:
    assert choose_delimiter(sample) == delimiter


def test_a_declared_delimiter_is_no_record_but_keeps_its_number(read: Read) -> None:
    whole = read("sep=;\nid;text\n1;x, y\n")
    assert (whole.table.header, whole.rows, whole.numbers) == (["id", "text"], [("1", "x, y")], [3])
    assert whole.table.dialect.header_row == 2


def test_norm_and_find_header() -> None:
    assert [norm(h) for h in ("Post ID", "author.username", "#", "Отметка_времени ", "Date (GMT)")] == [
        "post id", "author username", "#", "отметка времени", "date gmt",
    ]  # fmt: skip
    records = [["Report"], [], ["Date (GMT)", "Post Message", "Likes"], ["x", "y", "1"]]
    assert find_header(records, {"date gmt", "Post Message"}) == 2
    assert find_header(records, {"absent"}) is None
    assert find_header([["x"]] * 15 + [["late"]], {"late"}) is None


def test_a_preamble_is_passed_over(read: Read) -> None:
    content = "Report,Posts\nFrom,2026-01-01\n\nDate,Text,Likes\nd1,t1,1\nd2,t2,2\n"
    for header in (None, 4, lambda records: find_header(records, {"likes"}), lambda _: None):
        whole = read(content, header=header)
        assert whole.table.header == ["Date", "Text", "Likes"]
        assert whole.table.dialect.header_row == 4
        assert (whole.rows[0], whole.numbers) == (("d1", "t1", "1"), [5, 6])
    for header in (3, 40):
        with pytest.raises(ReadError, match=f"has no names in row {header}"):
            read(content, header=header)


def test_several_header_rows(read: Read) -> None:
    whole = read('id,How?,,\n,Good,Bad,"Other\nplease"\n1,,x,\n', header_rows=2)
    assert whole.table.header_records == [["id", "How?", "", ""], ["", "Good", "Bad", "Other\nplease"]]
    assert whole.table.header == ["id", "How?", "", " (2)"]
    assert (whole.rows, whole.numbers) == ([("1", "", "x", "")], [3])


def test_names_are_made_unique(read: Read) -> None:
    table = read("a,a (2),a, ,__row,\n1,2,3,4,5,6\n").table
    assert table.raw_header == ["a", "a (2)", "a", " ", "__row", ""]
    assert table.header == ["a", "a (2)", "a (3)", "", "__row (2)", " (2)"]


def test_short_long_and_blank_rows(read: Read) -> None:
    whole = read("a,b,c\n1\n\n2,x,y,,\n3,x,y,z\n , ,\n,,\n4,x,\n")
    assert whole.rows == [("1", None, None), ("2", "x", "y"), ("4", "x", "")]
    assert whole.numbers == [2, 4, 8]
    assert whole.rejects == [(5, "too_many_cells")]
    assert (whole.table.blank_rows, whole.table.short_rows) == (3, 1)
    list(whole.table.batches())
    assert (whole.table.blank_rows, whole.table.short_rows) == (3, 1), "reading again counts anew"


def test_formula_cells_are_counted(read: Read) -> None:
    whole = read("a,b\n=@brand,'@x\n=1+1,-5\n+49,@y\n")
    assert whole.table.dialect.formula_cells == 3


def test_cells_keep_line_breaks_and_odd_separators(read: Read) -> None:
    text = "one\ntwo\u2028three\x0bfour\x85five"
    whole = read(f'id,text\r\n1,"{text}"\r\n2,"a\r\nb"\r\n')
    assert whole.rows == [("1", text), ("2", "a\nb")]


def test_an_unterminated_quote_costs_its_row_and_no_other(read: Read) -> None:
    rows = [f"{n},text {n},x" for n in range(100)]
    rows[10] = '10,"opened,x'
    whole = read("\n".join(["id,text,tag", *rows]) + "\n")
    assert whole.rejects == [(12, "unterminated_quote")]
    assert [row[0] for row in whole.rows] == [str(n) for n in range(100) if n != 10]
    assert whole.numbers == [n + 2 for n in range(100) if n != 10]


def test_a_stray_quote_that_a_later_quote_closes_swallows_no_rows(read: Read) -> None:
    whole = read('id,text,tag\n1,"opened,x\n2,plain,x\n3,"good",x\n4,plain,x\n')
    assert whole.rejects == [(2, "unterminated_quote")]
    assert [row[0] for row in whole.rows] == ["2", "3", "4"]


CELL_KINDS = ["plain", "", "with, comma", 'say "hi"', "two\nlines"]


@given(
    st.lists(st.tuples(st.sampled_from(CELL_KINDS), st.sampled_from(CELL_KINDS)), min_size=1, max_size=12),
    st.integers(0, 11),
)
def test_one_stray_quote_costs_at_most_its_own_row(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[tuple[str, str]], at: int
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for number, (first, second) in enumerate(kinds):
        writer.writerow([f"id{number}", f"STRAY{first and number}" if number == at else first, second, "end"])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(b"id,a,b,end\n" + out.getvalue().replace(",STRAY", ',"stray').encode())
    batches = list(open_table(Input.at(path)).batches())
    found = [row[:4] for batch in batches for row in batch.frame.rows()]
    for number, (first, second) in enumerate(kinds):
        if number != at:
            assert (f"id{number}", first, second, "end") in found


def test_a_torn_last_cell_takes_its_own_lines_with_it(read: Read) -> None:
    whole = read('id,text,tag\n1,a,x\n2,"a long complaint\nthat the download\ncut off')
    assert (whole.rows, whole.rejects) == ([("1", "a", "x")], [(3, "unterminated_quote")])


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"Great" service,x', ("1", "Great service", "x")),
        ('1,"a" ,x', ("1", "a ", "x")),
        ('1,say "hi",x', ("1", 'say "hi"', "x")),
        ('1,5" screen,x', ("1", '5" screen', "x")),
        ('1,"loose" and,"two\nlines"', ("1", "loose and", "two\nlines")),
    ],
)
def test_loose_quotes_are_read_as_they_are_meant(read: Read, line: str, cells: tuple[str, ...]) -> None:
    whole = read(f"id,text,tag\n{line}\n2,next,y\n")
    assert whole.rows == [cells, ("2", "next", "y")]
    assert not whole.rejects


def test_cells_too_large_are_rejected_closed_or_not(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = csv.field_size_limit(1000)
    try:
        monkeypatch.setattr(delimited_module, "CELL_CHARS", 1000)
        large = "x" * 2000
        broken = "\n".join(["y" * 90] * 30)
        content = f'id,text\n1,{large}\n2,"{large}"\n3,"{broken}"\n4,ok\n'
        whole = read(content)
        assert whole.rows == [("4", "ok")]
        assert whole.rejects == [(2, "cell_too_large"), (3, "cell_too_large"), (4, "cell_too_large")]
        assert whole.numbers == [5]
        rows = "\n".join(f"{n},text {n}" for n in range(500))
        whole = read(f'id,text\n1,"opened\n{rows}\n')
        assert whole.rejects == [(2, "unterminated_quote")]
        assert len(whole.rows) == 500
    finally:
        csv.field_size_limit(limit)


def test_endless_lines_are_rejects(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = csv.field_size_limit(500)
    try:
        for module in (text_module, delimited_module):
            monkeypatch.setattr(module, "LINE_CHARS", 1000)
        whole = read("id,text\n1," + "a,b" * 5000 + "\n2,ok\n")
        assert (whole.rows, whole.rejects) == ([("2", "ok")], [(2, "cell_too_large")])
    finally:
        csv.field_size_limit(limit)


def test_batches_have_the_size_that_was_asked_for(write: Write) -> None:
    table = open_table(write("a.csv", "n\n" + "".join(f"{n}\n" for n in range(2500))))
    heights = [batch.frame.height for batch in table.batches(1000)]
    assert heights == [1000, 1000, 500]
    assert [batch.frame.height for batch in table.batches(700)] == [700, 700, 700, 400]
    assert pl.concat(batch.frame for batch in table.batches(999))["n"].to_list() == [str(n) for n in range(2500)]


def test_a_file_cut_in_its_packed_data_ends_with_a_reject(write: Write) -> None:
    lines = "id,n\n" + "".join(f"{n},{n * 7919 % 104729}\n" for n in range(20_000))
    table = open_table(write("a.csv.gz", gzip.compress(lines.encode())[:-3000]))
    batches = list(table.batches())
    rows = sum(batch.frame.height for batch in batches)
    (reject,) = (bad for batch in batches for bad in batch.rejects)
    assert 10_000 < rows < 20_000
    assert (reject.row, reject.code) == (rows + 2, "truncated")


def test_a_torn_quote_in_a_cut_file_is_two_rejects(write: Write) -> None:
    lines = 'id,n\n1,"torn\n' + "".join(f"{n},{n * 7919 % 104729}\n" for n in range(2, 20_000))
    table = open_table(write("a.csv.gz", gzip.compress(lines.encode())[:-3000]))
    batches = list(table.batches())
    rows = sum(batch.frame.height for batch in batches)
    rejects = [(bad.row, bad.code) for batch in batches for bad in batch.rejects]
    assert 10_000 < rows < 20_000
    assert rejects == [(2, "unterminated_quote"), (rows + 3, "truncated")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "holds no rows"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"<!DOCTYPE html><html><body>login", "is a web page"),
        (b"<?xml version='1.0'?><a/>", "is XML"),
        (b"$FL2@(#) SPSS", "is an SPSS file"),
        (bytes(range(1, 30)) * 40, "is no text"),
        (b"PK\x03\x04 nothing more", "starts like a ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "is damaged or no workbook"),
        (b"PAR1 nothing", "is damaged or no Parquet file"),
        (b"a," * 20_000 + b"\n", "has 20,001 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_mend(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read(content)
    problem = caught.value.problem()
    assert problem.file == "table.csv"
    assert problem.code
    assert problem.mend


def test_a_header_alone_is_a_table_without_rows(read: Read) -> None:
    for content in ("id,text\n", "id,text", "\ufeffid,text\r\n"):
        whole = read(content)
        assert (whole.table.header, whole.rows, whole.rejects) == (["id", "text"], [], [])


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff"), max_size=12)


@given(
    st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=12)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.integers(3, 50),
)
def test_whatever_is_written_is_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    encoding: str,
    quoting: int,
    chunk: int,
) -> None:
    names = [f"column {number}" for number in range(len(rows[0]))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([names, *([cell if quoting else cell.replace("\n", " ") for cell in row] for row in rows)])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "_CHUNK", chunk)
        table = open_table(Input.at(path), delimiter=delimiter, header=1)
        batches = list(table.batches(4))
    rejects = [bad for batch in batches for bad in batch.rejects]
    frame = pl.concat([batch.frame for batch in batches]) if batches else pl.DataFrame({"__row": []})
    assert frame.height + len(rejects) + table.blank_rows == len(rows)
    assert not rejects
    for number, *cells in frame.select("__row", pl.exclude("__row")).rows():
        expected = [cell if quoting else cell.replace("\n", " ") for cell in rows[number - 2]]
        assert cells == expected


@given(st.text(st.sampled_from('ab,;"\n\r\t|=\0é'), max_size=60))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content.encode())
    try:
        table = open_table(Input.at(path))
    except ReadError:
        return
    batches = list(table.batches(3))
    numbers = [n for batch in batches for n in batch.frame["__row"]]
    assert numbers == sorted(set(numbers))
    assert all(batch.frame.columns == [*table.header, "__row"] for batch in batches)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)
    with contextlib.suppress(ReadError):
        list(open_table(Input.at(path)).batches())
