"""A stretch of a mapped table as records."""

from __future__ import annotations

from typing import Final

import polars as pl

from cxreport.api import ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.table import cells, people, rating
from cxreport_plugins.table.columns import Columns
from cxreport_plugins.table.how import How
from cxreport_plugins.table.layout import CONTENT
from cxreport_plugins.table.options import TableOptions

SUPPORT: Final = ("phone", "call", "email", "chat", "support", "helpdesk", "ticket")
"""Channels on which a row is a ticket."""
ASKED: Final = ("nps", "csat", "ces")
"""Metrics that only a survey asks for."""
DATE_UNREADABLE: Final = "date_unreadable"


def records(frame: pl.DataFrame, how: How, found: Columns, times: pl.DataFrame, facts: ReadFacts) -> pl.DataFrame:
    """The canonical columns of rows whose blank cells are null; `times` are their instants, by column."""
    options = how.options
    made = {
        name: cells.values(name, frame[column], options.separator)
        for name, column in found.records.items()
        if name not in ("native_id", *found.pseudonyms) and not cells.is_time(name)
    }
    whole = pl.DataFrame([frame[reading.ROW].alias("source_row"), *(made[name].alias(name) for name in made)])
    whole = whole.with_columns(_constants(whole, options)).hstack(times.get_columns())
    whole = whole.hstack(_ids(frame, found, facts)).hstack(_rated(frame, how, found))
    whole = whole.with_columns(people.identified(frame, name, at, how.context) for name, at in found.pseudonyms.items())
    whole = whole.with_columns(*_text(whole), *_author(whole), *_language(whole, options), *_tags(whole, frame, found))
    whole = whole.with_columns(_kind(whole, how), _channel(whole, how), _warnings(whole))
    return whole.hstack([_extra(frame, whole, made, found)]).drop("__rating", strict=False)


def _constants(whole: pl.DataFrame, options: TableOptions) -> list[pl.Expr]:
    """Constants, also for blank cells of mapped columns."""
    out = []
    for name, said in options.values.items():
        constant = pl.lit(cells.values(name, pl.Series([str(said)]), options.separator).first())
        out.append((pl.coalesce(name, constant) if name in whole.columns else constant).alias(name))
    return out


def _ids(frame: pl.DataFrame, found: Columns, facts: ReadFacts) -> list[pl.Series]:
    if "native_id" not in found.records or "native_id" in found.pseudonyms:
        return []
    return rows.sound_ids(frame, found.records["native_id"], facts).get_columns()


def _rated(frame: pl.DataFrame, how: How, found: Columns) -> list[pl.Series]:
    if how.options.rating is None or found.rating is None:
        return []
    by = frame[found.by] if found.by else None
    return rating.columns(frame[found.rating], by, how.options.rating, how.scale_source)


def _text(whole: pl.DataFrame) -> list[pl.Expr]:
    """What analysis reads, where it is not mapped itself: praise and blame joined."""
    halves = [name for name in ("text_positive", "text_negative") if name in whole.columns]
    if not halves or "text" in whole.columns:
        return []
    joined = pl.concat_str(halves, separator="\n\n", ignore_nulls=True)
    return [pl.when(joined != "").then(joined).alias("text")]


def _author(whole: pl.DataFrame) -> list[pl.Expr]:
    """A handle without its `@`, which also tells authors apart when there is no id; who wrote for the brand."""
    out = []
    if "author_handle" in whole.columns:
        handle = pl.col("author_handle").str.strip_prefix("@")
        out.append(handle.alias("author_handle"))
        if "author_id" not in whole.columns:
            out.append(pl.format("@{}", handle.str.to_lowercase()).alias("author_id"))
    if "brand_authored" in whole.columns:
        known = pl.col("brand_authored").is_not_null()
        out.append(pl.when(known).then(pl.lit("role")).alias("brand_authored_basis"))
    return out


