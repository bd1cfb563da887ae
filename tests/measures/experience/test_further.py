"""Banality, expectations, goals, peak and end, segments, live participation: by hand, and what must hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from cxreport.api import ANSWERS, Measure, Result, Words, conform, stats
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.experience import others
from cxreport_plugins.experience.banality import Banality
from cxreport_plugins.experience.expectations import WANTED, Expectations
from cxreport_plugins.experience.goals import Goals
from cxreport_plugins.experience.live import Live
from cxreport_plugins.experience.peak_end import PeakEnd
from cxreport_plugins.experience.segments import Segments
from tests.measures.make import edition, ident, pick, records, repeated, run

Row = dict[str, Any]
DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
STARS: Row = {"metric": "stars", "rating_max": 5.0, "rating_min": 1.0}


def told(cls: type[Measure], *rows: Row, answers: Sequence[Row] = (), **options: Any) -> tuple[Result, ...]:
    """Results over records that name their `cues`; `answers` name the record by its number."""
    plain = [{key: value for key, value in row.items() if key != "cues"} for row in rows]
    found = [(ident(n), "cues", cue, 1.0, "en.1") for n, row in enumerate(rows) for cue in row.get("cues", ())]
    table = records(*plain, more={"cues_read": pl.Boolean}, cues_read=True)
    labels = pl.DataFrame(found, schema=LABELS_TABLE, orient="row")
    given = [{"record_id": ident(row["of"]), **{k: v for k, v in row.items() if k != "of"}} for row in answers]
    frame = conform(pl.DataFrame(given), ANSWERS) if given else None
    return run(cls, table, label_table=labels, answers=frame, **options)


def test_banality_is_the_middle_of_a_scale_and_delight_says_why() -> None:
    """20 answers: 8 of 7–8, 6 of 9–10, of which 2 with a word of delight."""
    rows = [*repeated(8, nps_score=7), *repeated(4, nps_score=9), *repeated(2, nps_score=10, cues=("expect.delight",)),
            *repeated(6, nps_score=3, cues=("expect.delight",))]  # fmt: skip
    found = told(Banality, *rows)
    values = {level: pick(found, of="nps", level=level).value for level in ("middling", "best", "extraordinary")}
    assert values == {"middling": 0.4, "best": 0.3, "extraordinary": 0.1}
    assert pick(found, of="texts", level="extraordinary").value == 0.4
    shown = others.banality(edition({Banality.name: found}), Words())
    assert shown is not None
    assert shown.title == "Net Promoter answers: 40% middling, 30% the best, 10% that also say why"


def test_five_stars_are_extraordinary_with_a_text_and_sites_stay_apart() -> None:
    google = [*repeated(5, rating_value=5.0, text="lovely"), *repeated(3, rating_value=5.0), *repeated(4, rating_value=3.0),
              *repeated(8, rating_value=1.0, text="never again")]  # fmt: skip
    rows = [{**STARS, "channel": "google", **row} for row in google]
    rows += [{**STARS, "channel": "app_store", "rating_value": 3.0} for _ in range(10)]
    rows += [{**STARS, "channel": "g2", "rating_value": 5.0, "rating_max": 10.0} for _ in range(10)]
    found = told(Banality, *rows)
    google_levels = [pick(found, of="stars", channel="google", level=level).value for level in
                     ("middling", "best", "extraordinary")]  # fmt: skip
    assert google_levels == [0.2, 0.4, 0.25]
    assert pick(found, of="stars", channel="app_store", level="middling").value == 1
    assert not any(r.dims.get("channel") == "g2" for r in found), "five of ten stars are not the best"


def test_the_gap_of_a_pair_of_questions_is_experienced_less_expected() -> None:
    """Twelve people: eight −1, four +2: mean 0; the middle of 10 who expected 4 and got 3."""
    asked = [("before", 4.0), ("after", 3.0)]
    answers = [{"of": n, "question_id": q, "value_number": v} for n in range(8) for q, v in asked]
    answers += [{"of": n, "question_id": q, "value_number": v} for n in range(8, 12) for q, v in
                (("before", 2.0), ("after", 4.0))]  # fmt: skip
    answers += [{"of": 12, "question_id": "before", "value_number": 1.0}]
    found = pick(told(Expectations, *repeated(13), answers=answers, expected="before", experienced="after"), part="gap")
    assert (found.value, found.n, found.unit) == (0, 12, "score")
    low, high = stats.t_mean(0.0, math.sqrt((8 * 1 + 4 * 4) / 11), 12)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_cues_of_expectation_are_shares_of_texts_and_rates_by_month() -> None:
    rows = [
        {"created_at": datetime(2026, month, 5, tzinfo=UTC), "cues": ("expect.owed",) if n < month else ()}
        for month in range(1, 7) for n in range(50)
    ]  # fmt: skip
    rows += repeated(30, cues=("expect.below",)) + repeated(20, cues=("expect.above",))
    found = told(Expectations, *rows)
    assert pick(found, cue="below").value == pytest.approx(30 / 350)
    assert pick(found, cue="above").value == pytest.approx(20 / 350)
    assert pick(found, cue="owed", part="rate").value == pytest.approx(1000 * 21 / 350)
    assert pick(found, cue="owed", month="2026-06").value == pytest.approx(120)
    slope = pick(found, cue="owed", part="slope")
    # by month 1/100, 2/50 … 6/50: each step is 20 in a thousand but the first, of 30
    assert slope.value == pytest.approx(20, abs=2)
    assert slope.low is not None
    assert slope.low > 0
    assert pick(found, part="gap").needs == (WANTED,)


def test_more_disappointment_is_a_larger_share() -> None:
    shares = [pick(told(Expectations, *repeated(k, cues=("expect.below",)), *repeated(40 - k)), cue="below").value
              for k in (0, 5, 20, 40)]  # fmt: skip
    assert shares == [0, 0.125, 0.5, 1]


@pytest.mark.parametrize(
    ("question", "said", "reached"),
    [
        ("Did you find the fare you were looking for?", ["yes"] * 12 + ["no"] * 8, 0.6),
        ("Was your problem solved?", ["Yes, fully"] * 5 + ["Partly"] * 15, 0.25),
        ("Удалось ли решить вопрос?", ["Да"] * 9 + ["Нет"] * 3 + ["не помню"] * 4, 0.75),
    ],
)
def test_goals_are_reached_by_those_who_say_so(question: str, said: list[str], reached: float) -> None:
    answers = [{"of": n, "question_text": question, "value_text": text} for n, text in enumerate(said)]
    (found,) = told(Goals, *repeated(len(said)), answers=answers)
    shown = others.others(edition({Goals.name: [found]}), Words())
    assert shown is not None
    assert shown.table is not None
    assert shown.table.rows[0][0] == f"Goal reached: {question}"
    assert found.value == reached
    assert found.dims == {"question": question}


def test_numbers_answer_too_and_other_questions_ask_for_no_goal() -> None:
    answers = [
        {"of": n, "question_text": "Were you able to check in?", "value_number": float(n < 5)} for n in range(20)
    ]
    answers += [{"of": n, "question_text": "Did you fly alone?", "value_text": "yes"} for n in range(20)]
    (found,) = told(Goals, *repeated(20), answers=answers)
    assert (found.value, found.n) == (0.25, 20)
    assert told(Goals, *repeated(20))[0].needs


def rater(author: str, *scores: float, **row: Any) -> list[Row]:
    """One person's ratings, a day apart."""
    return [
        {**STARS, "author_id": author, "rating_value": score, "created_at": DAY + timedelta(days=n), **row}
        for n, score in enumerate(scores)
    ]


