"""The page How experience spreads: its sentences say no more than the numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from cxreport.api import Edition, Words
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.contagion import cxreport_measures
from cxreport_plugins.contagion.section import Contagion
from tests.measures import make

WORDS = Words()
MORE = {"repost_count": pl.Int64, "themes_read": pl.Boolean}
Row = dict[str, Any]


def page(*rows: Row) -> Edition:
    table = make.records(*rows, more=MORE, entity_rule="handle", sentiment_scorer="test")
    labels = pl.DataFrame(
        [(make.ident(i), "themes", t, 1.0, "test") for i, row in enumerate(rows) for t in row.get("acts", ())],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    within = make.scope(table, as_of=datetime(2026, 3, 1, tzinfo=UTC))
    return make.edition({m.name: make.run(m, table, label_table=labels, within=within) for m in cxreport_measures()})


def posts(sentiment: str, passed: int, count: int = 200) -> list[Row]:
    return [{"sentiment": sentiment, "reposts": int(i < passed)} for i in range(count)]


@pytest.mark.parametrize(
    ("negative", "positive", "wanted"),
    [
        (120, 30, "Negative posts are passed on more often than positive ones: 60% against 15%"),
        (30, 120, "Positive posts are passed on more often than negative ones: 60% against 15%"),
        (60, 62, "Positive and negative posts are passed on about equally often"),
    ],
)
def test_who_is_passed_on_more_is_said_only_where_it_is_clear(negative: int, positive: int, wanted: str) -> None:
    shown = page(*posts("negative", negative), *posts("positive", positive))
    section = make.section(Contagion)
    passing = next(e for e in section.exhibits(shown, WORDS) if e.id == "contagion.passing")
    assert passing.title == wanted
    clear = "equally" not in wanted
    assert [f.id for f in section.findings(shown, WORDS)] == (["contagion.passing"] if clear else [])
    heading = section.view(shown, WORDS).title
    assert heading == (wanted if clear else "Nothing clearly tells how experience spreads")


def test_the_largest_burst_is_told_and_the_small_are_counted() -> None:
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    quiet = [{"sentiment": "negative", "acts": ["delay"], "created_at": start + timedelta(days=d)} for d in range(40)]
    on = {"sentiment": "negative", "created_at": start + timedelta(days=10)}
    shown = page(*quiet, *[{**on, "acts": ["delay"]} for _ in range(20)], *[{**on, "acts": ["food"]} for _ in range(4)])
    section = make.section(Contagion)
    bursts = next(e for e in section.exhibits(shown, WORDS) if e.id == "contagion.bursts")
    assert bursts.title == "Complaints of “delay” burst on 11 January 2026: 14 times an ordinary day"
    assert bursts.table is not None
    assert len(bursts.table.rows) == 1
    assert bursts.note.startswith("1\N{NO-BREAK SPACE}smaller burst is not listed")
    assert section.findings(shown, WORDS)[0].id == "contagion.burst"


def test_the_unasked_and_the_asked_are_set_apart() -> None:
    said = {"text": "said"}
    asked = {**said, "kind": "survey_response", "channel": "survey", "shared": "private"}
    rows = [{**said, "sentiment": "negative"}] * 120 + [{**said, "sentiment": "positive"}] * 80
    rows += [{**asked, "sentiment": "negative"}] * 40 + [{**asked, "sentiment": "positive"}] * 160
    found = make.section(Contagion).findings(page(*rows), WORDS)
    titles = [f.title for f in found]
    assert "Who writes unasked is more often negative than who is asked: 60% against 20%" in titles


def test_an_audit_that_tells_nothing_has_no_page() -> None:
    empty = page()
    section = make.section(Contagion)
    assert not section.present(empty)
    assert section.exhibits(empty, WORDS) == []
    assert section.limits(empty, WORDS)[0].startswith("We cannot say how readily experience is passed on")
