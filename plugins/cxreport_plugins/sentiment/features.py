"""What a learned model sees of a text besides its words: what the list says of it, and how it is written."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport_plugins.sentiment.scorer import UNIT, Scorer

FEATURES: Final = (
    "score", "is_positive", "is_negative", "positives", "negatives", "silent",
    "negations", "degrees", "turns", "first", "last", "praise", "blame",
    "questions", "shouts", "length", "emoji", "link", "number", "hashtag",
)  # fmt: skip
"""In -1 … 1 or little more, so that one penalty suits them all."""
MOST = 4
"""Hits of either sign that count."""
SOME = 3
"""Negations, degree words and marks that count."""
HEAVY = 8.0
"""Sum of weights of either sign that counts."""


def features(scorer: Scorer, texts: pl.Series, hits: pl.DataFrame) -> pl.DataFrame:
    """The columns `FEATURES` for each text, without nulls; `hits` are those of `texts`."""
    score = scorer.scored(texts, hits).alias("score")
    label = scorer.classify(score)
    frame = pl.DataFrame({"text": texts, "score": score, "label": label}).with_row_index("row")
    counted = frame.join(_counts(hits), on="row", how="left", maintain_order="left")
    return counted.select(*_of_hits(), *_of_text()).select(pl.col(FEATURES).cast(pl.Float64).fill_null(0.0))


def _counts(hits: pl.DataFrame) -> pl.DataFrame:
    """Sums are of whole millionths, so that no order of addition can change them."""
    value = pl.col("value")
    whole = (value * UNIT).round().cast(pl.Int64)
    telling = value.filter(value != 0).sign()
    return hits.group_by("row").agg(
        up=(value > 0).sum(), down=(value < 0).sum(),
        praise=whole.filter(value > 0).sum() / UNIT, blame=-whole.filter(value < 0).sum() / UNIT,
        negations=pl.col("negates").sum(), degrees=(pl.col("degree") != 0).sum(), turns=pl.col("turns").any(),
        first=telling.first(), last=telling.last(),
    )  # fmt: skip


def _of_hits() -> tuple[pl.Expr, ...]:
    up, down = pl.col("up").fill_null(0), pl.col("down").fill_null(0)
    return (
        pl.col("score", "turns", "first", "last"),
        (pl.col("label") == "positive").alias("is_positive"),
        (pl.col("label") == "negative").alias("is_negative"),
        (up.clip(0, MOST) / MOST).alias("positives"),
        (down.clip(0, MOST) / MOST).alias("negatives"),
        (up + down == 0).alias("silent"),
        (pl.col("negations").clip(0, SOME) / SOME).alias("negations"),
        (pl.col("degrees").clip(0, SOME) / SOME).alias("degrees"),
        (pl.col("praise").clip(0, HEAVY) / MOST).alias("praise"),
        (pl.col("blame").clip(0, HEAVY) / MOST).alias("blame"),
    )


def _of_text() -> tuple[pl.Expr, ...]:
    text = pl.col("text")
    return (
        (text.str.count_matches("?", literal=True).clip(0, SOME) / SOME).alias("questions"),
        (text.str.count_matches("!", literal=True).clip(0, SOME) / SOME).alias("shouts"),
        (text.str.len_chars().cast(pl.Float64).log1p() / 5).alias("length"),
        text.str.contains(r"\p{Extended_Pictographic}").alias("emoji"),
        text.str.contains("http", literal=True).alias("link"),
        text.str.contains(r"\d").alias("number"),
        text.str.contains("#", literal=True).alias("hashtag"),
    )
