"""Tables of X Analytics: an account's own posts with their counts; and its totals by day, which are no posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import CHANNEL, REPOST_PATTERN, dated, url

SYSTEM: Final = "x.analytics"
_CONTENT, _OLD, _TRANSLATED, _OVERVIEW = "posts 2024+", "posts 2014-2023", "posts 2024+, translated", "totals by day"
SIGNATURES = {
    _CONTENT: frozenset(("post id", "post text", "impressions")),
    _OVERVIEW: frozenset(("date", "impressions", "create post")),
    _OLD: frozenset(("tweet id", "tweet permalink", "impressions")),
}
_COLUMNS = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks", "Hashtag Clicks",
    "Permalink Clicks",
)  # fmt: skip
"""Of the export of posts since 2024, in the order in which it has them in every language."""
_ID = re.compile(r"\d{15,20}")
_LINK = re.compile(r"https?://(?:x|twitter)\.com/\w+/status/\d+")
_FIGURES = {
    "impressions": "impressions", "engagements": "engagements", "likes": "likes", "replies": "replies",
    "reposts": "reposts", "new follows": "new_follows", "unfollows": "unfollows", "bookmarks": "bookmarks",
    "shares": "shares", "profile visits": "profile_visits", "create post": "posts", "video views": "video_views",
    "media views": "media_views",
}  # fmt: skip
"""Normalised name of a column of totals → name of the figure."""
_DAYS = "days of totals, which are no posts"
_TOTALS = (
    "This table holds the account's totals by day. They are no posts, so no record comes of them: they are told as "
    "figures of the platform. For posts, take the export of posts (content) from the same page."
)
_OWN_WORDS_ONLY = (
    "This table holds what the account itself posted and no customer's words. To hear customers, add their mentions "
    "from the X API or from a social listening tool."
)
_LANGUAGE = "Its columns are named in another language than English; they were told apart by their order."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Normalised names of the columns in one generation of the export."""

    id: str
    text: str
    time: str
    link: str
    counts: dict[str, tuple[str, ...]]
    """Column of the records → names it has or had."""

    @property
    def mapped(self) -> tuple[str, ...]:
        """All of them."""
        return (self.id, self.text, self.time, self.link, *(name for names in self.counts.values() for name in names))


_COMMON = {
    "impressions": ("impressions",), "engagements": ("engagements",), "replies": ("replies",),
    "likes": ("likes", "favorites"), "reposts": ("reposts", "retweets"),
}  # fmt: skip
_NEW_COLUMNS = _Columns(
    "post id", "post text", "date", "post link", {**_COMMON, "bookmarks": ("bookmarks",), "shares": ("shares",)}
)
_OLD_COLUMNS = _Columns("tweet id", "tweet text", "time", "tweet permalink", _COMMON)


def detect(look: Look) -> Detection | None:
    """By the columns; where they are named in another language, by the ids and links in the first row."""
    for format, signature in SIGNATURES.items():
        found = tables.detect(look, SYSTEM, signature)
        if found is not None:
            return replace(found, format=format)
    header, row = look.records[:2] if len(look.records) > 1 else ([], [])
    if len(header) == len(row) == len(_COLUMNS) and _ID.fullmatch(row[0].strip()) and _LINK.fullmatch(row[3].strip()):
        reason = "It has 17 columns, the first of ids and the fourth of links to posts."
        return Detection(SYSTEM, _TRANSLATED, 0.9, reason)
    return None


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Posts of the account as records; totals by day are counted and left out."""
    facts.frame = "own_posts"
    facts.zone = options.timezone
    if found.format == _OVERVIEW:
        yield from _totals(data, options, facts)
        return
    columns = _OLD_COLUMNS if found.format == _OLD else _NEW_COLUMNS
    names = _COLUMNS if found.format == _TRANSLATED else None
    facts.notes += [_LANGUAGE] if names else []

    def convert(frame: pl.DataFrame, header: rows.Header) -> pl.DataFrame:
        return _records(frame, header, columns, options, facts)

    signature = frozenset() if names else SIGNATURES[found.format]
    yield from tables.read(data, signature, options, facts, convert, text=columns.text, names=names)
    rows.warn_of_ids(facts)
    facts.notes.append(_OWN_WORDS_ONLY)


def _totals(data: Input, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    signature = SIGNATURES[_OVERVIEW]
    table = reading.open_table(
        data, encoding=options.encoding, header=lambda records: reading.find_header(records, signature)
    )
    header = rows.Header(tuple(table.header))
    for batch in table.batches():
        unread = rows.rejects(batch, facts)
        facts.skip(_DAYS, batch.frame.height)
        yield Batch(pl.DataFrame(schema={"source_row": pl.Int64}), rejects=unread, metrics=_figures(batch, header))
    rows.describe(table, facts)
    facts.notes.append(_TOTALS)


def _figures(batch: reading.TableBatch, header: rows.Header) -> pl.DataFrame:
    """A row for each total of each day that can be read; the days are the account's own."""
    frame = header.frame(batch)
    days = reading.parse_times(tables.column(frame, header, "date")).frame["created_at"].dt.date()
    totals = frame.select(
        days.alias("date"), *(reading.to_float(header.cell(norm)).alias(name) for norm, name in _FIGURES.items())
    )
    return totals.drop_nulls("date").unpivot(index="date", variable_name="name").drop_nulls("value")


