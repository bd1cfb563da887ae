"""The sample: drawn by strata and seed, the same from any order of rows, weighted back to the audit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.coding.sample import GATED, LEAST, allocation, draw, mixed
from cxreport.model.predicate import Predicate
from tests.measures.make import ident, records

from .made import engine

POPULATION = Predicate(all=(("entity", "eq", "brand"), ("customer_voice", "eq", True)))
GROUPS = (
    (900, {"channel": "x", "sentiment": "negative", "moment": "smot"}),
    (300, {"channel": "x", "sentiment": "positive", "moment": "fmot"}),
    (60, {"channel": "google", "sentiment": "neutral", "moment": "smot"}),
    (3, {"channel": "google", "sentiment": None, "moment": None}),
    (200, {"channel": "x", "sentiment": None, "moment": None, "customer_voice": False}),
    (50, {"channel": "x", "sentiment": "negative", "moment": "smot", "entity": "norda"}),
    (40, {"channel": "x", "sentiment": "negative", "moment": "smot", "text": "…"}),
)


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    rows = [{"text": "The bag was lost", **facts} for count, facts in GROUPS for _ in range(count)]
    return records(*rows)


def drawn(folder: Path, table: pl.DataFrame, size: int = 100, seed: int = 1) -> pl.DataFrame:
    return draw(engine(folder, table), POPULATION, size, seed)


def test_strata_get_their_part_and_weights_give_the_audit_back(tmp_path: Path, table: pl.DataFrame) -> None:
    sample = drawn(tmp_path, table).join(table.drop("weight"), on="record_id")
    assert sample.height == 100
    assert sample["record_id"].n_unique() == 100
    assert set(sample["entity"]) == {"brand"}, "rivals are not coded"
    assert "…" not in set(sample["text"]), "nothing to read"
    by = ["customer_voice", "channel", "sentiment", "moment"]
    strata = sample.group_by(by).agg(pl.len(), total=pl.col("weight").sum())
    sizes = {tuple(facts.get(k, True) for k in by): count for count, facts in GROUPS[:5]}
    assert {row[:4]: row[5] for row in strata.rows()} == pytest.approx(sizes)
    counts = {row[:4]: row[4] for row in strata.rows()}
    assert counts[False, "x", None, None] == round(100 * GATED)
    assert counts[True, "google", None, None] == 3, "a small stratum is taken whole"
    assert counts[True, "x", "negative", "smot"] > counts[True, "x", "positive", "fmot"] > LEAST


def test_names_of_strata_tell_coders_nothing(tmp_path: Path, table: pl.DataFrame) -> None:
    names = drawn(tmp_path, table)["stratum"].unique().sort().to_list()
    assert names == ["s01", "s02", "s03", "s04", "s05"]


def test_the_order_of_rows_is_nothing_and_the_seed_is_all(tmp_path: Path, table: pl.DataFrame) -> None:
    one = drawn(tmp_path / "a", table)
    assert drawn(tmp_path / "b", table.sample(fraction=1, shuffle=True, seed=3)).equals(one)
    other = drawn(tmp_path / "c", table, seed=2)
    assert len(set(one["record_id"]) - set(other["record_id"])) > 50


def test_the_order_of_coding_is_another_draw(tmp_path: Path, table: pl.DataFrame) -> None:
    """The gated ones do not come in a block, as they would if they came in the order of the hashes drawn by."""
    sample = drawn(tmp_path, table)
    gated = set(table.filter(~pl.col("customer_voice"))["record_id"])
    places = [i for i, ident in enumerate(sample["record_id"]) if ident in gated]
    assert 35 < sum(places) / len(places) < 65


def test_strata_become_coarser_where_the_sample_is_small(tmp_path: Path, table: pl.DataFrame) -> None:
    sample = drawn(tmp_path, table, size=6)
    assert sample.height == 6
    assert sample["stratum"].n_unique() < 5


def test_all_are_taken_when_there_are_few(tmp_path: Path) -> None:
    few = records(*({"text": f"Text {n}"} for n in range(7)))
    sample = drawn(tmp_path, few, size=250)
    assert set(sample["record_id"]) == set(few["record_id"])
    assert set(sample["weight"]) == {1.0}


def test_nothing_to_draw_from(tmp_path: Path) -> None:
    assert drawn(tmp_path, records({"text": None})).is_empty()


@given(st.lists(st.integers(1, 500), min_size=1, max_size=20), st.integers(1, 400))
def test_allocation(sizes: list[int], size: int) -> None:
    size = max(size, 2 * len(sizes))
    got = allocation(sizes, size)
    assert sum(got) == min(size, sum(sizes))
    assert all(min(1, have) <= take <= have for take, have in zip(got, sizes, strict=True))
    ranked = sorted(zip(sizes, got, strict=True))
    assert all(a[1] <= b[1] + 1 for a, b in pairwise(ranked)), "larger strata get no less"


def test_mixing_never_changes() -> None:
    assert mixed(pl.Series(["0123456789abcdef", ident(1)]), 1).tolist() == [1470911802715609790, 10291840419230153023]