def _language(whole: pl.DataFrame, options: TableOptions) -> list[pl.Expr]:
    told = pl.col("language") if "language" in whole.columns else pl.lit(None, pl.String)
    said = pl.lit(options.language, pl.String)
    source = pl.when(told.is_not_null()).then(pl.lit("source")).when(said.is_not_null()).then(pl.lit("user"))
    return [pl.coalesce(told, said).alias("language"), source.alias("language_source")]


def _tags(whole: pl.DataFrame, frame: pl.DataFrame, found: Columns) -> list[pl.Expr]:
    """The tags of a row, and those of its columns of yes or no that say yes."""
    if not found.flags:
        return []
    listed = [pl.col("tags").fill_null([])] if "tags" in whole.columns else []
    yes = {tag: frame.select(reading.to_bool(pl.col(column)))[column] for column, tag in found.flags.items()}
    said = [pl.when(pl.lit(series)).then(pl.lit(tag)) for tag, series in yes.items()]
    tags = pl.concat_list(*listed, *said).list.drop_nulls()
    return [pl.when(tags.list.len() > 0).then(tags).alias("tags")]


def _kind(whole: pl.DataFrame, how: How) -> pl.Expr:
    """As stated, else by channel and rating; a review without words is a rating only."""
    options = how.options
    channel = (how.channel or str(options.values.get("channel", ""))).casefold()
    metrics = {case.metric for case in (options.rating, *options.rating.cases.values())} if options.rating else set()
    rated = "survey_response" if metrics & set(ASKED) else "review"
    kind = options.kind or ("ticket" if channel in SUPPORT else rated if options.rating else "post")
    said = [pl.col(name).is_not_null() for name in CONTENT if name in whole.columns]
    wordless = ~pl.any_horizontal(said) if said else pl.lit(value=True)
    if kind != "review" or "rating_raw" not in whole.columns:
        return pl.lit(kind).alias("kind")
    return pl.when(wordless).then(pl.lit("rating_only")).otherwise(pl.lit(kind)).alias("kind")


def _channel(whole: pl.DataFrame, how: How) -> pl.Expr:
    usual = pl.lit(how.channel or "other")
    return pl.coalesce("channel", usual) if "channel" in whole.columns else usual.alias("channel")


def _warnings(whole: pl.DataFrame) -> pl.Expr:
    """Codes of what could not be read in a row; null where all could."""
    nothing = pl.lit(None, pl.String)
    codes = {"date": nothing, "rating": nothing}
    if "created_at" in whole.columns:
        failed = pl.col("created_at").is_null() & pl.col("created_at_raw").is_not_null()
        codes["date"] = pl.when(failed).then(pl.lit(DATE_UNREADABLE))
    if "rating_raw" in whole.columns:
        codes["rating"] = pl.col("__rating")
    listed = pl.concat_list(codes.values()).list.drop_nulls()
    return pl.when(listed.list.len() > 0).then(listed).alias("warnings")


def _extra(frame: pl.DataFrame, whole: pl.DataFrame, made: dict[str, pl.Series], found: Columns) -> pl.Series:
    """Cells that nothing was made of: those of other columns, and those that are not of their column's type."""
    left = found.header.others(found.used)
    lost: dict[str, pl.Series] = {}
    for name, column in found.records.items():
        if name not in ("created_at", *found.pseudonyms) and (cells.is_lossy(name) or name == "native_id"):
            nothing = (made[name] if name in made else whole[name]).is_null()
            lost[column] = nothing | lost[column] if column in lost else nothing
    for column in found.flags:
        lost[column] = frame.select(reading.to_bool(pl.col(column)))[column].is_null()
    kept = [pl.when(is_lost).then(pl.col(column)).alias(f"lost {column}") for column, is_lost in lost.items()]
    left |= {f"lost {column}": found.header.label(column) for column in lost}
    return frame.with_columns(kept).with_columns(rows.leftover(left))["extra"]
