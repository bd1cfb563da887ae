"""How experience spreads: hand-computed cases, and what must hold for any records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Measure, Result
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.contagion import cxreport_measures
from cxreport_plugins.contagion.branching import Branching
from cxreport_plugins.contagion.bursts import Bursts
from cxreport_plugins.contagion.complaints import ComplaintRate, Publicness
from cxreport_plugins.contagion.exposure import Exposure, met
from cxreport_plugins.contagion.growth import doubling
from cxreport_plugins.contagion.mood import MoodOfReplies
from cxreport_plugins.contagion.share_rate import ShareRate
from cxreport_plugins.contagion.shareability import Shareability, odds_ratio
from cxreport_plugins.contagion.skew import NegativitySkew
from tests.measures import make

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
MORE = {"repost_count": pl.Int64, "themes_read": pl.Boolean}
Row = dict[str, Any]


def measured(measure: type[Measure], *rows: Row, **options: Any) -> tuple[Result, ...]:
    table = make.records(*rows, more=MORE, entity_rule="handle", sentiment_scorer="test")
    themes = pl.DataFrame(
        [(make.ident(i), "themes", t, 1.0, "test") for i, row in enumerate(rows) for t in row.get("acts", ())],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    within = make.scope(table, as_of=AS_OF)
    return make.run(measure, table, label_table=themes, within=within, **options)


def post(sentiment: str, reshares: int | None = 0, **row: Any) -> Row:
    return {"sentiment": sentiment, "reposts": reshares, **row}


def times(count: int, row: Row) -> list[Row]:
    return [dict(row) for _ in range(count)]


def test_branching_of_known_cascades() -> None:
    """Golden: cascades of 1, 1, 4, 2 and 12 posts branch by .75 (here three of each, so that the base is shown)."""
    rows = [post("negative", size - 1) for size in (1, 1, 4, 2, 12) for _ in range(3)]
    whole = make.pick(measured(Branching, *rows))
    assert (whole.value, whole.n, whole.status) == (0.75, 15, "small_base")
    assert whole.low is not None
    assert whole.high is not None
    assert whole.low < 0.75 < whole.high < 1


def test_cascades_that_may_still_grow_are_left_out() -> None:
    old, new = times(12, post("negative", 1)), times(12, post("negative", 99, created_at=AS_OF - timedelta(days=2)))
    whole = make.pick(measured(Branching, *old, *new))
    assert (whole.value, whole.n) == (0.5, 12)


def test_half_time_is_the_median_from_post_to_repost() -> None:
    root = post("negative", 11, native_id="root", id_space="x")
    passed = [
        {"kind": "repost", "reposted_id": "root", "id_space": "x", "created_at": make.NOON + timedelta(minutes=m)}
        for m in (1, 2, 3, 4, 5, 60, 70, 80, 90, 100, 110)
    ]
    found = make.pick(measured(Branching, root, *times(12, post("positive")), *passed), statistic="half_time")
    assert (found.value, found.n, found.unit) == (60, 11, "minutes")


def test_share_rate_counts_reposts_quotes_and_shares_and_reposts_among_the_records() -> None:
    rows = [
        *times(10, post("positive", 2, quotes=1, shares=1)),
        *times(10, post("positive", None, repost_count=4)),
        *times(10, post("positive", 900, metrics_of_original=True)),
    ]
    found = measured(ShareRate, *rows)
    whole = make.pick(found)
    assert (whole.value, whole.n) == (4, 20)
    assert make.pick(found, statistic="median").value == 4


def test_one_post_that_holds_most_reshares_makes_the_mean_directional() -> None:
    found = measured(ShareRate, post("negative", 1000), *times(199, post("negative", 1)))
    whole = make.pick(found)
    assert whole.status == "directional"
    assert "one post" in whole.reason
    assert make.pick(found, statistic="top").value == pytest.approx(1001 / 1199)


def test_shareability_is_haldanes_odds_ratio() -> None:
    """30 of 40 positive posts passed on, 10 of 40 negative: (30.5 · 30.5) / (10.5 · 10.5) = 8.4376."""
    rows = [
        *times(30, post("positive", 3)), *times(10, post("positive")),
        *times(10, post("negative", 1)), *times(30, post("negative")),
    ]  # fmt: skip
    found = measured(Shareability, *rows)
    whole = make.pick(found)
    assert whole.value == pytest.approx(8.437642)
    assert whole.low is not None
    assert whole.low > 1
    assert make.pick(found, sentiment="positive").value == 0.75


def test_odds_ratios_turn_round_with_their_sides_and_stand_zeros() -> None:
    value, low, high = odds_ratio((0, 20, 1.0), (5, 20, 1.0))
    back = odds_ratio((5, 20, 1.0), (0, 20, 1.0))
    assert value == pytest.approx(0.5 * 15.5 / (20.5 * 5.5))
    assert (1 / value, 1 / high, 1 / low) == pytest.approx(back)
    wide = odds_ratio((0, 20, 3.0), (5, 20, 3.0))
    assert wide[1] < low < high < wide[2]


def quiet_months(theme: str, days: Iterable[int]) -> list[Row]:
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    return [post("negative", acts=[theme], created_at=start + timedelta(days=d)) for d in days]


def burst(theme: str, day: int, hours: Iterable[int], followers: int | None = None) -> list[Row]:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return [
        post("negative", acts=[theme], created_at=start + timedelta(hours=h), author_followers=followers)
        for h in hours
    ]  # fmt: skip


def test_a_burst_is_told_with_its_speed_its_height_and_its_reach() -> None:
    """40 days with 12 on the tenth: 1 record usually on 28 of them, u = 40 / 40 = 1, 12 times an ordinary day."""
    quiet = quiet_months("delay", [*range(10), *range(11, 28), 39])
    hours = [0, 2, 2, 5, 5, 6, 7, 8, 9, 10, 11, 12]
    found = measured(Bursts, *quiet, *burst("delay", 10, hours, 250), *quiet_months("food", range(0, 40, 2)))
    assert make.pick(found).value == 1
    (row,) = make.pick(found, part="cases").rows
    assert row == {
        "theme": "delay", "day": "2026-01-11", "days": 1, "records": 12, "people": 12, "amplitude": 12.0, "usual": 1.0,
        "doubling_hours": 4.0, "reach_low": 250, "reach_high": 3000,
    }  # fmt: skip


def test_one_person_is_no_burst_and_two_days_on_end_are_one() -> None:
    base = quiet_months("delay", range(0, 60, 2))
    alone = burst("delay", 20, range(12))
    for row in alone:
        row["author_id"] = "same"
    assert make.pick(measured(Bursts, *base, *alone)).value == 0
    both = [*burst("delay", 20, range(11)), *burst("delay", 21, range(12))]
    found = measured(Bursts, *base, *both)
    assert make.pick(found).value == 1
    (row,) = make.pick(found, part="cases").rows
    assert (row["days"], row["records"], row["people"]) == (2, 24, 12)


def test_doubling_is_from_a_quarter_to_a_half_and_unknown_within_an_hour() -> None:
    assert doubling(pl.DataFrame({"hour": [0, 1, 5], "n": [2, 1, 5]})) == 5
    assert doubling(pl.DataFrame({"hour": [7], "n": [20]})) is None


def test_mood_of_replies_is_the_difference_of_two_shares() -> None:
    """40 replies to the negative, 30 of them negative; 40 to the positive, 10 negative: 50 points."""
    rows: list[Row] = []
    for tone, negative in (("negative", 30), ("positive", 10)):
        rows.append(post(tone, native_id=tone, id_space="x"))
        rows += [
            post("negative" if i < negative else "neutral", kind="reply", in_reply_to_id=tone, id_space="x")
            for i in range(40)
        ]
    own = post("negative", kind="reply", in_reply_to_id="negative", id_space="x", author_id="author 0")
    found = measured(MoodOfReplies, *rows, *times(9, own))
    whole = make.pick(found)
    assert (whole.value, whole.n, whole.unit) == (50, 80, "points")
    assert whole.low is not None
    assert whole.low > 25
    assert make.pick(found, parent="negative").value == 0.75


def test_the_chance_to_meet_a_negative_review_is_hypergeometric() -> None:
    """4 negative of 20, 3 read: 1 − (16 · 15 · 14) / (20 · 19 · 18) = 1 − 3360 / 6840."""
    review = {"kind": "review", "channel": "trustpilot", "rating_norm": 1.0}
    rows = [*times(16, review), *times(4, {**review, "rating_norm": 0.25})]
    found = measured(Exposure, *rows, read=3)
    assert make.pick(found, channel="trustpilot").value == pytest.approx(1 - 3360 / 6840)
    assert make.pick(found, channel="trustpilot", part="negative").value == 0.2


@given(st.integers(1, 200), st.data())
def test_exposure_is_a_chance_that_rises_with_both(n: int, data: st.DataObject) -> None:
    negative, k = data.draw(st.integers(0, n)), data.draw(st.integers(1, 50))
    chance = met(n, negative, k)
    assert 0 <= chance <= 1
    assert chance <= met(n, negative, k + 1) + 1e-12
    assert negative == n or chance <= met(n, negative + 1, k) + 1e-12
    assert met(n, 0, k) == 0


def test_skew_compares_only_months_that_hold_both() -> None:
    """60 of 80 unasked texts are negative, 20 of 80 asked ones: 50 points. February has no survey."""
    asked = {"kind": "survey_response", "channel": "survey", "shared": "private", "text": "said"}
    rows = [
        *times(60, post("negative", text="said")), *times(20, post("positive", text="said")),
        *times(20, {**asked, "sentiment": "negative"}), *times(60, {**asked, "sentiment": "neutral"}),
        *times(50, post("negative", text="said", created_at=make.NOON + timedelta(days=30))),
    ]  # fmt: skip
    whole = make.pick(measured(NegativitySkew, *rows))
    assert (whole.value, whole.n, whole.status) == (50, 160, "ok")
    assert whole.low is not None
    assert 30 < whole.low < 50


def test_complaints_are_a_share_of_what_is_addressed_to_the_brand() -> None:
    rows = [
        *times(15, post("negative")), *times(25, post("positive")), *times(30, post("negative", entity_rule="name")),
    ]  # fmt: skip
    table = make.records(*[{"entity_rule": "handle", **row} for row in rows], more=MORE, sentiment_scorer="test")
    found = make.run(ComplaintRate, table)
    assert (make.pick(found).value, make.pick(found).n) == (0.375, 40)
    assert make.pick(found, channel="x", volume="negative").value == 45


def test_publicness_is_a_mix() -> None:
    found = measured(Publicness, *times(30, post("negative")), *times(10, post("negative", shared="private")))
    assert make.pick(found, shared="public").value == 0.75
    assert make.pick(found, shared="private").value == 0.25


def test_without_records_and_with_one_nothing_is_invented() -> None:
    for measure in cxreport_measures():
        for rows in ([], [post("negative", 5, acts=["delay"], text="said")]):
            assert not any(r.shown and r.value for r in measured(measure, *rows)), measure.name


anything = st.lists(
    st.builds(
        post, st.sampled_from(["negative", "neutral", "positive"]), st.one_of(st.none(), st.integers(0, 50)),
        author_id=st.sampled_from(["a", "b", "c", "d", None]),
        acts=st.lists(st.sampled_from(["delay", "food"]), max_size=2, unique=True),
        created_at=st.integers(0, 40).map(lambda d: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=d)),
        kind=st.sampled_from(["post", "review", "survey_response", "reply"]), text=st.just("said"),
        rating_norm=st.one_of(st.none(), st.floats(0, 1)), shared=st.sampled_from(["public", "private"]),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(anything, st.randoms(use_true_random=False))
def test_order_tells_nothing_and_bounds_hold(rows: list[Row], random: Any) -> None:
    """Ids stay with their rows, so only their order changes."""
    named = [{**row, "record_id": make.ident(i)} for i, row in enumerate(rows)]
    labels = pl.DataFrame(
        [(row["record_id"], "themes", t, 1.0, "test") for row in named for t in row["acts"]],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    table = make.records(*named, more=MORE, entity_rule="handle", sentiment_scorer="test")
    shuffled = table[random.sample(range(table.height), table.height)] if table.height else table
    for measure in cxreport_measures():
        within = make.scope(table, as_of=AS_OF)
        found = make.run(measure, table, label_table=labels, within=within)
        assert found == make.run(measure, shuffled, label_table=labels, within=within)
        shares = [r for r in found if r.shown and r.unit == "share" and r.value is not None]
        assert all(0 <= (r.value or 0) <= 1 for r in shares)
