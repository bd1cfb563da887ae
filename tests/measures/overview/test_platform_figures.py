"""Figures that platforms state: copied, added up by day once, and told beside the measures."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from cxreport.model.audit import Load
from cxreport.model.result import Result
from cxreport.model.schema import METRICS
from cxreport.render.words import Words
from cxreport_plugins.overview.platform import MOST, PlatformFigures
from cxreport_plugins.overview.stated import stated
from tests.measures import make

WORDS = Words()
LOUNGE = {"system": "google.places", "subject": "Lounge, Riga"}
DAY = date(2026, 5, 4)


def figures(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{"source_id": "a", "source_file": "a.json", **row} for row in rows], schema=METRICS)


def measured(*rows: dict[str, Any], **about: Any) -> tuple[Result, ...]:
    return make.run(PlatformFigures, make.records({}), metrics=figures(*rows), about=make.context(**about))


def average(value: float, count: float | None = None, **where: Any) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [{"name": "rating_average", "value": value}, {"name": "rating_count", "value": count}]
    return [{**LOUNGE, **one, **where} for one in told if one["value"] is not None]


def total(day: date, value: float, name: str = "impressions", file: str = "a.csv") -> dict[str, Any]:
    return {"system": "x.analytics", "source_file": file, "date": day, "name": name, "value": value}


def test_an_average_stands_on_the_ratings_that_the_platform_counts() -> None:
    mean, count = measured(*average(4.4, 812))
    assert mean.dims == {**LOUNGE, "name": "rating_average"}
    assert (mean.value, mean.n, mean.unit, mean.kind, mean.level) == (4.4, 812, "stars", "count", None)
    assert (count.dims["name"], count.value, count.n) == ("rating_count", 812, 812)
    [bare] = measured(*average(4.4))
    assert (bare.value, bare.n) == (4.4, 0)


def test_of_several_files_that_with_most_ratings_is_told() -> None:
    late, early = average(4.1, 900, source_file="b.json"), average(4.6, 812)
    mean, count = measured(*early, *late)
    assert (mean.value, mean.n, count.value) == (4.1, 900, 900)
    other = average(3.0, 5, subject="Desk")
    assert [r.value for r in measured(*other, *early) if r.dims["name"] == "rating_average"] == [3.0, 4.6]


def test_another_scale_is_no_stars() -> None:
    mean, _ = measured({**LOUNGE, "name": "rating_max", "value": 10.0}, *average(8.6, 40))
    assert (mean.unit, mean.rows) == ("score", ({"best": 10.0},))


def test_days_are_added_up_once_and_within_the_period() -> None:
    days = [
        total(DAY, 100),
        total(DAY, 110, file="later.csv"),
        total(date(2026, 5, 6), 7),
        total(date(2025, 1, 1), 999),
    ]
    [impressions, posts] = measured(*days, total(DAY, 2, "posts"), period=(date(2026, 5, 1), date(2026, 5, 31)))
    assert (impressions.value, impressions.unit, impressions.kind) == (117, "impressions", "count")
    assert impressions.rows == ({"from": "2026-05-04", "to": "2026-05-06", "days": 2},)
    assert (posts.dims, posts.value) == ({"system": "x.analytics", "name": "posts"}, 2)


def test_without_figures_it_is_not_testable() -> None:
    [result] = measured()
    assert (result.status, result.value) == ("not_testable", None)
    assert stated(make.edition({PlatformFigures.name: [result]}), WORDS) is None
    assert stated(make.edition(), WORDS) is None


def test_a_chain_of_places_stays_within_bounds() -> None:
    chain = [row for number in range(3 * MOST) for row in average(4.0, number, subject=f"Place {number}")]
    assert {r.n for r in measured(*chain)} == set(range(2 * MOST, 3 * MOST)), "those with most ratings"
    exhibit = stated(make.edition({PlatformFigures.name: measured(*chain)}), WORDS)
    assert exhibit is not None
    assert exhibit.table is not None
    assert len(exhibit.table.rows) == 20
    assert f"{MOST - 20} more" in exhibit.note


def test_the_exhibit_tells_value_date_and_source() -> None:
    load = Load(source_id="places", file="a.json", system="google.places", system_title="Google Places API")
    meta = make.COVER.model_copy(update={"rivals": {"norda": "Norda"}})
    numbered = average(4.0, 700, entity="brand", subject="5518")
    results = measured(*average(4.4, 1089), *numbered, *average(3.25, entity="norda"), total(DAY, 1500))
    assert {"system": "google.places", "subject": "5518", "name": "rating_count"} in [r.dims for r in results]
    exhibit = stated(make.edition({PlatformFigures.name: results}, loads=[load], meta=meta), WORDS)
    assert exhibit is not None
    assert exhibit.table is not None
    assert exhibit.title == "Lounge, Riga has an average of 4.4 of 5 (1,089\u00a0ratings) on its platform"
    assert exhibit.table.rows == (
        (
            "Meridian Air, place 5518",
            "Average rating",
            "4.0 of 5 (700\u00a0ratings)",
            "when exported",
            "Google Places API",
        ),
        ("Norda: Lounge, Riga", "Average rating", "3.25 of 5", "when exported", "Google Places API"),
        ("Lounge, Riga", "Average rating", "4.4 of 5 (1,089\u00a0ratings)", "when exported", "Google Places API"),
        ("Meridian Air", "Impressions", "1,500", "4 May 2026", "x.analytics"),
    )
