"""The enricher `sentiment`."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import ClassVar

import polars as pl

from cxreport.api import Context, Enricher, View
from cxreport_plugins.sentiment.lexicon import LANGUAGES, SYMBOLS, Lexicon, lexicon, vader_symbols
from cxreport_plugins.sentiment.options import SentimentOptions
from cxreport_plugins.sentiment.project_words import read_words
from cxreport_plugins.sentiment.scorer import Scorer

ADDED: dict[str, pl.DataType | type[pl.DataType]] = {
    "sentiment_score": pl.Float64,
    "sentiment": pl.String,
    "sentiment_scorer": pl.String,
}


class Sentiment(Enricher):
    """Scores what was written by the word list of its language; titles count as part of the text.

    Adds `sentiment_score` (-1 … 1), `sentiment` (`negative`, `neutral`, `positive`) and `sentiment_scorer`,
    the list and its version. All three are null without text or without a list for its language; a text of
    undetermined language is scored only by its emoji and emoticons, if it has any. Word lists see neither
    irony nor context: shares must be corrected with a hand-coded sample before they are compared.
    """

    name: ClassVar[str] = "sentiment"
    Options: ClassVar[type[SentimentOptions]] = SentimentOptions
    needs: ClassVar[tuple[str, ...]] = ("title", "text", "lang")
    adds: ClassVar = ADDED

    def __init__(self, options: SentimentOptions, context: Context) -> None:
        super().__init__(options, context)
        self._words = read_words(context.file(options.words)) if options.words else {}

    def fit(self, view: View) -> str:
        """The project's own words as JSON, so that changed words are a changed state."""
        return json.dumps(self._words, sort_keys=True, ensure_ascii=False)

    def apply(self, batch: pl.DataFrame, state: str) -> pl.DataFrame:
        """The three columns for the rows of `batch`."""
        text = pl.concat_str("title", "text", separator="\n", ignore_nulls=True)
        rows = batch.select("lang", text=text).with_row_index("row")
        rows = rows.filter(pl.col("text").str.contains(r"\S")).with_columns(pl.col("lang").fill_null(SYMBOLS))
        parts = [
            _scored(part, _scorer(str(language), state))
            for (language,), part in rows.partition_by("lang", as_dict=True).items()
            if language in _languages(state)
        ]
        scored = pl.concat([pl.DataFrame(schema={"row": pl.UInt32, **ADDED}), *parts])
        whole = pl.DataFrame({"row": pl.int_range(batch.height, eager=True, dtype=pl.UInt32)})
        return whole.join(scored, on="row", how="left", maintain_order="left").drop("row")


def _scored(part: pl.DataFrame, scorer: Scorer) -> pl.DataFrame:
    score = scorer.score(part["text"])
    label = scorer.classify(score)
    columns = {"row": part["row"], "sentiment_score": score, "sentiment": label}
    frame = pl.DataFrame(columns).with_columns(sentiment_scorer=pl.lit(scorer.lexicon.name))
    return frame.filter(pl.col("sentiment_score") != 0) if scorer.lexicon.language == SYMBOLS else frame


def _languages(state: str) -> set[str]:
    return {*LANGUAGES, SYMBOLS, *json.loads(state)}


@lru_cache(maxsize=64)
def _scorer(language: str, state: str) -> Scorer:
    """The scorer of a language with the project's own words; one of those words may begin a new language."""
    known = language in (*LANGUAGES, SYMBOLS)
    base = lexicon(language) if known else Lexicon(language, vader_symbols())
    words = json.loads(state).get(language)
    return Scorer.of(base.extended(words) if words else base)
