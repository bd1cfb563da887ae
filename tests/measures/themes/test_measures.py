"""Share, net sentiment and change of themes, and telling phrases, from hand-made records."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
import pytest

from cxreport.api import Context, Measure, Result, Words, stats
from cxreport_plugins.common.contrast import PEOPLE
from cxreport_plugins.common.logodds import log_odds
from cxreport_plugins.themes.beyond import BeyondPrice
from cxreport_plugins.themes.change import Change
from cxreport_plugins.themes.feeling import Feeling
from cxreport_plugins.themes.intended import Intended
from cxreport_plugins.themes.intent import beyond, intended
from cxreport_plugins.themes.phrases import Phrases
from cxreport_plugins.themes.share import Share
from tests.measures.make import context, edition, ident, labels, pick, records, run

MORE = {"themes_read": pl.Boolean}
PACKS: Mapping[str, Any] = {"themes": {"packs": ["airline"]}}
Row = dict[str, Any]


def about(enrich: Mapping[str, Any] = PACKS) -> Context:
    return replace(context(), enrich=enrich)


def told(
    cls: type[Measure], rows: Sequence[Row], enrich: Mapping[str, Any] = PACKS, **options: Any
) -> tuple[Result, ...]:
    """Results over records that name their `themes`."""
    plain = [{k: v for k, v in {"themes_read": True, **row}.items() if k != "themes"} for row in rows]
    named = [(ident(i), "themes", theme, 1.0, "t") for i, row in enumerate(rows) for theme in row.get("themes", ())]
    table = records(*plain, more=MORE)
    label_table = pl.DataFrame(named, schema=labels().schema, orient="row")
    return run(cls, table, label_table=label_table, about=about(enrich), **options)


def some(count: int, *themes: str, **row: Any) -> list[Row]:
    return [{"themes": themes, **row} for _ in range(count)]


def test_shares_are_of_the_texts_that_could_be_read() -> None:
    found = told(Share, [*some(30, "luggage", "delay"), *some(20, "delay"), *some(50), *some(40, themes_read=False)])
    luggage, delay, rest = (pick(found, theme=theme) for theme in ("luggage", "delay", "none"))
    assert (luggage.value, delay.value, rest.value) == (0.3, 0.5, 0.5)
    assert (luggage.n, luggage.n_authors, luggage.status) == (100, 100, "ok")
    plain = stats.wilson(30, 100)
    assert luggage.low is not None
    assert luggage.high is not None
    assert luggage.low <= plain.low
    assert luggage.high >= plain.high
    never = pick(found, theme="lounge")
    assert (never.value, never.low) == (0, 0)
    assert never.high == pytest.approx(stats.wilson(0, 100).high)
    assert luggage.evidence is not None
    assert (luggage.evidence.table, luggage.evidence.all[-1]) == ("labels", ("label", "eq", "luggage"))


def test_shares_by_channel() -> None:
    found = told(Share, [*some(20, "food", channel="x"), *some(20, channel="x"), *some(10, channel="trustpilot")])
    assert pick(found, theme="food", channel="x").value == 0.5
    assert pick(found, theme="food", channel="trustpilot").value == 0


def test_many_texts_of_one_person_widen_the_interval() -> None:
    loud = [{"themes": ("luggage",), "author_id": "loud"} for _ in range(60)]
    several, one = told(Share, [*some(60, "luggage"), *some(60)]), told(Share, [*loud, *some(60)])
    width = [(r.high or 0) - (r.low or 0) for r in (pick(several, theme="luggage"), pick(one, theme="luggage"))]
    assert width[1] > 1.5 * width[0]


def test_price_quality_and_experience_are_shares_of_texts_with_a_theme() -> None:
    rows = [
        *some(10, "price", sentiment="positive"), *some(20, "price", "seat", sentiment="negative"),
        *some(10, "crew", "delay", sentiment="positive"), *some(30),
    ]  # fmt: skip
    found = told(BeyondPrice, rows)
    assert [pick(found, about=side).value for side in ("price", "quality", "experience")] == [0.75, 0.5, 0.25]
    assert pick(found, about="price").n == 40
    shown = beyond(edition({BeyondPrice.name: found}), Words())
    assert shown is not None
    assert shown.title == "Of texts with a theme 25% are about the experience, 75% about price"
    assert pick(found, about="price", part="feeling").value == pytest.approx(100 * (10 - 20) / 30)
    assert pick(found, about="experience", part="feeling").value == 100
    other = told(BeyondPrice, rows, price=("crew",), quality=())
    assert [pick(other, about=side).value for side in ("price", "quality", "experience")] == [0.25, 0, 1]


def test_what_was_intended_is_told_theme_by_theme() -> None:
    rows = [
        *some(40, "crew", sentiment="positive"), *some(30, "delay", sentiment="negative"),
        *some(12, "food", sentiment="negative"),
    ]  # fmt: skip
    found = told(Intended, rows, intended=("crew", "food", "lounge"), values=("crew", "food"))
    assert pick(found, of="intended", theme="crew").value == 100
    assert pick(found, of="intended", theme="lounge").status == "not_testable"
    shown = intended(edition({Intended.name: found}), Words())
    assert shown is not None
    assert shown.title == "Of what is intended, crew clearly please"
    coverage = pick(found, of="intended", part="coverage")
    assert (coverage.value, coverage.n) == (1, 3)
    assert pick(found, of="intended", part="unintended").rows == ({"theme": "delay", "texts": 30},)
    overlap = pick(found, of="values", part="overlap")
    assert overlap.value == pytest.approx(1 / 3), "crew and food were stated, crew and delay are the commonest"


def test_what_nobody_stated_needs_its_option() -> None:
    found = told(Intended, some(40, "crew", sentiment="positive"))
    assert [r.needs for r in found] == [
        ("the option intended of themes.intended",), ("the option values of themes.intended",),
    ]  # fmt: skip


def test_the_codebook_is_among_the_results() -> None:
    book = pick(told(Share, some(20, "luggage")), part="codebook")
    assert {"id": "luggage", "label": "Luggage"} in book.rows
    assert book.rows[0]["id"] == "reach"


@pytest.mark.parametrize("cls", [Share, Feeling, Change])
def test_without_a_codebook_nothing_can_be_told(cls: type[Measure]) -> None:
    (only,) = told(cls, some(20, themes_read=False), enrich={})
    assert only.status == "not_testable"
    assert "no codebook" in only.reason
    assert only.needs == ("enrich.themes.packs", "enrich.themes.codebook")
    (unread,) = told(cls, some(20, themes_read=False))
    assert "language of the codebook" in unread.reason


def test_net_sentiment_of_a_theme() -> None:
    rows = [*some(30, "luggage", sentiment="negative"), *some(10, "luggage", sentiment="positive"),
            *some(40, "crew", sentiment="positive"), *some(20, sentiment="negative")]  # fmt: skip
    found = told(Feeling, rows)
    assert pick(found, theme="luggage").value == pytest.approx(-50)
    assert pick(found, theme="crew").value == pytest.approx(100)
    assert pick(found, theme="luggage", channel="x").n == 40
    assert not any(r.dims.get("theme") == "food" for r in found)


def day(month: int, number: int = 1) -> datetime:
    return datetime(2026, month, number, tzinfo=UTC)


def year(rise: int = 60) -> Iterator[Row]:
    """Nine months: food rises in the last three, lounges are new there, and a new channel brings only crews."""
    for month in range(1, 10):
        late = month > 6
        yield from some(rise if late else 10, "food", created_at=day(month))
        yield from some(100, created_at=day(month, 28))
        yield from some(3 if late else 0, "lounge", created_at=day(month, 2))
        yield from some(50 if late else 0, "crew", created_at=day(month, 3), channel="new")


def test_what_rises_and_what_is_new() -> None:
    found = told(Change, list(year()))
    food = pick(found, theme="food")
    assert food.value == pytest.approx(100 * (60 / 163 - 10 / 110), abs=0.1)
    assert food.low is not None
    assert food.low > 0
    assert food.rows[0]["q"] < 0.01
    assert food.rows[0]["turn"][:7] in ("2026-06", "2026-07")
    new = pick(found, theme="lounge", part="new")
    assert (new.value, new.kind, new.unit) == (9, "count", "people")
    assert not any(r.dims == {"theme": "food", "part": "new"} for r in found)
    assert pick(found, theme="crew").status == "not_testable", "a channel that is new brings no change"


def test_p_values_are_adjusted_over_all_themes() -> None:
    found = [r for r in told(Change, list(year(12))) if r.rows]
    raw = [r.rows[0]["p"] for r in found]
    assert [r.rows[0]["q"] for r in found] == pytest.approx(list(stats.benjamini_hochberg(raw)))


def test_few_people_are_no_new_theme() -> None:
    rows = [*year(), *[{"themes": ("seat",), "created_at": day(9), "author_id": f"a{i % 4}"} for i in range(40)]]
    assert not any(r.dims == {"theme": "seat", "part": "new"} for r in told(Change, rows))


def test_one_moment_is_no_change() -> None:
    (only,) = told(Change, some(50, "food"))
    assert only.status == "not_testable"


def test_log_odds_by_hand() -> None:
    """40 of 100 say it on one side and 10 of 100 on the other; the prior is 25 of 100 for both."""
    odds = log_odds([40], [10], 100, 100, prior=100)
    expected = math.log((40 + 25) / (60 + 75)) - math.log((10 + 25) / (90 + 75))
    variance = 1 / 65 + 1 / 135 + 1 / 35 + 1 / 165
    assert odds.delta[0] == pytest.approx(expected)
    assert odds.z[0] == pytest.approx(expected / math.sqrt(variance))
    back = log_odds([10], [40], 100, 100, prior=100)
    assert back.delta[0] == pytest.approx(-expected)


def test_log_odds_of_chance_are_seldom_clear() -> None:
    rng = np.random.default_rng(7)
    first, second = rng.binomial(300, 0.1, 2000), rng.binomial(300, 0.1, 2000)
    odds = log_odds(first, second, 300, 300)
    assert np.mean(odds.q < 0.10) < 0.01
    assert np.abs(log_odds([0], [300], 300, 300).z[0]) > 5


@pytest.mark.filterwarnings("error")
def test_of_what_nobody_or_everybody_says_there_are_no_log_odds() -> None:
    odds = log_odds([0, 100, 100, 0], [0, 50, 0, 50], 100, 50)
    assert np.isnan(odds.delta).tolist() == np.isnan(odds.high).tolist() == [True, True, False, False]
    assert odds.z[:2].tolist() == [0, 0]
    assert odds.q[:2].tolist() == [1, 1]
    assert odds.z[2] > 5
    assert odds.z[3] < -5


def said(count: int, text: str, **row: Any) -> list[Row]:
    return [{"text": text, **row} for _ in range(count)]


def phrases(rows: Sequence[Row], **options: Any) -> tuple[Result, ...]:
    return told(Phrases, rows, **options)


def test_phrases_tell_bad_from_good() -> None:
    rows = [
        *said(60, "The help desk never answered, great!", sentiment="negative"),
        *said(60, "Fast boarding and the help was kind", sentiment="positive"),
        *said(PEOPLE - 1, "Refund", sentiment="negative"),
        *[{"text": "Meridian Air cabin", "sentiment": "negative", "author_id": "one"} for _ in range(50)],
    ]
    series = pick(phrases(rows), contrast="sentiment", lang="en")
    told_by = {side: [r["phrase"] for r in series.rows if r["side"] == side] for side in ("negative", "positive")}
    assert "help desk" in told_by["negative"] or "desk" in " ".join(told_by["negative"])
    assert any("boarding" in phrase for phrase in told_by["positive"])
    every = " ".join(phrase for side in told_by.values() for phrase in side).split()
    assert not {"refund", "cabin", "meridian", "air", "the", "great"} & set(every)
    assert all(row["q"] < 0.1 and row["low"] > 0 and row["odds"] > 1 for row in series.rows)
    assert all(row["people"] % 5 == 0 and row["people"] >= PEOPLE for row in series.rows)
    assert series.n_authors == 121 + PEOPLE - 1


def test_one_person_says_a_thing_once() -> None:
    rows = [
        *said(40, "slow wifi", sentiment="negative"), *said(40, "slow wifi", sentiment="positive"),
        *[{"text": "broken seat", "sentiment": "negative", "author_id": f"a{i % 9}"} for i in range(900)],
    ]  # fmt: skip
    series = pick(phrases(rows), contrast="sentiment", lang="en")
    assert series.rows == ()


def test_masks_numbers_and_ignored_words_are_no_phrases() -> None:
    text = "[handle] flight mdn 815 lost https://example.org/x @someone #fail a1b2"
    rows = [*said(40, text, sentiment="negative"), *said(40, "kind crew", sentiment="positive")]
    series = pick(phrases(rows, ignore=["mdn"]), contrast="sentiment", lang="en")
    assert {w for r in series.rows for w in r["phrase"].split()} <= {"flight", "lost", "kind", "crew"}


def test_negations_stay_in_pairs() -> None:
    rows = [
        *said(40, "Не работает", sentiment="negative", lang="ru"),
        *said(40, "Работает", sentiment="positive", lang="ru"),
    ]
    series = pick(phrases(rows), contrast="sentiment", lang="ru")
    assert [r["phrase"] for r in series.rows] == ["не работает"]


def test_phrases_that_rise() -> None:
    rows = [*said(60, "coffee machine", created_at=day(9)), *said(60, "tea", created_at=day(9)),
            *said(120, "tea", created_at=day(1)), *said(99, "new forum", created_at=day(9), channel="forum")]  # fmt: skip
    series = pick(phrases(rows), contrast="time", lang="en")
    late = [r["phrase"] for r in series.rows if r["side"] == "late"]
    assert any("coffee" in phrase for phrase in late)
    assert not any("forum" in phrase for phrase in late)
    assert series.rows[0]["turn"].startswith("2026-06")


@pytest.mark.parametrize("columns", [{"lang": "fr"}, {"sentiment": None, "created_at": None}])
def test_without_two_sides_nothing_can_be_told(columns: Row) -> None:
    (only,) = phrases([*said(50, "bien", **{"sentiment": "negative", **columns})])
    assert only.status == "not_testable"
