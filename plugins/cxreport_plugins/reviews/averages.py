"""Averages that a platform states of a place or product: figures of the platform, never reviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from cxreport.api import Batch, ReadFacts
from cxreport_plugins.reviews.scale import number

NAMES: Final = ("rating_average", "rating_count", "review_count", "rating_max")
_SUBJECT = pl.coalesce("location_name", "location_id", "product_name", "product_id").alias("subject")


@dataclass
class Averages:
    """What one file states, each once."""

    _stated: dict[tuple[str | None, ...], None] = field(default_factory=dict)

    def tell(self, subject: str | None, **figures: str | None) -> None:
        """Note what the file states of a subject: `rating_average="4,4", rating_count="1 089"`."""
        self._stated[(subject, *(figures.get(name) for name in NAMES))] = None

    def see(self, whole: pl.DataFrame) -> None:
        """Note what rows of raw reviews repeat of their place or product in `place_average` and `place_ratings`."""
        seen = whole.filter(pl.col("place_average").is_not_null())
        for subject, average, count in seen.select(_SUBJECT, "place_average", "place_ratings").unique().iter_rows():
            self.tell(subject, rating_average=average, rating_count=count)

    def batches(self, facts: ReadFacts) -> list[Batch]:
        """The figures as a batch without records, if there are any that can be read; tells the ledger."""
        if not self._stated:
            return []
        rows = sorted(self._stated, key=lambda row: tuple(cell or "" for cell in row))
        whole = pl.DataFrame(rows, schema=dict.fromkeys(("subject", *NAMES), pl.String), orient="row")
        numbers = whole.with_columns(number(pl.col(name)).alias(name) for name in NAMES)
        figures = numbers.unpivot(index="subject", variable_name="name").drop_nulls("value")
        facts.notes.append(
            f"Averages that the file states are figures of the platform, not reviews: {whole.height:,}. "
            "They are told apart and enter no measure."
        )
        return [Batch(pl.DataFrame(schema={"source_row": pl.Int64}), metrics=figures)]
