"""The engine on Spark, verb by verb: what it gives is what the local engine gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import narwhals as nw
import polars as pl
import pytest

from cxreport.api import LABELS, Enricher, View
from cxreport.config.models import Engine as Asked
from cxreport.engine.base import Engine, Step
from cxreport.engine.chosen import chosen, only_local
from cxreport.engine.local import LocalEngine
from cxreport.model.problem import ConfigError, CxreportError
from tests.measures import make

Both = Callable[[Callable[[Engine], Any]], Any]
ROWS = make.records(
    *(
        {
            "record_id": f"{n:024x}",
            "text": ["Straße gesperrt", "рейс задержан", "fine", None][n % 4],
            "created_at": None if n % 7 == 0 else datetime(2026, 1, 1 + n % 28, 10, n, 30, 500, tzinfo=UTC),
            "author_id": f"a{n % 5}",
            "tags": ["late", "bags"] if n % 3 else None,
            "source_id": f"s{n % 2}",
        }
        for n in range(60)
    )
)


@pytest.fixture
def spark_engine(spark: Any, tmp_path: Path) -> Engine:
    """The engine of a configuration, on the session of the tests."""
    return chosen(Asked(name="spark", master="local[2]"), tmp_path / "spark" / "feedback", lambda rows: None)


@pytest.fixture
def both(spark_engine: Engine, tmp_path: Path) -> Both:
    """`both(ask)`: what `ask` gives of either engine, which must be the same."""
    engines: list[Engine] = [LocalEngine(tmp_path / "local" / "feedback"), spark_engine]
    for engine in engines:
        engine.write([ROWS[:25], ROWS[25:]], "records")

    def asked(ask: Callable[[Engine], Any]) -> Any:
        local, far = (ask(engine) for engine in engines)
        if isinstance(local, pl.DataFrame):
            order = [c for c, dtype in local.schema.items() if not dtype.is_nested()]
            assert far.columns == local.columns
            assert far.cast(dict(local.schema)).sort(order).rows() == local.sort(order).rows()
        else:
            assert far == local
        return local

    return asked


def rows(engine: Engine, *columns: str) -> pl.DataFrame:
    records = engine.open("records")
    return engine.collect({"rows": records.select(*columns) if columns else records})["rows"]


class Shout(Enricher):
    name = "shout"
    needs = ("text", "author_bucket")
    adds: ClassVar = {"loud": pl.String, "half": pl.UInt16, "themes": LABELS}

    def fit(self, view: View) -> int:
        return view.sample(3, ("source_id",)).height

    def apply(self, batch: pl.DataFrame, state: int) -> pl.DataFrame:
        assert batch.schema["author_bucket"] == pl.UInt16
        one = pl.struct(label=pl.col("text"), weight=pl.lit(0.5), rule=pl.lit("r"))
        listed = pl.when(pl.col("text") == "fine").then(pl.concat_list(one)).otherwise(pl.lit([], LABELS))
        return batch.select(
            loud=pl.col("text").str.to_uppercase() + f" {state}", half=pl.col("author_bucket") // 2, themes=listed
        )


class Broken(Shout):
    def apply(self, batch: pl.DataFrame, state: int) -> pl.DataFrame:
        return super().apply(batch, state).drop("half")


def enriched(engine: Engine, cls: type[Enricher] = Shout) -> Engine:
    enricher = cls(cls.Options(), make.context())
    engine.map([Step(enricher, enricher.fit(engine.view("records")), cls.name)], "records")
    return engine


def test_tables_come_back_as_they_went(both: Both) -> None:
    assert both(rows).height == 60


def test_looks_are_the_same(both: Both) -> None:
    both(lambda engine: engine.view("records").counts("text", "source_id"))
    both(lambda engine: engine.view("records").sample(4))
    both(lambda engine: engine.view("records").sample(2, ("text",)))
    both(lambda engine: engine.view("records").rows(pl.Series([f"{7:024x}", "none", f"{2:024x}"])))


def test_enrichers_and_their_labels(both: Both) -> None:
    assert both(lambda engine: rows(enriched(engine), "record_id", "loud", "half")).height == 60
    labels = both(lambda engine: engine.collect({"labels": engine.open("labels")})["labels"])
    assert labels["kind"].unique().to_list() == ["themes"]


def test_an_enricher_that_breaks_its_contract_fails(spark_engine: Engine) -> None:
    spark_engine.write([ROWS], "records")
    with pytest.raises(Exception, match="enricher shout"):
        enriched(spark_engine, Broken)
    again = type("Again", (Shout,), {"needs": ("loud",), "fit": Enricher.fit})
    with pytest.raises(CxreportError, match="needs loud, which nothing adds"):
        enriched(spark_engine, again)


@pytest.mark.parametrize("overrule", [False, True])
def test_joined_columns_replace_as_they_must(both: Both, overrule: bool) -> None:
    added = pl.DataFrame({"record_id": [f"{1:024x}", f"{2:024x}"], "text": ["new", None], "more": [1, 2]})

    def joined(engine: Engine) -> pl.DataFrame:
        engine.join("records", ("text", "more"), lambda: engine.keep(added), "d", overrule)
        return rows(engine, "record_id", "text", "more")

    told = both(joined).sort("record_id")
    assert told["text"][:3].to_list() == ["Straße gesperrt", "new", None if overrule else "fine"]


def test_two_rows_a_record_are_refused(spark_engine: Engine) -> None:
    spark_engine.write([ROWS], "records")
    twice = pl.DataFrame({"record_id": [f"{1:024x}"] * 2, "more": [1, 2]})
    with pytest.raises(CxreportError, match="more than one row a record for more"):
        spark_engine.join("records", ("more",), lambda: spark_engine.keep(twice), "d")


def test_tables_are_rewritten_and_derived(both: Both) -> None:
    def changed(engine: Engine) -> pl.DataFrame:
        gone = engine.keep(pl.DataFrame({"text": ["fine"]}))
        engine.rewrite("records", lambda part, beside: part.join(beside, on="text", how="anti"), gone, "d")
        engine.derive("records", ("author_id",), {"first": nw.col("author_id") == "a1"}, "e")
        return rows(engine, "record_id", "first")

    assert both(changed).height == 45


@pytest.mark.parametrize(
    "expression",
    [
        nw.col("created_at").dt.timestamp("ms"),
        nw.col("text").str.contains(r"(?i)\bРЕЙС\b"),
        nw.col("text").str.contains(r"^\w+ \w+$"),
        nw.col("text").str.replace_all(r"\W", "_"),
        nw.col("text").str.to_lowercase().str.len_chars(),
        nw.col("created_at").dt.to_string("%Y-%m"),
    ],
    ids=["milliseconds", "case", "words", "signs", "length", "month"],
)
def test_expressions_mean_the_same(both: Both, expression: nw.Expr) -> None:
    def told(engine: Engine) -> pl.DataFrame:
        return engine.collect({"told": engine.open("records").select("record_id", told=expression)})["told"]

    assert both(told)["told"].null_count() < 60


def test_a_digest_changes_with_what_a_table_rests_on(spark_engine: Engine) -> None:
    seen = [spark_engine.write([ROWS], "records") and spark_engine.digest("records")]
    seen.append(enriched(spark_engine).digest("records"))
    spark_engine.write([ROWS], "records")
    assert spark_engine.digest("records") == seen[0]
    assert enriched(spark_engine).digest("records") == seen[1] != seen[0]
    assert spark_engine.write([ROWS[:59]], "records") == 59
    assert spark_engine.digest("records") not in seen


def test_files_are_sent_to_workers_that_cannot_read_them(spark: Any, tmp_path: Path) -> None:
    asked = Asked(name="spark", master="spark://elsewhere:7077", work=(tmp_path / "work").as_uri())
    engine = chosen(asked, tmp_path / "private" / "feedback", lambda rows: None)
    engine.write([ROWS[:25], ROWS[25:]], "records")
    for path in (tmp_path / "private").rglob("*.parquet"):
        path.unlink()
    assert rows(engine).cast(ROWS.schema).sort("record_id").equals(ROWS)


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"folder that the driver and all workers"):
        chosen(Asked(name="spark", master="spark://host:7077"), tmp_path / "feedback", lambda rows: None)
    with pytest.raises(ConfigError, match="cxreport export works on this machine only"):
        only_local(Asked(name="spark"), tmp_path / "feedback", lambda rows: None, "cxreport export")
    with pytest.raises(ValueError, match="are for `name: spark`"):
        Asked(name="local", master="local[2]")


def test_without_the_extra_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(ConfigError, match=r"pip install 'cxreport\[spark\]'"):
        chosen(Asked(name="spark", master="local[2]"), tmp_path / "feedback", lambda rows: None)
