"""What a sheet says to be true: shares of coders, until a dispute is settled."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from cxreport.model.coding import SETTLED, Coding

from .made import both, coding

CODES = st.sampled_from(["negative", "neutral", "positive", None])


def sheet() -> Coding:
    return coding(
        *both("a", 2.0, sentiment="negative", themes=["bag"]),
        {"record_id": "b", "coder": "ada", "weight": 3.0, "sentiment": "negative", "themes": ["bag", "crew"]},
        {"record_id": "b", "coder": "ben", "weight": 3.0, "sentiment": "neutral", "themes": []},
        {"record_id": "c", "coder": "ada", "sentiment": "positive", "themes": []},
        {"record_id": "c", "coder": "ben", "sentiment": "neutral"},
        {"record_id": "c", "coder": SETTLED, "sentiment": "neutral"},
    )


def test_coders_who_disagree_share_a_record_until_it_is_settled() -> None:
    assert sheet().truth("sentiment").rows() == [
        ("a", "negative", 1.0, 2.0), ("b", "negative", 0.5, 3.0), ("b", "neutral", 0.5, 3.0), ("c", "neutral", 1.0, 1.0),
    ]  # fmt: skip
    assert sheet().agreed("sentiment").rows() == [("a", "negative"), ("c", "neutral")]


def test_who_settles_one_field_leaves_the_others_to_the_coders() -> None:
    assert sheet().deciding("themes").filter(pl.col("record_id") == "c")["coder"].to_list() == ["ada"]


def test_every_code_is_judged_on_every_record() -> None:
    parts = {(record, code): part for record, code, part, _ in sheet().truths("themes", pl.Series(["gate"])).rows()}
    assert parts == {
        ("a", "bag"): 1.0, ("a", "crew"): 0.0, ("a", "gate"): 0.0,
        ("b", "bag"): 0.5, ("b", "crew"): 0.5, ("b", "gate"): 0.0,
        ("c", "bag"): 0.0, ("c", "crew"): 0.0, ("c", "gate"): 0.0,
    }  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["ada", "ben", "settled"]), CODES), unique_by=lambda r: r[:2]
    )
)
def test_parts_of_a_record_are_one(rows: list[tuple[str, str, str | None]]) -> None:
    truth = coding(*({"record_id": r, "coder": c, "sentiment": s} for r, c, s in rows)).truth("sentiment")
    sums = truth.group_by("record_id").agg(pl.col("part").sum())["part"]
    assert all(abs(total - 1) < 1e-9 for total in sums)
    assert set(truth["record_id"]) == {r for r, _, s in rows if s}
