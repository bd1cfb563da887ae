"""Learning: how often sentiment is right with some coded texts, and how near the corrected shares come.

    CXREPORT_TEST_DATA=FOLDER python -m benchmarks.learning

Everything goes through the enricher, the accuracy card and the measure's own net sentiment, as in a build.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import narwhals as nw
import numpy as np
import polars as pl

from benchmarks import labelled
from benchmarks.text import macro_f1
from cxreport.api import Accuracy, Brand, Coding, Company, Context
from cxreport.coding.accuracy import accuracy
from cxreport.engine.local import LocalView
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.common.judged import CODED, Judged
from cxreport_plugins.common.net import Net, tallies
from cxreport_plugins.sentiment.enricher import Sentiment

SEEDS: Final = 5
SHARE_SEEDS: Final = 20
CODED_TEXTS: Final = 400
SIZES: Final = (0, 100, 200, CODED_TEXTS, 1_500)


@dataclass(frozen=True)
class Run:
    """One coded sample: what the enricher then says of every text."""

    coding: Coding
    texts: pl.DataFrame
    """With the added columns."""
    fitting: float
    """CPU seconds."""
    rate: float
    """Texts a CPU second."""

    @property
    def f1(self) -> float:
        """Macro-F1 in percent on the texts of authors of whom none was coded."""
        seen = self.texts.join(self.coding.ids.to_frame(), on="record_id", how="semi").select("author_id")
        held = self.texts.join(seen, on="author_id", how="anti")
        return macro_f1(held["truth"], held["sentiment"])


@dataclass(frozen=True)
class Share:
    """The negative share of a cell: by people, and estimated."""

    cell: str
    truth: float
    value: float
    low: float
    high: float

    @property
    def held(self) -> bool:
        """Whether the interval holds what people said."""
        return self.low <= self.truth <= self.high


def run(texts: pl.DataFrame, n: int, seed: int) -> Run:
    """Learn from `n` coded texts, score all."""
    coding = labelled.coded(texts, n, seed)
    sentiment = Sentiment(Sentiment.Options(), Context(Brand(Company(name="Meridian Air")), Path(), coding=coding))
    started = time.process_time()
    state = sentiment.fit(LocalView(texts.lazy()))
    fitted = time.process_time()
    added = sentiment.apply(texts.select(sentiment.needs), state)
    seconds = time.process_time() - fitted
    return Run(coding, texts.with_columns(added.get_columns()), fitted - started, texts.height / seconds)


def shares(done: Run) -> list[Share]:
    """The negative share of every cell, as a measure would publish it."""
    judged = accuracy(done.coding, done.texts, pl.DataFrame(schema=LABELS_TABLE))
    decided = pl.col("record_id").is_in(done.coding.ids.implode())
    after = done.texts.with_columns(
        sentiment=pl.when(decided).then("truth").otherwise("sentiment"),
        sentiment_scorer=pl.when(decided).then(pl.lit(CODED)).otherwise("sentiment_scorer"),
    )
    rows = tallies(nw.from_native(after.lazy()), "cell", accuracy=judged).to_native().collect()
    return [_share(cell, after, rows, judged) for cell in sorted(after["cell"].unique())]


def _share(cell: str, after: pl.DataFrame, rows: pl.DataFrame, judged: Sequence[Accuracy]) -> Share:
    mine = pl.col("cell") == cell
    said = after.filter(mine)["truth"]
    truth = float((said == "negative").sum()) / len(said)
    return Share(cell, truth, *Net(rows.filter(mine), Judged(judged)).share("negative"))


def told_of(name: str, texts: pl.DataFrame, n: int) -> str:
    """A row of a Markdown table: macro-F1 with `n` coded texts, mean of `SEEDS` samples."""
    runs = [run(texts, n, seed) for seed in range(SEEDS if n else 1)]
    f1, last = [r.f1 for r in runs], runs[-1]
    return f"| {name} | {n:,} | {np.mean(f1):.1f} ± {np.std(f1):.1f} | {last.rate:,.0f} | {last.fitting:.1f} |"


def told_of_shares(texts: pl.DataFrame) -> str:
    """The shares of one sample, and how often the intervals of all samples hold the human share."""
    every = [shares(run(texts, CODED_TEXTS, seed)) for seed in range(SHARE_SEEDS)]
    rows = [
        f"| {s.cell} | {s.truth:.1%} | {s.value:.1%} | {s.low:.1%} to {s.high:.1%} | {_times(every, s.cell)} "
        f"| {_error(every, s.cell):.1%} | {_width(every, s.cell):.1%} |"
        for s in every[0]
    ]
    five = sum(sum(s.held for s in one) >= len(one) - 1 for one in every)
    columns = "| cell | by people | estimated | 95% interval | held | mean error | mean width |"
    head = f"{columns}\n| --- |{' ---: |' * 6}"
    return "\n".join([head, *rows, "", f"All cells but one or none held in {five} of {SHARE_SEEDS} samples."])


def _of(every: Sequence[Sequence[Share]], cell: str) -> list[Share]:
    return [s for one in every for s in one if s.cell == cell]


def _times(every: Sequence[Sequence[Share]], cell: str) -> str:
    mine = _of(every, cell)
    return f"{sum(s.held for s in mine)} of {len(mine)}"


def _error(every: Sequence[Sequence[Share]], cell: str) -> float:
    return float(np.mean([abs(s.value - s.truth) for s in _of(every, cell)]))


def _width(every: Sequence[Sequence[Share]], cell: str) -> float:
    return float(np.mean([s.high - s.low for s in _of(every, cell)]))


def main() -> None:
    """Measure and print what there are data for."""
    english, russian = labelled.found(labelled.AIRLINE), labelled.found(labelled.BANKS)
    print(
        "| texts | coded | macro-F1 | texts a CPU second | fit, CPU s |\n| --- | ---: | ---: | ---: | ---: |",
        flush=True,
    )
    for n in SIZES:
        if english:
            print(told_of("airlines, English", labelled.airline(english), n), flush=True)
        if russian and n <= CODED_TEXTS:
            print(told_of("banks, Russian", labelled.banks(russian), n), flush=True)
    if english:
        print(f"\n{told_of_shares(labelled.airline(english))}", flush=True)


if __name__ == "__main__":
    main()
