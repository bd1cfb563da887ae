"""Service measures: who counts, what an answer is, and that the unanswered are never forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import Result, Words, stats
from cxreport_plugins.care.response_rate import ResponseRate
from cxreport_plugins.care.response_time import FirstResponseTime
from cxreport_plugins.care.service import Service
from tests.measures import make

WORDS = Words()
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
THREADS = {
    "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64, "thread_position": pl.Int64, "reopens": pl.Boolean,
}  # fmt: skip
ROOT = {"thread_position": 0, "answered_by_brand": False}


def answered(minutes: float = 42, **row: Any) -> dict[str, Any]:
    return {**ROOT, "answered_by_brand": True, "first_reply_ms": int(minutes * 60_000), **row}


def measured(measure: Any, *rows: dict[str, Any], frame: str = "complete", **options: Any) -> list[Result]:
    table = make.records(*rows, more=THREADS)
    within = make.scope(table, as_of=AS_OF, frames={"demo.csv": frame})
    return list(make.run(measure, table, within=within, **options))


def by_key(results: list[Result]) -> dict[str, Result]:
    return {result.key: result for result in results}


def test_rate_is_wilson_when_each_author_writes_once() -> None:
    rows = [answered() for _ in range(29)] + [dict(ROOT) for _ in range(71)]
    whole = measured(ResponseRate, *rows)[0]
    low, high = stats.wilson(29, 100)
    assert whole.value == pytest.approx(0.29)
    assert whole.n == 100
    assert whole.low is not None
    assert whole.low <= low + 0.02
    assert whole.high is not None
    assert whole.high >= high - 0.02


@pytest.mark.parametrize(
    "odd",
    [
        {"shared": "private"},
        {"thread_position": 1},
        {"kind": "repost"},
        {"kind": "rating_only"},
        {"created_at": AS_OF - timedelta(days=3)},
        {"entity": "norda"},
        {"customer_voice": False},
        {"brand_authored": True},
    ],
)
def test_who_is_not_eligible(odd: dict[str, Any]) -> None:
    rows = [answered() for _ in range(10)] + [dict(ROOT) for _ in range(10)] + [{**ROOT, **odd} for _ in range(5)]
    assert measured(ResponseRate, *rows)[0].n == 20


def test_the_window_is_an_option() -> None:
    rows = [{**ROOT, "created_at": AS_OF - timedelta(days=3)} for _ in range(12)]
    assert measured(ResponseRate, *rows)[0].status == "not_testable"
    assert measured(ResponseRate, *rows, window_days=1)[0].n == 12


@pytest.mark.parametrize("frame", ["own_posts", "answered_only", "without_replies"])
@pytest.mark.parametrize("measure", [ResponseRate, FirstResponseTime])
def test_sources_that_hide_the_unanswered_cannot_be_rated(measure: Any, frame: str) -> None:
    rows = [answered() for _ in range(40)]
    result = measured(measure, *rows, frame=frame)[0]
    assert result.status == "not_testable"
    assert result.reason
    assert result.needs


def test_channels_months_and_rivals_have_rates_of_their_own() -> None:
    rows = [answered(channel="x") for _ in range(20)] + [{**ROOT, "channel": "google"} for _ in range(20)]
    rows += [answered(entity="norda") for _ in range(15)] + [{**ROOT, "entity": "norda"} for _ in range(15)]
    found = by_key(measured(ResponseRate, *rows))
    assert found["care.response_rate"].n == 40
    assert found["care.response_rate[channel=x]"].value == 1
    assert found["care.response_rate[channel=google]"].value == 0
    assert found["care.response_rate[month=2026-01]"].n == 40
    assert found["care.response_rate[channel=x,entity=norda]"].value == 0.5


def test_gaps_to_rivals_are_tested_together() -> None:
    """100 records a side: 60 against 30 is a difference, 50 against 48 is none, 20 records are too few."""
    rows = [answered(channel="x")] * 60 + [{**ROOT, "channel": "x"}] * 40
    rows += [answered(channel="google")] * 50 + [{**ROOT, "channel": "google"}] * 50
    rows += [answered(channel="x", entity="norda")] * 30 + [{**ROOT, "channel": "x", "entity": "norda"}] * 70
    rows += [answered(channel="google", entity="norda")] * 48 + [{**ROOT, "channel": "google", "entity": "norda"}] * 52
    rows += [answered(channel="x", entity="ostra")] * 20 + [answered(channel="reddit", entity="ostra")] * 40
    found = by_key(measured(ResponseRate, *rows))
    clear, none = (found[f"care.response_rate[channel={c},entity=norda,part=gap]"] for c in ("x", "google"))
    assert clear.value == pytest.approx(30)
    assert clear.status == "ok"
    assert none.status == "directional"
    assert all(0 <= r.rows[0]["p"] <= r.rows[0]["p_adjusted"] <= 1 for r in (clear, none))
    assert found["care.response_rate[channel=x,entity=ostra,part=gap]"].status == "not_testable"
    assert "care.response_rate[channel=reddit,entity=ostra,part=gap]" not in found


def test_the_median_of_everybody_is_not_the_median_of_the_answered() -> None:
    rows = [answered(10 * (i + 1)) for i in range(30)] + [dict(ROOT) for _ in range(70)]
    found = by_key(measured(FirstResponseTime, *rows))
    median = found["care.first_response_time"]
    assert median.value is None
    assert "fewer than half" in median.reason
    assert found["care.first_response_time[answered_only=median]"].value == 150
    assert found["care.first_response_time[within=1 day]"].value == pytest.approx(0.30)
    curve = found["care.first_response_time[curve=all]"]
    assert curve.rows[-1]["share"] == pytest.approx(0.30)


def test_kaplan_meier_agrees_with_the_statistics_package() -> None:
    rows = [answered(m) for m in (5, 9, 9, 30, 61, 240, 700, 1000, 1100, 1300, 1400, 1401)] + [dict(ROOT)] * 3
    waited = (AS_OF - make.NOON).total_seconds() / 60 // 60 * 60
    times = [5, 9, 9, 30, 61, 240, 700, 1000, 1100, 1300, 1400, 1401, waited, waited, waited]
    curve = stats.kaplan_meier(times, [1] * 12 + [0] * 3, [0] * 12 + [1] * 3)
    found = measured(FirstResponseTime, *rows)[0]
    wanted = curve.quantile(0.5)
    assert (found.value, found.low, found.high) == pytest.approx((wanted.value, wanted.low, wanted.high))


def test_answers_without_a_time_are_answers_but_not_waiting_times() -> None:
    undated = [{**ROOT, "answered_by_brand": True, "first_reply_ms": None} for _ in range(10)]
    rows = undated + [answered(60) for _ in range(10)]
    assert measured(ResponseRate, *rows)[0].value == 1
    assert measured(FirstResponseTime, *rows)[0].n == 10


@pytest.mark.parametrize("measure", [ResponseRate, FirstResponseTime])
def test_empty_and_one_record(measure: Any) -> None:
    assert measured(measure)[0].status == "not_testable"
    one = measured(measure, dict(ROOT))[0]
    assert one.status == "hidden"
    assert one.value is None


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 50_000)), min_size=10, max_size=40),
    st.randoms(use_true_random=False),
)
def test_bounds_order_and_monotony(cases: list[tuple[bool, int]], rng: Any) -> None:
    rows = [
        answered(minutes, author_id=f"a{i}") if done else {**ROOT, "author_id": f"a{i}"}
        for i, (done, minutes) in enumerate(cases)
    ]
    rate = measured(ResponseRate, *rows)[0]
    assert rate.low is not None
    assert rate.high is not None
    assert rate.value is not None
    assert 0 <= rate.low <= rate.value <= rate.high <= 1
    mixed = list(rows)
    rng.shuffle(mixed)
    assert measured(ResponseRate, *mixed)[0].value == rate.value
    more = [*rows, answered(5, author_id="another")]
    assert (measured(ResponseRate, *more)[0].value or 0) >= rate.value


def test_sentences_never_say_more_than_the_interval() -> None:
    low = make.edition({"care.response_rate": measured(ResponseRate, *([answered()] * 20 + [dict(ROOT)] * 180))})
    even = make.edition({"care.response_rate": measured(ResponseRate, *([answered()] * 50 + [dict(ROOT)] * 52))})
    high = make.edition({"care.response_rate": measured(ResponseRate, *([answered()] * 180 + [dict(ROOT)] * 20))})
    titles = [make.section(Service).view(e, WORDS).title for e in (low, even, high)]
    assert titles[0].startswith("More than half")
    assert titles[1].startswith("About half")
    assert titles[2].startswith("90%")


def test_the_page_is_drawn_from_its_edition() -> None:
    rows = [answered(7 * i, channel="x") for i in range(60)] + [{**ROOT, "channel": "google"} for _ in range(60)]
    results = {m.name: measured(m, *rows) for m in (ResponseRate, FirstResponseTime)}
    page = make.edition(results)
    exhibits = make.section(Service).exhibits(page, WORDS)
    assert [e.id for e in exhibits] == ["care.curve", "care.channels"]
    assert "X is answered most often (100%), Google reviews least (0%)" in exhibits[1].title
    assert all(e.table and e.alt and e.source and e.results for e in exhibits)


def test_where_nobody_was_answered_the_finding_leads_to_the_page() -> None:
    """There is no curve then, and a link to it would lead nowhere."""
    silent = [{**ROOT, "channel": "x"} for _ in range(200)]
    page = make.edition({m.name: measured(m, *silent) for m in (ResponseRate, FirstResponseTime)})
    section = make.section(Service)
    assert section.exhibits(page, WORDS) == []
    assert [finding.link and finding.link.href for finding in section.findings(page, WORDS)] == ["service.html"]


def test_rivals_are_compared_on_one_channel_only() -> None:
    own = [answered(channel="x")] * 60 + [{**ROOT, "channel": "x"}] * 40 + [{**ROOT, "channel": "google"}] * 300
    rival = [answered(channel="x", entity="norda")] * 62 + [{**ROOT, "channel": "x", "entity": "norda"}] * 38
    meta = make.COVER.model_copy(update={"rivals": {"norda": "Norda"}})
    page = make.edition({"care.response_rate": measured(ResponseRate, *own, *rival)}, meta=meta)
    [exhibit] = [e for e in make.section(Service).exhibits(page, WORDS) if e.id == "care.rivals"]
    assert exhibit.title == "On X, Meridian Air and Norda answer about equally often"
    assert [r.n for r in exhibit.results] == [100, 100]


def test_the_curve_and_the_shares_told_beside_it_agree() -> None:
    rows = [answered(7 * i + 1) for i in range(1_500)] + [dict(ROOT) for _ in range(300)]
    found = by_key(measured(FirstResponseTime, *rows))
    points = found["care.first_response_time[curve=all]"].rows
    assert len(points) < 130
    for words, minutes in (("1 hour", 60), ("4 hours", 240), ("1 day", 1440), ("7 days", 10_080)):
        drawn = [p["share"] for p in points if p["minutes"] <= minutes][-1]
        assert drawn == found[f"care.first_response_time[within={words}]"].value
