"""Which parts go with the score: by hand, against least squares, and what cannot be told."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport import stats
from cxreport.model.result import Result
from cxreport_plugins.drivers.importance import Importance

from ..make import pick, records, run
from .made import PARTS, answers, responses, rows, scored


def measured(given_: list[dict[str, Any]], names: tuple[str, ...] = PARTS, **options: Any) -> tuple[Result, ...]:
    return run(Importance, records(*rows(given_)), answers=answers(given_, names), **options)


def shares(results: tuple[Result, ...], part: str = "") -> dict[str, Result]:
    """By topic."""
    wanted = {"source_id", "topic"} | ({"part"} if part else set())
    return {r.dims["topic"]: r for r in results if set(r.dims) == wanted and r.dims.get("part", "") == part}


FOUR = [(2, 1, 1), (4, 3, 1), (6, 1, 3), (10, 3, 3)]
"""Score and two ratings that do not correlate: r = .51 and .85 by hand, R² = .9714."""


def test_two_parts_by_hand() -> None:
    """Σxy of the four: scores −3.5, −1.5, 0.5, 4.5 about their mean, so r₁² = 9/35, r₂² = 25/35."""
    whole = measured([scored(*row) for row in FOUR * 30], ("Crew", "Food"))
    found, explained = shares(whole), pick(whole, source_id="demo", part="explained")
    assert explained.value == pytest.approx(34 / 35)
    assert found["Crew"].value == pytest.approx(9 / 34)
    assert found["Food"].value == pytest.approx(25 / 34)
    assert found["Food"].rows[0]["correlation"] == pytest.approx((25 / 35) ** 0.5)
    assert explained.rows[0]["inflation"] == pytest.approx(1)
    assert explained.n == found["Crew"].n == 120
    mean = pick(whole, source_id="demo", topic="Food", part="mean")
    assert (mean.value, mean.rows) == (2.0, ({"low": 1.0, "high": 5.0},))


def test_shares_are_those_of_least_squares_on_the_answers() -> None:
    made = responses(150)
    table = np.array([[*row["parts"], row["nps_score"]] for row in made], dtype=float)

    def explained(chosen: tuple[int, ...]) -> float:
        design = np.column_stack([np.ones(len(table)), *(table[:, j] for j in chosen)])
        rest = table[:, -1] - design @ np.linalg.lstsq(design, table[:, -1], rcond=None)[0]
        return 1 - float(rest.var() / table[:, -1].var())

    added = dict.fromkeys(range(3), 0.0)
    for order in itertools.permutations(range(3)):
        for k, j in enumerate(order):
            added[j] += (explained(order[: k + 1]) - explained(order[:k])) / 6
    found = shares(measured(made))
    for j, part in enumerate(PARTS):
        assert found[part].value == pytest.approx(added[j] / sum(added.values()))


def test_weights_are_found_in_their_order_and_add_up() -> None:
    results = measured(responses(400))
    for part in ("", "relative_weight"):
        found = shares(results, part)
        values = [found[name].value or 0 for name in PARTS]
        assert sum(values) == pytest.approx(1)
        assert values == sorted(values)
        assert all(r.status == "ok" and (r.low or 0) <= (r.value or 0) <= (r.high or 1) for r in found.values())
    top, next_ = (shares(results)[name] for name in PARTS[:0:-1])
    assert (top.low or 0) > (next_.high or 0)


def test_a_response_that_skips_a_part_is_left_out_not_imputed() -> None:
    made = responses(200)
    holes = [{**row, "parts": (*row["parts"][:2], None)} for row in responses(60, seed=9)]
    whole, alone = measured([*made, *holes]), measured(made)
    assert shares(whole)["Crew"].n == 200
    assert shares(whole)["Crew"].value == shares(alone)["Crew"].value
    assert pick(whole, source_id="demo", part="scored").value == 260


def test_a_part_that_few_rate_is_not_weighed() -> None:
    made = [{**row, "parts": (*row["parts"], 3.0 if i % 5 else None)} for i, row in enumerate(responses(200))]
    few = [{**row, "parts": (*row["parts"], 4.0 if i % 5 == 0 else None)} for i, row in enumerate(responses(200))]
    results = measured(few, (*PARTS, "Lounge"))
    lounge = pick(results, source_id="demo", topic="Lounge")
    assert (lounge.status, lounge.reason) == ("not_testable", "far fewer people rate it than other parts")
    assert set(shares(results)) - {"Lounge"} == set(PARTS)
    assert shares(results)["Crew"].n == 200
    assert "Lounge" in shares(measured(made, (*PARTS, "Lounge"))), "four in five are enough"


def test_a_part_on_several_scales_is_not_weighed() -> None:
    made = responses(120)
    other = answers(made).with_columns(
        scale_max=pl.when((pl.col("row_label") == "Crew") & (pl.int_range(pl.len()) % 2 == 0)).then(7.0).otherwise(5.0)
    )
    results = run(Importance, records(*rows(made)), answers=other)
    assert pick(results, source_id="demo", topic="Crew").reason == "it is rated on several scales"


def test_options_leave_parts_out() -> None:
    results = measured(responses(200), ignore=("Crew",))
    assert set(shares(results)) == {"Check-in", "Punctuality"}


def test_sources_are_never_pooled() -> None:
    made = [{**row, "source_id": "a" if i % 2 else "b"} for i, row in enumerate(responses(400))]
    results = measured(made)
    assert {r.dims["source_id"] for r in results} == {"a", "b"}
    assert {r.n for r in results} == {200}


def test_small_bases_are_a_direction_and_tiny_ones_hidden() -> None:
    some = shares(measured(responses(60)))["Crew"]
    assert (some.status, some.reason) == ("directional", "fewer than 100 complete answers for 3 parts")
    assert {r.status for r in measured(responses(9))} == {"hidden"}


def test_ratings_that_explain_nothing_are_a_direction() -> None:
    chance = shares(measured(responses(150, weights=(0, 0, 0))))["Crew"]
    assert chance.status == "directional"
    assert chance.reason == "all parts together do not clearly explain the score"


def test_what_cannot_be_told_names_its_input() -> None:
    made = responses(50)
    silent = run(Importance, records(*rows(made)))
    alone = measured([{**row, "parts": row["parts"][:1]} for row in made])
    alike = measured([scored(7, 3.0, 3.0, 3.0) for _ in range(50)])
    one_author = measured([{**row, "author_id": "a"} for row in made])
    empty = run(Importance, records())
    for results in (silent, empty):
        assert [r.status for r in results] == ["not_testable"]
        assert "driver questions" in results[0].needs[0]
    assert alone[0].reason == "only one part of the experience is rated beside the score"
    assert alike[0].reason == "all give the same score, or the same ratings"
    assert one_author[0].reason == "all its answers are by one person"
    assert measured(made[:1])[0].status == "not_testable"


def test_overall_scores_and_words_are_no_parts() -> None:
    made = responses(120)
    whole = answers(made).with_columns(row_label=pl.when(pl.col("row_label") != "Crew").then(pl.col("row_label")))
    assert set(shares(run(Importance, records(*rows(made)), answers=whole))) == {"Check-in", "Punctuality"}
    words = answers(made).with_columns(answer_type=pl.lit("number"))
    assert run(Importance, records(*rows(made)), answers=words)[0].status == "not_testable"


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10_000))
def test_rows_may_come_in_any_order(seed: int) -> None:
    made = responses(80)
    expected = measured(made)
    table, given_ = records(*rows(made)), answers(made)
    order = list(range(table.height))
    random.Random(seed).shuffle(order)
    assert run(Importance, table[order], answers=given_.sample(fraction=1, shuffle=True, seed=seed)) == expected


def test_who_answers_often_makes_no_one_surer() -> None:
    """The same answers, by few people, are less sure."""
    made = responses(300)
    few = [{**row, "author_id": f"author {i // 10}"} for i, row in enumerate(sorted(made, key=str))]
    apart, together = (shares(measured(one))["Crew"] for one in (made, few))
    assert apart.value == pytest.approx(together.value)
    assert (together.high or 0) - (together.low or 0) > (apart.high or 0) - (apart.low or 0)


def test_intervals_hold_the_planted_truth() -> None:
    endless = np.array([[*row["parts"], row["nps_score"]] for row in responses(60_000, seed=77)], dtype=float)
    truth = stats.lmg(np.cov(endless.T, bias=True))
    truth = truth / truth.sum()
    hits = 0
    for seed in range(12):
        found = shares(measured(responses(200, seed=seed + 1)))
        hits += sum((found[p].low or 0) <= truth[j] <= (found[p].high or 0) for j, p in enumerate(PARTS))
    assert hits >= 30, "of 36: at 95% fewer come once in a hundred times"
