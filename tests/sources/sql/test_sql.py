"""Answers to queries: what comes through the mapping, and all that a query must not do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import Brand, Company, Context, Input, ReadError, ReadFacts, conform
from cxreport.engine.local import LocalEngine
from cxreport.progress import Meter
from cxreport.stages.load import load
from cxreport_plugins.sql.source import Sql

duckdb = pytest.importorskip("duckdb", reason="the extra `sql` is not installed")
pytest.importorskip("pyarrow", reason="the extra `sql` is not installed")

MAPPED: dict[str, Any] = {
    "columns": {"native_id": "id", "created_at": "opened", "text": "note", "tags": "topics"},
    "rating": {"column": "grade", "metric": "custom", "min": 1, "max": 5},
    "channel": "phone",
}
ROWS = """
    SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-05 10:00:00+02', 'The bag came late', 2.5::DECIMAL(3, 1), 'bags;delay', [1, 2]),
        (2, TIMESTAMPTZ '2026-01-06 11:30:00+00', 'Friendly crew', NULL, NULL, NULL),
        (3, NULL, NULL, NULL, 'test', NULL)
    ) AS calls(id, opened, note, grade, topics, legs)
"""
QUERY = "SELECT * FROM shop.calls ORDER BY id"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a database and a Parquet file of calls."""
    (tmp_path / "data").mkdir()
    with duckdb.connect(str(tmp_path / "data" / "shop.duckdb")) as connection:
        connection.execute(f"CREATE TABLE calls AS {ROWS}")
        connection.execute(f"COPY calls TO '{tmp_path / 'data' / 'calls.parquet'}'")
    return tmp_path


def source(base: Path, **options: Any) -> Sql:
    known = {"id": "calls", "type": "sql", "path": "query.sql", **MAPPED, **options}
    return Sql(Sql.Options.model_validate(known), Context(Brand(Company(name="Meridian Air")), base))


@pytest.fixture
def ask(project: Path) -> Callable[..., tuple[pl.DataFrame, ReadFacts]]:
    """`ask(query, **options)`: the records of a query, and what the ledger says."""

    def asked(query: str = QUERY, **options: Any) -> tuple[pl.DataFrame, ReadFacts]:
        path, facts = project / "query.sql", ReadFacts()
        path.write_text(query, "utf-8")
        sql, data = source(project, **options), Input.at(path, "query.sql")
        found = sql.detect(data)
        assert found is not None, "not recognised"
        return pl.concat([conform(batch.records) for batch in sql.read(data, found, facts)]), facts

    return asked


SHOP: dict[str, Any] = {"attach": {"shop": "data/shop.duckdb"}}


def test_a_table_of_a_database(ask: Callable[..., Any]) -> None:
    records, facts = ask(**SHOP)
    row = records.row(0, named=True)
    assert records["native_id"].to_list() == ["1", "2"]
    assert records["source_row"].to_list() == [1, 2]
    assert row["created_at"] == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert (row["text"], row["rating_value"], row["tags"]) == ("The bag came late", 2.5, ["bags", "delay"])
    assert (row["kind"], row["channel"], row["extra"]) == ("ticket", "phone", '{"legs":"[1,2]"}')
    assert facts.rows_read == 3


def test_parquet_by_a_path_that_starts_at_the_configuration(ask: Callable[..., Any]) -> None:
    by_table, _ = ask(**SHOP)
    by_file, _ = ask("FROM 'data/*.parquet' SELECT * ORDER BY id -- all\n;")
    assert by_file.equals(by_table)


