"""Learning from invented coded texts: when a model speaks, and that it never judges what it learned from."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import SENTIMENTS, Brand, Coding, Company, Context
from cxreport_plugins.sentiment import learn as learning
from cxreport_plugins.sentiment.coded import Coded
from cxreport_plugins.sentiment.enricher import Sentiment
from cxreport_plugins.sentiment.fitting import Design
from cxreport_plugins.sentiment.lexicon import lexicon
from cxreport_plugins.sentiment.scorer import Scorer
from cxreport_plugins.sentiment.terms import Terms

Records = Callable[..., pl.DataFrame]
SAYS = {
    "negative": ("zorbed again", "my case got zorbed", "frumped at the desk", "total frump"),
    "neutral": ("seen at gate nine", "asked for a form", "on my way to Kelm", "the bus to Kelm"),
    "positive": ("what a glim crew", "glim as ever", "so plonky today", "plonky seats"),
}
"""Words that no list knows."""
FILLER = ("on Monday", "with my sister", "at noon", "in row six", "as they said", "from Tarn to Kelm")
PROBABILITIES = ["p_negative", "p_neutral", "p_positive"]


def told(n: int, seed: int = 1, noise: float = 0.1) -> list[tuple[str, str]]:
    """Texts with their sentiment, some of them coded wrongly."""
    rng = random.Random(seed)
    out = []
    for _ in range(n):
        truth = rng.choice(list(SAYS))
        said = rng.choice(list(SAYS)) if rng.random() < noise else truth
        out.append((f"{rng.choice(SAYS[said])} {rng.choice(FILLER)}, {rng.randrange(99)}", truth))
    return out


@pytest.fixture(scope="module")
def texts(records: Records) -> pl.DataFrame:
    said = told(400)
    batch = records(
        record_id=[f"{i:04}" for i in range(400)], text=[text for text, _ in said], lang="en",
        channel=["x" if i % 8 else "email" for i in range(400)], author_id=[f"a{i // 2}" for i in range(400)],
        author_bucket=[i // 2 for i in range(400)],
    )  # fmt: skip
    return batch.with_columns(truth=pl.Series([truth for _, truth in said]))


@pytest.fixture(scope="module")
def half(texts: pl.DataFrame, view: Any) -> tuple[Sentiment, str]:
    """Learned from the first half of the texts."""
    return taught(texts, coding(texts.head(200)), view)


def coding(texts: pl.DataFrame) -> Coding:
    given = texts.select("record_id", coder=pl.lit("ada"), weight=pl.lit(1.0), sentiment="truth")
    return Coding(pl.concat([Coding.empty().rows, given], how="diagonal"))


def coded(texts: pl.DataFrame) -> Coded:
    rows = texts.select("record_id", "channel", "text", group="author_id")
    return Coded.of(rows, coding(texts))


def taught(texts: pl.DataFrame, coded: Coding, view: Any) -> tuple[Sentiment, str]:
    sentiment = Sentiment(Sentiment.Options(), Context(Brand(Company(name="Meridian Air")), Path(), coding=coded))
    return sentiment, sentiment.fit(view(texts))


def applied(sentiment: Sentiment, state: str, texts: pl.DataFrame) -> pl.DataFrame:
    return sentiment.apply(texts.select(sentiment.needs), state)


def test_a_model_learns_what_no_list_knows(texts: pl.DataFrame, half: tuple[Sentiment, str]) -> None:
    sentiment, state = half
    (card,) = sentiment.card(state)
    assert card["used"]
    assert card["macro_f1"] > 0.8
    assert card["macro_f1_list"] < 0.4
    assert (card["records"], card["authors"], card["folds"]) == (200, 100, 10)
    out = applied(sentiment, state, texts).with_columns(texts["truth"]).tail(200)
    assert (out["sentiment"] == out["truth"]).sum() > 170
    assert out["sentiment_score"].is_between(-1, 1).all()
    assert out.select(pl.sum_horizontal(PROBABILITIES)).to_series().is_between(0.99999, 1.00001).all()


def test_the_model_speaks_alone_only_where_enough_was_coded(texts: pl.DataFrame, half: tuple[Sentiment, str]) -> None:
    sentiment, state = half
    name = f"learned-en-{sentiment.card(state)[0]['digest']}"
    scorers = texts.select("channel").with_columns(applied(sentiment, state, texts)["sentiment_scorer"]).unique()
    assert dict(scorers.iter_rows()) == {"x": name, "email": f"{name}+lexicon-en-1"}


@pytest.mark.parametrize(
    ("n", "keep", "reason"),
    [(99, {"negative", "neutral", "positive"}, "99 texts are coded"), (200, {"negative", "neutral"}, "0 texts are")],
)
def test_with_too_few_coded_texts_the_list_speaks(
    n: int, keep: set[str], reason: str, texts: pl.DataFrame, view: Any
) -> None:
    few = texts.filter(pl.col("truth").is_in(list(keep))).head(n)
    sentiment, state = taught(texts, coding(few), view)
    (card,) = sentiment.card(state)
    assert not card["used"]
    assert card["reason"].startswith(reason)
    out = applied(sentiment, state, texts)
    assert out["sentiment_scorer"].unique().to_list() == ["lexicon-en-1"]
    assert out["p_negative"].null_count() == out.height


def test_a_model_that_does_not_beat_the_list_is_not_used(records: Records, view: Any) -> None:
    """Coded by the list itself, with noise: nothing is left to learn."""
    plain = {"negative": "awful", "neutral": "gate", "positive": "great"}
    rng = random.Random(2)
    truth = [rng.choice(list(plain)) for _ in range(150)]
    ids = [f"{i:04}" for i in range(150)]
    batch = records(
        record_id=ids, text=[plain[t] for t in truth], lang="en", channel="x", author_id=ids, author_bucket=1
    )
    batch = batch.with_columns(truth=pl.Series(truth), author_bucket=pl.int_range(pl.len()).cast(pl.UInt16))
    sentiment, state = taught(batch, coding(batch), view)
    assert not sentiment.card(state)[0]["used"]
    out = applied(sentiment, state, batch)
    assert out["sentiment_scorer"].unique().to_list() == ["lexicon-en-1"]
    assert out.filter(pl.col("sentiment") == "positive").select((pl.col("p_positive") > 0.9).all()).item()


def test_nothing_judges_a_text_from_which_it_learned(texts: pl.DataFrame, view: Any) -> None:
    """One author's texts are coded against all sense: learned by heart they would be right, held out they are not."""
    odd = pl.col("author_id") == "a7"
    wrong = texts.with_columns(
        truth=pl.when(odd).then(pl.lit("positive")).otherwise("truth"),
        text=pl.when(odd).then(pl.lit("zorbed quixly quixly")).otherwise("text"),
    )
    sentiment, state = taught(wrong, coding(wrong.head(200)), view)
    mine = wrong.filter(odd)
    held = applied(sentiment, state, mine)
    fresh = applied(sentiment, state, mine.with_columns(record_id=pl.lit("new ") + pl.col("record_id")))
    assert set(held["sentiment"]) == {"negative"}
    assert (fresh["p_positive"] > held["p_positive"]).all()


