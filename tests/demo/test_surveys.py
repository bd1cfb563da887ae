"""Surveys and call notes in the layouts of their tools, and their scores."""

from __future__ import annotations

import json
from datetime import datetime

import numpy as np
import pytest

from cxreport import stats
from examples.meridian.generate import parts
from examples.meridian.generate.dice import Dice

from .demo import facts, table


def test_flight_survey_is_a_qualtrics_file() -> None:
    names, texts, imports, *rows = table("surveys/post-flight-nps.csv")
    known = facts("post-flight-nps.csv")
    keys = [json.loads(cell) for cell in imports]
    cell = {name: i for i, name in enumerate(names)}
    assert {len(row) for row in rows} == {len(names)} == {len(texts)}
    assert keys[cell["Q1_NPS_GROUP"]] == {"ImportId": "QID1_NPS_GROUP"}
    assert keys[cell["RecordedDate"]]["timeZone"] == "Europe/Berlin"
    customers = [row for row in rows if row[cell["Status"]] == "0"]
    assert len(rows) - len(customers) == known["preview_and_test_rows_to_drop"] == 2
    assert len(customers) == known["records"]


def test_net_promoter_score() -> None:
    names, _, _, *rows = table("surveys/post-flight-nps.csv")
    known = facts("post-flight-nps.csv")
    cell = {name: i for i, name in enumerate(names)}
    faulty = {310, 522}
    sound = [row for i, row in enumerate(rows, start=4) if row[cell["Status"]] == "0" and i not in faulty]
    scores = [int(row[cell["Q1"]]) for row in sound]
    nps = 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)
    assert round(nps, 1) == known["nps"]
    assert 12 <= nps <= 20
    groups = {"3": range(9, 11), "2": range(7, 9), "1": range(7)}
    assert all(int(row[cell["Q1"]]) in groups[row[cell["Q1_NPS_GROUP"]]] for row in sound)
    assert rows[310 - 4][cell["Q1"]] == "14"
    assert rows[522 - 4][cell["RecordedDate"]].startswith("2025-11-31")
    assert rows[740 - 4][cell["ResponseId"]] == ""


def rated_parts() -> list[list[int]]:
    """Ratings of the parts of the journey, and the score, of those who rated all."""
    names, _, _, *rows = table("surveys/post-flight-nps.csv")
    asked = [i for i, name in enumerate(names) if name.startswith("Q4_")]
    sound = [row for number, row in enumerate(rows, start=4) if number not in {310, 522}]
    customers = [row for row in sound if row[names.index("Status")] == "0"]
    whole = [row for row in customers if all(row[i] for i in asked)]
    assert len(whole) == facts("post-flight-nps.csv")["drivers"]["complete_answers"]
    return [[*(int(row[i]) for i in asked), int(row[names.index("Q1")])] for row in whole]


def shares(answers: list[list[int]]) -> list[float]:
    """Shares of what the parts explain of the score."""
    found = stats.lmg(np.cov(np.array(answers, dtype=float).T, bias=True))
    return list(map(float, found / found.sum()))


def test_parts_of_the_journey_weigh_what_was_planted() -> None:
    planted = facts("post-flight-nps.csv")["drivers"]["parts"]
    answers = rated_parts()
    assert shares(answers) == pytest.approx(list(planted.values()), abs=0.05)
    dice, scores = Dice(7), [row[-1] for row in answers]
    endless = [(parts.ratings(dice, score), score) for score in scores * 40]
    rated = [[*map(int, given), score] for given, score in endless if all(given)]
    assert shares(rated) == pytest.approx([part.weight for part in parts.PARTS], abs=0.01)
    assert sum(planted.values()) == pytest.approx(1)


def test_service_survey_is_a_surveymonkey_file() -> None:
    top, sub, *rows = table("surveys/service-ces.csv")
    known = facts("service-ces.csv")
    assert top[:2] == ["Respondent ID", "Collector ID"]
    assert sub[:9] == [""] * 9
    assert sub[-1] == "Open-Ended Response"
    assert {len(row) for row in rows} == {len(top)} == {len(sub)}
    assert len(rows) == known["records"]
    efforts = [int(row[9].split(" ", 1)[0]) for i, row in enumerate(rows, start=3) if i != 150]
    assert round(sum(efforts) / len(efforts), 2) == known["ces_mean"]
    assert set(efforts) == set(range(1, 8))
    starts = [row[2] for i, row in enumerate(rows, start=3) if i != 150]
    assert all(datetime.strptime(start, "%m/%d/%Y %I:%M:%S %p") for start in starts)
    assert rows[150 - 3][2].startswith("13/32")


def test_booking_survey_is_a_typeform_file() -> None:
    header, *rows = table("surveys/booking.csv")
    known = facts("booking.csv")
    cell = {name: i for i, name in enumerate(header)}
    assert header[0] == "#"
    assert {"Submit Date (UTC)", "Network ID", "Response Type"} <= cell.keys()
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) == known["records"]
    eases = [int(row[1]) for row in rows]
    assert round(sum(eases) / len(eases), 2) == known["ease_mean"] > 5.5
    partial = [row for row in rows if row[cell["Response Type"]] == "partial"]
    assert len(partial) == known["partial_responses"]
    assert {row[cell["Submit Date (UTC)"]] for row in partial} == {""}
    assert [i for i, row in enumerate(rows, start=2) if not row[0]] == [99]


def test_calls() -> None:
    header, *rows = table("calls.csv")
    assert header == ["id", "opened", "closed", "reason", "summary", "language", "score"]
    assert len(rows) == facts("calls.csv")["records"]
    bad = []
    for number, row in enumerate(rows, start=2):
        try:
            opened = datetime.fromisoformat(row[1])
        except ValueError:
            bad.append(number)
        else:
            assert opened.tzinfo is not None
            assert opened < datetime.fromisoformat(row[2])
    assert bad == [51]
    assert [number for number, row in enumerate(rows, start=2) if not row[0]] == [102]
    assert [number for number, row in enumerate(rows, start=2) if row[6] == "9"] == [180]
