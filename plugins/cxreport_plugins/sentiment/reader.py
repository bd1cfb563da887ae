"""Reads the texts of one language: by its list, by a model learned from coded texts, or by both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from cxreport.api import SENTIMENTS
from cxreport_plugins.sentiment.coded import Floats
from cxreport_plugins.sentiment.features import features
from cxreport_plugins.sentiment.learn import BLEND, LIST
from cxreport_plugins.sentiment.lexicon import SYMBOLS
from cxreport_plugins.sentiment.model import DIGITS, UNIT, Model, labelled
from cxreport_plugins.sentiment.scorer import Scorer

PROBABILITIES = tuple(f"p_{sentiment}" for sentiment in SENTIMENTS)
ADDED: dict[str, pl.DataType | type[pl.DataType]] = {
    "sentiment_score": pl.Float64,
    "sentiment": pl.String,
    "sentiment_scorer": pl.String,
    **dict.fromkeys(PROBABILITIES, pl.Float64),
}
"""The columns that the enricher adds."""


@dataclass(frozen=True)
class Reader:
    """The list of a language, and what was learned of it."""

    scorer: Scorer
    learned: Mapping[str, Any]
    """See `learn`; empty where nothing was."""

    def read(self, part: pl.DataFrame) -> pl.DataFrame:
        """row and the columns `ADDED` for rows with row, record_id, channel, text."""
        if "model" not in self.learned:
            return self._listed(part)
        speaker = pl.col("channel").replace_strict(self.learned["channels"], default=self.learned["elsewhere"])
        by = part.with_columns(speaker=speaker).partition_by("speaker", as_dict=True, include_key=False)
        read = [
            self._listed(rows) if who == LIST else self._modelled(rows, who == BLEND) for (who,), rows in by.items()
        ]
        return pl.concat(read)

    def _listed(self, part: pl.DataFrame) -> pl.DataFrame:
        score = self.scorer.score(part["text"])
        label = self.scorer.classify(score)
        name = self.scorer.lexicon.name
        frame = _frame(part, score, label, name, self._as_coded(label) if "listed" in self.learned else None)
        return frame.filter(pl.col("sentiment_score") != 0) if self.scorer.lexicon.language == SYMBOLS else frame

    def _modelled(self, part: pl.DataFrame, blended: bool) -> pl.DataFrame:
        tokens = self.scorer.tokens(part["text"])
        seen = features(self.scorer, part["text"], self.scorer.hits(tokens))
        likely = self._held(part, self._model.probabilities(tokens, seen))
        if blended:
            likely = (likely + self._as_coded(self.scorer.classify(seen["score"]))) / 2
        score = pl.Series(likely[:, 2] - likely[:, 0])
        label = pl.Series(labelled(likely, self._model.tilts), dtype=pl.String)
        name = f"learned-{self.scorer.lexicon.language}-{self._model.digest}"
        return _frame(part, score, label, f"{name}+{self.scorer.lexicon.name}" if blended else name, likely)

    def _held(self, part: pl.DataFrame, likely: Floats) -> Floats:
        """Coded texts keep what was said of them by models that did not learn from their authors."""
        place = part.select("record_id").with_row_index("place").join(self._kept, on="record_id")
        likely = likely.copy()
        likely[place["place"].to_numpy()] = place.select(SENTIMENTS).to_numpy()
        return likely

    def _as_coded(self, label: pl.Series) -> Floats:
        """How often each class holds where the list gives these labels, as people coded."""
        table = np.array(self.learned["listed"]) / UNIT
        rows = label.replace_strict(SENTIMENTS, range(len(SENTIMENTS)), return_dtype=pl.Int64)
        return np.asarray(table[rows.to_numpy()])

    @cached_property
    def _model(self) -> Model:
        return Model(**self.learned["model"])

    @cached_property
    def _kept(self) -> pl.DataFrame:
        held = self.learned["held"]
        shares = np.array(list(held.values())) / UNIT
        return pl.DataFrame({"record_id": list(held), **dict(zip(SENTIMENTS, shares.T, strict=True))})


def _frame(part: pl.DataFrame, score: pl.Series, label: pl.Series, name: str, likely: Floats | None) -> pl.DataFrame:
    odds = np.full((part.height, len(PROBABILITIES)), np.nan) if likely is None else likely
    columns = {p: pl.Series(odds[:, k], nan_to_null=True).round(DIGITS) for k, p in enumerate(PROBABILITIES)}
    named = {"sentiment_score": score.round(4), "sentiment": label, **columns}
    frame = pl.DataFrame({"row": part["row"], **named}).with_columns(sentiment_scorer=pl.lit(name))
    return frame.select("row", *ADDED)
