"""`cxreport code sample` and `cxreport code report` on a small project."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cxreport.build import audited, gather
from cxreport.engine.local import LocalEngine
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.stages.edition import edition_of

from .conftest import Run

FILES = ("sheet.csv", "sheet.html", "sheet.xlsx")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_three_sheets_hold_the_same_masked_texts(drawn: Path) -> None:
    table = rows(drawn / "sheet.csv")
    assert len(table) == 20
    book = openpyxl.load_workbook(drawn / "sheet.xlsx")
    cells = [[cell.value or "" for cell in line] for line in book["coding"].iter_rows()]
    header = [str(name) for name in cells[0]]
    assert header == list(table[0])
    assert [dict(zip(header, map(_plain, line), strict=True)) for line in cells[1:]] == [
        {name: _plain(cell) for name, cell in row.items()} for row in table
    ]
    data = json.loads((drawn / "sheet.html").read_text("utf-8").split('id="data">')[1].split("</script>")[0])
    assert [row["record_id"] for row in data["rows"]] == [row["record_id"] for row in table]
    for name in FILES[:2]:
        assert "dagny.holm" not in (drawn / name).read_text("utf-8")
        assert "[email]" in (drawn / name).read_text("utf-8")


def _plain(cell: Any) -> str:
    try:
        return f"{float(cell):.9g}"
    except ValueError:
        return str(cell)


def test_no_sheet_tells_what_a_classifier_said(drawn: Path) -> None:
    for row in rows(drawn / "sheet.csv"):
        assert [row[name] for name in ("coder", "sentiment", "moment", "voice", "acts")] == [""] * 5
        assert row["stratum"].removeprefix("s").isdigit()
    assert "rating" not in rows(drawn / "sheet.csv")[0]


def test_spreadsheets_run_nothing(drawn: Path) -> None:
    texts = [row["text"] for row in rows(drawn / "sheet.csv") if "1+1" in row["text"]]
    assert texts
    assert all(text.startswith("'=") for text in texts)
    sheet = openpyxl.load_workbook(drawn / "sheet.xlsx")["coding"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


def test_replies_come_with_what_they_answer(drawn: Path) -> None:
    answering = [row["answers"] for row in rows(drawn / "sheet.csv") if row["answers"]]
    assert answering
    assert all(text.strip("'") for text in answering)


def test_the_same_seed_gives_the_same_bytes(project: Path, drawn: Path, tmp_path: Path, run: Run) -> None:
    assert run(project, "code", "sample", "-n", "20", "-o", str(tmp_path / "again")).code == 0
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (drawn / name).read_bytes(), name
    other = run(
        project, "code", "sample", "-n", "20", "--seed", "2", "--field", "sentiment", "-o", str(tmp_path / "other")
    )
    assert other.out.splitlines()[0].endswith("sheet.html: 20 texts")
    table = rows(tmp_path / "other/sheet.csv")
    assert list(table[0])[-2:] == ["text", "sentiment"]
    assert [row["record_id"] for row in table] != [row["record_id"] for row in rows(drawn / "sheet.csv")]


def test_fields_that_nothing_knows(project: Path, tmp_path: Path, run: Run) -> None:
    said = run(project, "code", "sample", "--field", "themes", "-o", str(tmp_path / "out"))
    assert said.code == 1
    assert "nothing in this audit knows codes for themes" in said.err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def coded(project: Path, drawn: Path, tmp_path: Path) -> Path:
    """The project with two coders, who agree on all but the first text, whose sentiment they dispute."""
    folder = Path(shutil.copytree(project, tmp_path / "coded", ignore=shutil.ignore_patterns(".cxreport", "drawn")))
    (folder / "coding").mkdir()
    table = rows(drawn / "sheet.csv")
    for coder in ("Ada", "=Ben"):
        with (folder / f"coding/{coder.strip('=').lower()}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]))
            writer.writeheader()
            for number, row in enumerate(table):
                mood = "negative" if "lost" in row["text"] or "Awful" in row["text"] else "positive"
                mood = "neutral" if coder == "Ada" and number == 0 else mood
                writer.writerow({**row, "coder": coder, "sentiment": mood, "voice": "customer", "acts": "none"})
    return folder


def test_report_tells_agreement_confusion_and_what_is_left(coded: Path, run: Run) -> None:
    said = run(coded, "code", "report")
    assert said.code == 0
    assert "20 records coded by 2 coders." in said.out
    assert "Sentiment (ordinal)" in said.out
    assert "coded ↓ given →" in said.out
    assert "1 records are disputed: `cxreport code report -o coding/settled.csv` writes them to settle." in said.out
    told = json.loads(run(coded, "code", "report", "--format", "json").out)
    assert (told["records"], told["coders"], told["disputed"]) == (20, 2, 1)
    assert {one["field"] for one in told["accuracy"]} >= {"sentiment", "voice", "acts"}


def test_settling_a_dispute_ends_it(coded: Path, run: Run) -> None:
    settled = coded / "coding/settled.csv"
    run(coded, "code", "report", "-o", str(settled))
    (row,) = rows(settled)
    assert row["said_sentiment"].startswith("'=Ben: ") or row["said_sentiment"].startswith("Ada: ")
    assert (row["coder"], row["sentiment"]) == ("settled", "")
    assert set(row) >= {"text", "weight"}
    assert "acts" not in row
    with settled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({**row, "sentiment": "neutral"})
    said = run(coded, "code", "report")
    assert "Nothing is left to settle." in said.out
    assert "20 records coded by 2 coders." in said.out, "who settles is no third coder"


def test_a_sheet_that_is_wrong_stops_the_build_but_not_the_sample(coded: Path, tmp_path: Path, run: Run) -> None:
    path = coded / "coding/ada.csv"
    path.write_text(path.read_text("utf-8").replace(",none", ",complian", 1), "utf-8")
    said = run(coded, "build")
    assert said.code == 2
    assert "coding/ada.csv:2: acts: 'complian' is no code of this audit. Did you mean complain?" in said.err
    assert run(coded, "code", "sample", "-n", "5", "-o", str(tmp_path / "out")).code == 0


def test_nothing_is_coded(project: Path, run: Run) -> None:
    said = run(project, "code", "report")
    assert said.code == 2
    assert "there is no coding sheet coding/*.csv" in said.err


def test_the_audit_and_every_edition_carry_the_card(coded: Path) -> None:
    plan = make_plan(coded / "config.yaml")
    engine = LocalEngine(plan.work / "feedback")
    audit = audited(plan, engine, gather(plan, engine, Meter()), Meter())
    private = json.loads((coded / ".cxreport/audit.json").read_text("utf-8"))["card"]
    assert (private["records"], private["file"]) == (20, "coding/*.csv")
    assert not [name for name in ("Ada", "Ben") if name in json.dumps(private)], "coders are not named"
    assert audit.classes["sentiment_scorer"]["coded"] == 19
    assert edition_of(audit, "client").card == audit.card
    public = edition_of(audit, "public").card
    assert public is not None
    assert (public.file, len(public.sha256)) == ("", 12)
    assert {one.field for one in public.accuracy} == {"sentiment", "voice", "moment", "acts"} & {
        one["field"] for one in private["accuracy"]
    }
