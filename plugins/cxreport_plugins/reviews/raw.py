"""From raw reviews, a frame of text cells that every format makes, to records: written once for all of them.

A raw review has `source_row` (Int64) and any of the columns of `RAW`, all text; absent ones are null.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from cxreport.api import Batch, ReadFacts, Reject, reading
from cxreport_plugins.reviews.options import ReviewsOptions

RAW: Final = (
    "source_pointer", "native_id", "url", "title", "text", "text_original", "text_translated", "language",
    "rating_raw", "created", "updated", "experienced", "author_id", "author_name", "author_country",
    "product_id", "product_name", "location_id", "location_name", "country", "app_version", "device",
    "helpful_votes", "verified_purchase", "invited", "tag", "reply", "reply_created", "extra",
)  # fmt: skip
LOWEST, HIGHEST = 1.0, 5.0
_NUMBERS: Final = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5"}


@dataclass
class Reviews:
    """One file of reviews being turned into records."""

    channel: str
    options: ReviewsOptions
    facts: ReadFacts
    zone: str | None = None
    """Zone of times without an offset, as the format's header or documentation tells it."""
    zone_source: Literal["header", "spec"] = "header"
    unread_dates: int = field(default=0, init=False)
    off_scale: int = field(default=0, init=False)

    def batch(self, raw: pl.DataFrame, rejects: tuple[Reject, ...] = ()) -> Batch:
        """Records of reviews and of the replies to them; a raw review that says nothing is rejected."""
        whole = _whole(raw)
        said = pl.any_horizontal(pl.col("title", "text").is_not_null()) | pl.col("rating_value").is_not_null()
        kept, empty = whole.filter(said), whole.filter(~said)["source_row"]
        nothing = tuple(Reject(row, "no_content", "neither a text nor a rating that can be read") for row in empty)
        records = self._dated(kept)
        self.off_scale += int(kept["off_scale"].sum())
        reviews, replies = self._reviews(records), self._replies(kept)
        return Batch(pl.concat([reviews, replies], how="diagonal"), rejects=rejects + nothing)

    def finish(self) -> None:
        """Tell the ledger what was found on the way."""
        if self.unread_dates:
            self.facts.notes.append(
                f"Dates that could not be read: {self.unread_dates:,}. The records are kept without one."
            )
        if self.off_scale:
            self.facts.notes.append(
                f"Ratings outside of 1 to 5 stars: {self.off_scale:,}. The records are kept without one."
            )

    def _times(self, cells: pl.Series) -> pl.DataFrame:
        """The instants of a column, with `created_at_raw`, precision and the zone's basis."""
        if self.options.timezone:
            return reading.parse_times(cells, zone=self.options.timezone).frame
        return reading.parse_times(cells, zone=self.zone, zone_source=self.zone_source).frame

    def _dated(self, kept: pl.DataFrame) -> pl.DataFrame:
        created = self._times(kept["created"])
        others = [self._times(kept[name])["created_at"].alias(f"{name}_at") for name in ("updated", "experienced")]
        return kept.hstack(created).hstack(others)

    def _reviews(self, dated: pl.DataFrame) -> pl.DataFrame:
        unread = pl.col("created").is_not_null() & pl.col("created_at").is_null()
        self.unread_dates += int(dated.select(unread.sum()).item())
        silent = pl.all_horizontal(pl.col("title", "text").is_null())
        options = self.options
        country = options.country.upper() if options.country else None
        return dated.select(
            "source_row", "source_pointer", "native_id", "url", "title", "text", "text_original", "text_translated",
            "created_at", "created_at_raw", "time_precision", "tz_source", "updated_at", "experienced_at",
            "author_id", "author_name", "product_id", "location_id", "location_name", "app_version", "device", "extra",
            pl.when(silent).then(pl.lit("rating_only")).otherwise(pl.lit("review")).alias("kind"),
            pl.lit(self.channel).alias("channel"),
            pl.lit("customer").alias("author_role"),
            pl.lit(value=False).alias("brand_authored"),
            pl.lit("role").alias("brand_authored_basis"),
            reading.to_alpha2(pl.col("author_country")).alias("author_country"),
            pl.coalesce(reading.to_alpha2(pl.col("country")), pl.lit(country)).alias("country"),
            pl.coalesce("product_name", pl.lit(options.product, pl.String)).alias("product_name"),
            pl.coalesce("language", pl.lit(options.language, pl.String)).alias("language"),
            pl.when(pl.col("language").is_not_null()).then(pl.lit("source"))
            .when(pl.lit(options.language is not None)).then(pl.lit("user")).alias("language_source"),
            pl.lit("stars").alias("metric"), "rating_raw", "rating_value",
            pl.lit(LOWEST).alias("rating_min"), pl.lit(HIGHEST).alias("rating_max"),
            pl.lit("spec").alias("rating_scale_source"),
            ((pl.col("rating_value") - LOWEST) / (HIGHEST - LOWEST)).alias("rating_norm"),
            reading.to_int(pl.col("helpful_votes")).alias("helpful_votes"),
            reading.to_bool(pl.col("verified_purchase")).alias("verified_purchase"),
            reading.to_bool(pl.col("invited")).alias("invited"),
            pl.when(pl.col("tag").is_not_null()).then(pl.concat_list("tag")).alias("tags"),
            _warnings(date_unreadable=unread, rating_out_of_scale=pl.col("off_scale")),
        )  # fmt: skip

    def _replies(self, kept: pl.DataFrame) -> pl.DataFrame:
        answered = kept.filter(pl.col("reply").is_not_null())
        times = self._times(answered["reply_created"])
        return answered.hstack(times).select(
            "source_row",
            "source_pointer",
            (pl.col("native_id") + "#reply").alias("native_id"),
            pl.col("native_id").alias("in_reply_to_id"),
            pl.col("reply").alias("text"),
            pl.col("created_at", "created_at_raw", "time_precision", "tz_source", "product_id", "location_id"),
            pl.lit("owner_reply").alias("kind"),
            pl.lit(self.channel).alias("channel"),
            pl.lit("brand").alias("author_role"),
            pl.lit(value=True).alias("brand_authored"),
            pl.lit("role").alias("brand_authored_basis"),
        )


def _whole(raw: pl.DataFrame) -> pl.DataFrame:
    """Every column of `RAW`, blank cells null, and the rating read."""
    cells = [
        (reading.blank(pl.col(name)) if name in raw.columns else pl.lit(None, pl.String)).alias(name) for name in RAW
    ]
    whole = raw.select(pl.col("source_row").cast(pl.Int64), *cells)
    number = reading.to_float(pl.col("rating_raw").str.strip_chars().replace(_NUMBERS))
    rated = whole.with_columns(number.alias("rating_value"))
    sound = pl.col("rating_value").is_between(LOWEST, HIGHEST).fill_null(value=False)
    return rated.with_columns(
        pl.when(sound).then("rating_value").alias("rating_value"),
        (pl.col("rating_raw").is_not_null() & ~sound).alias("off_scale"),
    )


def _warnings(**conditions: pl.Expr) -> pl.Expr:
    """The codes whose condition holds, as the column `warnings`; null where none does."""
    codes = pl.concat_list([pl.when(condition).then(pl.lit(code)) for code, condition in conditions.items()])
    found = codes.list.drop_nulls()
    return pl.when(found.list.len() > 0).then(found).alias("warnings")
