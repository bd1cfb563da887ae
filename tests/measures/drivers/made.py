"""Responses of invented customers: a score of the whole, and ratings of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from cxreport.model.schema import ANSWERS

from ..make import ident

PARTS = ("Check-in", "Crew", "Punctuality")
WEIGHTS = (0.2, 0.6, 1.2)


def responses(n: int, seed: int = 1, weights: Sequence[float] = WEIGHTS, noise: float = 1.5) -> list[dict[str, Any]]:
    """Responses with a net promoter score that its parts drive; `parts` holds their ratings, on 1 to 5."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=(n, 1))
    parts = np.clip(np.round(3.4 + 0.6 * mood + 0.9 * rng.normal(size=(n, len(weights)))), 1, 5)
    scores = np.clip(np.round(7 + (parts - 3.4) @ np.array(weights) + noise * rng.normal(size=n)), 0, 10)
    return [scored(int(score), *map(float, own)) for score, own in zip(scores, parts, strict=True)]


def scored(score: int, *parts: float | None, **more: Any) -> dict[str, Any]:
    """One response; None where a part is not rated."""
    return {
        "kind": "survey_response", "channel": "survey", "metric": "nps", "nps_score": score,
        "rating_value": float(score), "rating_min": 0.0, "rating_max": 10.0, "parts": parts, **more,
    }  # fmt: skip


def rows(given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the records."""
    return [{key: value for key, value in row.items() if key != "parts"} for row in given]


def answers(given: Sequence[dict[str, Any]], names: Sequence[str] = PARTS, top: float = 5.0) -> pl.DataFrame:
    """The table `answers` of them, as sources write it."""
    found = [
        {"record_id": ident(number), "question_id": "Q4", "row_label": name, "answer_type": "scale",
         "value_number": value, "scale_min": 1.0, "scale_max": top}
        for number, row in enumerate(given)
        for name, value in zip(names, row["parts"], strict=False)
        if value is not None
    ]  # fmt: skip
    return pl.DataFrame(found, schema=ANSWERS)
