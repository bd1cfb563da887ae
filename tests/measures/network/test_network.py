"""Reach: audiences counted once, bounds that hold, ratios that tell who dominates them, cases that name nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cxreport.api import Measure, Result, stats
from cxreport_plugins.common.figures import outward, rounded
from cxreport_plugins.network.asymmetry import ReachAsymmetry
from cxreport_plugins.network.audience import Audience, Spread, merged
from cxreport_plugins.network.impressions import EstimatedImpressions, MeasuredImpressions
from cxreport_plugins.network.loudest import LoudestUnanswered
from cxreport_plugins.network.potential import PotentialReach
from tests.measures import make

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = 3_600_000
THREADS = count()
MORE = {
    "thread_id": pl.String, "thread_position": pl.Int64, "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64,
    "repost_count": pl.Int64,
}  # fmt: skip
EVERY: tuple[type[Measure], ...] = (
    PotentialReach, EstimatedImpressions, MeasuredImpressions, ReachAsymmetry, Audience, LoudestUnanswered,
)  # fmt: skip


def measured(measure: type[Measure], *rows: dict[str, Any], frame: str = "complete", **options: Any) -> list[Result]:
    table = make.records(*rows, more=MORE)
    within = make.scope(table, as_of=AS_OF, frames={"demo.csv": frame})
    return list(make.run(measure, table, within=within, **options))


def said(followers: int | None, sentiment: str = "negative", **row: Any) -> dict[str, Any]:
    return {"author_followers": followers, "sentiment": sentiment, **row}


def quiet(how_many: int, sentiment: str = "neutral") -> list[dict[str, Any]]:
    """Records of authors without followers, so that a base is large enough to be shown."""
    return [said(0, sentiment) for _ in range(how_many)]


def complaint(followers: int, waited: float | None = None, **row: Any) -> dict[str, Any]:
    """The first record of a thread; `waited` hours for an answer, None for none."""
    answered = {"answered_by_brand": waited is not None, "first_reply_ms": None if waited is None else waited * HOUR}
    thread = {"thread_position": 0, "thread_id": f"t{next(THREADS)}"}
    return {**said(followers), **thread, **answered, **row}


def test_potential_reach_is_bounded_by_the_largest_and_the_sum_once_an_author() -> None:
    rows = [said(276_000, author_id="a"), said(270_000, author_id="a"), said(420_000, author_id="b")]
    rows += [said(116_000, "positive", author_id="c"), *quiet(8), said(None, author_id="d")]
    whole, known, negative, _, positive = measured(PotentialReach, *rows)
    assert (whole.kind, whole.value, whole.low, whole.high) == ("range", None, 420_000, 820_000)
    assert (whole.n, whole.n_authors, whole.level) == (12, 11, None)
    assert (known.value, known.n) == (12, 13)
    assert (negative.dims, negative.status, negative.low) == ({"sentiment": "negative"}, "hidden", None)
    assert positive.status == "hidden"


def test_an_authors_reach_is_the_most_that_any_record_tells_also_of_records_that_tell_none() -> None:
    rows = [said(None, author_id="a"), said(900, author_id="a"), *quiet(10)]
    whole, known, *_ = measured(PotentialReach, *rows)
    assert (whole.low, whole.high, whole.n) == (900, 900, 12)
    assert known.value == 12


def test_anonymous_records_are_somebody_elses_each_time() -> None:
    rows = [said(500, author_id=None) for _ in range(10)]
    whole = measured(PotentialReach, *rows)[0]
    assert (whole.low, whole.high, whole.n_authors) == (500, 5_000, 10)


def test_what_nobody_else_could_see_reaches_nobody() -> None:
    rows = [said(1_000) for _ in range(10)] + [said(99_000, shared="private")]
    assert measured(PotentialReach, *rows)[0].high == 10_000


def test_it_is_cut_by_what_options_name() -> None:
    rows = [said(1_000, channel="x") for _ in range(10)] + [said(None, channel="google") for _ in range(10)]
    found = measured(PotentialReach, *rows, by=["channel", "segment", "planet"])
    assert make.pick(found, channel="x").high == 10_000
    assert make.pick(found, planet="*").status == "not_testable"


def test_the_asymmetry_of_the_source_is_six() -> None:
    """Two negative voices before 276,000 and 420,000 followers against 116,000 of the positive ones."""
    rows = [said(276_000), said(420_000), said(116_000, "positive"), *quiet(20, "negative"), *quiet(20, "positive")]
    ratio, without, records, impressions = measured(ReachAsymmetry, *rows)
    assert ratio.value == pytest.approx(6.0)
    assert ratio.status == "directional"
    assert "one author" in ratio.reason
    assert without.value == pytest.approx(276 / 116)
    assert (without.n, without.n_authors) == (42, 42)
    assert records.value == pytest.approx(22 / 21)
    assert impressions.status == "not_testable"


def test_an_author_counts_once_on_each_side_and_leaves_both() -> None:
    loud = [said(1_000, author_id="a") for _ in range(9)] + [said(1_000, "positive", author_id="a")]
    rows = loud + [said(100) for _ in range(30)] + [said(100, "positive") for _ in range(15)]
    ratio, without, *_ = measured(ReachAsymmetry, *rows)
    assert ratio.value == pytest.approx(4_000 / 2_500)
    assert without.value == pytest.approx(3_000 / 1_500)
    assert (ratio.n, ratio.n_authors, without.n, without.n_authors) == (55, 46, 45, 45)


def test_an_author_who_turns_the_ratio_makes_it_directional() -> None:
    rows = [said(100) for _ in range(40)] + [said(4_500, "positive")] + [said(60, "positive") for _ in range(60)]
    ratio, without, *_ = measured(ReachAsymmetry, *rows)
    assert ratio.value == pytest.approx(4_000 / 8_100)
    assert without.value == pytest.approx(4_000 / 3_600)
    assert ratio.status == "directional"


def test_a_sound_ratio_has_an_interval_that_leaves_balance_out() -> None:
    rows = [said(100 + i) for i in range(140)] + [said(100 + i, "positive") for i in range(70)]
    ratio = measured(ReachAsymmetry, *rows)[0]
    assert ratio.status == "ok"
    assert ratio.value == pytest.approx(sum(range(100, 240)) / sum(range(100, 170)))
    assert 1 < (ratio.low or 0) < (ratio.value or 0) < (ratio.high or 0) < 5


def test_fewer_than_two_hundred_people_only_point_somewhere() -> None:
    rows = [said(100 + i) for i in range(120)] + [said(100 + i, "positive") for i in range(79)]
    ratio, _, records, _ = measured(ReachAsymmetry, *rows)
    assert (ratio.n_authors, ratio.status) == (199, "directional")
    assert "fewer than 200 people" in ratio.reason
    assert records.status == "ok"  # how many wrote is no matter of how followers are spread


def test_one_record_that_was_shown_to_millions_makes_impressions_directional() -> None:
    rows = [said(10, impressions=100) for _ in range(30)] + [said(10, "positive", impressions=100) for _ in range(30)]
    viral = said(10, "positive", impressions=5_000_000)
    assert make.pick(measured(ReachAsymmetry, *rows), weight="impressions").value == 1
    found = make.pick(measured(ReachAsymmetry, *rows, viral), weight="impressions")
    assert found.status == "directional"
    assert "positive impressions" in found.reason


def test_nobody_praises_and_one_author_are_no_ratio() -> None:
    assert "no positive voice" in measured(ReachAsymmetry, *[said(10) for _ in range(20)])[0].reason
    alone = [said(10, author_id="a") for _ in range(20)] + [said(10, "positive", author_id="a")]
    assert "by one author" in measured(ReachAsymmetry, *alone)[0].reason
    silent = [said(0) for _ in range(20)] + [said(10, "positive") for _ in range(20)]
    assert "no negative voice" in measured(ReachAsymmetry, *silent)[0].reason


def test_estimated_impressions_are_the_assumed_rate_of_each_record() -> None:
    rows = [said(1_000, text="Bags again", author_id="a") for _ in range(10)]
    assert _ends(measured(EstimatedImpressions, *rows)[0]) == (100, 300)
    addressed = [said(1_000, text="@meridianair bags again", author_id="a") for _ in range(10)]
    assert _ends(measured(EstimatedImpressions, *addressed)[0]) == (0, 300)
    replies = [said(1_000, text="Same here", kind="reply") for _ in range(10)]
    assert _ends(measured(EstimatedImpressions, *replies)[0]) == (0, 300)
    chosen = measured(EstimatedImpressions, *rows, *replies, view_rate=[0.02, 0.02], reply_view_rate=[0.01, 0.01])
    assert _ends(chosen[0]) == (300, 300)


@pytest.mark.parametrize("rates", [[0.03, 0.01], [-0.1, 0.5], [0.5, 1.5]])
def test_rates_that_cannot_be(rates: list[float]) -> None:
    with pytest.raises(ValidationError):
        EstimatedImpressions.Options.model_validate({"view_rate": rates})


def test_measured_impressions_are_summed_where_the_export_has_them() -> None:
    rows = [said(10, impressions=100) for _ in range(12)] + [said(10, "positive") for _ in range(3)]
    rows += [said(10, impressions=10**9, metrics_of_original=True)]
    whole, known, negative, _, positive, *_ = measured(MeasuredImpressions, *rows)
    assert (whole.kind, whole.unit, whole.value, whole.n) == ("count", "impressions", 1_200, 12)
    assert (known.value, known.n) == (12, 16)
    assert negative.value == 1_200
    assert positive.status == "not_testable"


def test_people_are_not_counted_once_a_tone() -> None:
    """Twelve people who write in two tones are twelve: cells of few people must not look larger than they are."""
    rows = [said(10, tone, author_id=f"a{i}", impressions=5) for i in range(12) for tone in ("negative", "positive")]
    del rows[0]  # were all of them on both sides, nothing would tell how sure the ratio is
    for measure in (EstimatedImpressions, MeasuredImpressions, PotentialReach, ReachAsymmetry):
        assert measured(measure, *rows)[0].n_authors == 12


def test_audience_agrees_with_the_statistics_package() -> None:
    followers = [3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610] * 5
    found = measured(Audience, *[said(f) for f in followers])
    by = {r.dims["statistic"]: r for r in found if "statistic" in r.dims}
    assert by["median"].value == 34
    assert by["p90"].value == 377
    assert by["gini"].value == pytest.approx(stats.gini(followers))
    assert by["top"].value == pytest.approx(stats.top_share(followers))
    low, high = stats.quantile_interval(followers, 0.5)
    assert (by["median"].low, by["median"].high) == (low, high)
    assert all(r.n == 60 for r in by.values())


def test_equal_audiences_are_equal_and_none_at_all_has_no_gini() -> None:
    by = {r.dims.get("statistic"): r for r in measured(Audience, *[said(7) for _ in range(20)])}
    assert by["gini"].value == pytest.approx(0)
    found = measured(Audience, *quiet(20))
    assert [r.dims["statistic"] for r in found if "statistic" in r.dims] == ["median", "p90"]


def test_tiers_count_people_and_records_and_tell_how_they_feel() -> None:
    small = [said(50, author_id=f"s{i % 20}") for i in range(40)]
    large = [said(5_000, "positive") for _ in range(30)]
    found = measured(Audience, *small, *large)
    assert make.pick(found, tier="0-999", part="people").value == 20
    assert make.pick(found, tier="0-999", part="records").value == 40
    assert make.pick(found, tier="1000+", part="people").value == 30
    assert make.pick(found, tier="0-999").value == -100
    assert make.pick(found, tier="1000+").value == 100
    assert make.pick(found, tier="1000+").unit == "points"


def test_no_tier_points_at_anybody() -> None:
    """The one author with a million followers is merged with those below."""
    found = measured(Audience, said(1_000_000), *[said(50_000) for _ in range(12)], *[said(10) for _ in range(12)])
    tiers = {r.dims["tier"]: r.value for r in found if r.dims.get("part") == "people"}
    assert tiers == {"0-9999": 12, "10000+": 13}


@given(st.dictionaries(st.integers(0, 4), st.tuples(st.integers(0, 40), st.integers(0, 90)), min_size=1))
def test_merged_tiers_keep_everybody_and_their_order(counts: dict[int, tuple[int, int]]) -> None:
    rows = [(tier, people, records) for tier, (people, records) in counts.items()]
    frame = pl.DataFrame(rows, schema=["tier", "people", "records"], orient="row")
    tiers = merged(frame, (100, 1_000, 10_000, 100_000))
    assert sum(t.people for t in tiers) == frame["people"].sum()
    assert sum(t.records for t in tiers) == frame["records"].sum()
    assert [n for t in tiers for n in t.numbers] == [0, 1, 2, 3, 4]
    assert [t.low for t in tiers][1:] == [t.high for t in tiers][:-1]
    assert len(tiers) == 1 or all(t.people >= 10 for t in tiers)


@pytest.mark.parametrize("tiers", [[], [0, 10], [100, 10], [10, 10]])
def test_tiers_that_cannot_be(tiers: list[int]) -> None:
    with pytest.raises(ValidationError):
        Audience.Options.model_validate({"tiers": tiers})


@given(st.lists(st.integers(0, 500), min_size=10, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_grouped_quantiles_are_those_of_the_list(values: list[int], q: float) -> None:
    grouped = pl.Series("v", values).value_counts().sort("v")
    spread = Spread(grouped["v"].to_numpy().astype(float), grouped["count"].to_numpy())
    below = sum(v <= spread.quantile(q) for v in values) / len(values)
    assert below >= q - 1e-9
    assert sum(v < spread.quantile(q) for v in values) / len(values) < q
    assert [spread.at(rank) for rank in range(1, len(values) + 1)] == sorted(values)


def test_follower_counts_are_collected_to_three_digits() -> None:
    rows = [said(f) for f in (999, 1_004, 1_006, 412_300, 412_400, 99_950)] * 2
    by = {r.dims.get("statistic"): r.value for r in measured(Audience, *rows)}
    assert by["p90"] == 412_000


@given(st.integers(0, 10**9))
def test_rounding(value: int) -> None:
    assert len(str(rounded(value)).rstrip("0")) <= 2
    assert abs(rounded(value) - value) <= 0.05 * value
    low, high = outward(value, value)
    assert low <= value <= high
    assert all(len(str(end).rstrip("0")) <= 2 for end in (low, high))


def test_rounding_of_the_case_in_the_demo() -> None:
    assert rounded(412_300) == 410_000
    assert outward(412_300, 412_300) == (410_000, 420_000)


def test_the_loudest_complaints_that_waited() -> None:
    root = {"created_at": datetime(2026, 2, 10, 7, tzinfo=UTC), "reposts": 11_764, "impressions": 5_251_804}
    rows = [complaint(412_300, 33.35, **root, record_id="case"), complaint(9_000, 2), complaint(8_000)]
    rows += [complaint(100, 1) for _ in range(20)]
    table, late, reach = measured(LoudestUnanswered, *rows)
    assert table.kind == "table"
    assert table.value is None
    assert table.rows[0] == {
        "id": "case", "followers": 410_000, "hours": pytest.approx(33.4, abs=0.06), "answered": True,
        "reposts": 12_000, "impressions": 5_300_000, "channel": "x", "month": "2026-02",
    }  # fmt: skip
    assert [(r["followers"], r["answered"]) for r in table.rows] == [(410_000, True), (8_000, False)]
    assert table.rows[1]["hours"] == (AS_OF - make.NOON) / timedelta(hours=1)
    assert (late.dims, late.value, late.n) == ({"later_than": "24 hours"}, 2, 23)
    assert (reach.status, reach.low) == ("hidden", None)


def test_a_thread_is_a_complaint_when_its_author_wrote_anything_negative_in_it() -> None:
    misread = complaint(5_000, author_id="a", thread_id="t", sentiment="positive")
    later = said(5_000, "negative", author_id="a", thread_id="t", thread_position=2)
    others = said(5_000, "negative", author_id="b", thread_id="u", thread_position=1)
    praise = complaint(7_000, author_id="c", thread_id="u", sentiment="positive")
    base = [complaint(1, 1) for _ in range(12)]
    assert [r["followers"] for r in measured(LoudestUnanswered, *base, misread, later)[0].rows] == [5_000]
    assert measured(LoudestUnanswered, *base, praise, others)[0].rows == ()


def test_one_case_an_author_and_three_at_most() -> None:
    rows = [complaint(9_000, author_id="loud", created_at=make.NOON + timedelta(hours=i)) for i in range(5)]
    rows += [complaint(1_000 * i) for i in range(1, 8)]
    found = measured(LoudestUnanswered, *rows)[0].rows
    assert [r["followers"] for r in found] == [9_000, 7_000, 6_000]
    assert found[0]["hours"] == (AS_OF - make.NOON) / timedelta(hours=1)


@pytest.mark.parametrize(
    "odd",
    [
        {"thread_position": 1},
        {"shared": "private"},
        {"entity": "norda"},
        {"created_at": None},
        {"created_at": AS_OF - timedelta(hours=20)},
        {"answered_by_brand": True, "first_reply_ms": None},
        {"author_followers": None},
        {"sentiment": "neutral"},
    ],
)
def test_what_is_no_case(odd: dict[str, Any]) -> None:
    rows = [complaint(10, 1) for _ in range(12)] + [{**complaint(99_000), **odd}]
    table, late, *_ = measured(LoudestUnanswered, *rows)
    assert table.rows == ()
    assert (late.value, late.n) == (0, 12)


def test_late_is_an_option() -> None:
    rows = [complaint(10, 5) for _ in range(12)]
    assert measured(LoudestUnanswered, *rows)[1].value == 0
    late = measured(LoudestUnanswered, *rows, late_hours=4.5)[1]
    assert (late.dims, late.value) == ({"later_than": "4.5 hours"}, 12)


@pytest.mark.parametrize("frame", ["own_posts", "answered_only", "without_replies"])
def test_sources_that_hide_the_unanswered_show_no_case(frame: str) -> None:
    found = measured(LoudestUnanswered, *[complaint(10) for _ in range(20)], frame=frame)
    assert [r.status for r in found] == ["not_testable"]


@pytest.mark.parametrize("measure", EVERY)
def test_without_records_followers_or_counts_there_is_a_reason(measure: type[Measure]) -> None:
    for rows in ([], [complaint(0, author_followers=None, sentiment=None) for _ in range(20)]):
        for result in measured(measure, *rows):
            assert result.status == "not_testable"
            assert result.reason


@pytest.mark.parametrize("measure", EVERY)
def test_one_record_is_too_few_to_show(measure: type[Measure]) -> None:
    for result in measured(measure, complaint(500, impressions=7)):
        assert result.status in ("hidden", "not_testable") or result.kind == "count"
        assert not result.rows


@pytest.mark.parametrize("measure", EVERY)
def test_negative_numbers_of_a_broken_export_are_unknown(measure: type[Measure]) -> None:
    rows = [complaint(40, impressions=9, sentiment=s) for s in ("negative", "positive") for _ in range(12)]
    broken = complaint(-1, impressions=-1, sentiment="neutral")
    clean = [(r.key, r.value, r.low, r.high) for r in measured(measure, *rows)]
    assert [(r.key, r.value, r.low, r.high) for r in measured(measure, *rows, broken)] == clean


CASES = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"), st.integers(0, 10**6), st.sampled_from(["negative", "neutral", "positive", None]),
        st.integers(0, 10**6) | st.none(), st.none() | st.integers(0, 90),
    ),
    min_size=12, max_size=40,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(CASES, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_numbers_keep_their_bounds(cases: list[Any], rng: Any) -> None:
    rows = [
        {
            **complaint(f, w, author_id=a, record_id=make.ident(i), thread_id=str(i)),
            "sentiment": s, "impressions": shown,
        }
        for i, (a, f, s, shown, w) in enumerate(cases)
    ]  # fmt: skip
    mixed = list(rows)
    rng.shuffle(mixed)
    for measure in EVERY:
        first, second = measured(measure, *rows), measured(measure, *mixed)
        assert first == second
        for result in first:
            ends = [end for end in (result.low, result.value, result.high) if end is not None]
            assert ends == sorted(ends)


def _ends(result: Result) -> tuple[float | None, float | None]:
    return result.low, result.high
