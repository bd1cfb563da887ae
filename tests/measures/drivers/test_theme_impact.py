"""Themes beside scores: by hand, adjusted, sites apart, nothing imputed."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from cxreport.model.result import Result
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.drivers.theme_impact import ThemeImpact

from ..make import ident, pick, records, repeated, run

READ = {"themes_read": pl.Boolean}


def asked(score: int, count: int, *themes: str, **more: Any) -> list[dict[str, Any]]:
    """Answers to the net promoter question, with the themes of their texts."""
    row = {"nps_score": score, "metric": "nps", "rating_value": float(score), "rating_max": 10.0}
    return [{**one, "themes": themes} for one in repeated(count, **{**row, **more})]


def rated(stars: float, count: int, *themes: str, channel: str = "google") -> list[dict[str, Any]]:
    """Reviews."""
    row = {"metric": "stars", "rating_value": stars, "rating_max": 5.0, "channel": channel, "kind": "review"}
    return [{**one, "themes": themes} for one in repeated(count, **row)]


def measured(*rows: dict[str, Any]) -> tuple[Result, ...]:
    kept = [{key: value for key, value in row.items() if key != "themes"} for row in rows]
    found = [(ident(i), "themes", theme, 1.0, "test") for i, row in enumerate(rows) for theme in row["themes"]]
    labels = pl.DataFrame(found, schema=LABELS_TABLE, orient="row")
    return run(ThemeImpact, records(*kept, more=READ, themes_read=True), label_table=labels)


def answers() -> list[dict[str, Any]]:
    """100 with the theme bags: 20 promoters, 60 detractors. 300 without: 180 promoters, 60 detractors."""
    return [
        *asked(10, 20, "bags"), *asked(8, 20, "bags"), *asked(3, 60, "bags"),
        *asked(9, 180), *asked(7, 60), *asked(0, 60),
    ]  # fmt: skip


def test_difference_and_contribution_by_hand() -> None:
    results = measured(*answers())
    gap, part = (
        pick(results, theme="bags", outcome="nps"),
        pick(results, theme="bags", outcome="nps", part="contribution"),
    )
    whole = pick(results, outcome="nps", part="all")
    assert (gap.value, gap.n, gap.status) == (-80.0, 100, "ok")
    assert gap.rows[0] | {"p": 0, "q": 0} == {"share": 0.25, "with": -40.0, "without": 40.0, "p": 0, "q": 0}
    assert gap.rows[0]["q"] == gap.rows[0]["p"] < 1e-6, "one comparison needs no adjusting"
    assert part.value == -20.0 == (whole.value or 0) - 40.0, "all texts less those without it"
    assert whole.value == 20.0
    assert gap.low is not None
    assert gap.high is not None
    assert -100 < gap.low < -80 < gap.high < -55
    assert (part.low or 0) < -20 < (part.high or 0) < 0


def test_stars_of_sites_are_apart() -> None:
    rows = [
        *rated(1, 20, "bags"), *rated(3, 20, "bags"), *rated(4, 60),
        *rated(5, 40, "bags", channel="trustpilot"), *rated(2, 40, channel="trustpilot"), *rated(3, 40, channel="trustpilot"),
    ]  # fmt: skip
    results = measured(*rows)
    google, other = (pick(results, theme="bags", outcome="stars", channel=c) for c in ("google", "trustpilot"))
    assert (google.value, other.value, google.unit) == (-2.0, 2.5, "stars")
    assert pick(results, outcome="stars", channel="google", part="all").value == pytest.approx(3.2)
    contribution = pick(results, theme="bags", outcome="stars", channel="google", part="contribution")
    assert contribution.value == pytest.approx(3.2 - 4)


def test_a_theme_that_makes_no_difference_contributes_nothing() -> None:
    rows = [*asked(10, 30, "crew"), *asked(3, 30, "crew"), *asked(10, 60), *asked(3, 60)]
    gap = pick(measured(*rows), theme="crew", outcome="nps")
    assert gap.value == 0
    assert (gap.low or 0) < 0 < (gap.high or 0)
    assert gap.rows[0]["p"] > 0.5


def test_p_values_are_adjusted_over_all_themes_and_scores() -> None:
    rows = [
        *answers(),
        *asked(10, 31, "crew"),
        *asked(3, 30, "crew"),
        *rated(4, 39, "seat"),
        *rated(3, 1, "seat"),
        *rated(5, 41),
    ]
    tested = [
        r.rows[0] for r in measured(*rows) if set(r.dims) in ({"theme", "outcome"}, {"theme", "outcome", "channel"})
    ]
    assert len(tested) == 3
    ranked = sorted(tested, key=lambda row: row["p"])
    assert ranked[0]["q"] == pytest.approx(min(3 * ranked[0]["p"], 1.5 * ranked[1]["p"], ranked[2]["p"]))
    assert all(row["q"] >= row["p"] for row in tested)


def test_small_sides_are_not_tested_and_tiny_ones_not_told() -> None:
    few = measured(*asked(3, 20, "bags"), *asked(9, 100), *asked(5, 100), *asked(2, 9, "crew"))
    bags = pick(few, theme="bags", outcome="nps")
    assert (bags.n, bags.rows[0]["q"]) == (20, None)
    crew = pick(few, theme="crew", outcome="nps")
    assert (crew.status, crew.value, crew.rows) == ("not_testable", None, ())
    one = measured(*asked(3, 30, "bags", author_id="a"), *asked(9, 100))
    assert pick(one, theme="bags", outcome="nps").status == "not_testable", "one author is no group"


def test_a_theme_in_all_texts_has_nothing_to_compare_with() -> None:
    assert pick(measured(*asked(3, 30, "bags"), *asked(9, 30, "bags")), theme="bags", outcome="nps").value is None


def test_without_scores_or_themes_nothing_is_told() -> None:
    for results in (measured(), measured(*asked(3, 30)), measured({"text": "x", "themes": ("bags",)})):
        assert [r.status for r in results] == ["not_testable"]
        assert results[0].needs


def test_texts_that_were_not_read_do_not_count() -> None:
    rows = answers()
    more = [{**row, "themes_read": False} for row in asked(10, 50)]
    kept = [{key: value for key, value in row.items() if key != "themes"} for row in [*rows, *more]]
    found = [(ident(i), "themes", theme, 1.0, "test") for i, row in enumerate(rows) for theme in row["themes"]]
    labels = pl.DataFrame(found, schema=LABELS_TABLE, orient="row")
    table = records(*({"themes_read": True, **row} for row in kept), more=READ)
    assert pick(run(ThemeImpact, table, label_table=labels), outcome="nps", part="all").n == 400


def test_rows_may_come_in_any_order() -> None:
    rows = answers()
    table = records(*({k: v for k, v in row.items() if k != "themes"} for row in rows), more=READ, themes_read=True)
    found = [(ident(i), "themes", theme, 1.0, "test") for i, row in enumerate(rows) for theme in row["themes"]]
    labels = pl.DataFrame(found, schema=LABELS_TABLE, orient="row")
    first = run(ThemeImpact, table, label_table=labels)
    assert run(ThemeImpact, table.reverse(), label_table=labels.reverse()) == first


def test_more_detractors_with_a_theme_lower_its_difference() -> None:
    values = []
    for worse in (10, 30, 50):
        rows = [*asked(3, worse, "bags"), *asked(10, 60 - worse, "bags"), *asked(10, 60), *asked(3, 60)]
        values.append(pick(measured(*rows), theme="bags", outcome="nps").value or 0)
    assert values == sorted(values, reverse=True)
