"""Which question is which metric, when nobody says so: the words, the scales, and how sure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from cxreport_plugins.survey.guess import USED, Guess, guesses
from cxreport_plugins.survey.model import Column, Layout, Question
from cxreport_plugins.survey.profile import profiles

RECOMMEND = "How likely are you to recommend us?"


def guess(text: str, answers: Sequence[str], name: str = "Q1") -> Guess | None:
    """The guess about a question of this text and these answers, used or not."""
    question = Question(name, text, (Column(0, name),), (name,))
    frame = pl.DataFrame({"c0": answers}, schema={"c0": pl.String})
    found = guesses((question,), profiles(frame, Layout({}, (question,))))
    return found[0] if found else None


def metric(text: str, answers: Sequence[str], name: str = "Q1") -> str | None:
    """The metric that would be used."""
    found = guess(text, answers, name)
    return found.metric if found and found.confidence >= USED else None


@pytest.mark.parametrize(
    "text",
    [
        RECOMMEND, "Würden Sie uns weiterempfehlen?", "Recommanderiez-vous nos services ?", "¿Nos recomendaría?",
        "Ci raccomanderebbe?", "Zou u ons aanbevelen?", "Готовы ли вы рекомендовать нас?", "あなたは弊社をおすすめしますか",
    ],
)  # fmt: skip
def test_nps_by_the_word_in_many_languages(text: str) -> None:
    assert metric(text, ["0", "7", "10"]) == "nps"


def test_nps_by_name() -> None:
    assert metric("Q9", ["0", "7", "10"], "NPS_2026") == "nps"
    assert metric("Q9", ["0", "7", "10"], "NETPRO") == "nps"
    assert metric("Which snps do you know?", ["0", "7", "10"]) is None


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (f"{RECOMMEND} (1 to 10)", ["1", "7", "10"]),
        (f"{RECOMMEND} From 1 to 5", ["1", "3", "5"]),
        (RECOMMEND, ["1", "3", "5"] * 10),
        (RECOMMEND, [str(1 + i % 10) for i in range(200)]),
        (RECOMMEND, ["0", "7", "11"]),
        (RECOMMEND, ["Yes", "No"]),
        (RECOMMEND, ["7.5", "3"]),
        ("How many flights did you take?", ["0", "7", "10"]),
    ],
)
def test_what_is_not_nps(text: str, answers: list[str]) -> None:
    assert metric(text, answers) != "nps"


def test_confidence_falls_with_the_evidence() -> None:
    stated, seen, none_zero = (
        guess(f"{RECOMMEND} (0-10)", ["7", "9"]), guess(RECOMMEND, ["0", "9"]), guess(RECOMMEND, ["3", "9"])
    )  # fmt: skip
    assert stated
    assert seen
    assert none_zero
    assert stated.confidence > seen.confidence > none_zero.confidence >= USED
    assert "none of 0" in none_zero.reason


def test_the_group_column_alone_is_proof() -> None:
    question = Question("Q1", "x", (Column(0, "Q1"),), ("Q1",), group=Column(1, "Q1_NPS_GROUP"))
    frame = pl.DataFrame({"c0": ["3"], "c1": ["1"]})
    [found] = guesses((question,), profiles(frame, Layout({}, (question,))))
    assert (found.metric, found.confidence) == ("nps", 1.0)


@pytest.mark.parametrize(
    ("text", "answers", "bounds", "origin"),
    [
        ("How satisfied were you?", ["1", "4", "5"], (1, 5), "observed"),
        ("How satisfied were you?", ["2", "6"], (1, 7), "observed"),
        ("Wie zufrieden sind Sie (1-10)?", ["3", "9"], (1, 10), "file"),
        ("Satisfait ? de 1 à 7", ["3", "5"], (1, 7), "file"),
        ("Overall?", ["Very satisfied", "Dissatisfied", "N/A"], (1, 5), "labels"),
        ("Overall?", ["Sehr zufrieden", "Unzufrieden"], (1, 5), "labels"),
    ],
)
def test_csat_and_its_scale(text: str, answers: list[str], bounds: tuple[float, float], origin: str) -> None:
    found = guess(text, answers)
    assert found
    assert found.metric == "csat"
    assert (found.scale.low, found.scale.high) == bounds
    assert found.scale.source == origin
    assert found.confidence >= USED


def test_ces_versions_are_told_apart() -> None:
    new = guess("They made it easy for me to handle my issue", ["1", "6", "7"])
    old = guess("How much effort did you have to put forth?", ["1", "4", "5"])
    assert new
    assert old
    assert (new.version, new.scale.high, new.scale.is_reversed) == ("2.0", 7, False)
    assert (old.version, old.scale.high, old.scale.is_reversed) == ("1.0", 5, True)


def test_ease_in_labels() -> None:
    found = guess("How easy was it?", ["Very easy", "Difficult", "Neutral"])
    assert found
    assert (found.metric, found.scale.high, found.scale.source) == ("ces", 5, "labels")


@pytest.mark.parametrize("text", ["How easy was it to recommend us?", "Which increase did you notice?"])
def test_what_is_not_ces(text: str) -> None:
    assert metric(text, ["1", "5", "7"]) != "ces"


def test_open_questions_are_never_scores() -> None:
    question = Question("Q1", RECOMMEND, (Column(0, "Q1"),), is_open=True)
    frame = pl.DataFrame({"c0": ["0", "10"]})
    assert guesses((question,), profiles(frame, Layout({}, (question,)))) == []
