"""The measure `journey.matrix`."""

from __future__ import annotations

import pytest

from cxreport_plugins.journey.matrix import Matrix
from tests.measures.make import pick, records, repeated, run


def test_cells_have_their_score_and_base_rules() -> None:
    table = records(
        *repeated(30, moment="smot", channel="x", sentiment="negative"),
        *repeated(10, moment="smot", channel="x", sentiment="positive"),
        *repeated(9, moment="fmot", channel="x", sentiment="positive"),
        *repeated(100, moment="smot", channel="google", sentiment="positive"),
    )
    found = run(Matrix, table)
    assert pick(found, moment="smot", channel="x").value == pytest.approx(-50)
    assert pick(found, moment="smot", channel="x").status == "small_base"
    assert pick(found, moment="smot", channel="google").status == "ok"
    hidden = pick(found, moment="fmot", channel="x")
    assert (hidden.status, hidden.value) == ("hidden", None)
    assert len(found) == 3


def test_a_cell_leads_to_its_records() -> None:
    table = records(*repeated(30, moment="smot", channel="x", sentiment="negative"))
    evidence = pick(run(Matrix, table), moment="smot", channel="x").evidence
    assert evidence is not None
    assert {("moment", "eq", "smot"), ("channel", "eq", "x")} <= set(evidence.all)


def test_other_cuts_take_the_place_of_channels() -> None:
    table = records(*repeated(30, moment="smot", segment="gold", sentiment="negative"))
    found = run(Matrix, table, by=["segment"])
    assert [r.dims for r in found] == [{"moment": "smot", "segment": "gold"}]


def test_too_many_records_without_a_moment_make_it_directional() -> None:
    table = records(*repeated(100, moment="smot", sentiment="negative"), *repeated(100, sentiment="negative"))
    assert pick(run(Matrix, table), moment="smot", channel="x").status == "directional"


def test_order_is_nothing() -> None:
    rows = [
        {"moment": m, "channel": c, "sentiment": s}
        for m in ("zmot", "smot")
        for c in "ab"
        for s in ("negative", "positive")
    ]
    table = records(*(rows * 5))
    assert run(Matrix, table) == run(Matrix, table.reverse())


@pytest.mark.parametrize("rows", [[], [{"sentiment": "negative"}]])
def test_no_moment_is_not_testable(rows: list[dict[str, str]]) -> None:
    (only,) = run(Matrix, records(*rows))
    assert only.status == "not_testable"
