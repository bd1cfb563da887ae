"""Conversation, networks, advocacy, presence, initiative, quadrants and tiers: hand-made cases, nobody in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Measure, Result
from cxreport_plugins.network.graph import Conversation
from cxreport_plugins.network.layers import Advocacy, Layers
from cxreport_plugins.network.presence import Initiative, PresenceFit, overlap
from cxreport_plugins.network.quadrants import Influence, Quadrants
from tests.measures import make

MORE = {"thread_id": pl.String, "thread_position": pl.Int64, "thread_size": pl.Int64}
EVERY: tuple[type[Measure], ...] = (
    Conversation, Layers, Advocacy, PresenceFit, Initiative, Quadrants, Influence,
)  # fmt: skip
Row = dict[str, Any]


def measured(measure: type[Measure], *rows: Row, **options: Any) -> tuple[Result, ...]:
    return make.run(measure, make.records(*rows, more=MORE), label_table=make.labels(*rows), **options)


def root(name: str, **row: Any) -> Row:
    return {
        "native_id": name, "id_space": "x", "thread_id": name, "thread_position": 0, "author_id": f"by {name}", **row,
    }  # fmt: skip


def reply(to: str, by: str, thread: str = "", **row: Any) -> Row:
    return {
        "kind": "reply", "in_reply_to_id": to, "id_space": "x", "author_id": by, "thread_id": thread or to,
        "thread_position": 1, **row,
    }  # fmt: skip


def brand(name: str, **row: Any) -> Row:
    return root(name, brand_authored=True, customer_voice=False, author_id="meridian", **row)


def test_replies_between_customers_are_a_share_of_replies_to_others() -> None:
    """12 replies to customers, 4 to the brand, and one to oneself, which is no conversation."""
    rows = [root("a"), root("b"), brand("c")]
    rows += [reply("a", f"p{i}") for i in range(10)] + [reply("b", "by a"), reply("a", "by b")]
    rows += [reply("c", f"q{i}") for i in range(4)] + [reply("a", "by a")]
    found = measured(Conversation, *rows)
    whole = make.pick(found)
    assert (whole.value, whole.n) == (0.75, 16)
    assert make.pick(found, statistic="reciprocity").value == pytest.approx(2 / 12)


def test_threads_count_replies_and_those_who_join() -> None:
    """12 threads, one of which draws three replies by two others; the root's own author does not count."""
    rows = [root(f"t{i}") for i in range(12)]
    rows += [reply("t0", "x"), reply("t0", "x"), reply("t0", "y"), reply("t0", "by t0")]
    found = measured(Conversation, *rows)
    assert make.pick(found, statistic="replies").value == pytest.approx(3 / 12)
    assert make.pick(found, statistic="answerers").value == pytest.approx(2 / 12)


def test_layers_tell_people_replies_and_pace_and_no_score() -> None:
    """12 people on X, one of whom writes three times in one week and once in the next: 15 records in 13 weeks."""
    rows: list[Row] = [{"author_id": f"p{i}"} for i in range(11)]
    rows += [{"author_id": "q", "kind": "reply"} for _ in range(3)]
    rows += [{"author_id": "q", "created_at": make.NOON + timedelta(days=7)}]
    found = measured(Layers, *rows)
    assert make.pick(found, channel="x", part="people").value == 12
    assert make.pick(found, channel="x", part="replies").value == pytest.approx(3 / 15)
    assert make.pick(found, channel="x", part="pace").value == pytest.approx(15 / 13)
    assert {r.dims["part"] for r in found} == {"people", "replies", "pace"}


def test_advocacy_is_a_share_of_public_texts() -> None:
    rows: list[Row] = [{"text": "said", "acts": ["recommend"]} for _ in range(6)]
    rows += [{"text": "said", "acts": ["warn", "recommend"]} for _ in range(2)] + [{"text": "said"} for _ in range(32)]
    rows += [{"text": "said", "acts": ["warn"], "shared": "private"} for _ in range(9)]
    found = measured(Advocacy, *rows)
    assert (make.pick(found, act="recommend").value, make.pick(found, act="recommend").n) == (0.2, 40)
    assert make.pick(found, act="warn").value == 0.05


def test_presence_is_the_overlap_of_two_mixes() -> None:
    """Customers 75% X, 25% Facebook; the brand all on Facebook and elsewhere half and half: .25."""
    rows: list[Row] = [{"channel": "x"} for _ in range(30)] + [{"channel": "facebook"} for _ in range(10)]
    rows += [brand(f"f{i}", channel="facebook") for i in range(5)] + [
        brand(f"i{i}", channel="instagram") for i in range(5)
    ]
    found = measured(PresenceFit, *rows)
    whole = make.pick(found)
    assert whole.value == 0.25
    assert whole.low is not None
    assert whole.low < 0.25
    assert make.pick(found, channel="instagram", side="brand").status == "small_base"
    assert make.pick(found, channel="instagram", side="customers").value == 0
    assert not make.pick(measured(PresenceFit, *rows[:40])).testable


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.lists(st.integers(0, 50), min_size=3, max_size=3))
def test_overlap_is_whole_only_for_equal_mixes(first: list[int], second: list[int]) -> None:
    if not sum(first) or not sum(second):
        return
    a, b = np.array([first], dtype=float), np.array(second, dtype=float)
    assert 0 <= overlap(a, b)[0] <= 1 + 1e-12
    assert overlap(a, a[0])[0] == pytest.approx(1)
    assert overlap(a, b)[0] == pytest.approx(overlap(b[None], a[0])[0])


