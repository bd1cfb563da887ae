"""Loading: ids that stay, a ledger that tells everything, and no file that costs another one."""

from __future__ import annotations

import gc
import random
import unicodedata
from pathlib import Path

import polars as pl
import pytest

from cxreport.model.problem import CxreportError
from cxreport.model.schema import AUTHOR_BUCKETS, METRICS, RECORDS
from cxreport.stages.composing import composed

from .fakes import OwnLines, loaded, source, table, write

SAID = [{"native_id": str(n), "text": f"words {n}", "author_id": f"author {n % 7}"} for n in range(40)]
UNNAMED = [{"text": f"words {n % 3}", "author_id": "a", "created_at_raw": str(n % 2)} for n in range(40)]


def ids(base: Path, *sources: object) -> dict[str, list[str]]:
    """Record ids by text."""
    engine, _ = loaded(base, *(sources or (source(base),)))  # type: ignore[arg-type]
    grouped = table(engine).group_by("text").agg(pl.col("record_id").sort())
    return {str(text): list(found) for text, found in grouped.iter_rows()}


def test_ids_are_hashes_and_each_is_of_one_record(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *SAID, *UNNAMED)
    engine, _ = loaded(tmp_path, source(tmp_path))
    found = table(engine)["record_id"]
    assert found.n_unique() == 80
    assert found.str.contains(r"^[0-9a-f]{24}$").all()


@pytest.mark.parametrize("rows", [SAID, UNNAMED], ids=["named", "unnamed"])
def test_ids_stay_when_rows_are_appended_shuffled_or_moved_to_other_files(
    tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    before = ids(write(tmp_path / "one/a.jsonl", *rows).parent)
    shuffled = random.Random(7).sample(rows, len(rows))
    more = {"text": "a new one", "native_id": "new"}
    appended = ids(write(tmp_path / "two/a.jsonl", *shuffled, more).parent)
    assert {text: found for text, found in appended.items() if text != "a new one"} == before
    write(tmp_path / "three/z.jsonl", *shuffled[:11])
    write(tmp_path / "three/b.jsonl", *shuffled[11:])
    assert ids(tmp_path / "three") == before


def test_ids_do_not_depend_on_the_key_the_source_or_the_file(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *SAID)
    assert ids(tmp_path, source(tmp_path, "one")) == ids(tmp_path, source(tmp_path, "other"))


def test_ids_of_own_tables_are_unique_within_their_source(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"native_id": "1", "text": "a call"})
    write(tmp_path / "b.jsonl", {"native_id": "1", "text": "a visit"})
    two = (source(tmp_path, "calls", "a.jsonl", OwnLines), source(tmp_path, "visits", "b.jsonl", OwnLines))
    engine, _ = loaded(tmp_path, *two)
    assert table(engine)["record_id"].n_unique() == 2
    engine, _ = loaded(tmp_path, source(tmp_path, "calls", "a.jsonl"), source(tmp_path, "visits", "b.jsonl"))
    assert table(engine)["record_id"].n_unique() == 1, "ids of a platform are the same wherever they are exported"


def test_records_have_every_column_in_order_and_the_core_fills_its_own(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", {"text": "e\u0301", "author_handle": "@MeridianAir", "source_id": "forged"})
    one = source(tmp_path, path="in/*", entity="norda", channel="forum", location="Riga", segment="gold")
    engine, [load] = loaded(tmp_path, one)
    records = table(engine)
    assert records.schema == pl.Schema(RECORDS)
    row = records.row(0, named=True)
    assert row["text"] == "é", "texts are NFC"
    assert row["source_id"] == "a", "a source cannot forge what the core knows"
    assert (row["source_entity"], row["channel"], row["location_name"], row["segment"]) == (
        "norda",
        "forum",
        "Riga",
        "gold",
    )
    assert row["source_file"] == load.file == "in/a.jsonl"
    assert (row["brand_authored"], row["brand_authored_basis"]) == (True, "author_list")
    assert row["source_sha256"] == load.sha256
    assert row["versions"] == 1


def test_authors_share_buckets_that_do_not_depend_on_others(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *SAID, {"text": "nobody's"})
    records = table(loaded(tmp_path, source(tmp_path))[0])
    assert records.filter(pl.col("author_id").is_null())["author_bucket"].to_list() == [None]
    by_author = records.drop_nulls("author_id").group_by("author_id").agg(pl.col("author_bucket").unique())
    assert by_author["author_bucket"].list.len().unique().to_list() == [1]
    assert records["author_bucket"].drop_nulls().max() < AUTHOR_BUCKETS  # type: ignore[operator]
    alone = table(loaded(write(tmp_path / "b/b.jsonl", SAID[0]).parent, source(tmp_path / "b"))[0])
    [bucket] = alone["author_bucket"]
    assert bucket in records.filter(pl.col("author_id") == "author 0")["author_bucket"]


def test_rejects_are_counted_by_reason_with_one_example_each(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "fine"}, {"reject": "bad_date"}, {"reject": "bad_date"}, {"reject": "empty"})
    _, [load] = loaded(tmp_path, source(tmp_path))
    assert (load.rows_read, load.records) == (4, 1)
    assert load.rejected == {"bad_date": 2, "empty": 1}
    assert load.examples == ("row 2: bad_date: line 2", "row 4: empty: line 4")


