"""From raw mentions, frames of text cells that every tool's table gives, to records: written once for all."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from cxreport.api import reading
from cxreport_plugins.common import codes
from cxreport_plugins.listening import names
from cxreport_plugins.listening.vendor import Vendor

LOWEST, HIGHEST = 1.0, 5.0
_COUNTS: Final = (
    "author_followers", "author_following", "author_posts", "likes", "reposts", "replies", "bookmarks", "impressions",
    "video_views", "reach", "engagements",
)  # fmt: skip
_IDS: Final = ("native_id", "author_id", "parent", "reposted", "conversation_id")
_POST_ID: Final = r"^(?:https?://)?(?:[\w-]+\.)*(?:twitter|x)\.com/.*?/?status(?:es)?/(\d+)"
_REPOST: Final = r"^RT @\w{1,20}:? "
_IS_X: Final = pl.col("channel") == "x"
_UNRATED: Final = ("not rated", "unknown", "undefined", "unassigned")


def identified(raw: pl.DataFrame) -> pl.DataFrame:
    """`raw` with sound ids: of a post of X the id in its address, else the tool's own, else the address.

    Ids that a spreadsheet rounded identify nothing; of those of other entries none is kept.
    """
    trimmed = raw.with_columns(pl.col(_IDS).str.strip_chars(" \t\"'"))
    damaged = {name: reading.damaged_ids(trimmed[name]) for name in _IDS}
    sound = trimmed.with_columns(trimmed[name].set(where, None) for name, where in damaged.items())
    address = pl.when(_IS_X).then(_post_id(pl.col("url")))
    named = sound.with_columns(pl.coalesce(address, "native_id", "url").alias("native_id"))
    return named.with_columns((damaged["native_id"] & named["native_id"].is_null()).alias("id_damaged"))


def _post_id(address: pl.Expr) -> pl.Expr:
    return address.str.extract(_POST_ID)


def _linked(cell: str) -> pl.Expr:
    """The id of another entry: that in an address of X, else the cell as it is."""
    return pl.coalesce(_post_id(pl.col(cell)), pl.col(cell).str.strip_chars())


def records(raw: pl.DataFrame, vendor: Vendor, zone: str | None, day_first: bool | None) -> pl.DataFrame:
    """Records of raw mentions that went through `identified`."""
    return _described(raw, vendor).hstack(_dated(raw, vendor, zone, day_first)).pipe(_warned)


def _described(raw: pl.DataFrame, vendor: Vendor) -> pl.DataFrame:
    said = pl.col("text")
    whole = raw.with_columns(
        pl.when(_IS_X).then(reading.x_text(said)).otherwise(said).alias("__text"),
        pl.col("author_handle").str.strip_chars().str.strip_chars_start("@"),
        rating().alias("rating_value"),
    )
    return whole.select(
        "source_row",
        "channel",
        "url",
        "title",
        "extra",
        "tags",
        "product_name",
        kind().alias("kind"),
        pl.col("__text").alias("text"),
        pl.when(said != pl.col("__text")).then(said).alias("text_original"),
        pl.col("is_truncated").fill_null(value=False).alias("text_truncated"),
        reading.missing(pl.col("sentiment_vendor").str.to_lowercase(), _UNRATED).alias("sentiment_vendor"),
        *(reading.to_count(pl.col(name)).alias(name) for name in _COUNTS),
        *_author(is_own=vendor.is_own_posts),
        *_links(),
        *_rated(),
        *_place(),
    )


def _author(*, is_own: bool) -> tuple[pl.Expr, ...]:
    """Who wrote: the account itself in an export of own posts; else the core knows the brands' handles."""
    own = pl.lit(value=True if is_own else None, dtype=pl.Boolean)
    handle = pl.col("author_handle")
    return (
        handle,
        pl.col("author_name"),
        pl.coalesce("author_id", pl.format("@{}", handle.str.to_lowercase())).alias("author_id"),
        reading.to_bool(pl.col("author_verified")).alias("author_verified"),
        own.alias("brand_authored"),
        pl.when(own).then(pl.lit("export_type")).alias("brand_authored_basis"),
        pl.when(own).then(pl.lit("brand")).alias("author_role"),
    )


