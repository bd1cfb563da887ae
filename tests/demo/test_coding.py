"""The coding sheets of the demo: two coders on the same drawn texts, and what they settled."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from .demo import EXAMPLE


def sheet(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "coding" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[dict[str, str]]]:
    return {name: sheet(name) for name in ("ines", "tomek", "settled")}


def key(row: dict[str, str]) -> tuple[str, ...]:
    return row["record_id"], row["stratum"], row["weight"]


def test_both_coded_the_same_texts_in_the_same_order(sheets: dict[str, Any]) -> None:
    assert [key(row) for row in sheets["ines"]] == [key(row) for row in sheets["tomek"]]
    assert len({row["record_id"] for row in sheets["ines"]}) == 540


def test_weights_give_the_strata_back(sheets: dict[str, Any]) -> None:
    for stratum in {row["stratum"] for row in sheets["ines"]}:
        weights = [float(row["weight"]) for row in sheets["ines"] if row["stratum"] == stratum]
        assert len(set(weights)) == 1
        assert sum(weights) == pytest.approx(round(sum(weights)), abs=0.02)


def test_they_slip_and_disagree_as_people_do(sheets: dict[str, Any]) -> None:
    pairs = [(a["sentiment"], b["sentiment"]) for a, b in zip(sheets["ines"], sheets["tomek"], strict=True)]
    coded = [pair for pair in pairs if all(pair)]
    same = sum(a == b for a, b in coded) / len(coded)
    assert 0.8 < same < 0.95
    assert sum({a, b} == {"negative", "positive"} for a, b in coded) < 5, "hardly ever the opposite"


def test_only_disputes_are_settled(sheets: dict[str, Any]) -> None:
    coded = {row["record_id"]: row for row in sheets["ines"]}
    other = {row["record_id"]: row for row in sheets["tomek"]}
    for row in sheets["settled"]:
        given = [field for field in ("sentiment", "moment", "voice") if row[field]]
        assert given
        assert all(coded[row["record_id"]][field] != other[row["record_id"]][field] for field in given)
    disputed = sum(coded[ident] != {**other[ident], "coder": "Ines"} for ident in coded)
    assert len(sheets["settled"]) < disputed, "some stay open"
