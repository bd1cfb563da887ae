"""The local engine: tables replaced only when whole, enrichers held to their contract, looks that ignore order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import narwhals as nw
import polars as pl
import pytest

from cxreport.engine.base import Step
from cxreport.engine.local import LocalEngine
from cxreport.model.problem import CxreportError
from cxreport.model.schema import LABELS
from cxreport.plugin.context import Options
from cxreport.plugin.enricher import Enricher, View
from cxreport.progress import Meter
from cxreport.stages.enrich import enrich, passes, step_of

from .fakes import context, table

ROWS = pl.DataFrame({"record_id": [f"{n:02}" for n in range(10)], "text": [f"t{n % 3}" for n in range(10)]})


class Shout(Enricher):
    """Upper case."""

    name = "shout"
    needs = ("text",)
    adds: ClassVar[dict[str, Any]] = {"loud": pl.String}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The text, louder."""
        assert batch.columns == ["text"], "an enricher sees what it needs and nothing else"
        return batch.select(loud=pl.col("text").str.to_uppercase())


class Share(Enricher):
    """How common a loud text is: fitted on what another enricher adds."""

    name = "share"
    needs = ("loud",)
    adds: ClassVar[dict[str, Any]] = {"share": pl.Float64}

    def fit(self, view: View) -> dict[str, float]:
        """Counts of loud texts."""
        counted = view.counts("loud")
        return {row["loud"]: row["len"] / counted["len"].sum() for row in counted.iter_rows(named=True)}

    def apply(self, batch: pl.DataFrame, state: dict[str, float]) -> pl.DataFrame:
        """The share of each."""
        return batch.select(share=pl.col("loud").replace_strict(state, return_dtype=pl.Float64))


class Tags(Enricher):
    """Two labels for t0, none for the rest."""

    name = "tags"
    needs = ("text",)
    adds: ClassVar[dict[str, Any]] = {"tags": LABELS}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """Labels."""
        two = [{"label": name, "weight": 0.5, "rule": "r"} for name in ("one", "two")]
        found = [two if text == "t0" else [] for text in batch["text"]]
        return pl.DataFrame({"tags": found}, schema={"tags": LABELS})


class Broken(Shout):
    """Gives what the test says."""

    name = "broken"
    given: pl.DataFrame

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """Nonsense."""
        return self.given


def made(cls: type[Enricher]) -> Any:
    return cls(Options(), context(Path()))


def engine(folder: Path, *parts: pl.DataFrame) -> LocalEngine:
    local = LocalEngine(folder / "feedback")
    local.write(iter(parts or (ROWS,)), "records")
    return local


@pytest.mark.parametrize("size", [1, 3, 10])
def test_enriching_does_not_depend_on_batches(tmp_path: Path, size: int) -> None:
    local = engine(tmp_path, *(ROWS[start : start + size] for start in range(0, 10, size)))
    enrich([made(Shout), made(Share), made(Tags)], local, Meter(), 10)
    out = table(local)
    assert out["loud"].to_list() == [f"T{n % 3}" for n in range(10)]
    assert out["share"].to_list() == [0.4 if n % 3 == 0 else 0.3 for n in range(10)]
    assert out.columns == ["record_id", "text", "loud", "share"]
    labels = table(local, "labels").sort("record_id", "label")
    assert labels.rows()[:2] == [("00", "tags", "one", 0.5, "r"), ("00", "tags", "two", 0.5, "r")]
    assert labels.height == 8


def test_one_that_fits_waits_for_the_columns_it_needs() -> None:
    groups = [[e.name for e in group] for group in passes([made(Shout), made(Tags), made(Share)])]
    assert groups == [["shout", "tags"], ["share"]]


@pytest.mark.parametrize(
    "given",
    [
        pl.DataFrame({"loud": ["A"] * 9}),
        pl.DataFrame({"loud": [1] * 10}),
        pl.DataFrame({"laut": ["A"] * 10}),
        pl.DataFrame({"loud": ["A"] * 10, "more": ["B"] * 10}),
    ],
    ids=["rows", "type", "name", "more"],
)
def test_an_enricher_that_breaks_its_contract_is_named_and_changes_nothing(tmp_path: Path, given: pl.DataFrame) -> None:
    local, broken = engine(tmp_path), made(Broken)
    broken.given = given
    with pytest.raises(CxreportError, match="enricher broken: it returned"):
        enrich([broken], local, Meter(), 10)
    assert table(local).equals(ROWS)


def test_a_need_that_nothing_adds_is_named(tmp_path: Path) -> None:
    local = engine(tmp_path)
    with pytest.raises(CxreportError, match="enricher share: it needs loud"):
        local.map([Step(made(Share), {})], "records")


def test_a_write_that_fails_keeps_the_table(tmp_path: Path) -> None:
    local = engine(tmp_path)

    def half() -> Iterator[pl.DataFrame]:
        yield ROWS
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        local.write(half(), "records")
    assert table(local).equals(ROWS)


def test_a_table_can_be_written_from_itself(tmp_path: Path) -> None:
    local = engine(tmp_path)
    assert local.write(local.open("records").filter(nw.col("text") == "t0"), "records") == 4
    assert table(local)["text"].unique().to_list() == ["t0"]


