"""Mapped tables: types, scales, times, texts, and everything that is not what was said of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from cxreport.api import ReadError

CALLS = """\
Case No;Opened;Summary;Score;Agent;Tags
C-1;24.12.2025 18:30;"Bag delayed; customer upset";2;Ana;bags;
C-2;25.12.2025 09:05;Rebooked after a delay;9;Bo;delay
C-3;01.02.2026 10:00;;5;Bo;
C-4;02.02.2026;;;Bo;
C-5;soon;Called twice;17;Ana;delay
""".replace("bags;\n", '"bags; delay"\n')
MAPPED: dict[str, Any] = {
    "columns": {"native_id": "case no", "created_at": "Opened", "text": "Summary", "tags": "Tags"},
    "rating": {"column": "Score", "metric": "custom", "min": 1, "max": 10},
    "timezone": "Europe/Berlin",
    "channel": "phone",
}


def test_a_mapped_table(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write(CALLS), **MAPPED)
    row = found.row()
    assert found.column("native_id") == ["C-1", "C-2", "C-3", "C-5"]
    assert (row["kind"], row["channel"]) == ("ticket", "phone")
    assert row["created_at"] == datetime(2025, 12, 24, 17, 30, tzinfo=UTC)
    assert (row["created_at_raw"], row["time_precision"], row["tz_source"]) == ("24.12.2025 18:30", "minute", "assumed")
    assert (row["text"], row["tags"]) == ("Bag delayed; customer upset", ["bags", "delay"])
    assert (row["rating_raw"], row["rating_value"], row["rating_min"], row["rating_max"]) == ("2", 2.0, 1.0, 10.0)
    assert (row["rating_norm"], row["rating_scale_source"]) == (pytest.approx(1 / 9), "user")
    assert json.loads(row["extra"]) == {"Agent": "Ana"}
    assert (found.facts.delimiter, found.facts.header_row, found.facts.zone) == (";", 1, "Europe/Berlin")


def test_rows_that_say_nothing_are_rejected_with_their_row(
    load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    found = load(write(CALLS), **MAPPED)
    assert [(reject.row, reject.code) for reject in found.rejects] == [(5, "no_content")]
    assert (found.column("text")[2], found.column("rating_value")[2]) == (None, 5.0)


def test_what_cannot_be_read_is_kept_and_counted(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write(CALLS), **MAPPED)
    row = found.row(3)
    assert (row["created_at"], row["created_at_raw"]) == (None, "soon")
    assert (row["rating_value"], row["rating_raw"], row["rating_norm"]) == (None, "17", None)
    assert row["warnings"] == ["date_unreadable", "rating_out_of_scale"]
    assert any(note.startswith("Dates that could not be read") and note.endswith(": 1.") for note in found.facts.notes)
    assert any(note.startswith("Ratings outside of their scale") for note in found.facts.notes)


@pytest.mark.parametrize(
    ("metric", "cells", "values", "column", "wanted"),
    [
        ("nps", "0 10 8 6.5 11", [0, 10, 8, None, None], "nps_group", ["detractor", "promoter", "passive", None, None]),
        ("csat", "5 4/5 0", [5, 4, None], "csat_value", [5, 4, None]),
        ("ces", "1 7 3", [1, None, 3], "ces_max", [5, None, 5]),
        ("stars", "4,5 ★★★ 3★", [4.5, None, 3], "rating_norm", [0.875, None, 0.5]),
        ("binary", "Yes no 1", [1, 0, 1], "rating_norm", [1, 0, 1]),
    ],
)
def test_metrics(
    load: Callable[..., Any], write: Callable[..., Path],
    metric: str, cells: str, values: list[Any], column: str, wanted: list[Any],
) -> None:  # fmt: skip
    path = write("s\n" + "\n".join(f'"{cell}"' for cell in cells.split()) + "\n")
    scale = {"min": 1, "max": 5} if metric in ("csat", "ces") else {}
    found = load(path, rating={"column": "s", "metric": metric, **scale})
    assert found.column("rating_value") == values
    assert found.column(column) == wanted
    assert set(found.column("kind")) == {"survey_response" if metric in ("nps", "csat", "ces") else "rating_only"}


def test_a_reversed_scale(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    rating = {"column": "effort", "metric": "ces", "min": 1, "max": 7, "reversed": True, "question": "How hard was it?"}
    row = load(write("effort\n1\n"), rating=rating).row()
    assert (row["rating_value"], row["rating_norm"], row["rating_reversed"]) == (1.0, 1.0, True)
    assert row["question_text"] == "How hard was it?"


def test_types_and_what_is_none_of_them(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    text = (
        "t,likes,lat,verified,land,lang,link,handle\n"
        'a,"1,234","48,85",TRUE,United Kingdom,German,https://e.example/1,@Ana\n'
        "b,many,north,perhaps,Narnia,xx-long-tag!,javascript:alert(1),\n"
        "c,3.0,-1.5,nein,DEU,pt_BR,,Bo\n"
    )
    columns = {
        "text": "t", "likes": "likes", "lat": "lat", "verified_purchase": "verified", "author_country": "land",
        "language": "lang", "url": "link", "author_handle": "handle",
    }  # fmt: skip
    found = load(write(text), columns=columns, language="en")
    assert found.column("likes") == [1234, None, 3]
    assert found.column("lat") == [48.85, None, -1.5]
    assert found.column("verified_purchase") == [True, None, False]
    assert found.column("author_country") == ["GB", None, "DE"]
    assert found.column("language") == ["de", "en", "pt-BR"]
    assert found.column("language_source") == ["source", "user", "source"]
    assert found.column("url") == ["https://e.example/1", None, None]
    assert found.column("author_id") == ["@ana", None, "@bo"]
    lost = json.loads(found.row(1)["extra"])
    assert lost == {"land": "Narnia", "lang": "xx-long-tag!", "lat": "north", "likes": "many",
                    "link": "javascript:alert(1)", "verified": "perhaps"}  # fmt: skip
    assert found.row(0)["extra"] is None


def test_constants_fill_and_answers_follow(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    text = "t,city,Seat,Food,Why\nfine,,4,9,5 stars of five\nbad,Riga,,2,\n"
    found = load(
        write(text),
        columns={"text": "t", "city": "city"},
        values={"city": "Tbilisi", "invited": True, "weight": 2},
        answers=[
            {"column": "Seat", "min": 1, "max": 5, "topic": "Seats"},
            {"column": "food", "min": 1, "max": 5, "question": "Meal"},
            "Why",
        ],
    )
    assert found.column("city") == ["Tbilisi", "Riga"]
    assert (found.column("invited"), found.column("weight")) == ([True, True], [2.0, 2.0])
    rows = found.answers.select("source_row", "question_id", "question_text", "position", "answer_type", "value_number")
    assert rows.rows() == [
        (2, "Seat", "Seat", 1, "scale", 4.0),
        (2, "food", "Meal", 2, "scale", None),
        (2, "Why", "Why", 3, "text", None),
        (3, "food", "Meal", 2, "scale", 2.0),
    ]
    assert found.answers["value_text"].to_list() == ["4", "9", "5 stars of five", "2"]
    assert found.answers["row_label"].to_list() == ["Seats", None, None, None]
    assert "Answers outside of the scale of 'food': 1." in found.facts.notes


def test_praise_and_blame_are_the_text(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    columns = {"text_positive": "pros", "text_negative": "cons"}
    found = load(write("pros,cons\ncrew,food\n,noise\n"), columns=columns)
    assert found.column("text") == ["crew\n\nfood", "noise"]


def test_codes_for_no_answer(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write("t,s\nn/a,3\nfine,-99\n"), columns={"text": "t"}, missing=["N/A", "-99"],
                 rating={"column": "s", "min": 1, "max": 5})  # fmt: skip
    assert (found.column("text"), found.column("rating_raw")) == ([None, "fine"], ["3", None])
    assert found.column("warnings") == [None, None]


def test_whether_the_day_comes_first_is_decided_for_the_whole_file(
    load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    columns = {"text": "t", "created_at": "d"}
    path = write("d,t\n" + "05/06/2026,a\n" * 60_000 + "13/06/2026,b\n")
    assert set(load(path, columns=columns).records["created_at"].dt.day()) == {5, 13}
    doubtful = load(write("d,t\n05/06/2026,a\n"), columns=columns)
    assert any("day_first" in note for note in doubtful.facts.notes)
    assert load(write("d,t\n05/06/2026,a\n"), columns=columns, day_first=False).row()["created_at"].day == 6


def test_dates_of_software_that_knows_none(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write("d,t\n1970-01-01,a\n2026-02-01,b\n"), columns={"text": "t", "created_at": "d"})
    assert (found.row()["created_at"], found.row()["created_at_raw"]) == (None, "1970-01-01")
    assert found.row()["warnings"] == ["date_unreadable"]


def test_times_without_a_zone_are_spoken_of(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    path, columns = write("d,t\n2026-02-01 10:00,a\n"), {"text": "t", "created_at": "d"}
    assert any("state `timezone`" in note for note in load(path, columns=columns).facts.notes)
    assert not load(path, columns=columns, timezone="Asia/Tbilisi").facts.notes


def test_a_missing_column_names_the_nearest_and_all(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    with pytest.raises(ReadError) as caught:
        load(write("Case Number,Summary\n1,hello\n"), columns={"native_id": "Case No", "text": "Sumary"})
    words = str(caught.value)
    assert "'Case No' (nearest: 'Case Number')" in words
    assert "'Sumary' (nearest: 'Summary')" in words
    assert "Its columns are 'Case Number', 'Summary'." in words


def test_an_unmapped_table_is_not_read(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    with pytest.raises(ReadError, match="nobody has described"):
        load(write("id,comment\n1,hello there\n"))


def test_ids_through_a_spreadsheet(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write("id,t\n5.7E+17,a\n5.7E+17,b\nA-3,c\n"), columns={"native_id": "id", "text": "t"})
    assert found.column("native_id") == [None, None, "A-3"]
    assert found.facts.ids_damaged == 2
    assert json.loads(found.row()["extra"]) == {"id": "5.7E+17"}


def test_a_header_below_other_rows(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    text = "Report of calls,,\nFrom,2026-01-01,\n\nID,Date,Note\n1,2026-01-05,hello\n"
    found = load(write(text), columns={"native_id": "ID", "text": "Note"})
    assert (found.facts.header_row, found.row()["text"], found.row()["source_row"]) == (4, "hello", 5)


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "jsonl", "json", "parquet"])
def test_every_form_of_table_gives_the_same_records(
    load: Callable[..., Any], tmp_path: Path, write: Callable[..., Path], form: str
) -> None:
    frame = pl.DataFrame(
        {"no": ["7", "8"], "when": ["2026-03-01T10:00:00Z", None], "say": ["Привет, 10", "two\nlines"], "mark": [4, 5]}
    )
    path = tmp_path / f"table.{form}"
    match form:
        case "csv" | "tsv":
            frame.write_csv(path, separator="," if form == "csv" else "\t")
        case "parquet":
            frame.write_parquet(path)
        case "xlsx":
            book = openpyxl.Workbook()
            sheet = book.create_sheet("Data", 0)
            for row in (frame.columns, *frame.rows()):
                sheet.append(list(row))
            book.save(path)
        case _:
            rows = [json.dumps(row, ensure_ascii=False) for row in frame.to_dicts()]
            write("\n".join(rows) if form == "jsonl" else f"[{','.join(rows)}]", path.name)
    found = load(path, columns={"native_id": "no", "created_at": "when", "text": "say"},
                 rating={"column": "mark", "metric": "stars"}, sheet="Data" if form == "xlsx" else None)  # fmt: skip
    assert found.column("text") == ["Привет, 10", "two\nlines"]
    assert found.column("native_id") == ["7", "8"]
    assert found.column("rating_value") == [4.0, 5.0]
    assert found.column("created_at") == [datetime(2026, 3, 1, 10, tzinfo=UTC), None]


def test_columns_that_no_one_should_call_so(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write('*,^.*$,,"a""b",t\n1,2,3,4,hello\n,,,,\n'), columns={"text": "t", "native_id": "*"})
    assert found.row()["native_id"] == "1"
    assert json.loads(found.row()["extra"]) == {"^.*$": "2", "column 3": "3", 'a"b': "4"}


def test_all_rows_rejected(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write("id,t,n\n1,,\n2,,\n"), columns={"native_id": "id", "text": "t", "likes": "n"})
    assert (found.records.height, len(found.rejects)) == (0, 2)
