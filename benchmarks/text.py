"""Text: English sentiment against hand-made labels, ours and vaderSentiment's, and how fast each is.

    CXREPORT_TEST_DATA=FOLDER python -m benchmarks.text

Needs the airline tweets under `data/airline-tweets/` of that folder; says so and measures nothing without them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks import reference
from cxreport.api import Brand, Company, Context
from cxreport.engine.local import LocalView
from cxreport_plugins.sentiment.enricher import Sentiment

LABELLED: Final = "data/airline-tweets/Tweets.csv"
SKIPPED: Final = f"Sentiment: skipped, CXREPORT_TEST_DATA names no folder with {LABELLED}."
REPEATS: Final = 5
"""Our scorer is so quick that it is timed so many times, each on the texts once: no text helps another twice."""


@dataclass(frozen=True)
class Text:
    """One comparison: macro-F1 in percent, texts a CPU second."""

    texts: int
    f1: float
    rate: float
    vader_f1: float
    vader_rate: float


def labelled() -> Path | None:
    """The hand-labelled tweets, where they are."""
    root = os.environ.get("CXREPORT_TEST_DATA")
    path = Path(root) / LABELLED if root else None
    return path if path is not None and path.is_file() else None


def run(path: Path) -> Text:
    """Score the labelled texts with both."""
    tweets = pl.read_csv(path, columns=["text", "airline_sentiment"]).drop_nulls()
    texts, truth = tweets["text"], tweets["airline_sentiment"]
    ours, rate = _ours(texts)
    listed = texts.to_list()
    theirs = pl.Series(reference.classes(listed))
    return Text(
        len(texts), macro_f1(truth, ours), rate, macro_f1(truth, theirs), len(texts) / reference.seconds(listed)
    )


def _ours(texts: pl.Series) -> tuple[pl.Series, float]:
    """Classes by the enricher as a build runs it, and texts a CPU second."""
    sentiment = Sentiment(Sentiment.Options(), Context(Brand(Company(name="Meridian Air")), Path()))
    batch = pl.DataFrame({"title": None, "text": texts, "lang": "en"}, schema_overrides={"title": pl.String})
    state = sentiment.fit(LocalView(batch.lazy()))
    classes = sentiment.apply(batch, state)["sentiment"]
    started = time.process_time()
    for _ in range(REPEATS):
        sentiment.apply(batch, state)
    return classes, REPEATS * batch.height / (time.process_time() - started)


def macro_f1(truth: pl.Series, guess: pl.Series) -> float:
    """Unweighted mean of the F1 of each class, in percent; a text without a guess counts as wrong."""
    frame = pl.DataFrame({"truth": truth, "guess": guess})
    scores: list[float] = []
    for name in truth.unique().sort():
        hits = frame.filter((pl.col("truth") == name) & (pl.col("guess") == name)).height
        both = frame.filter(pl.col("truth") == name).height + frame.filter(pl.col("guess") == name).height
        scores.append(2 * hits / both)
    return 100 * sum(scores) / len(scores)


def told(text: Text) -> str:
    """The comparison as Markdown."""
    return (
        "| scorer | macro-F1 | texts a CPU second |\n| --- | ---: | ---: |\n"
        f"| cxreport, English list | {text.f1:.1f}% | {text.rate:,.0f} |\n"
        f"| vaderSentiment, cut at ±{reference.LEAST} | {text.vader_f1:.1f}% | {text.vader_rate:,.0f} |\n\n"
        f"{text.texts:,} labelled tweets to airlines. {text.rate / text.vader_rate:.1f} times as fast."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, or say what is missing."""
    path = labelled()
    if path is None:
        print(SKIPPED, flush=True)
    else:
        print(told(run(path)), flush=True)


if __name__ == "__main__":
    main()