def test_looks_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    one = engine(tmp_path / "a").view("records")
    other = engine(tmp_path / "b", ROWS[5:], ROWS[:5].reverse()).view("records")
    assert one.counts("text").equals(other.counts("text"))
    assert one.counts("text")["len"].to_list() == [4, 3, 3]
    assert one.sample(4).equals(other.sample(4))
    assert one.sample(4)["record_id"].to_list() == ["00", "01", "02", "03"]
    assert one.sample(1, ("text",)).equals(other.sample(1, ("text",)))
    assert one.sample(1, ("text",))["record_id"].to_list() == ["00", "01", "02"]
    wanted = pl.Series(["07", "02", "none"])
    assert one.rows(wanted).equals(other.rows(wanted))
    assert one.rows(wanted)["record_id"].to_list() == ["02", "07"]


def test_the_tables_of_a_build_can_be_opened_again(tmp_path: Path) -> None:
    local = engine(tmp_path)
    enrich([made(Shout), made(Tags)], local, Meter(), 10)
    local.save()
    again = LocalEngine.reopened(tmp_path / "feedback")
    assert table(again).equals(table(local))
    assert table(again, "labels").equals(table(local, "labels"))


class Counting(Shout):
    """Counts how often it is asked."""

    name = "counting"
    calls = 0

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """As loud as ever."""
        type(self).calls += 1
        return super().apply(batch, state)


def test_what_was_computed_is_not_computed_again(tmp_path: Path) -> None:
    Counting.calls = 0
    for expected, rows in ((2, (ROWS[:5], ROWS[5:])), (2, (ROWS[:5], ROWS[5:])), (3, (ROWS[:5], ROWS[5:9]))):
        local = engine(tmp_path, *rows)
        enrich([made(Counting), made(Tags)], local, Meter(), 10)
        assert Counting.calls == expected
        assert table(local)["loud"].to_list() == [f"T{n % 3}" for n in range(sum(map(len, rows)))]
        assert table(local, "labels").height == (8 if expected == 2 else 6)


@pytest.mark.parametrize("change", ["state", "options", "version"])
def test_what_a_result_depends_on_is_part_of_its_name(tmp_path: Path, change: str) -> None:
    one = made(Shout)
    other = type("Other", (Shout,), {"version": "2" if change == "version" else "1", "__module__": Shout.__module__})
    again = other(type("O", (Options,), {"__annotations__": {"a": int}, "a": 1})(), one.context)
    again = made(other) if change != "options" else again
    digests = {step_of(one, "state").digest, step_of(again, "other" if change == "state" else "state").digest}
    assert len(digests) == 2
    assert step_of(one, "state").digest == step_of(made(Shout), "state").digest


def test_a_column_made_later_hides_an_earlier_one_and_overruling_may_take_a_value_away(tmp_path: Path) -> None:
    local = engine(tmp_path, ROWS[:4], ROWS[4:])
    added = pl.DataFrame(
        {"record_id": ["01", "05", "none"], "text": [None, "new", "x"]}, schema_overrides={"text": pl.String}
    )
    local.join("records", ["text"], lambda: nw.from_native(added.lazy()), "a")
    assert table(local)["text"].to_list()[:6] == ["t0", "t1", "t2", "t0", "t1", "new"]
    local.join("records", ["text"], lambda: nw.from_native(added.lazy()), "a", overrule=True)
    assert table(local)["text"].to_list()[:6] == ["t0", None, "t2", "t0", "t1", "new"]
    assert table(local).columns == ROWS.columns


def test_a_relation_with_two_rows_a_record_is_refused(tmp_path: Path) -> None:
    local = engine(tmp_path)
    twice = pl.DataFrame({"record_id": ["01", "01"], "more": [1, 2]})
    with pytest.raises(CxreportError, match="more than one row a record"):
        local.join("records", ["more"], lambda: nw.from_native(twice.lazy()), "a")


def test_a_table_holds_the_same_after_it_was_compacted(tmp_path: Path) -> None:
    local = engine(tmp_path, ROWS[:4], ROWS[4:])
    enrich([made(Shout), made(Share), made(Tags)], local, Meter(), 10)
    added = pl.DataFrame({"record_id": ["01"], "text": ["new"]})
    local.join("records", ["text"], lambda: nw.from_native(added.lazy()), "a")
    before = table(local)
    labels = local.open("labels").collect().to_native()
    for name in ("records", "labels"):
        local.compact(name)
        assert len(local.tables[name].groups) == 1
        assert len(local.tables[name].rows) == 1, "small parts lie in one file"
    assert table(local).select(before.columns).equals(before)
    assert local.open("labels").collect().to_native().equals(labels)


def test_compacting_keeps_files_within_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxreport.engine.local.CELLS", 5 * 2)
    local = engine(tmp_path, ROWS[:2], ROWS[2:4], ROWS[4:])
    before = table(local)
    local.compact("records")
    held = local.tables["records"].rows
    assert sum(held) == len(ROWS)
    assert held[0] == 4
    assert table(local).equals(before)


def test_compacting_nothing_is_no_error(tmp_path: Path) -> None:
    local = LocalEngine(tmp_path / "nothing")
    local.compact("labels")
    assert local.open("labels").collect().to_native().height == 0