def _records(
    frame: pl.DataFrame, header: rows.Header, columns: _Columns, options: TwitterOptions, facts: ReadFacts
) -> pl.DataFrame:
    numbers = [column for column in header.columns if column != header.by_norm.get(columns.text)]
    frame = frame.with_columns(reading.missing(pl.col(numbers)).name.keep())
    raw, link = header.cell(columns.text), header.cell(columns.link)
    number = header.by_norm[columns.id]
    frame = frame.with_columns(pl.coalesce(link.str.extract(r"/status/(\d+)"), number).alias(number))
    ids = rows.sound_ids(frame, number, facts)
    text = reading.x_text(reading.strip_formula_guard(raw))
    handle = link.str.extract(r"(?:x|twitter)\.com/(\w{1,20})/status/").replace("i", None)
    whole = frame.hstack(ids).with_columns(text.alias("__text"), handle.alias("author_handle"))
    records = whole.select(
        pl.col(reading.ROW).alias("source_row"),
        "native_id",
        "id_damaged",
        _kind(pl.col("__text")).alias("kind"),
        pl.lit(CHANNEL).alias("channel"),
        pl.coalesce(link, url()).alias("url"),
        "author_handle",
        pl.lit("brand").alias("author_role"),
        pl.lit(value=True).alias("brand_authored"),
        pl.lit("export_type").alias("brand_authored_basis"),
        pl.col("__text").alias("text"),
        pl.when(raw != pl.col("__text")).then(raw).alias("text_original"),
        pl.col("__text").str.extract(r"^@(\w{1,20})").alias("in_reply_to_handle"),
        *(_count(header, names).alias(column) for column, names in columns.counts.items()),
        tables.leftover(header, columns.mapped),
    )
    created = tables.column(whole, header, columns.time)
    return _dated(records.hstack(dated(created, options.timezone)))


def _count(header: rows.Header, names: tuple[str, ...]) -> pl.Expr:
    return pl.coalesce(*(reading.to_count(header.cell(name)) for name in names))


def _kind(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text.str.contains(REPOST_PATTERN))
        .then(pl.lit("repost"))
        .when(text.str.starts_with("@"))
        .then(pl.lit("reply"))
        .otherwise(pl.lit("post"))
    )


def _dated(records: pl.DataFrame) -> pl.DataFrame:
    """Days that are written in another language are read off the ids, which hold the moment of posting."""
    moment = (reading.snowflake_ms(pl.col("native_id")) * 1000).cast(pl.Datetime("us", "UTC"))
    is_read_off = pl.col("created_at").is_null() & moment.is_not_null()
    values = {"created_at": moment, "time_precision": pl.lit("second"), "tz_source": pl.lit("spec")}
    kept = pl.when(~is_read_off).then("warnings").alias("warnings")
    return records.with_columns(
        kept, *(pl.when(is_read_off).then(value).otherwise(name).alias(name) for name, value in values.items())
    )
