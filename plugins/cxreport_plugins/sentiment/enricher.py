"""The enricher `sentiment`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

import polars as pl

from cxreport.api import Context, Enricher, View
from cxreport_plugins.sentiment.coded import Coded
from cxreport_plugins.sentiment.learn import learn
from cxreport_plugins.sentiment.lexicon import LANGUAGES, SYMBOLS, Lexicon, lexicon, vader_symbols
from cxreport_plugins.sentiment.options import SentimentOptions
from cxreport_plugins.sentiment.project_words import Words, read_words
from cxreport_plugins.sentiment.reader import ADDED, Reader
from cxreport_plugins.sentiment.scorer import Scorer

TEXT = pl.concat_str("title", "text", separator="\n", ignore_nulls=True)
GROUP = pl.coalesce(pl.lit("author ") + pl.col("author_bucket").cast(pl.String), "record_id")


class Sentiment(Enricher):
    """Scores what was written by the word list of its language; titles count as part of the text.

    With a coding sheet that holds a hundred texts of a language or more, at least 15 of each class, a model learns
    from them. It speaks in those channels where it beats the list, by macro-F1 under cross-validation by author,
    beyond what chance explains; in channels with fewer coded texts its probabilities are averaged with the list's.
    No model ever judges a text from which it learned.

    Adds `sentiment_score` (-1 … 1), `sentiment` (`negative`, `neutral`, `positive`), `sentiment_scorer` (the list
    and its version, or the model and its digest) and the probabilities `p_negative`, `p_neutral`, `p_positive`,
    which only a coding sheet can tell. All are null without text or without a list for its language; a text of
    undetermined language is scored only by its emoji and emoticons, if it has any. Word lists see neither
    irony nor context: shares must be corrected with a hand-coded sample before they are compared.
    """

    name: ClassVar[str] = "sentiment"
    version: str = "2"
    Options: ClassVar[type[SentimentOptions]] = SentimentOptions
    needs: ClassVar[tuple[str, ...]] = ("record_id", "channel", "title", "text", "lang")
    adds: ClassVar = ADDED

    def __init__(self, options: SentimentOptions, context: Context) -> None:
        super().__init__(options, context)
        self._words = read_words(context.file(options.words)) if options.words else {}

    def fit(self, view: View) -> str:
        """The project's own words, and what coded texts teach, as JSON: whatever changes is a changed state."""
        learned = self._learned(view) if len(self.context.coding.ids) else {}
        return json.dumps({"words": self._words, "learned": learned}, sort_keys=True, ensure_ascii=False)

    def _learned(self, view: View) -> dict[str, Any]:
        rows = view.rows(self.context.coding.ids).select("record_id", "channel", "lang", group=GROUP, text=TEXT)
        rows = rows.filter(pl.col("text").str.contains(r"\S"))
        languages = sorted({*LANGUAGES, *self._words} & set(rows["lang"].drop_nulls()))
        coded = {lang: Coded.of(rows.filter(pl.col("lang") == lang), self.context.coding) for lang in languages}
        return {lang: learn(texts, _scorer(lang, self._words)) for lang, texts in coded.items() if len(texts)}

    def card(self, state: str) -> Sequence[dict[str, Any]]:
        """Figures of each language of which texts were coded, whether a model is used or why not."""
        learned = json.loads(state).get("learned", {})
        return [{"enricher": self.name, "language": lang, **said["figures"]} for lang, said in learned.items()]

    def apply(self, batch: pl.DataFrame, state: str) -> pl.DataFrame:
        """The added columns for the rows of `batch`."""
        rows = batch.select("record_id", "channel", "lang", text=TEXT).with_row_index("row")
        rows = rows.filter(pl.col("text").str.contains(r"\S")).with_columns(pl.col("lang").fill_null(SYMBOLS))
        readers = _readers(state)
        parts = [
            readers[str(language)].read(part)
            for (language,), part in rows.partition_by("lang", as_dict=True).items()
            if language in readers
        ]
        scored = pl.concat([pl.DataFrame(schema={"row": pl.UInt32, **ADDED}), *parts])
        whole = pl.DataFrame({"row": pl.int_range(batch.height, eager=True, dtype=pl.UInt32)})
        return whole.join(scored, on="row", how="left", maintain_order="left").drop("row")


@lru_cache(maxsize=4)
def _readers(state: str) -> dict[str, Reader]:
    """A reader by language."""
    told = json.loads(state)
    words, learned = told.get("words", {}), told.get("learned", {})
    return {lang: Reader(_scorer(lang, words), learned.get(lang, {})) for lang in sorted({*LANGUAGES, SYMBOLS, *words})}


def _scorer(language: str, words: Words) -> Scorer:
    """The scorer of a language with the project's own words; one of those words may begin a new language."""
    known = language in (*LANGUAGES, SYMBOLS)
    base = lexicon(language) if known else Lexicon(language, vader_symbols())
    return Scorer.of(base.extended(words[language]) if words.get(language) else base)
