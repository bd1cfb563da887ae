"""Reading coding sheets: what people save is understood, and every fault is told at once with its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from cxreport.config.coding import Sheets, read_coding

HEAD = "record_id,coder,stratum,weight,sentiment,moment,voice,acts,themes,text"


def read(folder: Path, *files: str, names: tuple[str, ...] = ("coding/*.csv",)) -> Sheets:
    (folder / "coding").mkdir(exist_ok=True)
    for number, text in enumerate(files, 1):
        (folder / "coding" / f"{number}.csv").write_text(text, "utf-8")
    return read_coding(folder, names)


def said(sheets: Sheets) -> list[str]:
    return [str(problem) for problem in sheets.problems]


def test_files_of_two_coders_are_one_sheet(tmp_path: Path) -> None:
    ada = f"{HEAD}\nr2,Ada,s1,2.5,Negative , smot,customer,complain; ask,none,Bag lost\nr1,Ada,s1,2.5,,,other,,,News\n"
    ben = "\ufeffcoder;record_id;sentiment;acts;weight\nBen;r2;neutral;none;2,5\nsettled;r2;;;\nSETTLED;r3;positive;;\n"
    sheets = read(tmp_path, ada, ben)
    assert not sheets.problems
    assert sheets.coding.rows.rows() == [
        ("r1", "Ada", "s1", 2.5, None, None, "other", None, None),
        ("r2", "Ada", "s1", 2.5, "negative", "smot", "customer", ["ask", "complain"], []),
        ("r2", "Ben", None, 2.5, "neutral", None, None, [], None),
        ("r3", "settled", None, None, "positive", None, None, None, None),
    ]


def test_rows_that_nobody_coded_do_not_count(tmp_path: Path) -> None:
    sheets = read(tmp_path, f"{HEAD}\nr1,,s1,2,,,,,,Hello\nr2,Ada,s1,2,,,,,,Hello\n")
    assert not sheets.problems
    assert sheets.coding.rows.is_empty()


def test_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["record_id", "coder", "weight", "voice"], ["1e5", "Ada", 3, "other"], [None, None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "ada.xlsx")
    sheets = read(tmp_path, names=("ada.xlsx",))
    assert not sheets.problems
    assert sheets.coding.rows.select("record_id", "weight", "voice").rows() == [("1e5", 3.0, "other")]


def test_every_fault_has_its_place_and_its_mend(tmp_path: Path) -> None:
    rows = (
        "r1,Ada,s1,2,negativ,smot,customer,,,",
        "r1,Ada,s1,2,neutral,,,,,",
        "r2,,s1,2,neutral,,,,,",
        ",Ada,s1,2,neutral,,,,,",
        "r3,Ada,s1,heavy,neutral,umot,,none; ask,,",
        "r4,Ada,s1,0,neutral,,yes,,,",
        "r5,Ada,s1,2,neutral,,,,,A text, without quotes",
    )
    sheets = read(
        tmp_path, "\n".join([HEAD, *rows]) + "\n", "record_id,text\nr1,x\n", names=("coding/*.csv", "lost.csv")
    )
    assert said(sheets) == [
        "coding: there is no coding sheet lost.csv. `cxreport code sample` writes one.",
        "coding/1.csv:8: 11 cells where the header has 10. Put the cell into quotes.",
        "coding/1.csv:2: sentiment: 'negativ' is no code. Did you mean negative?",
        "coding/1.csv:3: Ada coded r1 at coding/1.csv:2 already. Keep the row that holds.",
        "coding/1.csv:4: it has codes, but its coder is empty. Fill in the column coder.",
        "coding/1.csv:5: it has codes, but its record_id is empty. Fill in the column record_id.",
        "coding/1.csv:6: weight: 'heavy' is no number above 0. Copy it from the sheet that was drawn.",
        "coding/1.csv:6: moment: 'umot' is no code. Did you mean zmot?",
        "coding/1.csv:6: acts: `none` stands beside ask. Keep one or the other.",
        "coding/1.csv:7: weight: '0' is no number above 0. Copy it from the sheet that was drawn.",
        "coding/1.csv:7: voice: 'yes' is no code. Known: customer, other.",
        "coding/2.csv:1: it has no column coder and no column sentiment, moment, voice, acts or themes. "
        "Keep the header row as `cxreport code sample` writes it.",
    ]


def test_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html></html>", "utf-8")
    (problem,) = said(read(tmp_path, names=("page.csv",)))
    assert problem.startswith("page.csv: is a web page, not a table.")


def test_acts_and_themes_must_be_known_to_the_audit(tmp_path: Path) -> None:
    sheets = read(tmp_path, f"{HEAD}\nr1,Ada,,,,,,ask;complian,bagage,\nr2,Ada,,,,,,complian,,\n")
    found = sheets.foreign({"acts": {"ask", "complain"}})
    assert [str(problem) for problem in found] == [
        "coding/1.csv:2: acts: 'complian' is no code of this audit. Did you mean complain?",
        "coding/1.csv:2: themes: 'bagage' is no code of this audit.",
    ]


def test_the_digest_follows_the_contents(tmp_path: Path) -> None:
    one = read(tmp_path, f"{HEAD}\nr1,Ada,,,neutral,,,,,\n").coding.sha256
    assert read(tmp_path, f"{HEAD}\nr1,Ada,,,negative,,,,,\n").coding.sha256 != one
    assert read(tmp_path, f"{HEAD}\nr1,Ada,,,neutral,,,,,\n").coding.sha256 == one
    assert read_coding(tmp_path, ()).coding.sha256 == ""