def _links() -> tuple[pl.Expr, ...]:
    return (
        pl.col("native_id"),
        pl.col("id_damaged"),
        _linked("parent").alias("in_reply_to_id"),
        pl.when(_IS_X).then(pl.col("__text").str.extract(r"^@(\w{1,20})")).alias("in_reply_to_handle"),
        _linked("reposted").alias("reposted_id"),
        _linked("conversation_id").alias("conversation_id"),
    )


def _rated() -> tuple[pl.Expr, ...]:
    is_rated = pl.col("rating_value").is_not_null()
    known = {"metric": "stars", "rating_min": LOWEST, "rating_max": HIGHEST, "rating_scale_source": "observed"}
    return (
        pl.col("rating_raw"),
        pl.col("rating_value"),
        ((pl.col("rating_value") - LOWEST) / (HIGHEST - LOWEST)).alias("rating_norm"),
        *(pl.when(is_rated).then(pl.lit(value)).alias(name) for name, value in known.items()),
    )


def rating() -> pl.Expr:
    """A rating of 1 to 5. No tool documents its scale, and 0 is how they write that there is none."""
    value = reading.to_float(pl.col("rating_raw"))
    return pl.when(value.is_between(LOWEST, HIGHEST)).then(value)


def kind() -> pl.Expr:
    """What a mention is: by its rating, the tool's word for it, its links, and its first characters."""
    said, text = pl.col("entry").str.to_lowercase(), pl.col("text")
    is_silent = pl.all_horizontal(pl.col("title", "text").is_null())
    is_repost = said.str.contains("retweet|repost|share") | pl.col("reposted").is_not_null()
    rules = (
        ("rating_only", pl.col("rating_value").is_not_null() & is_silent),
        (
            "review",
            pl.col("rating_value").is_not_null() | pl.col("page").str.contains("(?i)review").fill_null(value=False),
        ),
        ("dm", said.str.contains("direct message|private message")),
        ("repost", is_repost.fill_null(value=False) | text.str.contains(_REPOST)),
        ("quote", said.str.contains("quote")),
        ("reply", said.str.contains("reply|comment").fill_null(value=False) | pl.col("parent").is_not_null()),
        ("mention", _IS_X & text.str.starts_with("@")),
    )
    told = (pl.when(condition.fill_null(value=False)).then(pl.lit(name)) for name, condition in rules)
    return pl.coalesce(*told, pl.lit("post"))


def _place() -> tuple[pl.Expr, ...]:
    """Language and place."""
    lat, lon = reading.to_float(pl.col("lat")), reading.to_float(pl.col("lon"))
    is_place = lat.is_between(-90, 90) & lon.is_between(-180, 180) & ((lat != 0) | (lon != 0))
    language = names.language(pl.col("language"))
    return (
        language.alias("language"),
        pl.when(language.is_not_null()).then(pl.lit("source")).alias("language_source"),
        names.country(pl.col("country"), pl.col("country_name")).alias("country"),
        pl.col("region"),
        pl.col("city"),
        pl.when(is_place).then(lat).alias("lat"),
        pl.when(is_place).then(lon).alias("lon"),
    )


def _dated(raw: pl.DataFrame, vendor: Vendor, zone: str | None, day_first: bool | None) -> pl.DataFrame:
    source: Literal["header", "assumed"] = "header" if vendor.zone else "assumed"
    cells = raw.select(when()).to_series()
    return reading.parse_times(cells, zone=vendor.zone or zone, day_first=day_first, zone_source=source).frame


def when() -> pl.Expr:
    """The cell of the time: the date, with the clock where that stands in a column of its own."""
    is_apart = pl.col("clock").is_not_null() & ~pl.col("created").str.contains(":", literal=True)
    return pl.when(is_apart).then(pl.concat_str("created", "clock", separator=" ")).otherwise("created").alias("when")


def _warned(frame: pl.DataFrame) -> pl.DataFrame:
    unread = pl.col("created_at").is_null() & reading.blank(pl.col("created_at_raw")).is_not_null()
    value = reading.to_float(pl.col("rating_raw"))
    warnings = codes.listed(
        {
            "date_unreadable": unread,
            "text_truncated": pl.col("text_truncated"),
            "scale_observed": pl.col("rating_value").is_not_null(),
            "rating_out_of_scale": pl.col("rating_value").is_null() & (value != 0),
        }
    )
    return frame.with_columns(warnings.alias("warnings"))
