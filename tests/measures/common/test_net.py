"""Net sentiment of cells: value, interval, people."""

from __future__ import annotations

import math

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.stats import adjusted_wald, wilson
from cxreport_plugins.common.net import Net, tallies
from cxreport_plugins.common.people import heads, people
from tests.measures.make import records, repeated

SENTIMENT = st.sampled_from(["negative", "neutral", "positive", None])
ROWS = st.lists(st.tuples(SENTIMENT, st.sampled_from(["ana", "bo", "cy", None])), min_size=1, max_size=40)


def net(table: pl.DataFrame) -> Net:
    lazy = tallies(nw.from_native(table.lazy()))
    return Net(lazy.to_native().collect())


def test_the_value_is_positive_minus_negative_over_what_is_scored() -> None:
    found = net(
        records(*repeated(6, sentiment="positive"), *repeated(3, sentiment="negative"), {"sentiment": "neutral"}, {})
    )
    assert (found.records, found.scored) == (11, 10)
    assert found.estimate[0] == pytest.approx(30.0)
    assert found.share("negative")[0] == pytest.approx(0.3)


@settings(max_examples=20)
@given(ROWS)
def test_bounds_hold_and_the_order_of_rows_is_nothing(rows: list[tuple[str | None, str | None]]) -> None:
    table = records(*({"sentiment": s, "author_id": a} for s, a in rows))
    found, turned = net(table), net(table.reverse())
    assert found.people == turned.people
    if not found.scored:
        return
    value, low, high = found.estimate
    assert turned.estimate == pytest.approx((value, low, high), nan_ok=True)
    if not math.isnan(low):
        assert -100 <= low <= value <= high <= 100
        plain = adjusted_wald(found.count("positive"), found.count("negative"), found.scored)
        assert low <= 100 * plain.low + 1e-9
        assert high >= 100 * plain.high - 1e-9


def test_many_records_of_few_authors_widen_the_interval() -> None:
    alone = net(records(*repeated(60, sentiment="positive"), *repeated(40, sentiment="negative")))
    angry = [{"sentiment": "negative", "author_id": f"angry {i % 2}"} for i in range(40)]
    few = net(records(*repeated(60, sentiment="positive"), *angry))
    assert few.estimate[0] == alone.estimate[0]
    assert few.estimate[2] - few.estimate[1] > 1.5 * (alone.estimate[2] - alone.estimate[1])
    assert few.share("negative")[1] < alone.share("negative")[1] <= wilson(40, 100).low + 1e-9


def test_records_without_an_author_are_independent_of_each_other() -> None:
    mixed = [*repeated(60, sentiment="positive", author_id=None), *repeated(40, sentiment="negative", author_id=None)]
    value, low, high = net(records(*mixed)).estimate
    plain = adjusted_wald(60, 40, 100)
    assert value == pytest.approx(20.0)
    assert 100 * plain.low - 8 < low <= 100 * plain.low
    assert 100 * plain.high <= high < 100 * plain.high + 8


def test_one_author_tells_nothing_of_others() -> None:
    assert math.isnan(net(records(*repeated(30, sentiment="positive", author_id="ana"))).estimate[1])


@pytest.mark.parametrize(
    ("authors", "expected"),
    [(["ana", "ana", "bo"], 2), (["ana", None, None], 3), ([None, None], None), (["ana"], 1)],
)
def test_people_are_authors_and_each_anonymous_record(authors: list[str | None], expected: int | None) -> None:
    table = records(*({"author_id": a, "sentiment": "neutral"} for a in authors))
    assert net(table).people == expected
    assert people(heads(nw.from_native(table.lazy())).to_native().collect()) == expected


def test_people_without_a_sentiment_are_not_behind_the_score() -> None:
    found = net(records({"sentiment": "positive", "author_id": "ana"}, {"sentiment": None, "author_id": "bo"}))
    assert found.people == 1
