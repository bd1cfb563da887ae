"""Enriched tables for the user's own analysis."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from cxreport.cli.export_ import safe

from .conftest import FORMULAS, Run

DANGEROUS = r"^[=+\-@\t\r]"


def test_records_as_parquet_are_whole_and_typed(run: Run, project: Path) -> None:
    done = run(project, "export", "records", "-o", "records.parquet")
    assert done.code == 0
    assert "480 rows of records" in done.out
    table = pl.read_parquet(project / "records.parquet")
    assert table.height == 480
    assert table["created_at"].dtype == pl.Datetime("us", "UTC")
    for column in ("entity", "lang", "sentiment", "moment", "moment_rule", "text_redacted", "customer_voice"):
        assert table[column].null_count() < table.height, column
    assert set(FORMULAS) & set(table["text"]), "Parquet holds what customers wrote"


def test_records_as_csv_run_nothing_in_a_spreadsheet(run: Run, project: Path) -> None:
    done = run(project, "export", "records", "-o", "records.csv")
    assert done.code == 0
    table = pl.read_csv(project / "records.csv", infer_schema=False)
    assert table.height == 480
    for column in table.columns:
        cells = table[column].filter(table[column].cast(pl.Float64, strict=False).is_null())
        assert not cells.str.contains(DANGEROUS).any(), column
    assert {f"'{formula}" for formula in FORMULAS if formula == formula.strip()} <= set(table["text"])


@pytest.mark.parametrize(
    ("name", "first"), [("answers", "record_id"), ("labels", "record_id"), ("metrics", "source_id")]
)
def test_other_tables(run: Run, project: Path, name: str, first: str) -> None:
    done = run(project, "export", name, "-o", f"{name}.csv")
    assert done.code == 0
    header = (project / f"{name}.csv").read_text("utf-8").splitlines()[0]
    assert header.startswith(f"{first},")


def test_exporting_leaves_the_last_audit_and_site_alone(run: Run, project: Path) -> None:
    kept = {p: p.read_bytes() for folder in ("site", ".cxreport") for p in (project / folder).rglob("*") if p.is_file()}
    assert run(project, "export", "records", "-o", "r.parquet").code == 0
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize("name", ["records.xlsx", "records", "records.CSVX"])
def test_other_formats_are_refused_before_anything_is_read(run: Run, project: Path, name: str) -> None:
    done = run(project, "export", "records", "-o", name)
    assert done.code == 2
    assert "Use .parquet or .csv." in done.err
    assert not (project / name).exists()


def test_cells_are_neutralised_and_lists_are_json() -> None:
    table = pl.DataFrame(
        {"a": ["=1", "+1", "-1", "@x", "\t", "\r", "fine", "", None], "b": [['"q"', "a\\b"], [], None] + [["=1"]] * 6},
        schema={"a": pl.String, "b": pl.List(pl.String)},
    )
    out = safe(table)
    assert out["a"].to_list() == ["'=1", "'+1", "'-1", "'@x", "'\t", "'\r", "fine", "", None]
    assert out["b"].to_list()[:3] == ['["\\"q\\"", "a\\\\b"]', "[]", None]


def test_numbers_below_zero_stay_numbers() -> None:
    assert safe(pl.DataFrame({"score": [-0.5]}))["score"].to_list() == [-0.5]