def test_peak_and_end_by_hand() -> None:
    """1, 3, 4: peak 1, end 4, remembered 2.5, lived 8/3. 5, 1, 3: of two peaks the worse, 1; end 3, so 2; lived 3."""
    rows = [row for n in range(6) for row in rater(f"a{n}", 1, 3, 4)]
    rows += [row for n in range(6) for row in rater(f"b{n}", 5, 1, 3)]
    rows += [row for n in range(9) for row in rater(f"seldom {n}", 5, 5)]
    found = told(PeakEnd, *rows)
    scale = {"metric": "stars", "scale": "5"}
    assert pick(found, **scale, part="remembered").value == pytest.approx((2.5 + 2) / 2)
    assert pick(found, **scale, part="lived").value == pytest.approx((8 / 3 + 3) / 2)
    assert pick(found, **scale).value == pytest.approx((2.5 + 2 - 8 / 3 - 3) / 2)
    assert pick(found, **scale).n == 12


def test_where_low_is_good_the_peak_is_turned() -> None:
    rows = [row for n in range(12) for row in rater(f"a{n}", 1, 3, 2, rating_reversed=True)]
    found = told(PeakEnd, *rows)
    assert pick(found, metric="stars", scale="5", part="lived").value == pytest.approx(4)
    assert pick(found, metric="stars", scale="5", part="remembered").value == pytest.approx((5 + 4) / 2)


