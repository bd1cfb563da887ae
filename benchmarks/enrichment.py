"""Enrichment: what all enrichers and the search for duplicates cost, against vaderSentiment alone on the same texts.

    CXREPORT_TEST_DATA=FOLDER python -m benchmarks.enrichment --texts 1000000

The texts are the airline tweets over and over, each with an order number of its own, so that no two are alike. Every
enricher runs over the engine's tables as in a build, one after the other, so what it reads and writes counts too.
vaderSentiment is timed before and after, for other work on the machine makes all of it dearer.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks import labelled, reference
from cxreport.api import Coding, conform
from cxreport.engine.local import BATCH, LocalEngine
from cxreport.plan import Plan, make_plan
from cxreport.progress import Meter
from cxreport.stages.enrich import enrich
from cxreport.stages.relate import relate

TEXTS: Final = 1_000_000
SCORED: Final = 100_000
"""Texts that vaderSentiment is timed on, at most; its time per text does not depend on their number."""
CODED: Final = 1_500
"""Texts that people coded, where the learned model is measured."""
PACK: Final = "airline"
SKIPPED: Final = f"Enrichment: skipped, CXREPORT_TEST_DATA names no folder with {labelled.AIRLINE}."


@dataclass(frozen=True)
class Enrichment:
    """One measurement. All figures are CPU seconds."""

    texts: int
    parts: dict[str, float]
    """By enricher; `duplicates` is the relation."""
    learned: float
    """Sentiment again, with a model learned from `CODED` texts."""
    vader: float
    """vaderSentiment on as many texts."""

    @property
    def ratio(self) -> float:
        """The whole enrichment over vaderSentiment."""
        return sum(self.parts.values()) / self.vader

    @property
    def learned_ratio(self) -> float:
        """The same with the learned model."""
        return (sum(self.parts.values()) - self.parts["sentiment"] + self.learned) / self.vader


def run(path: Path, texts: int = TEXTS) -> Enrichment:
    """Enrich so many posts made of the labelled ones."""
    tweets = labelled.airline(path)
    some = [text for batch in _records(tweets, min(SCORED, texts)) for text in batch["text"]]
    before = reference.seconds(some[::2])
    with tempfile.TemporaryDirectory(prefix="cxreport-enrichment-") as folder:
        plan = make_plan(_config(tweets, Path(folder)))
        engine = LocalEngine(Path(folder) / "work" / "feedback")
        engine.write(_records(tweets, texts), "records")
        parts = _parts(plan, engine, texts)
        learned = _learned(plan, engine, tweets)
    return Enrichment(texts, parts, learned, (before + reference.seconds(some[1::2])) / len(some) * texts)


def _config(tweets: pl.DataFrame, folder: Path) -> Path:
    """A project about the companies that the posts speak to most."""
    spoken = tweets["text"].str.to_lowercase().str.extract(r"^@(\w+)").drop_nulls()
    most = spoken.value_counts(sort=True).head(tweets["cell"].n_unique())[spoken.name]
    own, *rivals = [{"names": [handle], "handles": [f"@{handle}"]} for handle in most]
    named = [{"name": rival["names"][0], "handles": rival["handles"]} for rival in rivals]
    options = {
        "version": 1, "site": {"client": own["names"][0]}, "brand": {**own, "rivals": named},
        "privacy": {"key": "a-key-for-a-benchmark"}, "sources": [{"id": "posts", "type": "twitter", "path": "."}],
        "enrich": {"moments": {"packs": [PACK]}, "themes": {"packs": [PACK]}},
    }  # fmt: skip
    path = folder / "config.yaml"
    path.write_text(json.dumps(options), "utf-8")
    return path


def _records(tweets: pl.DataFrame, texts: int) -> Iterator[pl.DataFrame]:
    for start in range(0, texts, BATCH):
        number = pl.int_range(start, min(start + BATCH, texts), eager=True)
        batch = tweets.select("text", "author_id")[number % tweets.height]
        order = pl.lit(" order ") + (100_000 + number).cast(pl.String)
        yield conform(
            batch.select(
                record_id=pl.Series([_id(n) for n in number]), source_id=pl.lit("posts"), channel=pl.lit("x"),
                kind=pl.lit("post"), author_id="author_id", author_handle="author_id", text=pl.col("text") + order,
            )
        )  # fmt: skip


def _id(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:32]


def _parts(plan: Plan, engine: LocalEngine, texts: int) -> dict[str, float]:
    meter = Meter()
    for enricher in plan.enrichers:
        enrich([enricher], engine, meter, texts)
    parts = {enricher.name: cost.cpu for enricher, cost in zip(plan.enrichers, meter.costs, strict=True)}
    with meter.stage("duplicates", texts):
        relate([relation for relation in plan.relations if relation.name == "duplicates"], engine)
    return {**parts, "duplicates": meter.costs[-1].cpu}


def _learned(plan: Plan, engine: LocalEngine, tweets: pl.DataFrame) -> float:
    """CPU seconds of fitting a model to coded texts and scoring every text with it."""
    known = tweets.with_columns(record_id=pl.Series([_id(n) for n in range(tweets.height)]))
    coding: Coding = labelled.coded(known, CODED, seed=0)
    sentiment = next(enricher for enricher in plan.enrichers if enricher.name == "sentiment")
    again = type(sentiment)(sentiment.options, replace(plan.context, coding=coding))
    meter = Meter()
    enrich([again], engine, meter, 0)
    return meter.costs[-1].cpu


def told(found: Enrichment) -> str:
    """The measurement as Markdown."""
    scale = 1_000_000 / found.texts
    rows = [*found.parts.items(), ("**all**", sum(found.parts.values())), ("vaderSentiment alone", found.vader)]
    table = "\n".join(f"| {name} | {cpu * scale:.1f} |" for name, cpu in rows)
    return (
        f"{found.texts:,} different texts.\n\n| step | CPU s a million |\n| --- | ---: |\n{table}\n\n"
        f"The whole enrichment costs {found.ratio:.2f} times what vaderSentiment alone does; "
        f"{found.learned_ratio:.2f} times with a model learned from {CODED:,} coded texts."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, or say what is missing."""
    parser = ArgumentParser(prog="python -m benchmarks.enrichment", description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many (default: %(default)s)")
    options = parser.parse_args(arguments)
    path = labelled.found(labelled.AIRLINE)
    print(told(run(path, options.texts)) if path else SKIPPED, flush=True)


if __name__ == "__main__":
    main()
