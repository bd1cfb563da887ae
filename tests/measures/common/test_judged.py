"""Net sentiment where people coded a sample: corrected by scorer, doubted where classifiers err too often."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from cxreport import stats
from cxreport.model.audit import Accuracy
from cxreport_plugins.common.judged import CODED, Judged
from cxreport_plugins.common.net import Net, tallies
from tests.measures.make import records, repeated

CLASSES = ("negative", "neutral", "positive")
LISTED = ((60.0, 30.0, 10.0), (5.0, 50.0, 15.0), (2.0, 8.0, 70.0))


def judged(scorer: str = "list", n: int = 250, confusion: Any = LISTED, **facts: Any) -> Accuracy:
    return Accuracy(field="sentiment", scorer=scorer, classes=CLASSES, confusion=confusion, n=n, **facts)


def net(table: pl.DataFrame, *accuracy: Accuracy, whole: bool = True) -> Net:
    lazy = tallies(nw.from_native(table.lazy()), accuracy=accuracy)
    return Net(lazy.to_native().collect(), Judged(accuracy), whole=whole)


def table(negative: int, neutral: int, positive: int, scorer: str) -> list[dict[str, Any]]:
    counts = {"negative": negative, "neutral": neutral, "positive": positive}
    return [row for s, n in counts.items() for row in repeated(n, sentiment=s, sentiment_scorer=scorer)]


def test_without_a_sheet_nothing_changes() -> None:
    rows = records(*table(40, 35, 25, "list"))
    plain = Net(tallies(nw.from_native(rows.lazy())).to_native().collect())
    assert plain.estimate == net(rows).estimate
    assert net(rows).judged.doubt(plain.rows) == ""
    assert not net(rows).judged.corrects(plain.rows)


def test_shares_are_those_that_people_would_have_given() -> None:
    found = net(records(*table(200, 175, 125, "list")), judged())
    expected = stats.restated([0.4, 0.35, 0.25], LISTED)
    shares = [found.share(s) for s in CLASSES]
    assert [value for value, _, _ in shares] == pytest.approx(list(expected))
    assert found.estimate[0] == pytest.approx(100 * (expected[2] - expected[0]))
    assert all(low < value < high for value, low, high in shares)


def test_a_part_lies_between_both_readings_with_a_wider_interval() -> None:
    rows = records(*table(300, 100, 100, "list"))
    whole, part = (net(rows, judged(), whole=w).share("negative") for w in (True, False))
    readings = [float(read([0.6, 0.2, 0.2], LISTED)[0]) for read in (stats.unmixed, stats.restated)]
    assert part[0] == pytest.approx(sum(readings) / 2)
    assert part[2] - part[1] > whole[2] - whole[1]


def test_the_interval_is_wider_than_that_of_sampling_and_shrinks_with_the_sheet() -> None:
    rows = records(*table(200, 175, 125, "list"))
    large = tuple(tuple(20 * cell for cell in row) for row in LISTED)
    plain, small, much = net(rows), net(rows, judged()), net(rows, judged(n=5000, confusion=large))
    width = [high - low for _, low, high in (one.estimate for one in (plain, small, much))]
    assert width[1] > width[2]
    assert width[1] > width[0]


def test_each_scorer_is_corrected_by_its_own_errors_and_people_by_none() -> None:
    always = ((50.0, 0.0, 0.0), (0.0, 50.0, 0.0), (0.0, 0.0, 50.0))
    rows = records(*table(60, 20, 20, "model"), *table(20, 60, 20, "list"), *table(40, 0, 0, CODED))
    found = net(rows, judged(), judged("model", confusion=always))
    expected = (100 * 0.6 + 100 * stats.restated([0.2, 0.6, 0.2], LISTED)[0] + 40) / 240
    assert found.share("negative")[0] == pytest.approx(expected)
    assert found.judged.by(found.rows) == "corrected by 500 coded records"


@pytest.mark.parametrize(
    ("accuracy", "doubt"),
    [
        (judged(sound=True), ""),
        (judged(sound=False, reason="neutral is often wrong"), "neutral is often wrong"),
        (judged(n=20, sound=True), "too few of the records that its sentiment rests on are coded"),
        (judged("other", sound=True), "too few of the records that its sentiment rests on are coded"),
        (judged(confusion=((9.0, 9.0, 9.0),) * 3, sound=True), "too few of the records that its sentiment rests on"),
    ],
)
def test_what_rests_on_doubtful_classifiers_is_doubted(accuracy: Accuracy, doubt: str) -> None:
    found = net(records(*table(40, 35, 25, "list")), accuracy)
    said = found.judged.doubt(found.rows)
    assert said.startswith(doubt)
    assert bool(said) == bool(doubt)


def test_a_tenth_may_be_doubtful() -> None:
    rows = [*table(50, 20, 20, "list"), *table(4, 3, 3, "symbols")]
    assert net(records(*rows), judged(sound=True)).judged.doubt(net(records(*rows), judged(sound=True)).rows) == ""


def test_what_nobody_can_correct_stays_as_it_is() -> None:
    chance = judged(confusion=((9.0, 9.0, 9.0),) * 3)
    rows = records(*table(40, 35, 25, "list"))
    assert net(rows, chance).estimate == net(rows).estimate


def test_people_behind_the_base_are_counted_once() -> None:
    mixed = [*table(5, 0, 0, "list"), *table(0, 5, 0, "model")]
    one = records(*({**row, "author_id": f"a{i % 5}"} for i, row in enumerate(mixed)))
    assert net(one, judged(), judged("model")).people == 5
