"""From messages and ratings as the formats give them to records: written once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from cxreport.api import Context, ReadFacts, SourceOptions, reading
from cxreport_plugins.common.codes import listed

Raw = dict[str, Any]
RAW: Final[dict[str, Any]] = {
    "source_row": pl.Int64, "source_pointer": pl.String, "native_id": pl.String, "kind": pl.String,
    "author": pl.String, "role": pl.String, "basis": pl.String, "url": pl.String,
    "title": pl.String, "text": pl.String, "created": pl.String, "updated": pl.String, "is_dated_by_ticket": pl.Boolean,
    "conversation_id": pl.String, "in_reply_to_id": pl.String, "metric": pl.String, "rating_raw": pl.String,
    "rating_value": pl.Float64, "rating_min": pl.Float64, "rating_max": pl.Float64, "question_text": pl.String,
    "tags": pl.List(pl.String), "extra": pl.String,
}  # fmt: skip
"""One message, ticket or rating. `author` is an id or address and is stored as a pseudonym only; `role` is
`customer`, `agent` or `bot`; `rating_value` is null where nobody rated, or what they gave is not known."""
_SAME = (
    "source_row", "source_pointer", "native_id", "kind", "url", "title", "text", "conversation_id", "in_reply_to_id",
    "metric", "rating_raw", "rating_value", "rating_min", "rating_max", "question_text", "tags", "extra",
)  # fmt: skip
MESSAGE, TICKET, RATING = "ticket_message", "ticket", "survey_response"
BRAND = ("agent", "bot")


@dataclass
class Records:
    """One file of a support system being turned into records."""

    context: Context
    options: SourceOptions
    facts: ReadFacts
    zone: str | None
    """Zone of times without an offset, as the system documents it."""
    left_out: Counter[str] = field(default_factory=Counter)
    """What was not made a record although its row was kept: private notes and the like, in words."""
    dropped: set[str] = field(default_factory=set)
    """Names of fields of personal data."""
    _undated: int = 0
    _by_ticket: int = 0
    _unknown: int = 0
    _guessed: int = 0

    def frame(self, rows: Sequence[Raw]) -> pl.DataFrame:
        """Records of raw ones; keys are those of `RAW`, absent ones are null."""
        return self.records(pl.DataFrame(rows, schema=RAW))

    def records(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Records of a frame of the columns `RAW`."""
        dated = raw.hstack(self._times(raw["created"])).with_columns(
            updated_at=self._times(raw["updated"])["created_at"], author_id=self._authors(raw["author"])
        )
        unread = pl.col("created").is_not_null() & pl.col("created_at").is_null()
        unknown = pl.col("rating_raw").is_not_null() & pl.col("rating_value").is_null()
        self._undated += int(dated.select(unread.sum()).item())
        self._unknown += int(dated.select(unknown.sum()).item())
        self._by_ticket += int(raw["is_dated_by_ticket"].sum())
        self._guessed += int(((raw["basis"] == "heuristic") & (raw["role"] == "agent")).sum())
        return dated.select(
            *_SAME, *_author(), *_scores(),
            "created_at", "created_at_raw", "time_precision", "tz_source", "updated_at",
            pl.lit("support").alias("channel"),
            listed({
                "date_unreadable": unread,
                "date_of_ticket": pl.col("is_dated_by_ticket"),
                "rating_out_of_scale": unknown,
                "tz_unknown": pl.col("created_at").is_not_null() & (pl.col("tz_source") == "unknown"),
            }).alias("warnings"),
        )  # fmt: skip

    def _times(self, cells: pl.Series) -> pl.DataFrame:
        if self.zone is not None:
            return reading.parse_times(cells, zone=self.zone, zone_source="spec").frame
        return reading.parse_times(cells, zone=self.options.timezone).frame

    def _authors(self, cells: pl.Series) -> pl.Series:
        """Pseudonyms of ids and addresses."""
        plain = cells.str.strip_chars().str.to_lowercase()
        table = {value: self.context.pseudonym(value) for value in plain.drop_nulls().unique().sort()}
        return plain.replace_strict(table, default=None, return_dtype=pl.String)

    def finish(self) -> None:
        """Tell the ledger what was found on the way."""
        told = {
            "Dates that could not be read; the records are kept without one": self._undated,
            "Ratings that are not known; the records are kept without one": self._unknown,
            "Ratings dated by the last change of their ticket, as the export gives them no date": self._by_ticket,
            "Messages taken for the brand's because the customer who asked did not write them": self._guessed,
            **dict(sorted(self.left_out.items())),
        }
        self.facts.notes += [f"{what}: {count:,}." for what, count in told.items() if count]
        if self.dropped:
            self.facts.notes.append(f"Fields dropped as personal data: {', '.join(sorted(self.dropped))}.")


def _author() -> list[pl.Expr]:
    role = pl.col("role")
    return [
        pl.col("author_id"),
        role.fill_null("unknown").alias("author_role"),
        role.is_in(BRAND).alias("brand_authored"),
        pl.when(role.is_not_null()).then(pl.coalesce("basis", pl.lit("role"))).alias("brand_authored_basis"),
    ]


def _scores() -> list[pl.Expr]:
    """What follows from metric, value and scale."""
    value, low, high = (pl.col(f"rating_{part}") for part in ("value", "min", "max"))
    is_csat = (pl.col("metric") == "csat") & value.is_not_null()
    return [
        ((value - low) / (high - low)).alias("rating_norm"),
        pl.when(pl.col("metric").is_not_null()).then(pl.lit("spec")).alias("rating_scale_source"),
        pl.when(is_csat).then(value).alias("csat_value"),
        pl.when(is_csat).then(high).alias("csat_max"),
    ]
