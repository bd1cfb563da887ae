"""The accuracy page: from a card, and without one."""

from __future__ import annotations

import pytest

from cxreport.model.audit import Accuracy, Agreement, Card
from cxreport.model.edition import Edition
from cxreport.render.words import Words
from cxreport_plugins.assurance.accuracy import MAKE, UNKNOWN, AccuracyCard
from tests.measures.make import edition, section

WORDS = Words()
CLASSES = ("negative", "neutral", "positive")
SENTIMENT = Accuracy(
    field="sentiment", classes=CLASSES, confusion=((40, 5, 5), (4, 16, 0), (0, 10, 20)), n=120, n_authors=111,
    macro_f1=0.75, low=0.68, high=0.81, precision={"negative": 0.91, "neutral": 0.52, "positive": 0.8},
    precision_low={"negative": 0.79, "neutral": 0.35, "positive": 0.61}, recall={}, sound=True,
)  # fmt: skip
VOICE = Accuracy(
    field="voice", classes=("customer", "other"), confusion=((90, 0), (0, 10)), n=25, n_authors=25, macro_f1=1.0,
    reason="only 25 records are coded, 30 are needed",
)  # fmt: skip
THEME = Accuracy(
    field="themes", scorer="special-needs", classes=("yes", "no"), confusion=((8, 2), (1, 89)), n=100,
    precision={"yes": 0.89}, precision_low={"yes": 0.52}, recall={"yes": 0.8},
)  # fmt: skip
CARD = Card(
    file="coding/*.csv", sha256="5" * 64, records=120, coders=2, unknown=3,
    agreement=(
        Agreement(field="sentiment", alpha=0.83, low=0.75, high=0.9, records=110, coders=2),
        Agreement(field="sentiment", level="ordinal", alpha=0.9, low=0.8, high=0.95, records=110, coders=2),
        Agreement(field="moment", alpha=0.6, low=0.4, high=0.7, records=110, coders=2),
    ),
    accuracy=(SENTIMENT, SENTIMENT.model_copy(update={"scorer": "learned-en-92257800+lexicon-en-1"}), VOICE, THEME),
    models=(
        {"enricher": "sentiment", "language": "en", "records": 90, "macro_f1": 0.8, "used": True, "digest": "abcd"},
        {"enricher": "sentiment", "language": "ru", "used": False, "reason": "30 texts are coded, 100 are needed"},
    ),
)  # fmt: skip


def shown(card: Card | None) -> Edition:
    classes = {
        "sentiment_scorer": {"coded": 1_200, "list": 9},
        "moment_rule": {"coded": 7},
        "voice_rule": {"source": 4},
    }
    return edition({}).model_copy(update={"card": card, "classes": classes})


def test_the_heading_is_how_often_sentiment_is_read_right() -> None:
    view = section(AccuracyCard).view(shown(CARD), WORDS)
    assert view.title == "Sentiment is read as people read it in 76% of texts"
    assert view.meta == (
        "120\u00a0records coded by 2\u00a0people; 3 more are of no record in this audit. Sheet coding/*.csv, 555555555555."
    )
    assert "Records so decided: 1,200 for sentiment and 7 for moment." in view.notes[2]


def test_exhibits_tell_classifiers_coders_and_mistakes() -> None:
    exhibits = {exhibit.id: exhibit for exhibit in section(AccuracyCard).exhibits(shown(CARD), WORDS)}
    assert list(exhibits) == [
        "accuracy.classifiers", "accuracy.agreement", "accuracy.sentiment", "accuracy.voice", "accuracy.labels",
        "accuracy.models",
    ]  # fmt: skip
    assert exhibits["accuracy.classifiers"].title == "2 of 3\u00a0classifiers are sound"
    table = exhibits["accuracy.classifiers"].table
    assert table is not None
    assert [row[0] for row in table.rows] == ["Sentiment", "Sentiment, learned-en + lexicon-en", "Customer voice"]
    assert table.rows[2][2:] == ("–", "100%", "25", "directional: only 25 records are coded, 30 are needed")
    assert exhibits["accuracy.agreement"].title == "Coders do not agree enough on moment"
    mistakes = exhibits["accuracy.sentiment"].table
    assert mistakes is not None
    assert mistakes.rows == (
        ("Negative", "80%", "10%", "10%", "50.0"),
        ("Neutral", "20%", "80%", "0%", "20.0"),
        ("Positive", "0%", "33%", "67%", "30.0"),
        ("Of these right", "91%", "52%", "80%", ""),
        ("… at least", "79%", "35%", "61%", ""),
    )
    assert (
        exhibits["accuracy.sentiment"].title
        == "76% are read right; the commonest mistake takes positive for neutral (10%)"
    )
    assert exhibits["accuracy.voice"].title == "Customer voice is read as people read it in every coded record"
    assert exhibits["accuracy.labels"].table.rows == (("Theme: special needs", "89%", "52%", "80%", "100", "no"),)  # type: ignore[union-attr]
    learned = exhibits["accuracy.models"].table
    assert learned is not None
    assert learned.rows[1][5] == "no: 30 texts are coded, 100 are needed"


@pytest.mark.parametrize(
    ("alphas", "title", "verdicts"),
    [
        ((0.80, 0.91), "Coders agree soundly", ["sound", "sound"]),
        ((0.77, 0.74), "Coders agree only tentatively", ["tentative", "tentative"]),
        ((0.85, 0.667), "Coders agree on sentiment, only tentatively on moment", ["sound", "tentative"]),
        ((0.85, 0.66), "Coders do not agree enough on moment", ["sound", "unreliable"]),
        ((0.79, -0.1), "Coders do not agree enough on moment", ["tentative", "unreliable"]),
    ],
)
def test_what_agreement_allows_is_said_by_its_size(
    alphas: tuple[float, float], title: str, verdicts: list[str]
) -> None:
    fields = zip(("sentiment", "moment"), alphas, strict=True)
    rows = tuple(Agreement(field=field, alpha=alpha, records=110, coders=2) for field, alpha in fields)
    exhibits = section(AccuracyCard).exhibits(shown(CARD.model_copy(update={"agreement": rows})), WORDS)
    (agreement,) = (exhibit for exhibit in exhibits if exhibit.id == "accuracy.agreement")
    assert agreement.title == title
    assert agreement.table is not None
    assert [row[5] for row in agreement.table.rows] == verdicts


def test_without_a_sheet_nobody_knows_and_the_page_says_how_to_find_out() -> None:
    page = section(AccuracyCard)
    for card in (None, Card(models=CARD.models)):
        view = page.view(shown(card), WORDS)
        assert view.title == "Nobody knows yet how often the reading is right"
        assert view.notes == (UNKNOWN, MAKE)
        assert page.limits(shown(card), WORDS) == ["How often the classifiers are right: no text was coded by hand."]
    assert page.exhibits(shown(None), WORDS) == []


def test_limits_name_what_is_not_sound() -> None:
    limits = section(AccuracyCard).limits(shown(CARD), WORDS)
    assert limits == [
        "Numbers that rest on the customer voice are directions, not tests: it is read wrongly too often."
    ]
