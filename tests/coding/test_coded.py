"""The stage: the card judges the classifiers as they were, then people overrule them where they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from cxreport.model.audit import Card
from cxreport.model.coding import Coding
from cxreport.stages.coded import code
from tests.measures.make import ident, records

from .made import both, coding, engine, labels

READ: dict[str, Any] = {
    "sentiment": "negative", "sentiment_scorer": "list", "moment": "smot", "moment_rule": "text.smot",
    "customer_voice": True, "voice_rule": "gate.customer", "moment_alt": "fmot", "themes_read": False,
}  # fmt: skip
MORE = {"moment_alt": pl.String, "themes_read": pl.Boolean}
COLUMNS = ("sentiment", "sentiment_scorer", "moment", "moment_rule", "moment_alt", "customer_voice", "voice_rule")


def coded(folder: Path, sheet: Coding, *told: tuple[str, str, str]) -> tuple[Card | None, pl.DataFrame, pl.DataFrame]:
    """The card, and records and labels afterwards."""
    made = engine(folder, records(READ, READ, READ, more=MORE), [labels(*told)])
    given = code(made, sheet)
    after = (made.open(name).to_native().collect() for name in ("records", "labels"))
    return given, *(frame.sort("record_id") for frame in after)


def row(frame: pl.DataFrame, number: int) -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("record_id") == ident(number), named=True)


def test_what_coders_agree_on_replaces_the_verdict(tmp_path: Path) -> None:
    agreed = both(ident(0), sentiment="positive", moment="none", voice="other")
    disputed = [
        {**one, "sentiment": verdict} for one, verdict in zip(both(ident(1)), ("positive", "neutral"), strict=True)
    ]
    card, after, _ = coded(tmp_path, coding(*agreed, *disputed, *both("gone", voice="other")))
    assert tuple(row(after, 0)[c] for c in COLUMNS) == ("positive", "coded", None, "coded", None, False, "coded")
    for number in (1, 2):
        assert {c: row(after, number)[c] for c in COLUMNS} == {c: READ[c] for c in COLUMNS}
    assert after.height == 3
    assert card is not None
    assert (card.records, card.unknown, card.coders) == (2, 1, 2)


def test_the_card_judges_what_the_classifier_said_before(tmp_path: Path) -> None:
    card, _, _ = coded(tmp_path, coding(*both(ident(0), sentiment="positive")))
    assert card is not None
    assert card.accuracy[0].confusion == ((0, 0, 0), (0, 0, 0), (1, 0, 0))


def test_labels_follow_what_the_coders_agree_on(tmp_path: Path) -> None:
    rows = both(ident(0), themes=["bag", "gate"])
    rows[1] = {**rows[1], "themes": ["bag"]}
    told = [
        (ident(n), kind, name)
        for n in (0, 1)
        for kind, name in (("themes", "crew"), ("themes", "gate"), ("acts", "ask"))
    ]
    _, after, found = coded(tmp_path, coding(*rows), *told)
    assert found.select("record_id", "kind", "label", "weight", "rule").filter(pl.col("record_id") == ident(0)).sort(
        "label"
    ).rows() == [
        (ident(0), "acts", "ask", 2.0, "pattern"),
        (ident(0), "themes", "bag", 1.0, "coded"),
        (ident(0), "themes", "gate", 2.0, "pattern"),
    ], "both gave bag, nobody crew, one gate; acts were not coded"
    assert found.filter(pl.col("record_id") == ident(1)).height == 3
    assert [row(after, n)["themes_read"] for n in range(3)] == [True, False, False]


def test_without_a_sheet_nothing_changes(tmp_path: Path) -> None:
    made = engine(tmp_path, records(READ, more=MORE))
    before = made.open("records").to_native().collect()
    assert code(made, Coding.empty()) is None
    assert made.open("records").to_native().collect().equals(before)
    learned = code(made, Coding.empty(), [{"enricher": "sentiment", "used": True}])
    assert learned is not None
    assert (learned.records, learned.models) == (0, ({"enricher": "sentiment", "used": True},))


def test_enrichers_that_did_not_run_are_not_missed(tmp_path: Path) -> None:
    bare = records({}).drop(*COLUMNS[:4], "customer_voice", "voice_rule")
    card = code(
        engine(tmp_path, bare),
        coding(*both(ident(0), sentiment="positive", moment="smot", voice="customer", acts=["ask"])),
    )
    assert card is not None
    assert [one.field for one in card.accuracy] == ["acts"]
