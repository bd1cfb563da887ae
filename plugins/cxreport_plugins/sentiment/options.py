"""Options of the enricher `sentiment`."""

from __future__ import annotations

from cxreport.api import Options


class SentimentOptions(Options):
    """The project's own words."""

    words: str | None = None
    """YAML file of further words, `{language: {word: weight}}` with weights from -4 to 4; `stem*` stands for
    every word that begins so. A word that our lists have takes the new weight."""
