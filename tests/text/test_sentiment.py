"""Scores by hand, the sign of invented sentences in every language, and the project's own words."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import ConfigError, Enricher
from cxreport_plugins.sentiment.enricher import Sentiment
from cxreport_plugins.sentiment.lexicon import LANGUAGES, SYMBOLS, Lexicon, lexicon, split_stems
from cxreport_plugins.sentiment.scorer import Scorer

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]
TOY = Lexicon(
    "en",
    words={"good": 2.0, "bad": -2.0, "fine": 1.0, "badge": 0.0},
    stems={"joy": 3.0, "joyless": -1.0, "bad": -1.0},
    negate=frozenset({"not"}),
    degree={"very": 0.3, "hardly": -0.3},
    but=frozenset({"but"}),
)


def score(text: str | None, words: Lexicon = TOY) -> float | None:
    result: float | None = Scorer.of(words).score(pl.Series([text], dtype=pl.String))[0]
    return result


def norm(total: float) -> float:
    return round(total / math.sqrt(total**2 + 15), 4)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("good", 2.0),
        ("GOOD, good", 4.0),
        ("good and bad", 0.0),
        ("badge", 0.0),
        ("badly", -1.0),
        ("joyful", 3.0),
        ("joylessness", -1.0),
        ("not good", 2 * -0.74),
        ("not a very good", (2 + 0.3 * 1.0) * -0.74),
        ("not one two good", 2 * -0.74),
        ("not one two three good", 2.0),
        ("not. good", 2.0),
        ("no way! very\ngood", 2 + 0.292),
        ("very good", 2.3),
        ("very one good", 2 + 0.3 * 0.95),
        ("very one two good", 2 + 0.3 * 0.9),
        ("very bad", -2.3),
        ("hardly good", 1.7),
        ("good but bad", 2 * 0.5 - 2 * 1.5),
        ("good but bad but fine", 2 * 0.5 - 2 * 1.5 + 1 * 1.5),
        ("good!", 2 + 0.292),
        ("bad!!!!!!", -2 - 4 * 0.292),
        ("!!!", 0.0),
        ("https://good.example/bad good", 2.0),
        ("@good #good", 2.0),
        ("good-natured bad", -2.0),
        ("nothing known", 0.0),
        ("", 0.0),
    ],
)
def test_by_hand(text: str, total: float) -> None:
    assert score(text) == norm(total)


def test_no_text_no_score() -> None:
    assert score(None) is None


def test_cut_points() -> None:
    cut = Lexicon("en", {}, cuts=(-0.05, 0.35))
    labels = Scorer.of(cut).classify(pl.Series([-0.05, -0.0499, 0.0, 0.3499, 0.35, None])).to_list()
    assert labels == ["negative", "neutral", "neutral", "neutral", "positive", None]


@given(st.lists(st.sampled_from(["good", "bad", "not", "very", "but", "joyful", "x", "!", "\n"]), max_size=12))
def test_scores_stay_in_range_and_turn_with_the_weights(words: list[str]) -> None:
    text = " ".join(words)
    value = score(text)
    assert value is not None
    assert -1 <= value <= 1
    mirrored = Lexicon(
        "en",
        {word: -weight for word, weight in TOY.words.items()},
        {stem: -weight for stem, weight in TOY.stems.items()},
        TOY.negate, TOY.degree, TOY.but,
    )  # fmt: skip
    assert score(text, mirrored) == pytest.approx(-value)


@pytest.mark.parametrize(
    ("lang", "positive", "negative"),
    [
        ("en", "The crew was wonderful, thank you so much", "Terrible, they lost my bag and never answered"),
        ("en", "No problems at all, the staff was very friendly", "not happy at all, what a waste"),
        ("ru", "Спасибо, всё отлично, очень вежливые сотрудники", "Ужасный сервис, хамят, ничего не работает"),
        ("ru", "быстро и удобно))", "нехорошая история, недовольна(("),
        ("de", "Sehr freundlich, alles hat super geklappt, danke", "Unfreundlich, verspätet, nur Ärger"),
        ("es", "Excelente atención, muy amables, gracias", "Pésimo servicio, perdieron mi equipaje"),
        ("pt", "Ótimo atendimento, entrega rápida, adorei", "Péssimo, veio quebrado, um problema"),
        ("fr", "Service impeccable, personnel aimable, merci", "C'est honteux, vol annulé, service horrible"),
        ("it", "Ottimo servizio, personale gentile, grazie", "Pessimo, valigia persa, personale maleducato"),
        ("da", "Rigtig god og venlig betjening, tak", "Elendig oplevelse, dårlig betjening"),
    ],
)
def test_languages(lang: str, positive: str, negative: str) -> None:
    scorer = Scorer.of(lexicon(lang))
    assert scorer.classify(scorer.score(pl.Series([positive, negative]))).to_list() == [
        "positive",
        "negative",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the flight leaves from gate seven"),
        ("ru", "Добрый день, уважаемая компания, самолёт летит в Новосибирск"),
        ("de", "Das Krankenhaus liegt neben dem Bahnhof, wir trinken Wein um neun Uhr"),
        ("es", "la maleta lleva una carta y nueve gafas"),
        ("fr", "le vol part de la porte sept"),
        ("it", "buongiorno, il volo parte dal gate sette"),
    ],
)
def test_lookalikes_are_neutral(lang: str, text: str) -> None:
    assert Scorer.of(lexicon(lang)).score(pl.Series([text]))[0] == 0


def test_apostrophes_part_french_words_and_join_english_ones() -> None:
    assert score("j'adore", lexicon("fr")) == norm(3)
    assert score("isn't good", lexicon("en")) == pytest.approx(norm(1.9 * -0.74), abs=0.001)
    assert score("isn’t good", lexicon("en")) == score("isn't good", lexicon("en"))


def test_yo_is_folded() -> None:
    assert score("надёжно", lexicon("ru")) == score("надежно", lexicon("ru")) == norm(2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_are_sound(lang: str) -> None:
    words = lexicon(lang)
    assert all(-4 <= weight <= 4 for weight in (*words.words.values(), *words.stems.values()))
    assert all(stem and "*" not in stem and stem == stem.lower() for stem in words.stems)
    assert words.negate
    assert not [w for w in words.words if " " in w.strip() and len(w) < 2]
    assert words.name == f"lexicon-{lang}-1"


def test_symbols_are_shared() -> None:
    assert all(Scorer.of(lexicon(lang)).score(pl.Series(["😍 :)"]))[0] > 0 for lang in (*LANGUAGES, SYMBOLS))


def test_split_stems() -> None:
    assert split_stems({"Ёлк*": 1, "Да": 2}) == ({"да": 2.0}, {"елк": 1.0})


@pytest.fixture
def label(make: Make, records: Records) -> Callable[..., tuple[Any, ...]]:
    sentiment = make(Sentiment)

    def labelled(**columns: Any) -> tuple[Any, ...]:
        return sentiment.apply(records(**columns).select(sentiment.needs), "{}").row(0)[:3]

    return labelled


Label = Callable[..., tuple[Any, ...]]


def test_title_and_text(label: Label) -> None:
    assert label(title=["Awful"], text=["arrived on Monday"], lang="en")[1:] == ("negative", "lexicon-en-1")
    assert label(title=["Wonderful"], text=[None], lang="en")[1] == "positive"


@pytest.mark.parametrize(
    ("text", "lang"), [(None, "en"), (" \n", "en"), ("świetnie 😍", "pl"), ("hm", None), ("gate 7", None)]
)
def test_null_where_nothing_can_be_said(text: str | None, lang: str | None, label: Label) -> None:
    assert label(text=[text], lang=lang) == (None, None, None)


def test_unknown_words_are_neutral_in_a_known_language(label: Label) -> None:
    assert label(text=["gate seven"], lang="en") == (0.0, "neutral", "lexicon-en-1")


def test_a_text_of_no_language_speaks_by_its_symbols(label: Label) -> None:
    assert label(text=["😍"], lang=None)[1:] == ("positive", "symbols-1")


def test_project_words(make: Make, records: Records, tmp_path: Path, view: Any) -> None:
    (tmp_path / "words.yaml").write_text("en: {layover: -3, amazing: 0, grim*: -2}\npl: {świetn*: 3}\n", "utf-8")
    sentiment = make(Sentiment, tmp_path, words="words.yaml")
    batch = records(text=["layover", "amazing", "grimly", "świetnie", "bad"], lang=["en"] * 3 + ["pl", "en"])
    state = sentiment.fit(view(batch))
    out = sentiment.apply(batch.select(sentiment.needs), state)
    assert out["sentiment"].to_list() == ["negative", "neutral", "negative", "positive", "negative"]
    assert out["sentiment_scorer"].unique().sort().to_list() == ["lexicon-en-1+words", "lexicon-pl-1+words"]
    (tmp_path / "words.yaml").write_text("en: {layover: -2}", "utf-8")
    assert make(Sentiment, tmp_path, words="words.yaml").fit(view(batch)) != state


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("en: {word: 9}", "en.word: Input should be less than or equal to 4"),
        ("en: [a, b]", "en: Input should be a valid dictionary"),
        ("- a", "the file: Input should be a valid dictionary"),
        ("en: {a: b: c}", "is not YAML"),
        (None, "cannot be read"),
    ],
)
def test_bad_project_words(content: str | None, complaint: str, make: Make, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "words.yaml").write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=f"words.yaml: {complaint}"):
        make(Sentiment, tmp_path, words="words.yaml")