def test_where_a_database_is_comes_from_the_environment(
    ask: Callable[..., Any], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_ADDRESS", str(project / "data" / "shop.duckdb"))
    records, _ = ask(attach={"shop": {"env": "SHOP_ADDRESS"}})
    assert records.height == 2
    monkeypatch.delenv("SHOP_ADDRESS")
    with pytest.raises(ReadError, match="environment variable SHOP_ADDRESS, which is not set"):
        ask(attach={"shop": {"env": "SHOP_ADDRESS"}})


def test_many_rows_come_in_stretches_and_in_order(project: Path) -> None:
    path = project / "query.sql"
    path.write_text("SELECT range AS id, 'note ' || range AS note FROM range(120000)", "utf-8")
    sql, data, facts = (
        source(project, columns={"native_id": "id", "text": "note"}, rating=None),
        Input.at(path),
        ReadFacts(),
    )
    batches = list(sql.read(data, sql.detect(data), facts))  # type: ignore[arg-type]
    assert [batch.records.height for batch in batches] == [50_000, 50_000, 20_000]
    ids = pl.concat([batch.records["native_id"] for batch in batches])
    assert ids.to_list() == [str(n) for n in range(120_000)]
    assert batches[2].records["source_row"][-1] == 120_000


def test_days_and_months_are_told_apart_by_all_rows(ask: Callable[..., Any]) -> None:
    """The last of many rows decides, so the answer is read twice; a first row decides, so it is read a little."""
    query = "SELECT range AS id, 'x' AS note, CASE WHEN range = {} THEN '25.02.2026' ELSE '03.02.2026' END AS at FROM range(60000)"
    mapped = {"columns": {"native_id": "id", "text": "note", "created_at": "at"}, "rating": None}
    for decisive in (59_999, 0):
        records, _ = ask(query.format(decisive), **mapped)
        assert records.height == 60_000
        assert records["created_at"][1] == datetime(2026, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        "WITH gone AS (DELETE FROM shop.calls RETURNING *) SELECT * FROM gone",
        "WITH out AS (COPY (SELECT 1) TO 'stolen.csv') SELECT * FROM out",
        "SELECT 1 AS id WHERE EXISTS (WITH out AS (COPY (SELECT 1) TO 'stolen.csv') SELECT * FROM out)",
        "SELECT 1 AS note; DROP TABLE shop.calls",
        "SELECT * FROM postgres_execute('shop', 'DROP TABLE calls')",
        "FROM shop.calls; COPY shop.calls TO 'stolen.csv'",
    ],
)
def test_what_would_write_is_refused(
    ask: Callable[..., Any], project: Path, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    with pytest.raises(ReadError, match=r"would write|is not one query|was not answered"):
        ask(query, **SHOP)
    assert not (project / "stolen.csv").exists()
    assert ask(**SHOP)[0].height == 2


@pytest.mark.parametrize(
    "text", ["COPY x TO 'y'", "INSERT INTO a VALUES (1)", "-- select\nDROP TABLE a", "", "id,note\n"]
)
def test_other_statements_are_no_query(tmp_path: Path, text: str) -> None:
    (tmp_path / "query.sql").write_text(text, "utf-8")
    assert source(tmp_path).detect(Input.at(tmp_path / "query.sql")) is None


def test_only_files_called_sql_are_queries(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("From here to there, select what you like", "utf-8")
    assert source(tmp_path).detect(Input.at(tmp_path / "note.txt")) is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT nothing FROM shop.calls", 'column "nothing" not found'),
        ("SELECT * FROM shop.cals", "Did you mean"),
        ("SELECT * FROM 'data/absent*.parquet'", "No files found that match"),
        ("SELECT FROM WHERE", "syntax error"),
        ("SELECT id, id AS ID FROM shop.calls", "two columns named 'id'"),
        ("SELECT id, opened, topics, grade FROM shop.calls", "has no column 'note'"),
        ("PIVOT shop.calls ON id USING sum(grade)", "is not one query"),
    ],
)
def test_mistakes_are_told(ask: Callable[..., Any], query: str, words: str) -> None:
    if query.startswith("PIVOT"):
        query = "FROM (PIVOT shop.calls ON id USING sum(grade))"
    with pytest.raises(ReadError, match=words):
        ask(query, **SHOP)


