"""From raw reviews, a frame of text cells that every format makes, to records: written once for all of them.

A raw review has `source_row` (Int64), perhaps `answers` (a list of `answers.ANSWER`), and any of the columns
of `RAW`, all text; absent ones are null.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

from cxreport.api import Batch, Context, ReadFacts, Reject, reading
from cxreport_plugins.common import codes, rows
from cxreport_plugins.reviews import answers
from cxreport_plugins.reviews.averages import Averages
from cxreport_plugins.reviews.options import ReviewsOptions
from cxreport_plugins.reviews.scale import STARS, Scale, rated

PLAIN: Final = (
    "source_pointer", "native_id", "url", "title", "text", "text_original", "text_positive", "text_negative",
    "text_translated", "author_id", "author_name", "product_id", "sku", "location_id", "location_name", "city",
    "app_version", "device", "sentiment_vendor", "rating_raw", "extra",
)  # fmt: skip
"""Columns of a record that are text and stay as they are."""
RAW: Final = (
    *PLAIN, "language", "created", "updated", "experienced", "author_country", "author_posts", "product_name",
    "country", "lat", "lon", "helpful_votes", "verified_purchase", "invited",
    "rating",  # the score, where `rating_raw` writes it in another way, such as `bubble_45`
    "scale_min", "scale_max",  # where a row states its own scale
    "created_raw",  # the time as found, where `created` is not
    "tags",  # one a line
    "reply", "reply_created",
    "place_average", "place_ratings",  # what the platform states of the place or product: its mean, of how many
)  # fmt: skip


@dataclass
class Reviews:
    """One file of reviews being turned into records."""

    channel: str
    options: ReviewsOptions
    facts: ReadFacts
    context: Context
    zone: str | None = None
    """Zone of times without an offset, as the format's header or documentation tells it."""
    zone_source: Literal["header", "spec"] = "header"
    scale: Scale = STARS
    """The scale of ratings whose row states none."""
    country: str | None = field(init=False)
    """Where all reviews of the file were written, as the options or the file say."""
    averages: Averages = field(default_factory=Averages, init=False)
    unread_dates: int = field(default=0, init=False)
    off_scale: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.country = self.options.country

    def batch(self, raw: pl.DataFrame, rejects: tuple[Reject, ...] = ()) -> Batch:
        """Records of reviews and of the replies to them; a raw review that says nothing is rejected."""
        whole = rated(self._sound(_whole(raw)), self.scale)
        self.averages.see(whole)
        said = pl.any_horizontal(pl.col("title", "text").is_not_null()) | pl.col("rating_value").is_not_null()
        kept, empty = whole.filter(said), whole.filter(~said)["source_row"]
        nothing = tuple(Reject(row, "no_content", "neither a text nor a rating that can be read") for row in empty)
        self.off_scale += int(kept["off_scale"].sum())
        records = pl.concat([self._reviews(self._dated(kept)), self._replies(kept)], how="diagonal")
        return Batch(records, answers.rows(kept), rejects + nothing)

    def finish(self) -> None:
        """Tell the ledger what was found on the way."""
        rows.warn_of_ids(self.facts)
        if self.unread_dates:
            self.facts.notes.append(
                f"Dates that could not be read: {self.unread_dates:,}. The records are kept without one."
            )
        if self.off_scale:
            self.facts.notes.append(
                f"Ratings that are not on their scale: {self.off_scale:,}. The records are kept without one."
            )

    def _sound(self, whole: pl.DataFrame) -> pl.DataFrame:
        """Ids that a spreadsheet rounded, of reviews and of people, are null: they would make one of many."""
        authors = pl.when(~reading.damaged_ids(whole["author_id"])).then("author_id").alias("author_id")
        return whole.with_columns(rows.sound_ids(whole, "native_id", self.facts)).with_columns(authors)

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
        country = self.country.upper() if self.country else None
        return dated.select(
            "source_row", *PLAIN, "id_damaged",
            "created_at", "time_precision", "tz_source", "updated_at", "experienced_at",
            pl.coalesce("created_raw", "created_at_raw").alias("created_at_raw"),
            pl.when(silent).then(pl.lit("rating_only")).otherwise(pl.lit("review")).alias("kind"),
            pl.lit(self.channel).alias("channel"),
            pl.lit("customer").alias("author_role"),
            pl.lit(value=False).alias("brand_authored"),
            pl.lit("role").alias("brand_authored_basis"),
            reading.to_alpha2(pl.col("author_country")).alias("author_country"),
            reading.to_int(pl.col("author_posts")).alias("author_posts"),
            pl.coalesce(reading.to_alpha2(pl.col("country")), pl.lit(country)).alias("country"),
            reading.to_float(pl.col("lat", "lon")),
            pl.coalesce("product_name", pl.lit(options.product, pl.String)).alias("product_name"),
            pl.coalesce("language", pl.lit(options.language, pl.String)).alias("language"),
            pl.when(pl.col("language").is_not_null()).then(pl.lit("source"))
            .when(pl.lit(options.language is not None)).then(pl.lit("user")).alias("language_source"),
            pl.lit("stars").alias("metric"),
            "rating_value", "rating_min", "rating_max", "rating_scale_source", "rating_norm",
            reading.to_int(pl.col("helpful_votes")).alias("helpful_votes"),
            reading.to_bool(pl.col("verified_purchase")).alias("verified_purchase"),
            reading.to_bool(pl.col("invited")).alias("invited"),
            pl.col("tags").str.split("\n").alias("tags"),
            codes.listed({
                "id_damaged": pl.col("id_damaged"),
                "date_unreadable": unread,
                "rating_out_of_scale": pl.col("off_scale"),
                "scale_observed": pl.col("rating_value").is_not_null() & (pl.col("rating_scale_source") == "observed"),
            }).alias("warnings"),
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
    """Every column of `RAW`, blank cells null, and `answers`; two texts make one where there is no other."""
    cells = [
        (reading.blank(pl.col(name)) if name in raw.columns else pl.lit(None, pl.String)).alias(name) for name in RAW
    ]
    given = pl.col("answers") if "answers" in raw.columns else pl.lit(None, pl.List(answers.ANSWER)).alias("answers")
    both = pl.concat_str("text_positive", "text_negative", separator="\n\n", ignore_nulls=True)
    text = pl.coalesce("text", pl.when(both != "").then(both)).alias("text")
    return raw.select(pl.col("source_row").cast(pl.Int64), *cells, given).with_columns(text)
