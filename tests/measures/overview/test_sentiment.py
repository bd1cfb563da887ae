"""The measure `overview.sentiment`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxreport.api import SENTIMENTS, Accuracy
from cxreport.stats import adjusted_wald, wilson
from cxreport_plugins.overview.sentiment import Sentiment
from tests.measures.make import pick, records, repeated, run, scope


def test_net_score_and_shares_of_what_is_scored() -> None:
    table = records(
        *repeated(45, sentiment="positive"), *repeated(25, sentiment="negative"), *repeated(30, sentiment="neutral"),
        *repeated(7, sentiment=None),
    )  # fmt: skip
    found = run(Sentiment, table)
    whole = pick(found)
    assert whole.value == pytest.approx(20.0)
    assert (whole.n, whole.n_authors, whole.status, whole.unit) == (100, 100, "ok", "points")
    plain = adjusted_wald(45, 25, 100)
    assert whole.low is not None
    assert whole.high is not None
    assert whole.low <= 100 * plain.low
    assert whole.high >= 100 * plain.high
    negative = pick(found, sentiment="negative")
    assert (negative.value, negative.unit) == (0.25, "share")
    assert negative.low is not None
    assert negative.low <= wilson(25, 100).low
    unscored = pick(found, sentiment="unscored")
    assert (unscored.value, unscored.kind, unscored.n) == (7, "count", 107)


def test_the_evidence_of_a_share_is_its_own_records() -> None:
    table = records(*repeated(12, sentiment="negative"), *repeated(12, sentiment="positive"))
    negative = pick(run(Sentiment, table), channel="x", sentiment="negative")
    assert negative.evidence is not None
    assert negative.evidence.all[-2:] == (("channel", "eq", "x"), ("sentiment", "eq", "negative"))


def test_small_cells_are_hidden_with_their_numbers() -> None:
    table = records(*repeated(9, sentiment="negative", channel="chat"), *repeated(10, sentiment="negative"))
    found = run(Sentiment, table)
    hidden = pick(found, channel="chat")
    assert (hidden.status, hidden.value, hidden.low, hidden.n) == ("hidden", None, None, 9)
    assert pick(found, channel="x").status == "small_base"


def test_a_cell_of_one_author_is_not_testable() -> None:
    table = records(
        *repeated(20, sentiment="negative", author_id="ana", channel="chat"), *repeated(20, sentiment="positive")
    )
    alone = pick(run(Sentiment, table), channel="chat")
    assert alone.status == "not_testable"
    assert "one author" in alone.reason


@pytest.mark.parametrize("rows", [[], [{"sentiment": None}]])
def test_nothing_scored_is_not_testable(rows: list[dict[str, str | None]]) -> None:
    (only,) = run(Sentiment, records(*rows))
    assert only.status == "not_testable"


def test_one_record_is_hidden() -> None:
    assert pick(run(Sentiment, records({"sentiment": "positive"}))).status in ("hidden", "not_testable")


def test_without_a_scorer_it_says_so() -> None:
    table = records({"sentiment": "positive"}).drop("sentiment")
    (only,) = run(Sentiment, table)
    assert only.status == "not_testable"
    assert only.needs == ("sentiment",)


def test_months_come_in_order() -> None:
    from datetime import UTC, datetime

    rows = [
        {"sentiment": "positive", "created_at": datetime(2026, m, 5, tzinfo=UTC)} for m in (3, 1, 2) for _ in range(12)
    ]
    found = [r.dims["month"] for r in run(Sentiment, records(*rows)) if "month" in r.dims]
    assert found == ["2026-01", "2026-02", "2026-03"]


def coded(sound: bool) -> Accuracy:
    """A list that calls a quarter of the negative records neutral."""
    confusion = ((75.0, 25.0, 0.0), (0.0, 50.0, 0.0), (0.0, 0.0, 50.0))
    return Accuracy(
        field="sentiment", scorer="list", classes=SENTIMENTS, confusion=confusion, n=200, sound=sound,
        reason="" if sound else "neutral is often wrong",
    )  # fmt: skip


@pytest.mark.parametrize(("sound", "status"), [(True, "ok"), (False, "directional")])
def test_what_people_coded_corrects_it_and_says_whether_it_may_be_tested(sound: bool, status: str) -> None:
    table = records(
        *repeated(75, sentiment="negative"), *repeated(75, sentiment="neutral"), *repeated(50, sentiment="positive"),
        sentiment_scorer="list",
    )  # fmt: skip
    found = run(Sentiment, table, within=replace(scope(table), accuracy=(coded(sound),)))
    whole, negative, channel = pick(found), pick(found, sentiment="negative"), pick(found, channel="x")
    assert negative.value == pytest.approx(0.5)
    assert whole.value == pytest.approx(-25.0)
    assert {r.status for r in (whole, negative, channel)} == {status}
    assert negative.reason == coded(sound).reason
    assert negative.method.endswith("corrected by 200 coded records")