def test_fits_are_deterministic_and_know_no_order(texts: pl.DataFrame, view: Any) -> None:
    few = coding(texts.head(100))
    assert taught(texts, few, view)[1] == taught(texts.reverse(), Coding(few.rows.reverse()), view)[1]


def test_fits_come_to_rest_wherever_they_begin(texts: pl.DataFrame) -> None:
    """A fit that begins where that of another penalty ended is that which begins from nothing."""
    design = Design.of(coded(texts.head(200)), Scorer.of(lexicon("en")))
    together = design.held(learning.PENALTIES)
    for penalty in learning.PENALTIES:
        assert design.held([penalty])[penalty] == pytest.approx(together[penalty], abs=1e-3)
    strict, loose = (abs(together[penalty] - 1 / 3).mean() for penalty in (0.5, 4.0))
    assert loose > strict + 0.02


@pytest.mark.parametrize("classes", [["neutral"], ["negative", "positive"], ["negative", "neutral", "positive"]])
def test_classes_that_nobody_coded_are_never_likely(texts: pl.DataFrame, classes: list[str]) -> None:
    read = coded(texts.filter(pl.col("truth").is_in(classes)).head(150))
    likely = Design.of(read, Scorer.of(lexicon("en"))).held([1.0])[1.0]
    there = [name in classes for name in SENTIMENTS]
    assert likely[:, there].sum(axis=1) == pytest.approx(1)
    assert (likely.argmax(axis=1) == read.truth.argmax(axis=1)).mean() > 0.8


def test_no_split_of_the_batch_changes_anything(texts: pl.DataFrame, half: tuple[Sentiment, str]) -> None:
    sentiment, state = half
    whole = applied(sentiment, state, texts)
    parts = [applied(sentiment, state, texts[start : start + 57]) for start in range(0, texts.height, 57)]
    assert pl.concat(parts).equals(whole)
    assert applied(sentiment, state, texts.reverse()).reverse().equals(whole)


def test_disputed_texts_count_in_parts(texts: pl.DataFrame, view: Any) -> None:
    first = coding(texts.head(150))
    other = first.rows.with_columns(coder=pl.lit("bo"), sentiment=pl.lit("neutral"))
    sentiment, state = taught(texts, Coding(pl.concat([first.rows, other])), view)
    (card,) = sentiment.card(state)
    truth = texts.head(150)["truth"]
    assert card["classes"]["positive"] == round((truth == "positive").sum() / 2)
    assert card["classes"]["neutral"] >= 75
    model = json.loads(state)["learned"]["en"]
    assert model["listed"][1][1] > 400_000


def test_the_state_holds_whole_numbers(half: tuple[Sentiment, str]) -> None:
    model = json.loads(half[1])["learned"]["en"]
    rows = [*model["model"]["terms"], *model["model"]["features"], *model["held"].values()]
    assert all(isinstance(number, int) for row in rows for number in row)
    assert len(model["held"]) == 200


def test_terms_are_stems_and_neighbours() -> None:
    scorer = Scorer.of(lexicon("en"))
    tokens = scorer.tokens(pl.Series(["Cancelled flights, @meridianair cancelling flights!", None]))
    terms = Terms.of(tokens)
    assert terms.stems == ["!", "cancel", "flight"]
    named = [(terms.stems[pair // 3], terms.stems[pair % 3]) for pair in terms.pairs]
    assert sorted(named) == [("cancel", "flight"), ("flight", "!"), ("flight", "cancel")]
    assert terms.found(tokens).sort("term").rows() == [(0, term) for term in range(len(terms))]
    other = scorer.tokens(pl.Series(["flight unknown cancel"]))
    assert terms.found(other).sort("term")["term"].to_list() == [1, 2]


def test_thresholds_are_told() -> None:
    assert f"{learning.LEAST_EACH} of each" in (Sentiment.__doc__ or "")