def test_a_value_of_a_record_is_not_told(ask: Callable[..., Any]) -> None:
    with pytest.raises(ReadError) as caught:
        ask("SELECT CAST(note AS INT) AS note, id, opened, grade, topics FROM shop.calls", **SHOP)
    assert "ConversionException" in str(caught.value)
    assert "The bag" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_a_credential_is_never_told(ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM", "postgres://reader:opensesame@crm.example/feedback")
    with pytest.raises(ReadError, match="extension `postgres`, which is not installed") as caught:
        ask(attach={"crm": {"type": "postgres", "env": "CRM"}})
    assert "opensesame" not in str(caught.value)
    with pytest.raises(ReadError) as caught:  # opened as a file, whose name DuckDB would tell
        ask(attach={"crm": {"env": "CRM"}})
    assert "opensesame" not in f"{caught.value} {caught.value.__cause__!r}"


def test_what_a_query_says_of_a_credential_is_struck_out(
    ask: Callable[..., Any], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "data" / "shop.duckdb").rename(project / "opensesame")
    monkeypatch.setenv("SHOP", str(project / "opensesame"))
    with pytest.raises(ReadError, match='column "…" not found') as caught:
        ask("SELECT opensesame FROM shop.calls", attach={"shop": {"env": "SHOP"}})
    assert "opensesame" not in str(caught.value)


def test_more_than_memory_holds_is_spilled_and_leaves_nothing(ask: Callable[..., Any], project: Path) -> None:
    query = (
        "SELECT range AS id, repeat('word ', 20) || range AS note FROM range(400000) ORDER BY hash(range) LIMIT 350000"
    )
    records, _ = ask(query, columns={"native_id": "id", "text": "note"}, rating=None, memory="64MB")
    assert records["native_id"].n_unique() == 350_000
    assert sorted(path.name for path in project.iterdir()) == ["data", "query.sql"]


def test_without_the_extra_the_error_says_how_to_get_it(
    ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ReadError, match=r"pip install 'cxreport\[sql\]'"):
        ask(**SHOP)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"attach": {"a b": "x.duckdb"}}, "pattern"),
        ({"attach": {"crm": {"type": "postgres"}}}, "name either"),
        ({"attach": {"crm": {"file": "x", "env": "Y"}}}, "name either"),
        ({"attach": {"crm": {"env": "postgres://u:p@h/d"}}}, "pattern"),
        ({"sheet": 2}, "mean nothing"),
        ({"memory": "much"}, "pattern"),
    ],
)
def test_options_are_checked(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        source(tmp_path, **options)


@pytest.mark.parametrize(("keep", "second"), [(False, 3), (True, 2)])
def test_a_query_is_asked_by_every_build_unless_its_answer_is_kept(project: Path, keep: bool, second: int) -> None:
    (project / "query.sql").write_text("FROM 'data/*.parquet' ORDER BY id", "utf-8")
    sql = source(project, keep=keep)

    def records() -> int:
        engine = LocalEngine(project / "work" / "feedback")
        load([sql], sql.context, engine, Meter())
        return engine.tables["records"].height

    assert records() == 2
    with duckdb.connect() as connection:
        more = ROWS.replace("(3, NULL, NULL", "(3, NULL, 'Lost again'")
        connection.execute(f"COPY ({more}) TO '{project / 'data' / 'calls.parquet'}'")
    assert records() == second


def test_a_kept_answer_is_asked_anew_when_the_database_changes(project: Path) -> None:
    (project / "query.sql").write_text(QUERY, "utf-8")

    def records() -> int:
        sql, engine = source(project, **SHOP, keep=True), LocalEngine(project / "work" / "feedback")
        load([sql], sql.context, engine, Meter())
        return engine.tables["records"].height

    assert records() == 2
    with duckdb.connect(str(project / "data" / "shop.duckdb")) as connection:
        connection.execute("INSERT INTO calls VALUES (4, now(), 'Lost again', 1, NULL, NULL)")
    assert records() == 3


def test_equal_rows_of_two_queries_are_told_apart_whatever_changes(project: Path) -> None:
    """Numbers of equal rows without ids depend on the rows before: those of a query that found more, too."""
    for name in ("a.sql", "b.sql"):
        (project / name).write_text("SELECT 'Same words' AS note FROM shop.calls", "utf-8")
    sql = source(project, **SHOP, path=("a.sql", "b.sql"), columns={"text": "note"}, rating=None)

    def ids() -> set[str]:
        engine = LocalEngine(project / "work" / "feedback")
        load([sql], sql.context, engine, Meter())
        frame: pl.DataFrame = engine.open("records").to_native().collect()
        assert frame["record_id"].n_unique() == frame.height
        return set(frame["record_id"])

    first = ids()
    with duckdb.connect(str(project / "data" / "shop.duckdb")) as connection:
        connection.execute("INSERT INTO calls VALUES (4, now(), 'x', 1, NULL, NULL)")
    assert first < ids()
    assert len(first) == 6
