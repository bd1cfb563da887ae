"""vaderSentiment, the scorer that most open tools use: what ours is compared with."""

from __future__ import annotations

import time
from collections.abc import Sequence

LEAST = 0.05
"""The published cut: a compound score beyond it is positive or negative."""


def seconds(texts: Sequence[str]) -> float:
    """CPU seconds that vaderSentiment takes for scoring texts one by one, as it is used."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    started = time.process_time()
    for text in texts:
        analyser.polarity_scores(text)
    return time.process_time() - started


def classes(texts: Sequence[str]) -> list[str]:
    """`negative`, `neutral` or `positive` for each text, by the published cut."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    scores = (analyser.polarity_scores(text)["compound"] for text in texts)
    return ["positive" if s >= LEAST else "negative" if s <= -LEAST else "neutral" for s in scores]