def test_a_better_end_is_remembered_better() -> None:
    def remembered(last: float) -> float:
        rows = [row for n in range(12) for row in rater(f"a{n}", 1, 3, last)]
        return pick(told(PeakEnd, *rows), metric="stars", scale="5", part="remembered").value or 0

    assert remembered(2) < remembered(3) < remembered(4)


def test_two_ratings_are_too_few() -> None:
    (found,) = told(PeakEnd, *rater("a", 1, 5), *rater("b", 2, 4))
    assert found.needs == ("several ratings of the same people",)


def answered(half: int, family: int, business: int) -> list[Row]:
    at = DAY + timedelta(days=100 * half)
    return [{"segment": name, "created_at": at} for name, n in (("family", family), ("business", business))
            for _ in range(n)]  # fmt: skip


def test_the_mix_of_segments_by_hand() -> None:
    """Family 60 of 100, then 40 of 100: PSI of (60.5, 40.5) and (40.5, 60.5) of 101 each."""
    found = told(Segments, *answered(0, 60, 40), *answered(1, 40, 60))
    p, q = 60.5 / 101, 40.5 / 101
    whole = pick(found, source="demo")
    assert whole.value == pytest.approx(2 * (p - q) * math.log(p / q))
    assert whole.rows[0]["p"] == pytest.approx(stats.homogeneity_p([[60, 40], [40, 60]]))
    change = pick(found, source="demo", segment="family", part="change")
    assert change.value == pytest.approx(-20)
    assert (change.high or 0) < 0
    assert pick(found, source="demo", segment="business", half="late").value == 0.6


def test_a_larger_shift_has_a_larger_index() -> None:
    found = [pick(told(Segments, *answered(0, 50, 50), *answered(1, k, 100 - k)), source="demo").value or 0
             for k in (50, 40, 25, 5)]  # fmt: skip
    assert found[0] == pytest.approx(0)
    assert found == sorted(found)


def test_a_segment_that_nobody_states_is_not_testable() -> None:
    assert told(Segments, *repeated(30))[0].needs == ("a survey or table with segment",)


def test_live_is_on_the_day_of_the_experience() -> None:
    """Of 20 that state the day: 8 on it, 6 within a week, 6 later; one states a day to come; 19 state none."""
    lags = [0] * 8 + [1, 2, 3, 5, 6, 7] + [8, 9, 20, 30, 40, 50]
    rows = [{"created_at": DAY + timedelta(days=lag), "experienced_at": DAY} for lag in lags]
    rows += [{"created_at": DAY, "experienced_at": DAY + timedelta(days=3)}, *repeated(19)]
    rows += repeated(10, kind="survey_response", created_at=DAY, experienced_at=DAY)
    found = told(Live, *rows)
    assert [pick(found, lag=lag).value for lag in ("same_day", "week", "later")] == [0.4, 0.3, 0.3]
    assert pick(found, part="known").value == 0.5
    assert "experienced_at" in told(Live, *repeated(20))[0].needs[0]
