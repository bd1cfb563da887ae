"""Real exports load whole, with explained counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .exports import detect, read

Shared = Callable[[str], Path]
SURVEYMONKEY = {
    "flying-etiquette-survey_flying-etiquette": (1_040, "1 header row"),
    "food-world-cup_food-world-cup-data": (1_373, "1 header row"),
    "masculinity-survey_raw-responses": (1_615, "SPSS-like"),
    "region-survey_MIDWEST": (2_778, "2 header rows"),  # 2,779 lines below the first header, one of them the second
    "star-wars-survey_StarWars": (1_186, "2 header rows"),
    "thanksgiving-2015_thanksgiving-2015-poll-data": (1_058, "1 header row"),
}


@pytest.mark.parametrize("name", SURVEYMONKEY)
def test_surveymonkey(shared: Shared, name: str) -> None:
    got = read(shared(f"data/survey-surveymonkey/{name}.csv"))
    rows, form = SURVEYMONKEY[name]
    assert (got.detection.system, got.detection.format) == ("surveymonkey", form)
    assert got.facts.rows_read == got.records.height == rows
    assert (got.rejects, got.facts.skipped) == ([], {})
    assert got.records["metric"].null_count() == rows, "none of these surveys asks for NPS, CSAT or CES"


def test_a_cross_tabulation_is_no_survey_export(shared: Shared) -> None:
    assert detect(shared("data/survey-surveymonkey/nfl-fandom_NFL_fandom_data-surveymonkey.csv")) is None


def test_checkboxes_become_one_answer(shared: Shared) -> None:
    got = read(shared("data/survey-surveymonkey/region-survey_MIDWEST.csv"))
    states = got.answer(3, "Q3")
    assert (states["answer_type"], states["value_codes"]) == ("multi", ["Colorado"])
    assert got.records["text"].null_count() < got.records.height


@pytest.mark.parametrize("name", ["StarWars_2header_CR-only", "StarWars_2header_macroman"])
def test_surveymonkey_of_a_mac(shared: Shared, name: str) -> None:
    got = read(shared(f"samples/surveymonkey/{name}.csv"))
    assert got.detection.format == "2 header rows"
    assert got.records.height == got.facts.rows_read > 0
    assert got.records["native_id"].null_count() == 0


@pytest.mark.parametrize("name", ["qualtrics_sample", "qualtrics_sample_legacy"])
def test_qualtrics_has_one_respondent_not_three(shared: Shared, name: str) -> None:
    got = read(shared(f"data/survey-qualtrics/{name}.csv"))
    assert got.records.height == got.facts.rows_read == 1
    [record] = got.records.to_dicts()
    assert (record["native_id"], record["text"]) == ("R_2YPOQ602ER1jkf1", "Hello World!")
    assert "130.92.34.66" not in str(record)


def test_typeform_and_google_forms(shared: Shared) -> None:
    old = read(shared("samples/typeform/csv_old_2018.csv"))
    assert old.records.height == 1
    assert "multi" in old.answers["answer_type"]
    form = read(shared("samples/google-forms/pt-BR_sheet.csv"))
    assert form.detection.system == "google_forms"
    assert form.accounts()