def test_initiative_is_who_begins_threads() -> None:
    rows = [root(f"t{i}") for i in range(30)] + [brand(f"b{i}") for i in range(10)]
    rows += [root(f"r{i}", kind="review") for i in range(9)]
    whole = make.pick(measured(Initiative, *rows))
    assert (whole.value, whole.n) == (0.75, 40)
    assert not make.pick(measured(Initiative, *rows[:30])).testable


def fan(followers: int, *sentiments: str, **row: Any) -> list[Row]:
    who = row.pop("author_id", f"fan {followers} {sentiments} {row}")
    return [{"author_followers": followers, "sentiment": s, "author_id": who, **row} for s in sentiments]


def test_quadrants_count_people_by_what_they_mostly_say() -> None:
    rows = [r for i in range(12) for r in fan(5_000, "negative", "negative", "positive", author_id=f"l{i}")]
    rows += [r for i in range(11) for r in fan(20, "positive", author_id=f"s{i}")]
    rows += [r for i in range(3) for r in fan(20, "negative", author_id=f"n{i}")]
    found = measured(Quadrants, *rows)
    assert make.pick(found, audience="large", side="critic").value == 12
    assert make.pick(found, audience="small", side="friend").value == 11
    assert make.pick(found, audience="small", side="critic").status == "hidden"
    later = measured(Quadrants, *rows, large=5_001)
    assert make.pick(later, audience="small", side="critic").value == 15


def crowd(count: int) -> list[Row]:
    return [row for i in range(count) for row in fan(i + 1, "negative", author_id=f"p{i}", author_handle=f"@P{i}")]


def test_tiers_of_influence_hold_a_part_of_the_people_each() -> None:
    found = measured(Influence, *crowd(2000))
    people = [make.pick(found, tier=t, part="people").value for t in ("top 1%", "next 9%", "next 40%", "the rest")]
    assert people == [20, 180, 800, 1000]
    assert make.pick(found, tier="next 9%", part="from").value == 1800
    held = sum(
        make.pick(found, tier=t, part="followers").value or 0 for t in ("top 1%", "next 9%", "next 40%", "the rest")
    )
    assert held == pytest.approx(1)


def test_who_opted_out_is_not_counted_and_nobody_is_told() -> None:
    rows = crowd(1200)
    found = measured(Influence, *rows, optout=["@p1199", "p3"])
    assert sum(r.value or 0 for r in found if r.dims["part"] == "people") == 1198
    whole = json.dumps([r.model_dump(mode="json") for r in found])
    assert '"p7"' not in whole
    assert "@P7" not in whole


def test_without_records_and_with_one_nothing_is_invented() -> None:
    for measure in EVERY:
        for rows in ([], [root("only", author_followers=5, sentiment="negative", text="said")]):
            assert not any(r.shown and r.value for r in measured(measure, *rows)), measure.name


people: st.SearchStrategy[list[Row]] = st.lists(
    st.builds(
        dict, author_id=st.sampled_from(["a", "b", "c", None]), author_followers=st.one_of(st.none(), st.integers(0, 9999)),
        sentiment=st.sampled_from(["negative", "positive"]), channel=st.sampled_from(["x", "facebook"]),
        kind=st.sampled_from(["post", "reply", "review"]), in_reply_to_id=st.sampled_from(["0", "1", None]),
        thread_id=st.sampled_from(["0", "1"]), thread_position=st.integers(0, 2), text=st.just("said"),
        brand_authored=st.booleans(), acts=st.lists(st.sampled_from(["warn", "recommend"]), unique=True, max_size=2),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_order_tells_nothing_and_bounds_hold(rows: list[Row], random: Any) -> None:
    named = [
        {**row, "record_id": make.ident(i), "created_at": datetime(2026, 1, 5, tzinfo=UTC)}
        for i, row in enumerate(rows)
    ]
    table = make.records(*named, more=MORE)
    shuffled = table[random.sample(range(table.height), table.height)] if table.height else table
    for measure in EVERY:
        found = make.run(measure, table, label_table=make.labels(*named))
        assert found == make.run(measure, shuffled, label_table=make.labels(*named))
        shares = [r.value or 0 for r in found if r.shown and r.unit == "share"]
        assert all(0 <= value <= 1 for value in shares)