def test_figures_that_a_platform_states_are_kept_apart_from_records(tmp_path: Path) -> None:
    stated = {"name": "rating_average", "value": 4.2, "subject": "Desk, Riga"}
    nothing = {"name": "rating_count", "value": None}
    write(tmp_path / "a.jsonl", {"text": "fine"}, {"figure": stated}, {"figure": stated}, {"figure": nothing})
    engine, [load] = loaded(tmp_path, source(tmp_path, entity="Norda"))
    assert (load.records, load.figures, load.skipped) == (1, 2, {"figures": 3})
    [figure] = table(engine, "metrics").to_dicts()
    origin = {"source_id": "a", "source_file": "a.jsonl", "system": "lines", "entity": "norda", "date": None}
    assert figure == stated | origin


def test_the_table_of_figures_is_there_when_no_platform_states_any(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "fine"})
    assert table(loaded(tmp_path, source(tmp_path))[0], "metrics").schema == pl.Schema(METRICS)


def test_records_kept_with_a_warning_are_counted(tmp_path: Path) -> None:
    odd = {"native_id": "1", "text": "x", "warnings": ["date_unreadable", "scale_observed"]}
    write(tmp_path / "a.jsonl", odd, {"native_id": "2", "text": "y"}, {"text": "no id"})
    write(tmp_path / "b.jsonl", {"text": "none"}, {"text": "has an id"})
    _, [first, second] = loaded(tmp_path, source(tmp_path))
    assert first.warnings == {"date_unreadable": 1, "id_missing": 1, "scale_observed": 1}
    assert second.warnings == {}, "a format without ids misses none"


def test_a_broken_file_costs_no_other_and_keeps_what_was_read(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "before"}, {"break": "it breaks off"}, {"text": "after"})
    write(tmp_path / "b.jsonl", {"text": "whole"})
    engine, [broken, whole] = loaded(tmp_path, source(tmp_path))
    assert "it breaks off" in broken.problem
    assert "Export it again." in broken.problem
    assert (broken.records, whole.records, whole.problem) == (1, 1, "")
    assert sorted(table(engine)["text"]) == ["before", "whole"]


@pytest.mark.parametrize("name", ["fails.jsonl", "undetectable.jsonl"])
def test_a_plugin_that_fails_costs_its_file_and_no_other(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, {"fail": "dagny.holm@example.com is no number"})
    write(tmp_path / "whole.jsonl", {"text": "whole"})
    _, ledger = loaded(tmp_path, source(tmp_path))
    [failed] = [load for load in ledger if load.problem]
    assert failed.file == name
    assert "the source lines failed on it (RuntimeError)" in failed.problem
    assert "dagny" not in failed.problem, "words of an error may quote a customer"
    assert sum(load.records for load in ledger) == 1


def test_columns_that_the_schema_does_not_know_are_a_fault_of_the_plugin(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "x", "sentimental": "y"})
    write(tmp_path / "b.jsonl", {"text": "x"})
    _, [wrong, good] = loaded(tmp_path, source(tmp_path))
    assert "ValueError" in wrong.problem
    assert good.records == 1


def test_what_is_not_there_or_not_recognised_is_told(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "x"})
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    _, ledger = loaded(tmp_path, source(tmp_path, path=("a.jsonl", "photo.jpg", "none/*.csv")))
    assert {load.file: bool(load.problem) for load in ledger} == {
        "a.jsonl": False,
        "photo.jpg": True,
        "none/*.csv": True,
    }
    assert "not recognised as lines" in ledger[1].problem


def test_a_file_that_two_patterns_name_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "in/a.jsonl", {"text": "x"}, {"native_id": "1", "text": "y"})
    engine, ledger = loaded(tmp_path, source(tmp_path, path=("in/*.jsonl", "in/a.jsonl", "in")))
    assert [load.file for load in ledger] == ["in/a.jsonl"]
    assert table(engine).height == 2


def test_files_of_one_name_outside_of_the_project_are_two(tmp_path: Path) -> None:
    write(tmp_path / "north/a.jsonl", {"text": "x"})
    write(tmp_path / "south/a.jsonl", {"text": "y"})
    (tmp_path / "project").mkdir()
    engine, ledger = loaded(
        tmp_path / "project", source(tmp_path / "project", path=("../north/*", "../south", "../north"))
    )
    assert len(ledger) == 2
    assert sorted(table(engine)["text"]) == ["x", "y"]


def test_nothing_at_all_is_an_error_with_every_reason(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"break": "it breaks off"})
    with pytest.raises(CxreportError) as caught:
        loaded(tmp_path, source(tmp_path, path=("a.jsonl", "b.jsonl")))
    said = "\n".join(map(str, caught.value.problems))
    assert "a.jsonl" in said
    assert "b.jsonl" in said


def test_answers_get_the_id_of_the_record_of_their_row(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", {"text": "x", "answers": {"q1": "good", "q2": "bad"}}, {"text": "y"}, {"reject": "r"})
    engine, _ = loaded(tmp_path, source(tmp_path))
    answers, records = table(engine, "answers"), table(engine)
    assert answers.select("question_id", "value_text").rows() == [("q1", "good"), ("q2", "bad")]
    [owner] = answers["record_id"].unique()
    assert records.filter(pl.col("record_id") == owner)["text"].to_list() == ["x"]


def test_many_small_batches_become_one_part(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *SAID)
    engine, _ = loaded(tmp_path, source(tmp_path))
    assert len(engine.tables["records"].rows) == 1


def test_texts_are_composed_wherever_a_character_could_be(tmp_path: Path) -> None:
    several = [chr(code) for code in range(32, 0x30000) if not 0xD800 <= code < 0xE000]
    texts = pl.Series("text", [before + one for one in several for before in ("x", "한", "e\u0323")])
    assert composed(texts).to_list() == [unicodedata.normalize("NFC", said) for said in texts]


def test_the_collector_is_left_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", *SAID)
    before = gc.get_threshold()
    loaded(tmp_path, source(tmp_path))
    assert gc.get_threshold() == before
